"""Names that look the same are found, and the letters that make them differ are named."""

import pytest

from grader.course.look_alikes import foreign_letters, skeleton
from grader.course.names import nearest

CYRILLIC_O = "s\u043eftmax"


@pytest.mark.parametrize(
    "name", ["softmax", "SoftMax", CYRILLIC_O, "\uff53oftmax", "s\u03bfftm\u0430x", "s\u00f6ftmax"]
)
def test_names_that_look_alike_share_a_skeleton(name: str) -> None:
    assert skeleton(name) == "softmax"
    assert nearest("softmax", ["other", name]) == name


def test_the_letters_that_differ_are_named() -> None:
    assert foreign_letters(CYRILLIC_O, "softmax") == ("CYRILLIC SMALL LETTER O",)


@pytest.mark.parametrize("name", ["softmax", "sotfmax", "\uff53oftmax"])
def test_nothing_is_foreign_in_the_same_or_a_quite_different_name(name: str) -> None:
    assert foreign_letters(name, "softmax") == ()
