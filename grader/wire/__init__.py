"""The messages between the grader and the student's process: msgpack headers and raw array buffers, never pickle."""

from grader.wire.arguments import Change, ChangeKind, Snapshot, apply_changes
from grader.wire.frames import NOTHING, Reader, decode, encode
from grader.wire.messages import (
    Answer,
    BatchAnswer,
    BatchRequest,
    CallbackRequest,
    CallRequest,
    ErrorAnswer,
    FrameRecord,
    LoadAnswer,
    LoadFailure,
    LoadRequest,
    Message,
    MissingAnswer,
    ReadyReport,
    RejectedAnswer,
    Request,
    ValueAnswer,
)
from grader.wire.packing import Packer
from grader.wire.results import pack_result, take_result
from grader.wire.sharing import Sharing
from grader.wire.values import Callback, Handle, Packed, Unsendable, WireError, type_name

__all__ = [
    "NOTHING",
    "Answer",
    "BatchAnswer",
    "BatchRequest",
    "CallRequest",
    "Callback",
    "CallbackRequest",
    "Change",
    "ChangeKind",
    "ErrorAnswer",
    "FrameRecord",
    "Handle",
    "LoadAnswer",
    "LoadFailure",
    "LoadRequest",
    "Message",
    "MissingAnswer",
    "Packed",
    "Packer",
    "Reader",
    "ReadyReport",
    "RejectedAnswer",
    "Request",
    "Sharing",
    "Snapshot",
    "Unsendable",
    "ValueAnswer",
    "WireError",
    "apply_changes",
    "decode",
    "encode",
    "pack_result",
    "take_result",
    "type_name",
]
