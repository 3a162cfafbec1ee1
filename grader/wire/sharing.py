"""Which arrays of a result share their memory with an argument, or with each other: changing one changes both."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
import numpy as np

from grader.wire.arguments import Path, path_text
from grader.wire.values import MAX_DEPTH

MAX_PARTS = 100
"""Arrays of a result that are looked at, and arguments that each is compared with."""
_SEARCH = 1000
"""Bound on numpy's search for a common element; beyond it two arrays that may overlap count as sharing."""

# Bound before any student code runs. numpy's stubs allow no bound on the search.
_may_share_memory: Callable[[np.ndarray, np.ndarray, int], bool] = np.may_share_memory  # type: ignore[assignment]


class Sharing(msgspec.Struct, frozen=True, array_like=True):
    """A part of the result that is no copy."""

    part: str
    """Its path inside the result: empty for the whole result, `['W1']`, `[0]`."""
    other: str
    """The path of the argument, or of an earlier part of the result."""
    in_result: bool


def find_sharing(value: Any, arguments: Sequence[tuple[Path, np.ndarray]]) -> tuple[Sharing, ...]:
    """Return the arrays in `value` that share memory with one of `arguments` or with an earlier array in `value`."""
    found: list[Sharing] = []
    earlier: list[tuple[str, np.ndarray]] = []
    for part, array in islice(_arrays("", value, 0), MAX_PARTS):
        for path, argument in arguments[:MAX_PARTS]:
            if _may_share_memory(array, argument, _SEARCH):
                found.append(Sharing(part, path_text(path), in_result=False))
        for name, other in earlier:
            if _may_share_memory(array, other, _SEARCH):
                found.append(Sharing(part, name, in_result=True))
        earlier.append((part, array))
    return tuple(found)


def _arrays(path: str, value: Any, depth: int) -> Iterator[tuple[str, np.ndarray]]:
    kind = type(value)
    if kind is np.ndarray:
        yield path, value
    elif kind in (dict, list, tuple) and depth <= MAX_DEPTH:
        for key, item in value.items() if kind is dict else enumerate(value):
            yield from _arrays(f"{path}[{key!r}]", item, depth + 1)
