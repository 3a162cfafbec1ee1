"""`results.json` is read back by Gradescope's rules."""

import math
from dataclasses import replace

import pytest

from grader.errors import GraderError
from grader.exports.gradescope import render_gradescope
from grader.model.assignment import Group
from grader.model.result import Outcome
from tests.fakes.graded import EXAMPLES, check, graded, half_right, question, random_parts, ungraded
from tests.fakes.importers import read_gradescope


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "ungraded"])
def test_gradescope_takes_every_result_with_its_score(name: str) -> None:
    example = EXAMPLES[name]()
    result = read_gradescope(render_gradescope(example))
    assert result["score"] == pytest.approx(example.points)
    assert math.fsum(test.get("score", 0) for test in result["tests"]) == pytest.approx(example.points)
    assert math.fsum(test.get("max_score", 0) for test in result["tests"]) == pytest.approx(example.max_points)
    assert result["stdout_visibility"] == "hidden"


def test_an_ungraded_result_has_no_score_that_could_be_taken_for_a_zero() -> None:
    result = read_gradescope(render_gradescope(ungraded()))
    assert "score" not in result
    assert result["tests"] == []
    assert "you have lost no points" in result["output"]


def test_each_test_keeps_its_visibility_and_what_is_withheld_stands_nowhere_else() -> None:
    result = read_gradescope(render_gradescope(random_parts()))
    seen = {test["visibility"]: test for test in result["tests"]}
    assert set(seen) == {"visible", "after_due_date", "hidden"}
    assert "SECRET" in seen["hidden"]["output"]
    for_students = [test for test in result["tests"] if test["visibility"] == "visible"]
    assert "SECRET" not in str([result["output"], *for_students])


def test_what_counts_may_be_another_number_and_the_student_reads_why() -> None:
    result = read_gradescope(render_gradescope(half_right(), points=12.5, note="2 days late"))
    assert result["score"] == 12.5
    assert "2 days late" in result["output"]


def test_points_for_a_right_gradient_of_another_forward_pass_are_partial_credit() -> None:
    failed = check("m.test_a", "A.", Outcome.FAILED, 7.0)
    passed = check("m.test_b", "B.", most=2.0, group=Group.EDGE)
    result = graded([question("f", "m", "F", [failed, passed], points=6.9, note="70 % of the core points")])
    tests = read_gradescope(render_gradescope(replace(result, points=6.9)))["tests"]
    assert [(test["score"], test["status"]) for test in tests] == [(4.9, "failed"), (2.0, "passed")]


def test_advice_is_information_and_has_no_score() -> None:
    advice = check("m.test_a", "Avoid a loop.", Outcome.FAILED, 0.0, group=Group.ADVICE, message="it loops")
    (test,) = read_gradescope(render_gradescope(graded([question("f", "m", "F", [advice])])))["tests"]
    assert "score" not in test
    assert "costs nothing" in test["name"]


def test_a_question_gives_one_hint() -> None:
    failed = [check(f"m.test_{n}", f"{n}.", Outcome.FAILED, message=n, hint=f"hint {n}") for n in "ab"]
    tests = read_gradescope(render_gradescope(graded([question("f", "m", "F", failed)])))["tests"]
    assert [test["output"].count("hint: ") for test in tests] == [1, 0]


def test_points_that_are_no_number_are_refused() -> None:
    with pytest.raises(GraderError, match="not a finite number"):
        render_gradescope(half_right(), points=float("nan"))
