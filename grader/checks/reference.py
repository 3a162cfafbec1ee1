"""What the right solution says: its functions, in this process."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from grader.errors import AssignmentError


class Reference:
    """The reference's functions by name: `reference.dropout_forward(x, 0.8, "train", rng)`.

    Any function or class of the reference modules can be asked for, also those that are given to the student. Where two
    modules define one name, the first module of `modules` wins: the question's own stands first.
    """

    def __init__(self, modules: Mapping[str, ModuleType]) -> None:
        self._modules = modules

    def __getattr__(self, function: str) -> Any:
        if function.startswith("__"):
            raise AttributeError(function)
        for module in self._modules.values():
            if callable(found := getattr(module, function, None)):
                return found
        raise AssignmentError(
            f"a check calls reference.{function}, which no reference module defines",
            hint=f"the reference modules are {', '.join(self._modules)}",
        )
