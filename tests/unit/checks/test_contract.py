from typing import Any

import numpy as np
import pytest

from grader.checks import CallRecord, CheckFailure, assert_own_memory, assert_raises, assert_unchanged
from grader.model.assignment import Kind
from grader.sandbox.faults import Raised, TimedOut
from grader.wire import Sharing
from tests.fakes.worker import make_question, make_student

X = np.arange(6.0).reshape(2, 3)


def record(changed: dict[str, Any], *args: Any, **kwargs: Any) -> CallRecord:
    return CallRecord(
        question=make_question("f"),
        args=args,
        kwargs=kwargs,
        parameters=("x", "parameters: dict", "rate=0.1"),
        changed=changed,
    )


def refused(got: CallRecord, *arguments: str) -> str:
    with pytest.raises(CheckFailure) as caught:
        assert_unchanged(got, *arguments)
    return caught.value.message


def test_a_call_that_changes_nothing_passes() -> None:
    assert_unchanged(record({}, X))
    assert_unchanged(make_student({"f": lambda x: x * 2}).f.call(X))


def test_a_change_is_shown_with_the_old_and_the_new_value() -> None:
    def relu(x: np.ndarray) -> np.ndarray:
        x[x > 3] = -1.0
        return x

    student = make_student({"f": relu}, parameters={"f": ("x",)})
    assert refused(student.f.call(X)) == (
        "f changed its argument x in place; x[1, 1] was 4 and is now -1; the caller may still need the old values"
    )


def test_parts_of_arguments_are_named_as_in_python() -> None:
    changed = {"1['W1']": X + 1, "rate": X}
    assert refused(record(changed, X, {}, rate=1)).startswith("f changed its arguments parameters['W1'], rate in place")


def test_a_change_inside_a_dictionary_is_shown_too() -> None:
    parameters = {"b1": np.zeros(2), "W1": X, "layers": [X, X]}
    changed = {"1['b1']": np.zeros(2), "1['W1']": 2 * X, "1['layers'][1]": X + 1}
    assert "; parameters['W1'][0, 1] was 1 and is now 2; " in refused(record(changed, X, parameters))
    assert "; parameters['layers'][1][0, 0] was 0 and is now 1; " in refused(
        record({"1['layers'][1]": X + 1, "1['layers'][7]": X}, X, parameters)
    )
    assert "; rate[0, 0] was 0 and is now 1; " in refused(record({"rate": X + 1}, rate=X))


def test_only_the_named_arguments_are_looked_at() -> None:
    got = record({"1['W1']": X + 1}, X, {})
    assert_unchanged(got, "x", "rate")
    assert_unchanged(got, "parameters['W2']", "param")
    assert "parameters['W1']" in refused(got, "parameters")
    assert "parameters['W1']" in refused(got, "x", "parameters['W1']")


@pytest.mark.parametrize("path", ["7", "9['a']", "", "strange path", "1" * 30])
def test_a_path_of_no_known_argument_is_still_a_change(path: str) -> None:
    assert "changed its argument" in refused(record({path: X}, X))


def test_a_change_that_cannot_be_shown_is_still_told() -> None:
    for after in (None, X[0], X.astype(int), X):
        assert "changed its argument x in place; the caller" in refused(record({"0": after}, X))


def test_the_error_asked_for_passes_and_its_message_is_returned() -> None:
    def f(x: float) -> None:
        raise ValueError(f"x must be positive, got {x}")

    assert assert_raises(ValueError, make_student({"f": f}).f, -1.0) == "x must be positive, got -1.0"


def test_a_subclass_of_the_error_asked_for_passes() -> None:
    class SpecialError(ValueError):
        pass

    def f() -> None:
        raise SpecialError("special")

    assert assert_raises(ValueError, make_student({"f": f}).f) == "special"


def test_another_error_is_refused_with_its_line() -> None:
    student = make_student({"f": lambda x: 1 / x}, parameters={"f": ("keep_prob",)})
    with pytest.raises(CheckFailure) as caught:
        assert_raises(ValueError, student.f, 0, naming="keep_prob")
    assert caught.value.message == (
        "f(keep_prob=0) raised ZeroDivisionError: division by zero in line 12 of layers.py; "
        "expected a ValueError that names keep_prob"
    )


def test_a_base_of_the_error_asked_for_is_refused() -> None:
    def f() -> None:
        raise Exception("something")

    with pytest.raises(CheckFailure, match="raised Exception: something"):
        assert_raises(ValueError, make_student({"f": f}).f)


def test_a_result_is_refused() -> None:
    student = make_student({"f": lambda x: x}, parameters={"f": ("x=1",)})
    with pytest.raises(CheckFailure, match=r"f\(x=3\) returned the number 3; expected an IndexError"):
        assert_raises(IndexError, student.f, 3)
    with pytest.raises(CheckFailure, match="the call returned the number 3; expected a ValueError"):
        assert_raises(ValueError, lambda: student.f(3))


def test_a_result_of_the_wrong_kind_is_told_with_the_error_that_was_expected() -> None:
    student = make_student({"f": lambda: None}, kinds={"f": (Kind.ARRAY,)})
    with pytest.raises(CheckFailure, match=r"no error came; expected a ValueError \(f: r0 is None"):
        assert_raises(ValueError, student.f)


def test_an_untouched_stub_stays_not_attempted() -> None:
    def f() -> None:
        raise NotImplementedError

    for asked in (ValueError, RuntimeError):
        with pytest.raises(Raised) as caught:
            assert_raises(asked, make_student({"f": f}).f)
        assert caught.value.type_names[0] == "NotImplementedError"


def test_a_time_out_stays_a_time_out() -> None:
    def f() -> None:
        raise TimedOut(5.0)

    with pytest.raises(TimedOut):
        assert_raises(ValueError, make_student({"f": f}).f)


def test_a_returned_view_is_blamed_by_the_parameter_s_name() -> None:
    student = make_student({"f": np.copy}, parameters={"f": ("theta",)})
    record = student.f.call(np.ones(3))
    record.shared = (Sharing("['W1']", "0", in_result=False),)
    with pytest.raises(CheckFailure) as failed:
        assert_own_memory(record)
    assert failed.value.message == (
        "f: result['W1'] shares its memory with the argument theta, so changing one changes the other; "
        "expected memory of its own"
    )


def test_two_returned_arrays_that_are_one_are_blamed() -> None:
    record = make_student({"f": np.copy}).f.call(np.ones(3))
    assert_own_memory(record)
    record.shared = (Sharing("['b2']", "['b1']", in_result=True),)
    with pytest.raises(CheckFailure, match=r"result\['b2'\] shares its memory with result\['b1'\]"):
        assert_own_memory(record)


def test_an_argument_changed_before_an_exception_is_blamed() -> None:
    def fails(x: Any) -> None:
        raise Raised(type_names=("ValueError",), message="no", frames=(), changed=("0",))

    student = make_student({"f": fails}, parameters={"f": ("x",)})
    assert_raises(ValueError, student.f, np.ones(3))
    with pytest.raises(CheckFailure, match="changed its argument x in place"):
        assert_unchanged(student.calls[-1])
