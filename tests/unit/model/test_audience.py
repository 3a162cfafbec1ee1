"""Tests of what a student may see."""

from dataclasses import replace

import pytest

from grader.model.assignment import Visibility
from grader.model.result import CheckResult, GradedSubmission
from grader.reports import Audience, Format, for_student, render
from tests.fakes.graded import EXAMPLES, graded, random_parts, ungraded


def checks_of(result: GradedSubmission, visibility: Visibility) -> list[CheckResult]:
    return [each for question in result.questions for each in question.checks if each.visibility is visibility]


@pytest.mark.parametrize("report_format", Format)
def test_a_withheld_detail_is_in_no_report_for_a_student(report_format: Format) -> None:
    assert "SECRET" not in render(random_parts(), report_format, verbose=True)


@pytest.mark.parametrize("report_format", Format)
def test_an_instructor_sees_everything(report_format: Format) -> None:
    assert "SECRET" in render(random_parts(), report_format, audience=Audience.INSTRUCTOR)


def test_a_check_that_shows_later_keeps_its_title_outcome_and_points() -> None:
    [before] = checks_of(random_parts(), Visibility.AFTER_DUE_DATE)
    [after] = checks_of(for_student(random_parts()), Visibility.AFTER_DUE_DATE)

    assert (after.id, after.title, after.outcome) == (before.id, before.title, before.outcome)
    assert (after.points, after.max_points) == (before.points, before.max_points)
    assert after.evidence is None
    assert after.seconds == 0


def test_a_hidden_check_keeps_only_its_outcome_and_points() -> None:
    [before] = checks_of(random_parts(), Visibility.HIDDEN)
    [after] = checks_of(for_student(random_parts()), Visibility.HIDDEN)

    assert after.id == "layers.hidden_3"
    assert after.title == "A hidden check."
    assert (after.outcome, after.points, after.max_points) == (before.outcome, before.points, before.max_points)


def test_an_error_about_a_hidden_check_does_not_quote_it() -> None:
    failed = replace(
        random_parts(), gradable=False, errors=("check layers.test_SECRET raised KeyError: 4.2", "no disk")
    )

    assert for_student(failed).errors == ("a hidden check could not be run", "no disk")


@pytest.mark.parametrize("name", ["half_right", "perfect", "untouched", "broken", "ungraded"])
def test_a_result_without_withheld_checks_is_not_changed(name: str) -> None:
    assert for_student(EXAMPLES[name]()) == EXAMPLES[name]()


@pytest.mark.parametrize("report_format", [Format.TERMINAL, Format.HTML, Format.MARKDOWN])
def test_a_report_says_that_checks_count_without_details(report_format: Format) -> None:
    assert "2 checks count without showing details." in render(random_parts(), report_format)


@pytest.mark.parametrize("report_format", [Format.TERMINAL, Format.HTML, Format.MARKDOWN])
def test_an_ungraded_submission_is_said_to_be_our_fault_with_the_reason(report_format: Format) -> None:
    report = " ".join(render(ungraded(), report_format).split())

    assert "fault on the grader&#39;s side" in report or "fault on the grader's side" in report
    assert "test_no_bias raised KeyError" in report
    assert "0 of 100 points" not in report


@pytest.mark.parametrize("report_format", [Format.TERMINAL, Format.HTML, Format.MARKDOWN])
def test_a_partial_run_says_which_questions_it_graded(report_format: Format) -> None:
    result = graded([EXAMPLES["half_right"]().questions[0]], partial=True)

    assert "This run graded only frobenius" in render(result, report_format)
