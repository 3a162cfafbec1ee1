"""Tests of what a report picks out of a result."""

from typing import Any

import pytest

from grader.model.assignment import Group
from grader.model.result import CheckResult, Frame, Outcome, Traceback
from grader.model.summary import QuestionSummary, State, summarize
from tests.fakes.graded import broken, check, graded, half_right, perfect, question, untouched


def failed(test: str, **fields: Any) -> CheckResult:
    return check(f"m.{test}", "A title.", Outcome.FAILED, **{"message": test, **fields})


def summary_of(*checks: CheckResult, **fields: Any) -> QuestionSummary:
    return summarize(graded([question("f", "m", "A title", checks, **fields)])).questions[0]


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([Outcome.PASSED, Outcome.PASSED], State.COMPLETE),
        ([Outcome.PASSED, Outcome.FAILED], State.UNFINISHED),
        ([Outcome.NOT_ATTEMPTED, Outcome.CRASHED], State.UNFINISHED),
        ([Outcome.NOT_ATTEMPTED, Outcome.PASSED], State.UNFINISHED),
        ([Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED], State.NOT_STARTED),
        ([Outcome.NOT_ATTEMPTED, Outcome.SKIPPED], State.NOT_STARTED),
        ([Outcome.SKIPPED, Outcome.SKIPPED], State.WAITING),
    ],
)
def test_a_questions_state_follows_from_its_checks(outcomes: list[Outcome], state: State) -> None:
    assert summary_of(*(check(f"m.{i}", "A title.", outcome) for i, outcome in enumerate(outcomes))).state is state


def test_a_question_whose_points_were_withheld_is_not_complete() -> None:
    assert (
        summary_of(check("m.a", "A title."), points=0.0, note="does not depend on the input").state is State.UNFINISHED
    )


def test_advice_keeps_no_question_from_being_complete_and_is_not_counted() -> None:
    summary = summary_of(check("m.a", "A title."), failed("b", group=Group.ADVICE, most=0.0))

    assert summary.state is State.COMPLETE
    assert (summary.passed, summary.total) == (1, 1)
    assert [finding.check.id for finding in summary.advice] == ["m.b"]
    assert summary.findings == ()


def test_a_question_gives_one_hint() -> None:
    summary = summary_of(failed("a", hint="first"), failed("b", hint="second"), reading=("a book",))

    assert [finding.hint for finding in summary.findings] == ["first", ""]
    assert [finding.reading for finding in summary.findings] == [("a book",), ()]


def test_the_hint_of_a_named_misconception_comes_before_others() -> None:
    summary = summary_of(failed("a", hint="first"), failed("b", hint="named", misconception="f.x"))

    assert [finding.hint for finding in summary.findings] == ["", "named"]


def test_without_any_hint_the_first_finding_says_where_to_read() -> None:
    summary = summary_of(failed("a"), failed("b"), reading=("a book",))

    assert [finding.reading for finding in summary.findings] == [("a book",), ()]


def test_checks_that_end_with_the_same_words_are_told_once() -> None:
    loading = summarize(broken()).questions[-1]

    assert len(loading.findings) == 1
    assert [each.id for each in loading.findings[0].also] == ["decay.test_1", "decay.test_2"]


def test_a_line_that_raises_is_told_once_whatever_its_message() -> None:
    def raised(error: str, line: int) -> dict[str, Any]:
        frame = Frame(filename="m.py", line=line, function="f", code="x @ y")
        return {"outcome": Outcome.ERRORED, "message": error, "traceback": Traceback(error=error, frames=(frame,))}

    summary = summary_of(
        check("m.a", "A title.", **raised("ValueError: shapes (2, 3) and (2, 2)", 7)),
        check("m.b", "A title.", **raised("ValueError: shapes (4, 1) and (2, 2)", 7)),
        check("m.c", "A title.", **raised("ValueError: shapes (4, 1) and (2, 2)", 8)),
        check("m.d", "A title.", **raised("TypeError: no", 7)),
    )

    assert [(finding.check.id, len(finding.also)) for finding in summary.findings] == [
        ("m.a", 1),
        ("m.c", 0),
        ("m.d", 0),
    ]


def test_checks_without_words_are_not_taken_for_the_same() -> None:
    assert len(summary_of(failed("a", message=""), failed("b", message="")).findings) == 2


def test_the_first_question_to_look_at_is_one_that_is_under_way() -> None:
    first = summarize(half_right()).first

    assert first is not None
    assert first.result.id == "l2_penalty"


def test_nothing_started_begins_at_the_first_question_and_nothing_is_left_after_the_last() -> None:
    first = summarize(untouched()).first

    assert first is not None
    assert first.result.id == "frobenius_norm_squared"
    assert summarize(perfect()).first is None


def test_a_missing_protection_is_named_with_its_reason() -> None:
    assert summarize(broken()).missing_protections == (("landlock", "this kernel does not offer it"),)
    assert summarize(perfect()).missing_protections == ()
