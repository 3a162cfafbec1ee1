"""Where a gradebook is kept, and what is said when it cannot be."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from grader.errors import GradebookError, UsageError
from grader.gradebook import Gradebook, begin_run, list_members, locate, open_gradebook, record, replace_roster
from grader.gradebook.schema import attempts
from grader.model.assignment import Assignment
from grader.model.gradebook import Member
from tests.fakes.class_results import result


def test_the_command_line_comes_before_the_environment_and_that_before_the_course(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GRADE_GRADEBOOK", raising=False)
    assert locate(tmp_path) == str(tmp_path / "gradebook.sqlite")
    monkeypatch.setenv("GRADE_GRADEBOOK", "postgresql://host/grades")
    assert locate(tmp_path) == "postgresql://host/grades"
    assert locate(tmp_path, "other.sqlite") == "other.sqlite"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("mysql://host/grades", "not by mysql"),
        ("nonsense://host/grades", "not by nonsense"),
        ("://", "not the address of a gradebook"),
        ("/no/such/folder/gradebook.sqlite", "no folder /no/such/folder"),
    ],
)
def test_a_place_that_cannot_be_is_wrong_usage(place: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        open_gradebook(place)


def test_a_gradebook_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no gradebook .*none\.sqlite"):
        open_gradebook(str(tmp_path / "none.sqlite"), must_exist=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_gradebook_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("these are my notes, not a database " * 100)
    with pytest.raises(GradebookError, match="file is not a database"):
        open_gradebook(str(tmp_path / "notes.txt"))
    assert (tmp_path / "notes.txt").read_text().startswith("these are my notes")


def test_a_server_that_is_not_there_says_so_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(GradebookError) as caught:
        open_gradebook(f"postgresql://user:secret@/grades?host={tmp_path}&password=secret")
    assert caught.value.message.startswith("the gradebook postgresql://user@/grades cannot be used: ")
    assert "No such file or directory" in caught.value.message
    assert "secret" not in caught.value.message


def test_a_full_disk_keeps_what_was_recorded(tmp_path: Path, assignment: Assignment) -> None:
    with open_gradebook(str(tmp_path / "gradebook.sqlite")) as gradebook:
        run = begin_run(gradebook, assignment, assignment_digest="", seed=7)
        record(gradebook, run, "alice", result())
        with gradebook.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(GradebookError, match="disk is full") as caught:
            replace_roster(gradebook, [Member(id=f"student{number}" * 50) for number in range(100)])
        assert "make room" in caught.value.hint
        assert [student.id for student in list_members(gradebook)] == ["alice"]


def test_two_who_make_a_gradebook_and_write_the_same_wait_for_each_other(place: str) -> None:
    faults: list[Exception] = []

    def add() -> None:
        try:
            with open_gradebook(place) as gradebook:
                for number in range(20):
                    replace_roster(gradebook, [Member(id=f"student{number}")])
        except GradebookError as error:
            faults.append(error)

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_gradebook(place) as gradebook:
        assert len(list_members(gradebook)) == 20


def test_a_row_cannot_point_to_nothing(gradebook: Gradebook) -> None:
    orphan = attempts.insert().values(student_id=1, assignment_id=1, submission="", digest="", last_run_id=1)
    with pytest.raises(GradebookError) as caught, gradebook.writing() as connection:
        connection.execute(orphan)
    assert isinstance(caught.value.__cause__, IntegrityError)


def test_sqlite_syncs_every_commit_and_lets_others_read_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.sqlite"
    with open_gradebook(str(path)) as gradebook, gradebook.writing() as writer:
        settings = {
            name: writer.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        with closing(sqlite3.connect(path, timeout=0)) as reader:
            assert reader.execute("SELECT count(*) FROM students").fetchone() == (0,)
