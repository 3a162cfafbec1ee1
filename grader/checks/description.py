"""How values and calls are put into words."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from grader.wire import Handle

INLINE_ENTRIES = 6
"""Arrays up to this size are written out; larger ones are described by dtype and shape."""
MAX_TEXT = 60
MAX_NAMES = 12
MAX_KEYS = 4
MAX_BITS = 200
"""Python refuses to print integers of some thousand digits; nobody reads one of sixty."""


def describe_call(function: str, parameters: Sequence[str], args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """Return a call in words, e.g. `dropout_forward(x: float64 (64, 500), keep_prob=0.8, mode="train", rng)`.

    `parameters` are the function's parameters as written in the reference (`"rng=None"`).
    """
    names = [parameter.split("=")[0].split(":")[0].strip() for parameter in parameters]
    named = [(names[i] if i < len(names) else f"argument {i + 1}", value) for i, value in enumerate(args)]
    return f"{function}({', '.join(_argument(name, value) for name, value in [*named, *kwargs.items()])})"


def describe_value(value: Any) -> str:
    """Return a value in a few words: its kind, and its shape or the value itself where that is short."""
    if value is None:
        return "None"
    if type(value) is np.ndarray:
        return describe_array(value)
    if isinstance(value, bool | np.bool_):
        return f"the boolean {value}"
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        return number(value)
    if isinstance(value, int | float | complex | np.generic):
        return f"the number {number(value)}"
    if isinstance(value, str):
        return f'the text "{_short(value)}"'
    if isinstance(value, dict):
        return f"a dict with {_keys(value)}" if value else "an empty dict"
    if isinstance(value, tuple | list):
        kind = type(value).__name__
        if not value:
            return f"an empty {kind}"
        return f"a {kind} of {len(value)} value{'s' if len(value) > 1 else ''}"
    if isinstance(value, Handle):
        return "an object"
    return f"a value of type {type(value).__name__}"


def describe_array(array: np.ndarray[Any, Any]) -> str:
    """Return an array in words: all of it when small, its dtype and shape otherwise."""
    if 0 < array.size <= INLINE_ENTRIES and array.ndim in (1, 2):
        return f"the {array.dtype} array {inline(array)}"
    if array.ndim == 0:
        return f"the 0-d {array.dtype} array {number(array)}"
    return f"an array {array.dtype} {array.shape}"


def number(value: Any, digits: int = 6) -> str:
    """Return a number with this many significant digits; an integer in full unless it is very long."""
    plain = value.item() if isinstance(value, np.generic | np.ndarray) else value
    if isinstance(plain, int) and plain.bit_length() > MAX_BITS:
        return f"an integer of {plain.bit_length()} bits"
    if not isinstance(plain, float | complex):
        return str(plain)
    shown = f"{plain:.{digits}g}"
    return "0" if shown == "-0" else shown


def numbers_apart(one: Any, other: Any) -> tuple[str, str]:
    """Return two different numbers with as many digits as it takes to see that they differ (six where that will do)."""
    for digits in range(6, 18):
        shown = number(one, digits), number(other, digits)
        if shown[0] != shown[1]:
            break
    return shown


def short_list(names: Iterable[Any]) -> str:
    """Return the first few names of a list, and how many more there are."""
    shown = [_key(name) for name in islice(names, MAX_NAMES + 1)]
    return ", ".join(shown[:MAX_NAMES]) + (", …" if len(shown) > MAX_NAMES else "")


def inline(array: np.ndarray[Any, Any]) -> str:
    """Return all entries of a small array, nested in brackets."""
    if array.ndim == 0:
        return number(array)
    return f"[{', '.join(inline(np.asarray(row)) for row in array)}]"


def _argument(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray):
        small = 0 < value.size <= INLINE_ENTRIES and value.ndim in (1, 2)
        return f"{name}={inline(value)}" if small else f"{name}: {value.dtype} {value.shape}"
    if isinstance(value, np.random.Generator | Handle) or callable(value):
        return name
    if isinstance(value, dict):
        return f"{name}: {{{_keys(value)}}}"
    if isinstance(value, str):
        return f'{name}="{_short(value)}"'
    if isinstance(value, tuple | list):
        return f"{name}={_short(_sequence(value))}"
    return f"{name}={_short(number(value))}"


def _sequence(values: Sequence[Any]) -> str:
    inside = ", ".join(
        f"{value.dtype} {value.shape}" if isinstance(value, np.ndarray) else number(value) for value in values
    )
    return f"[{inside}]" if isinstance(values, list) else f"({inside}{',' if len(values) == 1 else ''})"


def _keys(mapping: Mapping[Any, Any]) -> str:
    shown = [
        f"{_key(key)} {value.shape}" if isinstance(value, np.ndarray) else _key(key)
        for key, value in islice(mapping.items(), MAX_KEYS)
    ]
    return ", ".join(shown) + (", …" if len(mapping) > MAX_KEYS else "")


def _key(key: Any) -> str:
    if isinstance(key, int):
        return number(key)
    return _short(key if isinstance(key, str) else repr(key))


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
