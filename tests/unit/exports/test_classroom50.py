"""`result.json` is read back by Classroom 50's rules."""

from datetime import UTC, datetime

import pytest

from grader.errors import GraderError
from grader.exports.classroom50 import Delivery, render_classroom50
from grader.model.assignment import Group
from grader.model.audience import for_student
from grader.model.result import Outcome
from tests.fakes.graded import EXAMPLES, check, graded, half_right, question, random_parts, ungraded
from tests.fakes.importers import read_classroom50

MOMENT = datetime(2026, 6, 1, 14, 32, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "ungraded"])
def test_classroom_50_takes_every_result_in_hundredths_of_points(name: str) -> None:
    example = EXAMPLES[name]()
    result = read_classroom50(render_classroom50(for_student(example), Delivery(), graded_at=MOMENT))
    assert result["score"] == pytest.approx(100 * example.points, abs=1)
    assert result["max-score"] == pytest.approx(100 * example.max_points, abs=1)
    assert result["datetime"] == "2026-06-01T14:32:01Z"


def test_the_environment_of_an_autograder_says_what_was_submitted() -> None:
    environment = {
        "CLASSROOM": "dl",
        "ASSIGNMENT": "hw1",
        "SUBMISSION_TAG": "submit/1",
        "COMMIT_URL": "https://c",
        "RELEASE_URL": "https://r",
    }
    result = read_classroom50(render_classroom50(half_right(), Delivery.of(environment), graded_at=MOMENT))
    assert {
        name: result[name] for name in ("classroom", "assignment", "submission", "commit", "release", "review")
    } == {
        "classroom": "dl",
        "assignment": "hw1",
        "submission": "submit/1",
        "commit": "https://c",
        "release": "https://r",
        "review": "https://c",
    }


def test_an_ungraded_result_is_none() -> None:
    with pytest.raises(GraderError, match="is ungraded"):
        render_classroom50(ungraded(), Delivery(), graded_at=MOMENT)


@pytest.mark.parametrize(("points", "rest"), [(40.0, 600), (30.25, -375)])
def test_lateness_and_points_by_hand_are_a_test_of_their_own(points: float, rest: int) -> None:
    result = read_classroom50(render_classroom50(half_right(), Delivery(), graded_at=MOMENT, points=points))
    assert result["score"] == 100 * points
    assert result["tests"][-1]["score"] == rest
    assert result["max-score"] == 100 * half_right().max_points


def test_a_mark_that_is_that_of_the_checks_adds_no_test() -> None:
    thirds = [check(f"m.test_{n}", "T.", Outcome.FAILED, most=1.0, points=1 / 3) for n in range(5)]
    result = graded([question("f", "m", "F", thirds)])
    read = read_classroom50(render_classroom50(result, Delivery(), graded_at=MOMENT, points=result.points))
    assert len(read["tests"]) == 5


def test_advice_is_no_test_that_could_fail() -> None:
    advice = check("m.test_a", "A.", Outcome.FAILED, 0.0, group=Group.ADVICE)
    result = graded([question("f", "m", "F", [advice, check("m.test_b", "B.")])])
    (test,) = read_classroom50(render_classroom50(result, Delivery(), graded_at=MOMENT))["tests"]
    assert test["passed"] is True


def test_a_hidden_check_leaks_nothing_to_a_student() -> None:
    assert "SECRET" not in render_classroom50(for_student(random_parts()), Delivery(), graded_at=MOMENT)
