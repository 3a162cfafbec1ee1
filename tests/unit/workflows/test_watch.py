"""A look is taken when something was saved, and only what is new is graded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from grader.course import open_course
from grader.errors import UsageError
from grader.model.result import GradedSubmission
from grader.sandbox import Isolation
from grader.workflows.grade_one import Options, Progress, grade_one
from grader.workflows.watch import LOOK_AGAIN_SECONDS, Look, Watch
from tests.fakes.small_course import COINS, SCALE, write_course

OPTIONS = Options(isolation=Isolation.BEST)
SLEEPS = f"""
def scale_forward(x, factor=2.0):
    import time
    time.sleep({LOOK_AGAIN_SECONDS})
"""
LOST = 30
"""Points of the question in `coins.py`."""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    work = tmp_path / "work"
    work.mkdir()
    (work / "scale.py").write_text(dedent(SCALE))
    (work / "coins.py").write_text("def coin_mask(shape, rng):\n    raise NotImplementedError\n")
    return work


@pytest.fixture
def watch(tmp_path: Path, work: Path) -> Iterator[Watch]:
    with Watch(open_course(write_course(tmp_path / "course")), "small", work, OPTIONS) as watch:
        yield watch


def points(look: Look | None) -> float:
    assert look is not None
    assert look.graded is not None
    return look.graded.points


def test_what_has_not_changed_is_not_graded_again(watch: Watch, work: Path) -> None:
    assert points(watch.look()) == 100 - LOST
    (work / "notes.txt").write_text("nothing to grade")
    (work / "scale.py").touch()
    assert watch.look() is None


def test_a_change_comes_with_the_result_before_it(watch: Watch, work: Path) -> None:
    first = watch.look()
    assert first is not None
    assert first.before is None
    (work / "coins.py").write_text(dedent(COINS))
    second = watch.look()
    assert points(second) == 100
    assert second is not None
    assert second.before is first.graded


def test_what_is_kept_of_an_earlier_look_changes_no_result(watch: Watch, work: Path, tmp_path: Path) -> None:
    watch.look()
    for mistake in ("factor + x", "factor * factor * x", "x * 0"):
        (work / "scale.py").write_text(dedent(SCALE).replace("factor * x", mistake))
        look = watch.look()
        assert look is not None
        assert look.graded is not None
        alone = grade_one(open_course(tmp_path / "course"), "small", work, OPTIONS)
        assert without_times(look.graded) == without_times(alone)


def test_what_is_saved_again_while_it_is_graded_is_not_waited_for(watch: Watch, work: Path) -> None:
    slow = dedent(SCALE).replace("def scale_forward(x, factor=2.0):", SLEEPS)
    (work / "scale.py").write_text(slow)
    seen: list[int] = []

    @contextmanager
    def progress() -> Iterator[Callable[[Progress], None]]:
        def note(progress: Progress) -> None:
            seen.append(progress.done)
            if progress.done == 2:
                (work / "scale.py").write_text(dedent(SCALE))

        yield note

    assert watch.look(progress) is None
    assert seen[-1] < 5, "it went on for a text that is not there any more"
    assert points(watch.look()) == 100 - LOST


def without_times(graded: GradedSubmission) -> GradedSubmission:
    questions = tuple(
        replace(question, checks=tuple(replace(check, seconds=0.0) for check in question.checks))
        for question in graded.questions
    )
    return replace(graded, seconds=0.0, questions=questions)


def test_a_half_written_file_costs_its_questions_until_it_is_whole(watch: Watch, work: Path) -> None:
    assert points(watch.look()) == 100 - LOST
    (work / "scale.py").write_text(dedent(SCALE)[:60])
    assert points(watch.look()) == 0
    (work / "scale.py").write_bytes(b"\0\xff")
    assert points(watch.look()) == 0
    (work / "scale.py").write_text(dedent(SCALE))
    assert points(watch.look()) == 100 - LOST


def test_what_cannot_be_read_is_a_problem_told_once(watch: Watch, work: Path) -> None:
    before = watch.look()
    for name in ("scale.py", "coins.py"):
        (work / name).rename(work / f"{name}.old")
    look = watch.look()
    assert look is not None
    assert look.problem is not None
    assert "nothing to grade" in look.problem.message
    assert watch.look() is None
    for name in ("scale.py", "coins.py"):
        (work / f"{name}.old").rename(work / name)
    again = watch.look()
    assert points(again) == points(before)


def test_the_authors_edits_count_too(watch: Watch, tmp_path: Path) -> None:
    assert points(watch.look()) == 100 - LOST
    checks = tmp_path / "course" / "assignments" / "small" / "checks" / "test_scale.py"
    text = checks.read_text()
    checks.write_text(text + "\nimport (\n")
    look = watch.look()
    assert look is not None
    assert look.graded is not None
    assert not look.graded.gradable
    checks.write_text(text + "\n")
    again = watch.look()
    assert points(again) == 100 - LOST
    assert again is not None
    assert again.before is not None, "a fault of ours is nothing to compare with"


def test_what_is_not_there_at_the_start_is_wrong_usage(tmp_path: Path) -> None:
    course = open_course(write_course(tmp_path / "course"))
    with pytest.raises(UsageError, match="no submission"):
        Watch(course, "small", tmp_path / "nothing", OPTIONS)
    with pytest.raises(UsageError, match="no question"):
        Watch(course, "small", None, Options(question="coins"))
