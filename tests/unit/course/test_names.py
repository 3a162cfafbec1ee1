"""The nearest known name is suggested, and none where none is near; names come in the order of their numbers."""

import pytest

from grader.course.names import by_number, nearest


@pytest.mark.parametrize(
    ("name", "expected"),
    [("asignment3", "assignment3"), ("ASSIGNMENT2", "assignment2"), ("asignment2", "assignment2"), ("dropout", None)],
)
def test_the_nearest_name_is_suggested(name: str, expected: str | None) -> None:
    assert nearest(name, ["assignment2", "assignment3"]) == expected


def test_without_known_names_there_is_nothing_to_suggest() -> None:
    assert nearest("assignment3", []) is None


def test_names_come_in_the_order_of_their_numbers() -> None:
    names = ["week10b", "week2", "final", "week10a", "2", "week02", "week1", "10"]
    assert sorted(names, key=by_number) == ["2", "10", "final", "week1", "week02", "week2", "week10a", "week10b"]
