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


def deliver(text: str, path: Path | None) -> None:
    """Write `text` to standard output, or to `path`: the file is there whole or, after a failure, as it was before.

    Raises `ReportError` when it cannot be written whole: the disk is full, or the folder has gone meanwhile.
    """
    try:
        if path is None:
            _print(text)
        elif path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_text(text, encoding="utf-8")  # a device or a pipe: nothing to replace
        else:
            _replace(path.resolve(), text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ReportError(_cannot_write(path, error), hint=_ELSEWHERE) from error


def wants_color(*, no_color: bool) -> bool:
    """Tell whether standard output is to have colours. NO_COLOR: see no-color.org."""
    return sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _print(text: str) -> None:
    """A terminal that cannot show a character gets its escape instead of a crash."""
    rest = memoryview(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    sys.stdout.flush()
    # Without a buffer (PYTHONUNBUFFERED) a write may be cut short, of which Python's own text layer says nothing.
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.flush()


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _cannot_write(path: Path | None, error: OSError) -> str:
    target = f"to {path}" if path else "to standard output"
    return f"cannot write the report {target}: {(error.strerror or str(error)).lower()}"


_ELSEWHERE = "choose another --output"
