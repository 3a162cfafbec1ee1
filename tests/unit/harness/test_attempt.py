"""How the words of a failed check are chosen."""

import pytest

from grader.checks import CheckFailure, Student
from grader.checks.reference import Reference
from grader.harness.attempt import GradedCheck, attempt_check
from grader.model.assignment import Check, Group
from grader.model.result import Outcome
from tests.fakes.worker import FakeWorker, make_question


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (AssertionError("0.33 of the points\nassert 0.33 >= 0.8"), "0.33 of the points"),
        (AssertionError("assert [1] == [2]"), "assert [1] == [2]"),
        (CheckFailure("the words of the check\nassert nothing"), "the words of the check\nassert nothing"),
    ],
    ids=["with a message", "bare", "from grader.checks"],
)
def test_what_pytest_adds_to_the_message_of_an_assert_is_left_out(failure: AssertionError, message: str) -> None:
    def function(student: Student) -> None:
        del student
        raise failure

    asked = make_question("mask")
    check = Check(id="layers.test_it", question=asked.id, title="It", group=Group.CORE, hint="Look again.")
    attempt = attempt_check(
        GradedCheck(check=check, function=function, fixtures=("student",), place=""),
        FakeWorker({}),
        Reference({}),
        questions={asked.id: asked},
        parameters={},
        seed=1,
    )
    assert attempt.explanation.message == message
    assert (attempt.outcome, attempt.explanation.hint) == (Outcome.FAILED, "Look again.")
