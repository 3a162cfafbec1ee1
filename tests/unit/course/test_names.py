"""The nearest known name is suggested, and none where none is near."""

import pytest

from grader.course.names import nearest


@pytest.mark.parametrize(
    ("name", "expected"),
    [("asignment3", "assignment3"), ("ASSIGNMENT2", "assignment2"), ("asignment2", "assignment2"), ("dropout", None)],
)
def test_the_nearest_name_is_suggested(name: str, expected: str | None) -> None:
    assert nearest(name, ["assignment2", "assignment3"]) == expected


def test_without_known_names_there_is_nothing_to_suggest() -> None:
    assert nearest("assignment3", []) is None
