"""A new assignment is there whole or not at all, and never in another's place."""

import os
from pathlib import Path

import pytest

from grader.course import Course, open_course
from grader.errors import UsageError
from grader.workflows.new import new_assignment


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "assignments").mkdir()
    return open_course(tmp_path)


def test_a_new_assignment_can_be_read(course: Course) -> None:
    written = new_assignment(course, "weight_decay")
    assert course.assignment("weight_decay").title == "Weight decay"
    assert [str(path) for path in written.files] == [
        "assignments/weight_decay/README.md",
        "assignments/weight_decay/assignment.toml",
        "assignments/weight_decay/checks/test_loss.py",
        "assignments/weight_decay/loss.py",
        "solutions/weight_decay/alternatives/loss_loops.py",
        "solutions/weight_decay/loss.py",
        "solutions/weight_decay/misconceptions/loss.py",
    ]
    assert all((course.folder / path).is_file() for path in written.files)


def test_no_template_is_left_unfilled_and_the_stub_holds_no_solution(course: Course) -> None:
    texts = [(course.folder / path).read_text(encoding="utf-8") for path in new_assignment(course, "new").files]
    assert not any("{{" in text or "{%" in text for text in texts)
    stub = (course.folder / "assignments/new/loss.py").read_text(encoding="utf-8")
    assert "raise NotImplementedError" in stub
    assert "SOLUTION" not in stub


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../up", "a/b", "a b", "1st", "-x", "_x", ".hidden", "é", "a" * 65, "con", "LPT1", "a\n"]
)
def test_a_name_that_cannot_be_a_folder_everywhere_is_refused(course: Course, name: str) -> None:
    before = _everything(course)
    with pytest.raises(UsageError, match="cannot be an assignment's name"):
        new_assignment(course, name)
    assert _everything(course) == before


@pytest.mark.parametrize("place", ["assignments/small", "solutions/small", "assignments/SMALL"])
def test_what_is_there_already_stays_as_it_is(course: Course, place: str) -> None:
    (course.folder / place).mkdir(parents=True)
    before = _everything(course)
    with pytest.raises(UsageError, match=f"there is {place} already"):
        new_assignment(course, "small")
    assert _everything(course) == before


def test_nothing_is_left_behind_when_the_second_half_cannot_be_moved(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _everything(course)
    rename = os.rename

    def fail_for_assignments(source: str, target: Path) -> None:
        if target.parent.name == "assignments":
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(Path, "rename", lambda path, target: fail_for_assignments(str(path), target))
    with pytest.raises(UsageError, match=r"cannot write the assignment to .*: no space left on device"):
        new_assignment(course, "small")
    assert _everything(course) == before


def test_a_file_in_the_place_of_a_folder_is_a_reason_to_stop(course: Course) -> None:
    (course.folder / "solutions").write_text("")
    with pytest.raises(UsageError, match="cannot write the assignment"):
        new_assignment(course, "small")
    assert _everything(course) == ["assignments", "solutions"]


def _everything(course: Course) -> list[str]:
    return sorted(str(path.relative_to(course.folder)) for path in course.folder.rglob("*"))
