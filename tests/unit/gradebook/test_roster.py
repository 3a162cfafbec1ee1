"""A roster is read as spreadsheets write it, and each complaint names its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.gradebook import read_roster, read_times
from grader.model.gradebook import Member

ALICE = Member(id="alice", name="Ünal, Alice", email="a@example.org", section="A", on_roster=True)


@pytest.mark.parametrize(
    "text",
    [
        'id,name,email,section\nalice,"Ünal, Alice",a@example.org,A\n',
        "ID; Name ;Email;Section\r\nalice;Ünal, Alice;a@example.org;A\r\n\r\n",
        "section\temail\tname\tid\tphone\nA\ta@example.org\tÜnal, Alice\talice\t12\n",
        '\n\nid,name,email,section\n\n" alice ","Ünal, Alice",a@example.org,A',
    ],
)
def test_separators_order_and_further_columns_do_not_matter(tmp_path: Path, text: str) -> None:
    (tmp_path / "roster.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_roster(tmp_path / "roster.csv") == (ALICE,)


def test_only_the_id_is_needed(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,name\nalice\nbob,Bob\n")
    assert [(student.id, student.name) for student in read_roster(tmp_path / "roster.csv")] == [
        ("alice", ""),
        ("bob", "Bob"),
    ]


def test_a_name_that_was_protected_from_a_spreadsheet_is_itself_again(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,name\nalice,'=1+1\nbob,'t Hooft\n")
    assert [student.name for student in read_roster(tmp_path / "roster.csv")] == ["=1+1", "'t Hooft"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name,email\nAlice,a@b\n", "line 1: there is no column id"),
        (b"", "line 1: there is no column id"),
        (b"id,id\na,b\n", "line 1: columns named twice: id"),
        (b"id,name\nalice,A\n\n,Bob\n", "line 4: this student has no id"),
        (b"id\nalice\nbob\nalice\n", "line 4: 'alice' stands in line 2 already"),
        (b"id\n=HYPERLINK(1)\n", "line 2: the id '=HYPERLINK\\(1\\)' is a formula"),
        (b"id,name\nalice,A\x1b[2J\n", "line 2: the name .* cannot be shown"),
        (b"id,name\nalice,\xff\n", "line 2: not UTF-8"),
        (b'id,name\nalice,"A\n', "line 2: not CSV"),
        (b"id,name\n", "names no students"),
        (b"id\n" + b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_a_damaged_roster_names_the_line(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_roster(tmp_path / "roster.csv")


def test_a_roster_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*: no such file"):
        read_roster(tmp_path / "roster.csv")


def test_times_are_read_with_their_offsets(tmp_path: Path) -> None:
    (tmp_path / "times.csv").write_text("id,submitted_at\nalice,2026-10-01T23:59:00+02:00\nbob,2026-10-01 21:59:00Z\n")
    moment = datetime(2026, 10, 1, 21, 59, tzinfo=UTC)
    assert read_times(tmp_path / "times.csv") == {"alice": moment, "bob": moment}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\nalice\n", "line 1: there is no column submitted_at"),
        ("id,submitted_at\nalice,yesterday\n", "line 2: 'yesterday' is not a time"),
        ("id,submitted_at\nalice,2026-10-01T23:59:00\n", "line 2: the time .* has no offset"),
    ],
)
def test_a_time_that_could_mean_several_moments_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "times.csv").write_text(text)
    with pytest.raises(UsageError, match=message):
        read_times(tmp_path / "times.csv")
