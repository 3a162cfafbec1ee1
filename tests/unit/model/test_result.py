import pytest

from grader.model.assignment import Group, Visibility
from grader.model.result import SCHEMA, CheckResult, Environment, GradedSubmission, Outcome, QuestionResult

ENVIRONMENT = Environment(
    python="3.11", numpy="2.4", platform="linux", isolation={}, assignment_digest="", submission_digest=""
)


def make_question(*outcomes: Outcome) -> QuestionResult:
    checks = tuple(
        CheckResult(
            id=f"layers.test_{i}",
            title="…",
            outcome=outcome,
            points=0.0,
            max_points=1.0,
            visibility=Visibility.VISIBLE,
            group=Group.CORE,
        )
        for i, outcome in enumerate(outcomes)
    )
    return QuestionResult(id="f", module="layers", title="F", points=0.0, max_points=1.0, checks=checks)


def test_a_question_is_attempted_when_any_check_found_more_than_a_stub() -> None:
    assert not make_question().attempted
    assert not make_question(Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED).attempted
    for outcome in set(Outcome) - {Outcome.NOT_ATTEMPTED}:
        assert make_question(Outcome.NOT_ATTEMPTED, outcome).attempted


def test_a_result_is_of_the_published_schema_and_gradable_unless_told_otherwise() -> None:
    graded = GradedSubmission(
        assignment="a1",
        title="A",
        submission="alice",
        seed=20,
        points=0.0,
        max_points=100.0,
        seconds=0.1,
        questions=(make_question(Outcome.FAILED),),
        environment=ENVIRONMENT,
    )
    assert (graded.schema, SCHEMA) == ("grade/v1", "grade/v1")
    assert graded.gradable
    assert graded.errors == ()
    assert not graded.partial


def test_a_result_cannot_be_changed() -> None:
    question = make_question(Outcome.PASSED)
    with pytest.raises(AttributeError):
        question.points = 3.0  # type: ignore[misc]  # what the test is about


def test_the_outcomes_of_the_contract_are_these() -> None:
    assert " ".join(Outcome) == "passed failed not_attempted errored timed_out crashed rejected skipped"
