from pathlib import Path
from typing import Any

import pytest

from grader.errors import AssignmentError
from grader.model.assignment import Assignment, Check, Group, Kind, Question, Returned, Visibility


def make_question(name: str = "f", **changes: Any) -> Question:
    fields: dict[str, Any] = {
        "id": name,
        "module": "layers",
        "title": name,
        "points": 50.0,
        "difficulty": 2,
        "returns": (Returned(name="out", kind=Kind.ARRAY),),
    }
    return Question(**{**fields, **changes})


def make_assignment(*questions: Question) -> Assignment:
    return Assignment(
        id="a1", title="A", questions=questions, folder=Path("assignments/a1"), solution_folder=Path("solutions/a1")
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "not a name"}, "not named like a Python function"),
        ({"id": ""}, "not named like a Python function"),
        ({"module": "layers.py"}, "not named like a Python function"),
        ({"points": 0.0}, "has 0.0 points"),
        ({"points": -1.0}, "has -1.0 points"),
        ({"points": float("nan")}, "has nan points"),
        ({"points": float("inf")}, "has inf points"),
        ({"difficulty": 0}, "has difficulty 0"),
        ({"difficulty": 4}, "has difficulty 4"),
        ({"returns": ()}, "returns nothing"),
        ({"uses": ("f",)}, "uses itself"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(AssignmentError) as caught:
        make_question(**changes)
    assert says in caught.value.message


def test_points_must_add_up_to_100() -> None:
    with pytest.raises(AssignmentError, match="add up to 50") as caught:
        make_assignment(make_question())
    assert "100" in caught.value.hint
    assert make_assignment(make_question("f"), make_question("g")).questions[1].id == "g"


def test_points_that_are_no_binary_fractions_may_add_up_to_100() -> None:
    parts = [make_question(f"f{i}", points=8.3) for i in range(11)]
    assert sum([8.3] * 11 + [8.7]) != 100
    assert len(make_assignment(*parts, make_question("g", points=8.7)).questions) == 12


def test_an_assignment_without_questions_is_refused() -> None:
    with pytest.raises(AssignmentError, match="add up to 0"):
        make_assignment()


def test_a_question_stands_only_once() -> None:
    with pytest.raises(AssignmentError, match="questions named twice: f"):
        make_assignment(make_question("f"), make_question("f", module="network"))


def test_a_question_uses_only_questions_of_the_assignment() -> None:
    with pytest.raises(AssignmentError, match="question g uses unknown questions: h"):
        make_assignment(make_question("f"), make_question("g", uses=("f", "h")))
    assert make_assignment(make_question("f"), make_question("g", uses=("f",))).question("g").uses == ("f",)


def test_modules_come_in_the_order_of_their_first_question() -> None:
    assignment = make_assignment(
        make_question("f", module="network", points=30.0),
        make_question("g", module="layers", points=30.0),
        make_question("h", module="network", points=40.0),
    )
    assert assignment.modules == ("network", "layers")


def test_a_question_is_found_by_name() -> None:
    assignment = make_assignment(make_question("f"), make_question("g"))
    assert assignment.question("g") is assignment.questions[1]
    with pytest.raises(KeyError):
        assignment.question("h")


def test_a_check_is_core_and_visible_unless_told_otherwise() -> None:
    check = Check(id="layers.test_it", question="f", title="It works")
    assert (check.group, check.visibility, check.needs, check.follow_through) == (
        Group.CORE,
        Visibility.VISIBLE,
        (),
        False,
    )


def test_the_words_of_the_contract_are_these() -> None:
    assert [*Group] == ["core", "edge", "contract", "advice"]
    assert [*Visibility] == ["visible", "after_due_date", "after_published", "hidden"]
