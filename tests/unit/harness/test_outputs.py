"""When two outputs are the same."""

from typing import Any

import numpy as np
import pytest

from grader.checks.student import CallRecord
from grader.harness.outputs import same_form, same_record, same_value
from grader.model.assignment import Kind, Question, Returned
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


def test_calls_that_changed_an_argument_to_other_values_are_not_the_same() -> None:
    ours, theirs, again = (_record(running_mean=mean) for mean in (0.1, 0.9, 0.1))
    assert same_record(ours, again)
    assert not same_record(ours, theirs)


@pytest.mark.parametrize("other", [np.ones((2, 1)), np.ones(2, dtype=bool), {"W": np.ones(2)}, (np.ones(2),)])
def test_results_of_another_kind_shape_or_dtype_have_another_form(other: Any) -> None:
    ours, theirs, another = _record(), _record(value=np.array([3.0, 4.0])), _record(value=other)
    assert same_form([ours], [theirs])
    assert not same_form([ours], [another])


def test_forms_are_compared_as_far_as_both_checks_went() -> None:
    assert same_form([_record(), _record(value=np.ones(3))], [_record()])


def _record(*, running_mean: float = 0.0, value: Any = None) -> CallRecord:
    question = Question(
        id="batchnorm_forward",
        module="batch",
        title="Batch normalization",
        points=1,
        difficulty=1,
        returns=(Returned(name="out", kind=Kind.ARRAY),),
    )
    changed = {"3['running_mean']": np.full(2, running_mean)}
    value = np.ones(2) if value is None else value
    return CallRecord(question=question, args=(), kwargs={}, parameters=(), value=value, changed=changed)
