"""Tests of the sentences of reports."""

import pytest

from grader.model import wording
from grader.model.result import Outcome, Traceback
from grader.model.summary import State, summarize
from tests.fakes.graded import EXAMPLES, broken, check, graded, half_right, question


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("perfect", "All 7 questions are complete."),
        ("untouched", "None of the 7 questions is started yet."),
        (
            "half_right",
            "2 of 7 questions are complete, 3 are under way, 1 is not started yet and 1 waits for another question.",
        ),
        ("broken", "No question is complete yet, 5 are under way."),
        ("hostile", "The question is under way."),
    ],
)
def test_the_verdict_counts_the_questions(name: str, sentence: str) -> None:
    assert wording.verdict(summarize(EXAMPLES[name]())) == sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("perfect", "All points are earned. Nothing is left to do here."),
        ("untouched", "Start with frobenius_norm_squared in penalties.py."),
        ("broken", "Look at backward_propagation_with_regularization first: The gradients equal a central difference"),
    ],
)
def test_the_next_step_names_one_question(name: str, sentence: str) -> None:
    assert wording.next_step(summarize(EXAMPLES[name]())).startswith(sentence)


def test_every_outcome_and_state_has_a_symbol_and_a_word() -> None:
    assert set(wording.OUTCOMES) == set(wording.OUTCOME_SYMBOLS) == set(Outcome)
    assert set(wording.STATES) == set(wording.STATE_SYMBOLS) == set(State)


@pytest.mark.parametrize(("value", "text"), [(12.0, "12"), (3.5, "3.5"), (61.666, "61.67"), (0.0, "0"), (100.0, "100")])
def test_points_have_at_most_two_decimals(value: float, text: str) -> None:
    assert wording.points(value) == text


def test_numbers_that_differ_are_written_with_the_digits_that_show_it() -> None:
    assert wording.compared(1.0, 1.00000012, differs=True) == ("1", "1.0000001")
    assert wording.compared(1.0, 1.00000012, differs=False) == ("1", "1")
    assert wording.compared(0.5, None, differs=True) == ("0.5", "not finite")
    assert wording.compared(-0.0, 2.0, differs=True) == ("0", "2")


def test_the_total_counts_points_and_checks() -> None:
    assert wording.totals(summarize(half_right())) == "34 of 81 points, 9 of 17 checks pass"


def test_one_check_is_not_called_checks() -> None:
    single = summarize(graded([question("f", "m", "A title", [check("m.a", "A title.")])]))

    assert wording.checks_line(single.questions[0]) == "1 of 1 check passes"


def test_a_traceback_points_at_its_last_line_and_repeats_no_error() -> None:
    traceback = broken().questions[0].checks[0].traceback
    assert traceback is not None

    text = wording.traceback_text(traceback, traceback.error)

    assert text.split("\n")[-1].startswith("→   12 │ return")
    assert "NameError" not in text
    assert wording.says_error("f raised NameError in line 12 of a.py: name 'lamb' is not defined", traceback)
    assert wording.says_error("bad shapes (2,) (3,)", Traceback(error="bad shapes (2,) (3,) ", frames=()))
    assert wording.traceback_text(traceback, "").endswith("NameError: name 'lamb' is not defined")
