"""Where a report goes: to standard output, or whole into a file."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from grader.errors import ReportError, UsageError


def prepare(path: Path) -> None:
    """Make sure that a report can be written to `path`, before the work for it is done; create its folder.

    Raises `UsageError` when it cannot.
    """
    if path.is_dir():
        raise UsageError(
            f"cannot write the report to {path}: it is a folder", hint=f"name a file, e.g. {path}/report.html"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(_cannot_write(path, error), hint=_ELSEWHERE) from error
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"cannot write the report to {path}: its folder is read-only", hint=_ELSEWHERE)


def deliver(content: str | bytes, path: Path | None) -> None:
    """Write to standard output, or to `path`: the file is there whole or, after a failure, as it was before.

    Text is written in UTF-8 to a file, and as the terminal can show it to standard output. Raises `ReportError` when it
    cannot be written whole: the disk is full, or the folder has gone meanwhile.
    """
    try:
        if path is None:
            _print(content)
        elif path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(_encoded(content))  # a device or a pipe: nothing to replace
        else:
            _replace(path.resolve(), content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ReportError(_cannot_write(path, error), hint=_ELSEWHERE) from error


def wants_color(*, no_color: bool) -> bool:
    """Tell whether standard output is to have colours. NO_COLOR: see no-color.org."""
    return sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _print(content: str | bytes) -> None:
    """A terminal that cannot show a character gets its escape instead of a crash."""
    if isinstance(content, str):
        content = content.encode(sys.stdout.encoding or "utf-8", "backslashreplace")
    rest = memoryview(content)
    sys.stdout.flush()
    # Without a buffer (PYTHONUNBUFFERED) a write may be cut short, of which Python's own text layer says nothing.
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.flush()


def _replace(path: Path, content: str | bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(_encoded(content))
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _encoded(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _cannot_write(path: Path | None, error: OSError) -> str:
    target = f"to {path}" if path else "to standard output"
    return f"cannot write the report {target}: {(error.strerror or str(error)).lower()}"


_ELSEWHERE = "choose another --output"
