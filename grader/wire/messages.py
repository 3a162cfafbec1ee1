"""Which messages there are. The values that a message carries (arguments, results) travel beside it, as `Packed`."""

from typing import Any

import msgspec

from grader.wire.arguments import Change
from grader.wire.sharing import Sharing


class Message(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=True):
    """The base of all messages."""


class LoadRequest(Message, frozen=True):
    """Take modules. Values: their texts, as one list; then the functions that stand in, as one list of callbacks."""

    modules: tuple[tuple[str, str], ...]
    """(module, file name) of each."""
    stand_ins: tuple[str, ...]
    """`<module>.<function>` of each."""
    now: tuple[str, ...]
    """The modules to load at once, of those taken so far."""


class CallRequest(Message, frozen=True):
    """Call a function. Values: one tuple of the target (None unless it is a handle), the arguments, the named ones."""

    function: str
    attribute: str
    opaque: tuple[int, ...]
    seed: int
    strict: bool = False


class BatchRequest(Message, frozen=True):
    """Make several calls. Values: one tuple, as above, for each."""

    calls: tuple[CallRequest, ...]


class CallbackRequest(Message, frozen=True):
    """Call a function of the other side. Values: the arguments as a list, the named ones."""

    callback: int


class FrameRecord(msgspec.Struct, frozen=True, array_like=True):
    """One line of the student's code that an exception passed through."""

    filename: str
    line: int
    function: str
    code: str


class ErrorAnswer(Message, frozen=True):
    """The code raised an exception."""

    type_names: tuple[str, ...]
    message: str
    frames: tuple[FrameRecord, ...]
    changed: tuple[str, ...] = ()
    """Arguments that the function had changed in place by then, by their path."""


class LoadFailure(msgspec.Struct, frozen=True, array_like=True):
    """A module that could not be loaded."""

    module: str
    error: ErrorAnswer


class LoadAnswer(Message, frozen=True):
    """The modules are loaded, but for these."""

    failures: tuple[LoadFailure, ...]


class ValueAnswer(Message, frozen=True):
    """The function returned. Values: what it returned, then the new value of each change."""

    changes: tuple[Change, ...]
    global_random_used: bool
    shared: tuple[Sharing, ...] = ()
    """Parts of the value that share their memory with something else."""
    same_array: bool = False
    """The value is the very array that this function returned the last time, with new entries."""


class BatchAnswer(Message, frozen=True):
    """All calls returned. Values: those of each answer, one after the other."""

    answers: tuple[ValueAnswer, ...]


class MissingAnswer(Message, frozen=True):
    """The module does not define the function."""

    module: str
    function: str
    defined: tuple[str, ...]


class RejectedAnswer(Message, frozen=True):
    """The function returned something that is not plain data."""

    type_name: str
    where: str
    reason: str


class ReadyReport(Message, frozen=True):
    """The worker is locked in and waits: each protection by name, `on` or why it is not."""

    protections: dict[str, str]


Request = LoadRequest | CallRequest | BatchRequest
Answer = LoadAnswer | ValueAnswer | BatchAnswer | ErrorAnswer | MissingAnswer | RejectedAnswer

ANY_MESSAGE: Any = Request | CallbackRequest | Answer | ReadyReport
