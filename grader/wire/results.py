"""How the outcome of a function is put into a message and taken out again, the same in both directions."""

from collections.abc import Callable, Iterator
from typing import Any

from grader.wire.arguments import Change, Snapshot
from grader.wire.messages import ValueAnswer
from grader.wire.packing import Packer
from grader.wire.sharing import find_sharing
from grader.wire.values import Handle, Unsendable


def pack_result(
    packer: Packer,
    value: Any,
    snapshot: Snapshot,
    keep: Callable[[Any], Handle],
    *,
    global_random_used: bool = False,
    same_array: bool = False,
) -> ValueAnswer:
    """Add a returned value and the arguments' changes to `packer`, and return the answer that goes with them.

    A changed part that is not plain data stays here: `keep` gives its handle. Raises `Unsendable` for the value.
    """
    packer.add(value)
    changes = snapshot.changes()
    for _, changed in changes:
        try:
            packer.add(changed)
        except Unsendable:
            packer.add(keep(changed))
    return ValueAnswer(
        tuple(change for change, _ in changes), global_random_used, find_sharing(value, snapshot.arrays), same_array
    )


def take_result(answer: ValueAnswer, values: Iterator[Any]) -> tuple[Any, list[tuple[Change, Any]]]:
    """Return the value of an answer and the arguments' changes. Raises `StopIteration` when `values` is too short."""
    value = next(values)
    return value, [(change, next(values)) for change in answer.changes]
