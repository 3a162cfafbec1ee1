"""Where a course is found, and which assignments and questions it has."""

from pathlib import Path

import pytest

from grader.course import find_course, find_question, open_course
from grader.errors import AssignmentError, UsageError
from tests.fakes.course import write_course


def test_the_course_is_the_nearest_folder_upward_with_assignments(tmp_path: Path) -> None:
    write_course(tmp_path)
    deep = tmp_path / "assignments" / "small" / "checks"
    assert find_course(deep).folder == tmp_path
    assert find_course(tmp_path).folder == tmp_path


def test_the_current_folder_is_where_the_search_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_course(tmp_path)
    monkeypatch.chdir(tmp_path / "solutions")
    assert find_course().folder == tmp_path


def test_no_course_upward_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no course found") as caught:
        find_course(tmp_path)
    assert "--course" in caught.value.hint


@pytest.mark.parametrize(("name", "message"), [("", "has no assignments/ in it"), ("nowhere", "is not a folder")])
def test_a_named_folder_must_itself_be_a_course(tmp_path: Path, name: str, message: str) -> None:
    write_course(tmp_path / "above")
    (tmp_path / "above" / "inside").mkdir()
    with pytest.raises(UsageError, match=message):
        open_course(tmp_path / "above" / "inside" / name)


def test_folders_without_a_manifest_are_no_assignments(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    (tmp_path / "assignments" / "drafts").mkdir()
    assert course.assignment_ids == ("small",)
    assert [assignment.id for assignment in course.assignments()] == ["small"]


def test_an_assignment_knows_its_two_folders(tmp_path: Path) -> None:
    assignment = write_course(tmp_path).assignment("small")
    assert assignment.folder == tmp_path / "assignments" / "small"
    assert assignment.solution_folder == tmp_path / "solutions" / "small"


def test_an_unknown_assignment_lists_the_known_and_suggests_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no assignment 'Smal'; known: small") as caught:
        write_course(tmp_path).assignment("Smal")
    assert caught.value.hint == "did you mean small?"


def test_a_name_unlike_any_other_gets_no_suggestion(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_course(tmp_path).assignment("../solutions/small")
    assert caught.value.hint == "use one of these assignments"


def test_a_course_without_assignments_says_so(tmp_path: Path) -> None:
    (tmp_path / "assignments").mkdir()
    with pytest.raises(UsageError, match="has none"):
        open_course(tmp_path).assignment("small")


def test_one_damaged_manifest_does_not_hide_the_names(tmp_path: Path) -> None:
    course = write_course(tmp_path, manifest="title =")
    assert course.assignment_ids == ("small",)
    with pytest.raises(AssignmentError):
        course.assignments()


def test_a_question_is_found_by_name_or_suggested(tmp_path: Path) -> None:
    assignment = write_course(tmp_path).assignment("small")
    assert find_question(assignment, "halve").points == 40
    with pytest.raises(UsageError, match=r"no question 'halves'; known: double, halve") as caught:
        find_question(assignment, "halves")
    assert caught.value.hint == "did you mean halve?"
