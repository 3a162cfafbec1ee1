"""Arrays of a result that are no copies are found, and copies are not blamed."""

from typing import Any

import numpy as np
import pytest

from grader.wire.arguments import Snapshot
from grader.wire.sharing import Sharing, find_sharing

X = np.arange(6.0)


@pytest.mark.parametrize(
    ("value", "part"),
    [(X, ""), (X[2:4], ""), (X.reshape(2, 3).T, ""), ((1.0, X[:1]), "[1]"), ({"W1": [X[::2]]}, "['W1'][0]")],
)
def test_a_view_of_an_argument_is_found_wherever_it_stands(value: Any, part: str) -> None:
    arguments = Snapshot([0, {"b1": X}], {}).arrays
    assert find_sharing(value, arguments) == (Sharing(part, "1['b1']", in_result=False),)


def test_two_parts_of_a_result_that_share_memory_are_found() -> None:
    zeros = np.zeros(3)
    assert find_sharing({"b1": zeros, "b2": zeros}, []) == (Sharing("['b2']", "['b1']", in_result=True),)


@pytest.mark.parametrize("value", [X.copy(), [X + 1, X * 2], 3.0, "text", None, np.zeros(0), np.float64(2.0)])
def test_copies_and_plain_values_share_nothing(value: Any) -> None:
    assert find_sharing(value, [((0,), X)]) == ()


def test_interleaved_views_without_a_common_entry_share_nothing() -> None:
    matrix = np.zeros((4, 3))
    assert find_sharing([matrix[:, :2], matrix[:, 2]], []) == ()
