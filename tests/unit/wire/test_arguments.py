"""What a call did to its arguments."""

from typing import Any

import numpy as np
import pytest

from grader.wire import Change, ChangeKind, Snapshot, WireError, apply_changes


def where(snapshot: Snapshot) -> list[str]:
    return [change.where for change, _ in snapshot.changes()]


def test_a_nan_that_stays_is_no_change_and_a_sign_that_flips_is_one() -> None:
    array = np.array([np.nan, 0.0])
    snapshot = Snapshot([array], {})
    assert where(snapshot) == []
    array[1] = -0.0
    assert where(snapshot) == ["0"]


def test_a_reshaped_array_is_a_change() -> None:
    array = np.zeros((2, 3))
    snapshot = Snapshot([array], {})
    array.shape = (3, 2)
    assert where(snapshot) == ["0"]


def test_an_array_deep_inside_is_found() -> None:
    args: list[Any] = [({"layers": [np.zeros(2)]},)]
    snapshot = Snapshot(args, {})
    args[0][0]["layers"][0][1] = 1
    assert where(snapshot) == ["0[0]['layers'][0]"]


def test_opaque_objects_are_not_looked_into() -> None:
    cache = [np.zeros(2)]
    snapshot = Snapshot([cache], {}, {id(cache)})
    cache.append(np.ones(2))
    assert where(snapshot) == []


def test_an_equal_number_bound_again_is_no_change_but_another_type_is() -> None:
    config = {"t": 1000.5}
    snapshot = Snapshot([], {"config": config})
    config["t"] = float("1000.5")
    assert where(snapshot) == []
    config["t"] = np.float64(1000.5)
    assert where(snapshot) == ["config['t']"]


def test_a_list_that_grew_is_one_change() -> None:
    items = [1]
    snapshot = Snapshot([items], {})
    items.append(2)
    assert where(snapshot) == ["0"]


@pytest.mark.parametrize(
    "change",
    [
        Change((0,), ChangeKind.BOUND),
        Change((0, "x"), ChangeKind.BOUND),
        Change((1, "missing"), ChangeKind.DELETED),
        Change((7, "x"), ChangeKind.BOUND),
        Change(("name", "x"), ChangeKind.BOUND),
        Change((1,), ChangeKind.STATE),
        Change((2,), ChangeKind.STATE),
        Change((), ChangeKind.STATE),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change) -> None:
    with pytest.raises(WireError):
        apply_changes([[1], {}, np.random.default_rng(0)], {}, [(change, None)])


def test_another_kind_of_generator_is_refused() -> None:
    mersenne = np.random.Generator(np.random.MT19937(0))
    with pytest.raises(WireError):
        apply_changes([np.random.default_rng(0)], {}, [(Change((0,), ChangeKind.STATE), mersenne)])
