"""What an exception of the student's code looks like from outside, whatever the exception does to hide it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from grader.wire import ErrorAnswer, FrameRecord

MAX_MESSAGE = 2000
MAX_LINE = 300
MAX_FRAMES = 24
MAX_BASES = 16

_class_mro = type.__dict__["__mro__"].__get__
_simple_name = type.__dict__["__name__"].__get__
_traceback = BaseException.__dict__["__traceback__"].__get__


def _syntax_field(name: str) -> Any:
    return SyntaxError.__dict__[name].__get__


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A module's text, to show the lines that an exception passed through."""

    filename: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """Return one line, counted from 1, without its indentation; empty where there is none."""
        return self.lines[number - 1].strip()[:MAX_LINE] if 0 < number <= len(self.lines) else ""


def describe_error(error: BaseException, files: Mapping[str, SourceFile]) -> ErrorAnswer:
    """Return the class names, the message and the student's own lines of an exception; `files` by code file name."""
    frames = _frames(_traceback(error, type(error)), files)
    message = _message(error)
    # Not isinstance: it would ask the exception for its `__class__`, and the exception may lie.
    if not frames and issubclass(type(error), SyntaxError) and (found := _syntax_error(error, files)):
        message, frames = found.message, [found.frame]
    names = tuple(plain_text(_simple_name(base, type), 200) for base in _class_mro(type(error), type)[:MAX_BASES])
    return ErrorAnswer(names, message, tuple(frames))


def plain_text(text: Any, limit: int) -> str:
    """Return an exact `str` of bounded length that can be encoded; what is not text gives an empty one."""
    if not issubclass(type(text), str):
        return ""
    exact = str.__getitem__(text, slice(0, limit + 1))
    if len(exact) > limit:
        exact = exact[: limit - 1] + "…"
    return exact.encode("utf-8", "backslashreplace").decode()


def _message(error: BaseException) -> str:
    try:
        return plain_text(str(error), MAX_MESSAGE)
    except BaseException:  # noqa: BLE001 - the student's __str__ may raise anything at all
        return "(its message could not be read)"


@dataclass(frozen=True, slots=True)
class _SyntaxMistake:
    message: str
    frame: FrameRecord


def _syntax_error(error: BaseException, files: Mapping[str, SourceFile]) -> _SyntaxMistake | None:
    """Return what a syntax error says about one of the files; None for any other."""
    filename, line, message = (_syntax_field(name)(error, type(error)) for name in ("filename", "lineno", "msg"))
    if type(filename) is not str or filename not in files:
        return None
    number = line if type(line) is int else 0
    file = files[filename]
    frame = FrameRecord(file.filename, number, "<module>", file.line(number))
    return _SyntaxMistake(plain_text(message, MAX_MESSAGE), frame)


def _frames(traceback: TracebackType | None, files: Mapping[str, SourceFile]) -> list[FrameRecord]:
    found = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if file := files.get(code.co_filename):
            line = traceback.tb_lineno or 0
            found.append(FrameRecord(file.filename, line, plain_text(code.co_name, 200), file.line(line)))
        traceback = traceback.tb_next
    # Of a deep recursion the entry and the end are worth seeing.
    return found if len(found) <= MAX_FRAMES else found[: MAX_FRAMES // 2] + found[-MAX_FRAMES // 2 :]
