"""The summary of a class tells what the instructor has to look at, and nothing obeys what a student wrote."""

from collections.abc import Callable
from typing import Any

from grader.model.change import Change, CheckChange
from grader.model.class_run import ClassRun, Ungraded
from grader.model.result import Outcome
from grader.reports.class_run import render_class_run
from tests.fakes.graded import HOSTILE


def run(**fields: Any) -> ClassRun:
    return ClassRun(
        **{
            "assignment": "small",
            "title": "Small",
            "gradebook": "gradebook.sqlite",
            "submissions": 3,
            "graded": 3,
            "unchanged": 0,
            "ungraded": (),
            "points": (40.0, 70.0, 100.0),
            "max_points": 100.0,
            "changes": (),
            "missing": (),
            "strangers": (),
            "seconds": 8.04,
            **fields,
        }
    )


def test_a_run_in_which_everything_happened(same_as_golden: Callable[[str, str], None]) -> None:
    lost = tuple(
        CheckChange(id=f"first.test_{number}", before=Outcome.PASSED, after=Outcome.FAILED, points=-5.0)
        for number in range(7)
    )
    new = CheckChange(id="first.test_new", before=None, after=Outcome.PASSED, points=10.0)
    full = run(
        ungraded=(Ungraded(student="eve", reason="nothing to grade"), Ungraded(student=HOSTILE, reason=HOSTILE)),
        changes=(
            Change(student="alice", before=60.0, after=70.0, checks=(new,)),
            Change(student="bob", before=75.0, after=40.0, checks=lost),
            Change(student="carol", before=70.0, after=70.0, checks=(new,)),
        ),
        missing=tuple(f"student{number:02}" for number in range(25)),
        strangers=("zoe",),
    )
    same_as_golden(render_class_run(full), "class_run.txt")


def test_a_run_without_any_mark_has_no_median() -> None:
    shown = render_class_run(run(points=(), submissions=1, graded=0, unchanged=0, seconds=3000.0))
    assert "median" not in shown
    assert shown.splitlines() == [
        "Small · 1 submission",
        "  0 graded now, 0 unchanged since they were graded, in 50 min",
        "  gradebook: gradebook.sqlite",
    ]


def test_what_a_student_wrote_is_shown_and_not_obeyed() -> None:
    shown = render_class_run(run(ungraded=(Ungraded(student=HOSTILE, reason=HOSTILE),)))
    assert len(shown.splitlines()) == 7
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert not any(line.lstrip().startswith(("::", "##[")) for line in shown.splitlines())


def test_similar_submissions_are_counted_and_the_report_named() -> None:
    assert "  2 pairs of submissions to look at: much in common, see grade report\n" in render_class_run(run(similar=2))
    assert "common" not in render_class_run(run())
