import numpy as np
import pytest

from grader.checks import Spy
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
