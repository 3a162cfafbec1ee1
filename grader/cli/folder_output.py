"""Where a report of many files goes: whole into a folder of its own, which nobody else's files are in."""

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from grader.errors import ReportError, UsageError

MARKER = ".grade-report.json"
"""Says that a folder is a report, and which files belong to it."""

SCHEMA = "grade-report/v1"


def prepare_folder(folder: Path) -> Path:
    """Return where the report will be, after making sure that it can be written there; make the folder above it.

    Raises `UsageError` when it cannot, or when something else is there than an earlier report: nothing is overwritten
    that a report did not write.
    """
    place = folder.resolve()
    try:
        _require_ours(place)
        for beside in (_draft_of(place), _earlier_of(place)):
            if beside.exists() and _files_of(beside) is None:
                raise UsageError(f"cannot write the report to {folder}: {beside} is in the way", hint=_ELSEWHERE)
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write the report to {folder}: {_said(error)}", hint=_ELSEWHERE) from error
    if not os.access(place.parent, os.W_OK):
        raise UsageError(f"cannot write the report to {folder}: the folder above it is read-only", hint=_ELSEWHERE)
    return place


def deliver_folder(files: Iterable[tuple[str, str]], place: Path) -> None:
    """Write files, each a relative path and a text, into the folder `place`, which replaces an earlier report.

    They are written beside it first: after a failure or an interruption, what was there is still there. Raises
    `ReportError` when they cannot be written whole.
    """
    draft = _draft_of(place)
    try:
        shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
        draft.mkdir()
        _mark(draft, [])
        _mark(draft, [_write(draft, path, text) for path, text in files])
        _put_in_place(draft, place)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if isinstance(error, OSError):
            raise ReportError(f"cannot write the report to {place}: {_said(error)}", hint=_ELSEWHERE) from error
        raise


def _write(draft: Path, path: str, text: str) -> str:
    target = draft / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return path


def _put_in_place(draft: Path, place: Path) -> None:
    """A folder cannot be replaced by a rename: the earlier report steps aside, and back if that fails."""
    if not place.exists():
        draft.rename(place)
        return
    _require_ours(place)
    aside = _earlier_of(place)
    shutil.rmtree(aside, ignore_errors=True)
    place.rename(aside)
    try:
        draft.rename(place)
    except OSError:
        with suppress(OSError):
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _require_ours(folder: Path) -> None:
    """Raise `UsageError` unless `folder` is not there, is empty, or holds an earlier report and nothing else."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"cannot write the report to {folder}: it is a file", hint=_ELSEWHERE)
    known = _files_of(folder)
    if known is None:
        if any(folder.iterdir()):
            raise UsageError(f"cannot write the report to {folder}: it holds other files", hint=_ELSEWHERE)
        return
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if others := sorted(there - {*known, MARKER}):
        named = others[0] if len(others) == 1 else f"{others[0]} and {len(others) - 1} more"
        raise UsageError(
            f"{folder} holds files beside the earlier report, which would be lost: {named}",
            hint="move them away, or choose another --output",
        )


def _mark(folder: Path, files: Sequence[str]) -> None:
    content = json.dumps({"schema": SCHEMA, "files": files}, indent=1)
    (folder / MARKER).write_text(content + "\n", encoding="utf-8", newline="\n")


def _files_of(folder: Path) -> list[str] | None:
    """Return the files of the report in `folder`, or None if there is none."""
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return list(content["files"]) if content["schema"] == SCHEMA else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _draft_of(place: Path) -> Path:
    return place.with_name(f".{place.name}.unfinished")


def _earlier_of(place: Path) -> Path:
    return place.with_name(f".{place.name}.earlier")


def _said(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


_ELSEWHERE = "choose another --output"
