import numpy as np
import pytest

from grader.checks import check, misconception
from grader.checks.declaration import CHECK_ATTRIBUTE, MISCONCEPTION_ATTRIBUTE, CheckDeclaration, Misconception
from grader.errors import AssignmentError
from grader.model.assignment import Group, Visibility


def test_a_check_keeps_what_it_was_told_and_stays_the_same_function() -> None:
    def test_kept() -> None:
        """Kept activations are divided
        by keep_prob

        More for the author.
        """

    declare = check(
        "dropout_forward",
        group="edge",
        visibility="hidden",
        needs=("dropout_mask",),
        follow_through=True,
        hint="Look at one row.",
    )
    assert declare(test_kept) is test_kept
    assert getattr(test_kept, CHECK_ATTRIBUTE) == CheckDeclaration(
        question="dropout_forward",
        title="Kept activations are divided by keep_prob",
        group=Group.EDGE,
        visibility=Visibility.HIDDEN,
        needs=("dropout_mask",),
        follow_through=True,
        hint="Look at one row.",
    )


def test_a_check_is_core_and_visible_unless_told_otherwise() -> None:
    @check("f")
    def test_it() -> None:
        """It works"""

    declaration: CheckDeclaration = getattr(test_it, CHECK_ATTRIBUTE)
    assert (declaration.group, declaration.visibility) == (Group.CORE, Visibility.VISIBLE)
    assert (declaration.needs, declaration.follow_through, declaration.hint) == ((), False, "")


def test_a_check_without_a_docstring_is_refused() -> None:
    def test_silent() -> None:
        pass

    with pytest.raises(AssignmentError, match="check test_silent of f has no docstring"):
        check("f")(test_silent)


def _works() -> None:
    """It works"""


def test_an_unknown_group_is_refused_with_the_known_ones() -> None:
    with pytest.raises(AssignmentError, match="check _works of f has the group 'bonus'") as caught:
        check("f", group="bonus")(_works)
    assert caught.value.hint == "use core, edge, contract, advice"


def test_an_unknown_visibility_is_refused_with_the_known_ones() -> None:
    with pytest.raises(AssignmentError, match="has the visibility 'secret'") as caught:
        check("f", visibility="secret")(_works)
    assert "after_due_date" in caught.value.hint


def test_needs_is_a_tuple_of_names_not_a_text() -> None:
    with pytest.raises(AssignmentError, match="has needs='dropout_mask', a text"):
        check("f", needs="dropout_mask")(_works)  # type: ignore[arg-type]  # the slip that the test is about


def test_a_misconception_keeps_what_it_was_told() -> None:
    @misconception("dropout_mask.not_scaled", hint="What is the mean?", caught_by=("test_values",))
    def dropout_mask(shape: tuple[int, ...]) -> np.ndarray:
        """The mask is 0/1"""
        return np.ones(shape)

    assert getattr(dropout_mask, MISCONCEPTION_ATTRIBUTE) == Misconception(
        id="dropout_mask.not_scaled",
        question="dropout_mask",
        summary="The mask is 0/1",
        hint="What is the mean?",
        caught_by=("test_values",),
        function=dropout_mask,
    )
    assert dropout_mask((2,)).sum() == 2


@pytest.mark.parametrize("name", ["dropout_mask", ".not_scaled", "dropout_mask.", ""])
def test_a_misconception_names_its_question_and_itself(name: str) -> None:
    def wrong() -> None:
        """Something differs"""

    with pytest.raises(AssignmentError, match=r"not named <question>\.<name>"):
        misconception(name, hint="Look.", caught_by=("test_values",))(wrong)


def test_a_misconception_that_no_check_catches_is_refused() -> None:
    def wrong() -> None:
        """Something differs"""

    with pytest.raises(AssignmentError, match="names no check that catches it"):
        misconception("f.wrong", hint="Look.", caught_by=())(wrong)


def test_caught_by_is_a_tuple_of_names_not_a_text() -> None:
    with pytest.raises(AssignmentError, match="has caught_by='test_values', a text"):
        misconception("f.wrong", hint="Look.", caught_by="test_values")(_works)  # type: ignore[arg-type]  # the same


@pytest.mark.parametrize(("hint", "docstring"), [("", "Something differs"), ("Look.", None)])
def test_a_misconception_says_what_differs_and_has_a_hint(hint: str, docstring: str | None) -> None:
    def wrong() -> None:
        pass

    wrong.__doc__ = docstring
    with pytest.raises(AssignmentError, match=r"has no (hint|docstring)"):
        misconception("f.wrong", hint=hint, caught_by=("test_values",))(wrong)


@pytest.mark.parametrize("weight", [0.0, -1.0, float("inf"), float("nan")])
def test_a_weight_is_a_positive_number(weight: float) -> None:
    with pytest.raises(AssignmentError, match="weight"):
        check("dropout_forward", weight=weight)(lambda_with_docstring)


def lambda_with_docstring() -> None:
    """A title"""
