"""What a recording holds: the reference's answers at one seed, and what each misconception gives, as a file.

The file is a short head, which can always be read, and two compressed parts: the answers, which every run needs, and
the trials, which explain failures. Nothing in it is executed but the stubs' text, and nothing is pickled.
"""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from grader.errors import AssignmentError
from grader.harness.sketches import Sketch, sketched
from grader.model.result import Outcome
from grader.wire import Callback, Change, Handle, WireError
from grader.wire.blobs import dump_value, load_value

MAGIC = b"grade recording 1\n"
MAX_BYTES = 512 << 20
"""Of a part, unpacked."""
_SIZES = struct.Struct("<IIII")
"""CRC-32 of what follows, and how many bytes the head and the two parts have."""

T = TypeVar("T")


class Row(msgspec.Struct, frozen=True, kw_only=True, array_like=True, forbid_unknown_fields=True):
    """The base of everything in the file."""


class Form(Row, frozen=True, kw_only=True):
    """A value with sketches in place of its arrays, and numbered handles in place of its functions."""

    tree: bytes
    sketches: tuple[Sketch, ...]


class Failure(Row, frozen=True, kw_only=True):
    """An exception or a fault."""

    kind: str
    words: tuple[str, ...]


class Asked(Row, frozen=True, kw_only=True):
    """One call of a function that the reference was given."""

    slot: int
    arguments: bytes
    answer: bytes


class Answer(Row, frozen=True, kw_only=True):
    """One call of a reference function and what came of it."""

    function: str
    """`<module>.<function>`."""
    digest: bytes
    """Of the exact arguments."""
    arguments: Form
    asked: tuple[Asked, ...]
    failure: Failure | None
    values: bytes
    """The returned value, then the new value of every change: one list."""
    changes: tuple[Change, ...]


class CallRow(Row, frozen=True, kw_only=True):
    """One call that a check made, and what came of it."""

    question: str
    calls: int
    returned: bool
    member: str
    is_read: bool
    arguments: Form | None
    """Kept for the reference's calls only."""
    value: Form
    changed: Form
    failure: Failure | None


class Trial(Row, frozen=True, kw_only=True):
    """One run of a check with the reference, or with a misconception in its place."""

    who: str
    """The misconception's id; empty for the reference."""
    check: str
    outcome: Outcome
    message: str
    credit: float
    calls: tuple[CallRow, ...]


class KnownMistake(Row, frozen=True, kw_only=True):
    """A misconception as far as a student may know it."""

    id: str
    question: str
    hint: str


class Head(Row, frozen=True, kw_only=True):
    """What the recording is of, and on what it was made."""

    assignment: str
    seed: int
    numpy: str
    python: str
    draws: tuple[float, ...]
    """Random numbers at the seed: another numpy may draw others."""


class Answers(Row, frozen=True, kw_only=True):
    """Everything that grading needs."""

    stubs: tuple[tuple[str, str, str], ...]
    """Module, file name and text, as handed out."""
    given: tuple[str, ...]
    """`<module>.<function>` of those in the stubs that are complete: they answer for themselves."""
    calls: tuple[Answer, ...]


class TrialRecords(Row, frozen=True, kw_only=True):
    """Everything that diagnosis needs."""

    mistakes: tuple[KnownMistake, ...]
    trials: tuple[Trial, ...]


class Recording:
    """A recording in memory; the second part is unpacked when it is asked for."""

    def __init__(self, head: Head, answers: Answers, read_trials: Callable[[], TrialRecords]) -> None:
        self.head = head
        self.answers = answers
        self._read_trials = read_trials
        self._records: TrialRecords | None = None

    @property
    def records(self) -> TrialRecords:
        """The trials. Raises `AssignmentError` when they are damaged."""
        if self._records is None:
            self._records = self._read_trials()
        return self._records


def write_recording(path: Path, head: Head, answers: Answers, records: TrialRecords) -> None:
    """Write a recording."""
    encoded = msgspec.msgpack.encode(head)
    parts = [encoded, *(zlib.compress(msgspec.msgpack.encode(part), 9) for part in (answers, records))]
    content = b"".join(parts)
    path.write_bytes(MAGIC + _SIZES.pack(zlib.crc32(content), *map(len, parts)) + content)


def read_recording(path: Path) -> Recording:
    """Read a recording. Raises `AssignmentError` when it is damaged or of another format."""
    try:
        file = path.read_bytes()
    except OSError as error:
        raise AssignmentError(f"cannot read {path}: {error.strerror}", hint=_FETCH) from error
    if not file.startswith(MAGIC):
        raise AssignmentError(f"{path} is no recording that this version of grade reads", hint=_FETCH)
    start = len(MAGIC) + _SIZES.size
    if len(file) < start:
        raise _damaged(path, "it is cut off")
    check, *sizes = _SIZES.unpack_from(file, len(MAGIC))
    content = file[start:]
    if len(content) != sum(sizes) or zlib.crc32(content) != check:
        raise _damaged(path, "it is cut off, or was changed")
    head, answers = content[: sizes[0]], content[sizes[0] : sizes[0] + sizes[1]]
    trials = content[sizes[0] + sizes[1] :]
    return Recording(
        _decoded(head, Head, path),
        _decoded(_unpacked(answers, path), Answers, path),
        lambda: _decoded(_unpacked(trials, path), TrialRecords, path),
    )


_FETCH = "get a new copy of the assignment"


def _unpacked(part: bytes, path: Path) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(part, MAX_BYTES)
    except zlib.error as error:
        raise _damaged(path, str(error)) from error
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise _damaged(path, "it is larger than it may be, or cut off")
    return data


def _decoded(data: bytes, kind: type[T], path: Path) -> T:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, what: str) -> AssignmentError:
    return AssignmentError(f"the recording {path} is damaged: {what}", hint=_FETCH)


def form_of(value: Any, other: Callable[[Any], Any] = lambda value: value) -> Form:
    """Return the form of a value; `other` gives what stands for a part that is not plain data, as for `sketched`."""
    sketches: list[Sketch] = []

    def refer(part: Any) -> Callback | None:
        if not isinstance(part, Sketch):
            return None
        sketches.append(part)
        return Callback(len(sketches) - 1)

    tree = dump_value(sketched(value, other), refer)
    return Form(tree=tree, sketches=tuple(sketches))


def value_of(form: Form) -> Any:
    """Return the value of a form, with `Sketch` in place of arrays."""

    def resolve(reference: Handle | Callback) -> Any:
        return form.sketches[reference.id] if isinstance(reference, Callback) else reference

    return loaded(form.tree, resolve)


def loaded(data: bytes, resolve: Callable[[Handle | Callback], Any] | None = None) -> Any:
    """Return a recorded value. Raises `AssignmentError` when it is damaged."""
    try:
        return load_value(data, resolve) if resolve else load_value(data)
    except (WireError, LookupError) as error:
        raise AssignmentError(f"the recording is damaged: {error}", hint=_FETCH) from error
