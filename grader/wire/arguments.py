"""What a call did to its arguments: found on the side that ran the function, applied on the side that called it."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np

from grader.wire.generators import generator_state
from grader.wire.values import MAX_DEPTH, WireError

Step = str | int
Path = tuple[Step, ...]


class ChangeKind(StrEnum):
    """How an argument changed."""

    INSIDE = "inside"
    """The array's entries, or the list's."""
    BOUND = "bound"
    """A key of a dictionary was bound to another value."""
    DELETED = "deleted"
    STATE = "state"
    """A generator drew."""


class Change(msgspec.Struct, frozen=True, array_like=True):
    """One changed part of the arguments."""

    path: Path
    """First the position, or the name, of the argument; then keys and indices inside it."""
    kind: ChangeKind

    @property
    def is_state(self) -> bool:
        """True when a generator drew, which is no change of what was passed."""
        return self.kind is ChangeKind.STATE

    @property
    def where(self) -> str:
        """The path as text: `0`, `1['W1']`, `rate`."""
        return path_text(self.path)


def path_text(path: Path) -> str:
    """Return a path as it is written in Python: `0`, `1['W1']`, `rate`."""
    return str(path[0]) + "".join(f"[{step!r}]" for step in path[1:])


_Watch = Callable[[list[tuple[Change, Any]]], None]


class Snapshot:
    """What the arguments were before a call. Objects whose id is in `opaque` are not looked into."""

    def __init__(self, args: Sequence[Any], kwargs: Mapping[str, Any], opaque: AbstractSet[int] = frozenset()) -> None:
        self.arrays: list[tuple[Path, np.ndarray]] = []
        """Every array among the arguments, with its path."""
        self._watches: list[_Watch] = []
        self._opaque = opaque
        for position, value in enumerate(args):
            self._watch((position,), value)
        for name, value in kwargs.items():
            self._watch((name,), value)

    def changes(self) -> list[tuple[Change, Any]]:
        """Return each change with the new value (None for a deleted key)."""
        found: list[tuple[Change, Any]] = []
        for watch in self._watches:
            watch(found)
        return found

    def _watch(self, path: Path, value: Any) -> None:
        kind = type(value)
        if kind is np.ndarray:
            self.arrays.append((path, value))
            self._watches.append(_watch_array(path, value))
            return
        if kind is np.random.Generator:
            self._watches.append(_watch_generator(path, value))
            return
        if kind not in (dict, list, tuple) or id(value) in self._opaque or len(path) > MAX_DEPTH:
            return
        if kind is dict:
            self._watches.append(_watch_dict(path, value))
        elif kind is list:
            self._watches.append(_watch_list(path, value))
        for key, item in value.items() if kind is dict else enumerate(value):
            self._watch((*path, key), item)


def apply_changes(args: Sequence[Any], kwargs: Mapping[str, Any], changes: Sequence[tuple[Change, Any]]) -> None:
    """Bring what the other side did to dictionaries and generators to the originals; arrays and lists stay.

    Raises `WireError` for a change that does not fit the arguments.
    """
    for change, value in changes:
        try:
            _apply(args, kwargs, change, value)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise WireError("a change that does not fit the arguments") from error


def _apply(args: Sequence[Any], kwargs: Mapping[str, Any], change: Change, value: Any) -> None:
    first, *inner = change.path
    owner: Any = args if isinstance(first, int) else kwargs
    *middle, last = (first, *inner)
    for step in middle:
        owner = owner[step]
    if change.kind is ChangeKind.STATE:
        _advance(owner[last], value)
    elif change.kind in (ChangeKind.BOUND, ChangeKind.DELETED):
        if not inner or type(owner) is not dict:
            raise WireError("a key bound in something that is not a dictionary")
        if change.kind is ChangeKind.BOUND:
            owner[last] = value
        else:
            del owner[last]


def _advance(generator: Any, other: Any) -> None:
    if type(generator) is not np.random.Generator or type(other) is not np.random.Generator:
        raise WireError("a state for something that is not a generator")
    if type(generator.bit_generator) is not type(other.bit_generator):
        raise WireError("a state of another bit generator")
    generator.bit_generator.state = other.bit_generator.state


def _watch_array(path: Path, array: np.ndarray) -> _Watch:
    # Bytes, not values: NaN differs from itself, and -0.0 does not differ from 0.0.
    before = array.tobytes()
    shape, dtype = array.shape, array.dtype

    def watch(found: list[tuple[Change, Any]]) -> None:
        if array.shape != shape or array.dtype != dtype or array.tobytes() != before:
            found.append((Change(path, ChangeKind.INSIDE), array))

    return watch


def _watch_generator(path: Path, generator: np.random.Generator) -> _Watch:
    before = generator_state(generator)

    def watch(found: list[tuple[Change, Any]]) -> None:
        if generator_state(generator) != before:
            found.append((Change(path, ChangeKind.STATE), generator))

    return watch


def _watch_dict(path: Path, entries: dict[Any, Any]) -> _Watch:
    before = dict(entries)

    def watch(found: list[tuple[Change, Any]]) -> None:
        if not all(type(key) in (str, int) for key in entries):
            found.append((Change(path, ChangeKind.INSIDE), entries))
            return
        for key, value in entries.items():
            if key not in before or not _is_same(value, before[key]):
                found.append((Change((*path, key), ChangeKind.BOUND), value))
        found.extend((Change((*path, key), ChangeKind.DELETED), None) for key in before if key not in entries)

    return watch


def _watch_list(path: Path, items: list[Any]) -> _Watch:
    before = list(items)

    def watch(found: list[tuple[Change, Any]]) -> None:
        if len(items) != len(before):
            found.append((Change(path, ChangeKind.INSIDE), items))
            return
        for index, (value, old) in enumerate(zip(items, before, strict=True)):
            if not _is_same(value, old):
                found.append((Change((*path, index), ChangeKind.INSIDE), value))

    return watch


def _is_same(value: Any, old: Any) -> bool:
    if value is old:
        return True
    return type(value) is type(old) and type(value) in (bool, int, float, str) and value == old
