"""Grading in a host, where every error has to become something that can be shown."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from grader.course.gradescope_metadata import GradescopeMetadata
from grader.sandbox import Isolation
from grader.workflows.ci_run import HostRun, run_for_host
from tests.fakes.kits import work_in
from tests.fakes.small_course import MANIFEST, write_course

DUE = datetime.fromisoformat("2026-10-01T12:00:00+02:00")
LATE = f"[late]\ndue = {DUE.isoformat()}\npercent_per_day = 10\n\n[[questions]]"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course", MANIFEST=MANIFEST.replace("[[questions]]", LATE, 1))


def _run(course: Path, work: Path, metadata: GradescopeMetadata | None = None) -> HostRun:
    return run_for_host(course, "small", work, isolation=Isolation.BEST, name="alice", metadata=metadata)


def _handed_in(late: timedelta, due: datetime | None = None) -> GradescopeMetadata:
    return GradescopeMetadata(submitted_at=DUE + late, due=due, students=("Alice",))


def test_a_submission_goes_by_its_name_and_its_functions_have_lines(course: Path, tmp_path: Path) -> None:
    run = _run(course, work_in(tmp_path / "folder"))
    assert (run.graded.submission, run.points, run.problem) == ("alice", 100, "")
    assert set(run.places.lines) == {"scale_forward", "scale_backward", "coin_mask"}


@pytest.mark.parametrize(
    ("metadata", "points"),
    [
        (None, 100),
        (_handed_in(timedelta(hours=-1)), 100),
        (_handed_in(timedelta(hours=1)), 90),
        (_handed_in(timedelta(hours=25)), 80),
        (_handed_in(timedelta(hours=25), due=DUE + timedelta(hours=24)), 90),
        (_handed_in(timedelta(hours=1), due=DUE - timedelta(days=7)), 90),
    ],
    ids=["unknown", "in time", "an hour late", "a day late", "extension", "an earlier date elsewhere"],
)
def test_lateness_counts_from_the_later_due_date(
    course: Path, tmp_path: Path, metadata: GradescopeMetadata | None, points: float
) -> None:
    assert _run(course, work_in(tmp_path / "alice"), metadata).points == points


def test_what_a_student_can_mend_is_a_problem_and_no_fault(course: Path, tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    run = _run(course, tmp_path / "alice")
    assert "scale.py" in run.problem
    assert not run.graded.gradable


def test_names_of_files_are_shown_and_not_obeyed(course: Path, tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "a\n::error::forged\x1b[2J.txt").write_text("x", encoding="utf-8")
    run = _run(course, tmp_path / "alice")
    assert run.problem.isprintable()


@pytest.mark.parametrize(
    "damage",
    [
        lambda course: (course / "assignments/small/assignment.toml").write_text("title = 1"),
        lambda course: (course / "assignments/small/assignment.toml").unlink(),
        lambda course: (course / "solutions/small/scale.py").write_text("1 / 0"),
        lambda course: (course / "assignments").rename(course / "gone"),
    ],
    ids=["manifest", "no manifest", "reference", "no course"],
)
def test_a_fault_of_ours_is_a_result_without_points(course: Path, tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    damage(course)
    run = _run(course, work_in(tmp_path / "alice"))
    assert (run.graded.gradable, run.problem) == (False, "")
    assert run.graded.errors


def test_a_bug_of_ours_is_a_result_too(course: Path, tmp_path: Path) -> None:
    class Unprintable(type(tmp_path)):  # type: ignore[misc] # whichever path class this system has
        def resolve(self, strict: bool = False) -> Path:  # noqa: FBT002 - pathlib's signature
            raise ZeroDivisionError(strict)

    run = _run(course, Unprintable(tmp_path))
    assert run.graded.errors == ("the grader itself failed: ZeroDivisionError: True",)
