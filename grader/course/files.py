"""What is in a file of a submission: bytes of a bounded, regular file, and their text as Python reads it."""

import codecs
import os
import stat
import tokenize
from io import BytesIO
from pathlib import Path

from grader.errors import SubmissionError

MODULE_BYTES = 1_000_000

_NOT_FOR_SOURCE = frozenset(
    {"punycode", "idna", "undefined", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
)
"""Text encodings that Python reads no source in, or that take very long to decode."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Where they exist; without O_NONBLOCK, opening a named pipe waits for its writer."""


def read_regular(path: Path, *, limit_bytes: int) -> bytes:
    """Return the content of a regular file without following a link.

    Raises `SubmissionError` when it is anything else, cannot be read, or is larger than `limit_bytes`.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise _not_regular(path)
        with os.fdopen(os.open(path, os.O_RDONLY | _NO_FOLLOW), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _not_regular(path)
            content = file.read(limit_bytes + 1)
    except FileNotFoundError as error:
        raise SubmissionError(f"there is no {path.name}", hint=f"write it, and save it as {path.name}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SubmissionError(f"{path.name} cannot be read: {reason}", hint="check the file's permissions") from error
    if len(content) > limit_bytes:
        raise SubmissionError(
            f"{path.name} is larger than {limit_bytes / 1e6:g} MB",
            hint="hand in the code alone: no data and no long output in it",
        )
    return content


def source_text(content: bytes, filename: str) -> str:
    """Return Python source as Python decodes it (byte order mark, coding cookie, else UTF-8), with `\\n` line ends.

    Raises `SubmissionError` when Python could not read it either.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SubmissionError(f"{filename} is UTF-16 text, which Python cannot read", hint="save the file as UTF-8")
    text = require_plain_text(_decode(content, filename), filename)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def require_plain_text(text: str, filename: str) -> str:
    """Return `text`; raise `SubmissionError` when it holds a character that no Python source can hold."""
    if (place := text.find("\0")) >= 0:
        line = text.count("\n", 0, place) + 1
        raise SubmissionError(
            f"{filename} holds a zero byte in line {line}, so it is not Python source",
            hint="check that it is the file you meant, and save it as UTF-8 text",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise SubmissionError(
            f"{filename} holds half a character (a lone surrogate) in line {line}",
            hint="delete that character, and save the file as UTF-8",
        ) from error
    return text


def printable(name: str) -> str:
    """Return a file's name with the bytes that are no text spelt out."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _decode(content: bytes, filename: str) -> str:
    try:
        encoding = _encoding(content)
        if codecs.lookup(encoding).name in _NOT_FOR_SOURCE:
            raise LookupError(f"unknown encoding: {encoding}")
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SubmissionError(
            f"{filename} is not {error.encoding} text: line {line} holds the byte 0x{error.object[error.start]:02x}",
            hint="save the file as UTF-8",
        ) from error
    except (SyntaxError, LookupError, UnicodeError) as error:
        raise SubmissionError(
            f"{filename} cannot be decoded: {error}",
            hint="save the file as UTF-8, without a coding comment in its first two lines",
        ) from error


def _encoding(content: bytes) -> str:
    try:
        return tokenize.detect_encoding(BytesIO(content).readline)[0]
    except SyntaxError as error:
        if "invalid or missing" in str(error):  # the first two lines are not UTF-8: decoding says which byte
            return "utf-8"
        raise


def _not_regular(path: Path) -> SubmissionError:
    mode = os.lstat(path).st_mode
    kind = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "not a regular file"
    return SubmissionError(f"{path.name} is {kind}", hint=f"put the file {path.name} itself there")
