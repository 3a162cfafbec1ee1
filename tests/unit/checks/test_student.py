from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailure
from grader.checks.student import unpack
from grader.errors import AssignmentError
from grader.model.assignment import Kind
from grader.sandbox.faults import Missing, Raised
from grader.wire import Handle
from tests.fakes.worker import make_question, make_student


def refused(value: Any, *kinds: Kind) -> str:
    with pytest.raises(CheckFailure) as caught:
        unpack(make_question("f", *kinds), value)
    return caught.value.message


@pytest.mark.parametrize(
    ("kind", "value", "unpacked"),
    [
        (Kind.NUMBER, 2, 2.0),
        (Kind.NUMBER, np.float32(0.5), 0.5),
        (Kind.NUMBER, np.array(0.5), 0.5),
        (Kind.NUMBER, float("inf"), float("inf")),
        (Kind.INTEGER, 3, 3),
        (Kind.INTEGER, np.int8(3), 3),
        (Kind.INTEGER, 3.0, 3),
        (Kind.INTEGER, np.array(3), 3),
        (Kind.BOOLEAN, np.True_, True),
        (Kind.TEXT, "correct", "correct"),
        (Kind.LIST, (1, 2), [1, 2]),
        (Kind.ANY, {"a": None}, {"a": None}),
        (Kind.OPAQUE, Handle(1), Handle(1)),
        (Kind.DICT, {}, {}),
    ],
)
def test_a_value_comes_in_the_form_that_checks_work_with(kind: Kind, value: Any, unpacked: Any) -> None:
    got = unpack(make_question("f", kind), value)
    assert type(got) is type(unpacked)
    assert got == unpacked


def test_arrays_come_as_they_are_and_numpy_scalars_as_0d_arrays() -> None:
    array = np.zeros((2, 3))
    assert unpack(make_question("f", Kind.ARRAY), array) is array
    assert unpack(make_question("f", Kind.ARRAY), np.float64(2)).shape == ()


def test_numbers_in_a_dict_come_as_arrays() -> None:
    got = unpack(make_question("f", Kind.DICT), {"bias": 0.5, "W": np.ones(2)})
    assert got["bias"].shape == ()
    assert got["W"].shape == (2,)


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (Kind.ARRAY, None, "r0 is None (is a return statement missing?); expected a numpy array"),
        (Kind.ARRAY, [1.0], "r0 is a list of 1 value; expected a numpy array"),
        (Kind.ARRAY, 1.0, "expected a numpy array"),
        (Kind.NUMBER, np.zeros(1), "expected one number"),
        (Kind.NUMBER, True, "expected one number"),
        (Kind.NUMBER, 1j, "expected one number"),
        (Kind.NUMBER, 10**400, "expected one number"),
        (Kind.NUMBER, "1", "expected one number"),
        (Kind.INTEGER, 2.5, "expected one integer"),
        (Kind.INTEGER, float("inf"), "expected one integer"),
        (Kind.INTEGER, True, "expected one integer"),
        (Kind.BOOLEAN, 1, "expected True or False"),
        (Kind.TEXT, 1, "expected a text"),
        (Kind.LIST, "ab", "expected a list"),
        (Kind.DICT, [("W", 1)], "expected a dictionary"),
        (Kind.DICT, {"W": None}, "r0['W'] is None (is a return statement missing?); expected a numpy array"),
        (Kind.DICT, {"W": [1.0]}, "r0['W'] is a list of 1 value"),
        (Kind.DICT, {"W": True}, "r0['W'] is the boolean True"),
        (Kind.DICT, {"W": 10**400}, "r0['W'] is"),
        (Kind.OPAQUE, 3, "expected"),
    ],
)
def test_a_value_of_another_kind_is_told_from_what_was_asked(kind: Kind, value: Any, says: str) -> None:
    assert says in refused(value, kind)


def test_several_values_come_as_a_tuple() -> None:
    got = unpack(make_question("f", Kind.NUMBER, Kind.DICT), [1, {"dW": np.ones(2)}])
    assert got[0] == 1.0
    assert got[1]["dW"].shape == (2,)


@pytest.mark.parametrize("value", [None, np.zeros(2), (1.0,), (1.0, {}, 2.0), {"loss": 1}])
def test_another_number_of_values_is_told_with_their_names(value: Any) -> None:
    assert refused(value, Kind.NUMBER, Kind.DICT).endswith("expected 2 values: r0, r1")


def test_one_of_several_values_is_named() -> None:
    assert "r1, one of the values returned, is None" in refused((1.0, None), Kind.NUMBER, Kind.ARRAY)


def test_a_call_returns_the_value_and_keeps_a_record() -> None:
    student = make_student({"f": lambda x, k=1: x * k}, kinds={"f": (Kind.ARRAY,)}, parameters={"f": ("x", "k=1")})
    assert student.f(np.ones(2), k=3).tolist() == [3, 3]
    (record,) = student.calls
    assert record.returned
    assert record.fault is None
    assert str(record) == "f(x=[1, 1], k=3)"


def test_the_record_says_what_was_changed_and_whether_global_chance_was_used() -> None:
    def f(x: np.ndarray) -> np.ndarray:
        x += np.random.rand()  # noqa: NPY002 - what a student does
        return x

    record = make_student({"f": f}).f.call(np.ones(2))
    assert list(record.changed) == ["0"]
    assert record.global_random_used


def test_many_calls_are_one_record_and_share_the_state_of_a_generator() -> None:
    student = make_student({"f": lambda x, rng: x + rng.random()}, parameters={"f": ("x", "rng")})
    rng = np.random.default_rng(0)
    state = rng.bit_generator.state
    values = student.f.many([(1.0, rng), (1.0, rng), (3.0, rng)])
    assert values[0] == values[1] == values[2] - 2
    assert rng.bit_generator.state == state
    (record,) = student.calls
    assert str(record) == "f(x=1, rng), one of 3 such calls"
    assert student.f.many([]) == []


def test_a_fault_is_recorded_and_passed_on() -> None:
    def f() -> None:
        raise ValueError("something")

    student = make_student({"f": f})
    with pytest.raises(Raised) as caught:
        student.f()
    assert student.calls[0].fault is caught.value
    assert not student.calls[0].returned
    with pytest.raises(Raised):
        student.f.many([()])


def test_a_value_of_another_kind_is_recorded_as_the_fault() -> None:
    student = make_student({"f": lambda: None}, kinds={"f": (Kind.ARRAY,)})
    with pytest.raises(CheckFailure) as caught:
        student.f()
    assert student.calls[0].fault is caught.value
    assert not student.calls[0].returned


def test_a_missing_function_is_the_workers_fault_to_tell() -> None:
    def gone() -> None:
        raise Missing(module="layers", function="f", defined=())

    with pytest.raises(Missing):
        make_student({"f": gone}).f()


def test_a_name_that_is_no_question_is_a_fault_of_the_check() -> None:
    with pytest.raises(AssignmentError, match=r"student\.g, which is not a question") as caught:
        make_student({"f": len}).g([])
    assert caught.value.hint == "the questions are f"


def test_further_keys_of_an_open_dict_may_hold_anything() -> None:
    got = unpack(make_question("f", Kind.OPEN_DICT), {"dW1": np.ones(2), "m": 3, "cache": None, "note": [1]})
    assert type(got["dW1"]) is np.ndarray
    assert got["m"] == 3
    assert got["cache"] is None
