"""Two gradings of one attempt differ in points, in outcomes, or not at all."""

from dataclasses import replace

from grader.model.change import CheckChange, change_between
from grader.model.result import CheckResult, GradedSubmission, Outcome
from tests.fakes.graded import EXAMPLES


def test_times_and_words_are_no_change() -> None:
    graded = EXAMPLES["half_right"]()
    assert change_between("alice", graded, replace(graded, seconds=9.0, title="Other")) is None


def test_a_check_that_ends_otherwise_is_named_with_what_it_cost() -> None:
    before = EXAMPLES["perfect"]()
    first = before.questions[0].checks[0]
    after = _with_first(before, replace(first, outcome=Outcome.FAILED, points=0.0), points=before.points - first.points)
    change = change_between("alice", before, after)
    assert change is not None
    assert change.gained == -first.points
    assert change.checks == (
        CheckChange(id=first.id, before=Outcome.PASSED, after=Outcome.FAILED, points=-first.points),
    )


def test_a_check_that_is_new_or_gone_is_on_one_side_only() -> None:
    before = EXAMPLES["perfect"]()
    first = before.questions[0].checks[0]
    renamed = replace(first, id=f"{first.id}_renamed")
    change = change_between("alice", before, _with_first(before, renamed, points=before.points))
    assert change is not None
    assert change.gained == 0
    assert change.checks == (
        CheckChange(id=first.id, before=Outcome.PASSED, after=None, points=-first.points),
        CheckChange(id=renamed.id, before=None, after=Outcome.PASSED, points=first.points),
    )


def _with_first(graded: GradedSubmission, check: CheckResult, *, points: float) -> GradedSubmission:
    question = graded.questions[0]
    changed = replace(question, checks=(check, *question.checks[1:]))
    return replace(graded, questions=(changed, *graded.questions[1:]), points=points)
