"""When two outputs are the same."""

from typing import Any

import numpy as np
import pytest

from grader.harness.outputs import same_value
from grader.wire import Handle


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-12])),
        (np.array([1e9, 1e-3]), np.array([1e9, 1e-3 + 1e-4])),
        (np.array([np.nan]), np.array([np.nan])),
        ({"W1": np.ones(2)}, {"W1": np.ones(2)}),
        ((np.ones(2), 3.0), [np.ones(2), 3.0]),
        (Handle(1), Handle(2)),
        ("a", "a"),
        (None, None),
    ],
)
def test_equal_up_to_rounding_is_the_same(ours: Any, theirs: Any) -> None:
    assert same_value(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-6])),
        (np.ones(2), np.ones((2, 1))),
        (np.ones(2), np.ones(2, dtype=np.float32)),
        (np.array([np.nan]), np.array([1.0])),
        (np.array([np.inf]), np.array([1.0])),
        ({"W1": np.ones(2)}, {"W2": np.ones(2)}),
        ((1.0, 2.0), (1.0,)),
        ("a", None),
        (True, 1),
        (Handle(1), None),
    ],
)
def test_anything_else_is_not(ours: Any, theirs: Any) -> None:
    assert not same_value(ours, theirs)
    assert not same_value(theirs, ours)
