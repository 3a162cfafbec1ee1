"""A mark goes to the row of its student, or nowhere."""

import pytest

from grader.exports.matching import Listed, match_students
from grader.model.gradebook import Member

ALICE = Listed(ids=("101", "sis1", "alice"), name="Ünal, Alice Maria", email="alice@x.org")
BOB = Listed(ids=("102", "sis2", "bob"), name="Miller, Bob", email="bob@x.org")


@pytest.mark.parametrize(
    "member",
    [
        Member(id="101"),
        Member(id="sis1"),
        Member(id="alice"),
        Member(id="ALICE@x.org"),
        Member(id="s-1", email="Alice@X.org"),
        Member(id="s-1", name="alice maria ÜNAL"),
        Member(id="101", name="Alice U."),
        Member(id="alice", name="Alice Ünal", email="other@y.org"),
    ],
)
def test_a_student_is_found_by_any_id_by_email_or_by_name(member: Member) -> None:
    matching = match_students([BOB, ALICE], [member])
    assert matching.students == {1: member.id}
    assert matching.unknown == (0,)
    assert (matching.absent, matching.doubtful) == ((), {})


@pytest.mark.parametrize("member", [Member(id="103"), Member(id="x", name="Alice"), Member(id="", name="", email="")])
def test_who_is_not_there_is_absent(member: Member) -> None:
    matching = match_students([ALICE, BOB], [member])
    assert matching.absent == (member.id,)
    assert matching.students == {}


def test_an_id_that_stands_in_two_rows_is_in_doubt() -> None:
    other = Listed(ids=("7", "101"), name="Somebody Else")
    matching = match_students([ALICE, other], [Member(id="101")])
    assert matching.doubtful == {"101": "2 rows may be meant"}


def test_an_id_that_belongs_to_somebody_of_another_name_is_in_doubt() -> None:
    matching = match_students([ALICE], [Member(id="101", name="Zoe Zulu")])
    assert "the gradebook says Zoe Zulu" in matching.doubtful["101"]
    assert (matching.students, matching.unknown) == ({}, ())


def test_two_students_who_claim_one_row_are_both_in_doubt() -> None:
    matching = match_students([ALICE], [Member(id="101"), Member(id="alice")])
    assert matching.doubtful == {
        "101": "the row of Ünal, Alice Maria may be that of alice too",
        "alice": "the row of Ünal, Alice Maria may be that of 101 too",
    }


def test_nobody_is_found_by_an_empty_name_or_email() -> None:
    nameless = Listed(ids=("", "7"), name="", email="")
    assert match_students([nameless], [Member(id="x")]).absent == ("x",)


def test_a_name_that_two_students_or_two_rows_share_tells_nobody_apart() -> None:
    twins = [Member(id="x", name="Bob Miller"), Member(id="y", name="Miller, Bob")]
    assert match_students([BOB], twins).absent == ("x", "y")
    assert match_students([BOB, BOB], twins[:1]).doubtful == {"x": "2 rows may be meant"}
