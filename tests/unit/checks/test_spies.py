from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailure, Spy, assert_each_entry_moved
from grader.checks import spies as spies_module


def test_a_spy_passes_calls_on_and_counts_them() -> None:
    spy = Spy(lambda x, scale=1.0: float(x.sum()) * scale)
    assert spy(np.ones(3)) == 3.0
    assert spy(np.ones(3), scale=2.0) == 6.0
    assert spy.count == 2


def test_a_spy_keeps_each_point_as_it_was_then() -> None:
    spy = Spy(lambda _: None)
    x = np.zeros(2)
    spy(x)
    x += 1
    spy({"W1": x})
    x += 1
    assert (spy.points[0] == [0, 0]).all()
    assert (spy.points[1]["W1"] == [1, 1]).all()
    assert not spy.truncated


def test_a_spy_on_a_function_without_arguments_counts_only() -> None:
    spy = Spy(lambda: 5)
    assert (spy(), spy.count, spy.points) == (5, 1, [])


def test_an_error_of_the_function_is_passed_on_and_counted() -> None:
    def broken(x: float) -> float:
        raise RuntimeError(f"broken at {x}")

    spy = Spy(broken)
    with pytest.raises(RuntimeError, match=r"broken at 1\.0"):
        spy(1.0)
    assert (spy.count, spy.points) == (1, [1.0])


def test_a_spy_keeps_no_more_points_than_it_may() -> None:
    spy = Spy(lambda x: x)
    for i in range(spies_module.MAX_POINTS + 3):
        spy(i)
    assert spy.count == spies_module.MAX_POINTS + 3
    assert len(spy.points) == spies_module.MAX_POINTS
    assert spy.truncated


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"W": [x]}], ids=["array", "nested"])
def test_a_spy_keeps_no_more_bytes_than_it_may(wrap: object) -> None:
    assert callable(wrap)
    spy = Spy(lambda _: None)
    point = np.zeros(spies_module.MAX_BYTES // 8 // 2 - 10)
    for _ in range(3):
        spy(wrap(point))
    assert (spy.count, len(spy.points), spy.truncated) == (3, 2, True)


def visit(*points: Any) -> Spy:
    spy = Spy(lambda _: 0.0)
    for point in points:
        spy(point)
    return spy


def moved(at: np.ndarray[Any, Any], *moves: float) -> np.ndarray[Any, Any]:
    return np.asarray(at + np.array(moves))


AT = np.array([1000.0, 2.0])
CENTRAL = (moved(AT, 1e-5, 0), moved(AT, -1e-5, 0), moved(AT, 0, 1e-5), moved(AT, 0, -1e-5))


def test_the_points_of_a_central_difference_pass_in_any_order() -> None:
    assert_each_entry_moved(visit(*CENTRAL), AT, 1e-5)
    assert_each_entry_moved(visit(*CENTRAL[::-1], AT), AT, 1e-5)
    parts = [{"W1": point[:1], "b1": point[1:]} for point in CENTRAL]
    assert_each_entry_moved(visit(*parts), {"W1": AT[:1], "b1": AT[1:]}, 1e-5)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (CENTRAL[:3], r"never called with x\[1\] moved by -1e-05"),
        ((*CENTRAL, CENTRAL[0]), r"called twice with x\[0\] moved by 1e-05"),
        ((*CENTRAL, AT, AT), "called 2 times with nothing moved"),
        ((moved(AT, 1e-5, 1e-5),), "2 entries of x have moved"),
        ((moved(AT, 5e-6, 0),), r"x\[0\] moved by 5e-06; expected 1e-05"),
        ((3.0,), "called with the number 3 as its argument"),
        ((AT[:, None],), r"expected an array of shape \(2,\)"),
    ],
)
def test_other_points_are_named(points: tuple[Any, ...], message: str) -> None:
    with pytest.raises(CheckFailure, match=message):
        assert_each_entry_moved(visit(*points), AT, 1e-5)


def test_a_point_that_should_be_a_dict_with_the_same_keys_is_named() -> None:
    with pytest.raises(CheckFailure, match="expected a dict with W1"):
        assert_each_entry_moved(visit({"W2": AT}), {"W1": AT}, 1e-5)
