"""Functions of ours in the student's code, and the student's in ours: the same on every sandbox."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Call, CrashCause, Crashed, Raised, Worker

Start = Callable[..., Worker]


def call(worker: Worker, function: str, *args: Any, **kwargs: Any) -> Any:
    return worker.call(Call(function=function, args=args, kwargs=kwargs)).value


def test_the_student_can_call_a_function_of_ours(start: Start) -> None:
    worker = start(m="def slope(f, x, h=1e-3):\n    return (f(x + h) - f(x - h)) / (2 * h)\n")
    points: list[float] = []

    def square(x: float) -> float:
        points.append(x)
        return x * x

    assert call(worker, "m.slope", square, 3.0) == pytest.approx(6.0)
    assert points == [3.001, 2.999]


def test_a_stand_in_replaces_the_function_where_it_was_imported_by_name(start: Start) -> None:
    worker = start(
        {"layers.relu": lambda x: np.maximum(x, 0)},
        layers="def relu(x):\n    raise NotImplementedError\n",
        network="from layers import relu\nimport layers\ndef f(x):\n    return relu(x) + layers.relu(x)\n",
    )
    assert call(worker, "network.f", np.array([-1.0, 2.0])).tolist() == [0.0, 4.0]


def test_a_stand_in_can_be_imported_from_a_module_that_does_not_load(start: Start) -> None:
    worker = start(
        {"layers.relu": lambda x: x},
        layers="def relu(x:\n",
        network="from layers import relu\ndef f(x):\n    return relu(x)\n",
    )
    assert call(worker, "network.f", 2.0) == 2.0


def test_a_generator_passed_to_a_function_of_ours_is_advanced_for_the_student(start: Start) -> None:
    worker = start(m="def f(draw, rng):\n    return [draw(rng), rng.random()]\n")
    assert call(worker, "m.f", lambda rng: rng.random(), np.random.default_rng(2)) == list(
        np.random.default_rng(2).random(2)
    )


def test_a_dictionary_that_a_function_of_ours_rebinds_is_rebound_for_the_student(start: Start) -> None:
    def update(config: dict[str, Any]) -> None:
        config["t"] = config["t"] + 1

    worker = start(m="def f(update):\n    config = {'t': 1}\n    update(config)\n    return config\n")
    assert call(worker, "m.f", update) == {"t": 2}


def test_a_function_of_ours_comes_back_callable_however_often_it_is_passed_on(start: Start) -> None:
    worker = start(
        {"m.apply": lambda f, x: f(x)},
        m="def apply(f, x):\n    raise NotImplementedError\ndef twice(f, x):\n    return apply(f, x) + apply(f, x)\n",
    )
    assert call(worker, "m.twice", lambda x: 3 * x, 2.0) == 12.0


def test_our_function_can_call_the_student_s_while_it_is_called(start: Start) -> None:
    worker = start(m="def f(apply):\n    return apply(lambda x: x + 1)\n")
    assert call(worker, "m.f", lambda function: function(1) + function(10)) == 13


def test_a_student_s_function_that_raises_inside_ours_comes_back_as_its_own_exception(start: Start) -> None:
    worker = start(
        m="def f(apply):\n    try:\n        apply(bad)\n    except ValueError as error:\n        return str(error)\n"
        "def bad():\n    raise ValueError('mine')\n"
    )
    assert call(worker, "m.f", lambda function: function()) == "mine"


def test_a_failed_assertion_of_ours_is_raised_here_whatever_the_student_does(start: Start) -> None:
    def refuse(x: float) -> float:
        raise AssertionError(f"asked for {x}")

    worker = start(m="def f(g):\n    try:\n        return g(1.0)\n    except Exception:\n        return 0.0\n")
    with pytest.raises(AssertionError, match=r"asked for 1\.0"):
        call(worker, "m.f", refuse)


def test_our_function_s_complaint_about_its_arguments_is_the_student_s_exception(start: Start) -> None:
    worker = start(m="def f(g):\n    return g(1, 2)\n")
    with pytest.raises(Raised) as raised:
        call(worker, "m.f", lambda x: x)
    assert raised.value.type_names[0] == "TypeError"


def test_a_function_of_ours_cannot_be_given_an_object(start: Start) -> None:
    worker = start(m="def f(g):\n    return g(object())\n")
    with pytest.raises(Raised, match="object cannot be sent"):
        call(worker, "m.f", lambda x: x)


def test_endless_calls_to_our_functions_are_stopped(start: Start) -> None:
    worker = start(m="def f(g):\n    while True:\n        g()\n")
    with pytest.raises(Crashed, match="more than 100 times") as crashed:
        call(worker, "m.f", lambda: None)
    assert crashed.value.cause is CrashCause.PROTOCOL


def test_a_function_of_ours_that_reuses_its_output_array_reuses_it_for_the_student(start: Start) -> None:
    worker = start(
        m="def f(g):\n    first = g(1.0)\n    second = g(2.0)\n    return [first is second, first.tolist()]\n"
    )
    buffer = np.zeros(2)

    def fill(value: float) -> np.ndarray[Any, Any]:
        buffer[:] = value
        return buffer

    assert call(worker, "m.f", fill) == [True, [2.0, 2.0]]
    assert call(worker, "m.f", lambda value: np.full(2, value)) == [False, [1.0, 1.0]]


@pytest.mark.process
@pytest.mark.parametrize(
    "answer", ["return apply(again)", "try: return apply(again)\n        except BaseException: return 1"]
)
def test_functions_that_call_each_other_for_ever_end_the_worker(start: Start, answer: str) -> None:
    worker = start(m=f"def f(apply):\n    def again():\n        {answer}\n    return apply(again)\n")
    with pytest.raises(Crashed, match="more than 50 deep") as crashed:
        call(worker, "m.f", lambda function: function())
    assert crashed.value.cause is CrashCause.PROTOCOL


@pytest.mark.process
@pytest.mark.parametrize(("body", "detail"), [("os._exit(0)", "exit status 0"), ("os.abort()", "SIGABRT")])
def test_a_worker_that_dies_while_our_function_calls_it_is_told_by_its_cause(
    start: Start, body: str, detail: str
) -> None:
    worker = start(m=f"import os\ndef f(apply):\n    return apply(lambda: {body})\n")
    with pytest.raises(Crashed, match=detail):
        call(worker, "m.f", lambda function: function())
