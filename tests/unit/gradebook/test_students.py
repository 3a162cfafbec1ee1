"""The roster can be replaced; nobody is deleted."""

import re

from grader.gradebook import Gradebook, list_members, meet, pseudonyms_of, replace_roster
from grader.model.gradebook import Member

ALICE = Member(id="alice", name="Alice Ünal", email="alice@example.org", section="A", on_roster=True)


def test_who_is_no_longer_on_the_roster_is_still_known(gradebook: Gradebook) -> None:
    replace_roster(gradebook, [ALICE, Member(id="bob")])
    replace_roster(gradebook, [ALICE])
    assert list_members(gradebook) == (ALICE, Member(id="bob"))


def test_what_a_download_says_of_a_student_fills_only_what_is_not_known(gradebook: Gradebook) -> None:
    replace_roster(gradebook, [ALICE, Member(id="bob")])
    meet(gradebook, [Member(id="alice", name="A."), Member(id="bob", name="Bob"), Member(id="carol", email="c@d")])
    assert list_members(gradebook) == (
        ALICE,
        Member(id="bob", name="Bob", on_roster=True),
        Member(id="carol", email="c@d"),
    )


def test_a_pseudonym_is_drawn_once_and_stays(gradebook: Gradebook) -> None:
    replace_roster(gradebook, [ALICE, Member(id="bob")])
    first = pseudonyms_of(gradebook)
    replace_roster(gradebook, [Member(id="alice", name="Another"), Member(id="carol")])
    later = pseudonyms_of(gradebook)
    assert later.items() > first.items()
    assert set(later) == {"alice", "bob", "carol"}
    assert len(set(later.values())) == 3
    assert all(re.fullmatch("s-[b-z2-9]{4}", pseudonym) for pseudonym in later.values())
