from types import ModuleType

import pytest

from grader.checks import Reference
from grader.errors import AssignmentError


def module(name: str, **members: object) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(members)
    return made


def test_a_function_is_found_in_any_module() -> None:
    reference = Reference({"layers": module("layers", f=lambda x: x + 1), "network": module("network", g=lambda: 7)})
    assert reference.f(1) == 2
    assert reference.g() == 7


def test_the_first_module_that_defines_a_name_wins() -> None:
    reference = Reference({"b": module("b", f=lambda: "own"), "a": module("a", f=lambda: "other")})
    assert reference.f() == "own"


def test_what_cannot_be_called_is_passed_over() -> None:
    assert Reference({"a": module("a", f=3), "b": module("b", f=lambda: "b")}).f() == "b"


def test_an_unknown_name_is_a_fault_of_the_check() -> None:
    with pytest.raises(AssignmentError, match="which no reference module defines") as caught:
        _ = Reference({"layers": module("layers")}).dropout_froward
    assert caught.value.hint == "the reference modules are layers"


def test_a_protocol_of_python_is_no_question() -> None:
    assert not hasattr(Reference({}), "__array__")
