"""Reading references, misconceptions and alternatives."""

from pathlib import Path

import pytest

from grader.course import open_course
from grader.errors import AssignmentError
from grader.harness.catalogue import alternative_paths, load_misconceptions, load_reference
from grader.model.assignment import Assignment


@pytest.fixture
def assignment(course: Path) -> Assignment:
    return open_course(course).assignment("small")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_the_reference_tells_the_parameters_of_every_question(assignment: Assignment) -> None:
    parameters = load_reference(assignment).parameters
    assert parameters["scale_forward"] == ("x", "factor=2.0")
    assert parameters["coin_mask"] == ("shape", "rng")


def test_a_missing_reference_is_an_error(assignment: Assignment) -> None:
    (assignment.solution_folder / "coins.py").unlink()
    with pytest.raises(AssignmentError, match=r"no reference solution .*coins\.py"):
        load_reference(assignment)


def test_a_reference_without_its_function_is_an_error(assignment: Assignment) -> None:
    edit(assignment.solution_folder / "coins.py", "def coin_mask", "def coins")
    with pytest.raises(AssignmentError, match="does not define coin_mask"):
        load_reference(assignment)


def test_misconceptions_come_in_the_order_of_their_files(assignment: Assignment) -> None:
    found = load_misconceptions(assignment, load_reference(assignment))
    assert [each.id for each in found] == [
        "scale_forward.adds",
        "scale_forward.squares",
        "scale_forward.writes",
        "scale_backward.forgets",
        "coin_mask.unfair",
        "coin_mask.fixed",
    ]
    assert found[0].summary == "Adds the factor."


def test_a_misconception_of_no_question_is_an_error(assignment: Assignment) -> None:
    edit(assignment.solution_folder / "misconceptions/coins.py", "coin_mask.fixed", "coin.fixed")
    with pytest.raises(AssignmentError, match=r"coin\.fixed is of no question"):
        load_misconceptions(assignment, load_reference(assignment))


def test_two_misconceptions_of_one_name_are_an_error(assignment: Assignment) -> None:
    edit(assignment.solution_folder / "misconceptions/coins.py", "coin_mask.fixed", "coin_mask.unfair")
    with pytest.raises(AssignmentError, match=r"named twice .*coin_mask\.unfair"):
        load_misconceptions(assignment, load_reference(assignment))


def test_an_alternative_belongs_to_the_module_it_is_named_after(assignment: Assignment) -> None:
    folder = assignment.solution_folder / "alternatives"
    folder.mkdir()
    (folder / "coins_binomial.py").write_text("")
    assert alternative_paths(assignment) == {folder / "coins_binomial.py": "coins"}
    (folder / "dice.py").write_text("")
    with pytest.raises(AssignmentError, match="alternative to no module"):
        alternative_paths(assignment)
