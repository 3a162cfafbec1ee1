"""Which names an archive's entries may have: those that mean the same file on every system, inside one folder."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_CHARACTERS = 240
MAX_LEVELS = 8

_DRIVE = re.compile(r"[A-Za-z]:")


def entry_path(name: str) -> PurePosixPath:
    """Return the relative path that an entry's name spells; `.` for the folder itself.

    Raises `ValueError`, whose text goes on after the entry's name, for any name that could mean something outside the
    archive's folder, or another file on another system.
    """
    if reason := _fault(name):
        raise ValueError(reason)
    path = PurePosixPath(name)
    if ".." in path.parts:
        raise ValueError("leads out of its folder")
    if len(path.parts) > MAX_LEVELS:
        raise ValueError(f"lies more than {MAX_LEVELS} folders deep")
    return path


def comparable(path: PurePosixPath) -> str:
    """Return the form in which two names are equal if any file system takes them for one: case and accents folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", str(path)).casefold())


def _fault(name: str) -> str:
    if not name:
        return "has no name"
    if len(name) > MAX_CHARACTERS:
        return f"has a name of more than {MAX_CHARACTERS} characters"
    if not name.isprintable():
        return "has control characters in its name"
    if "\\" in name:
        return "has a backslash in its name"
    if name.startswith("/") or _DRIVE.match(name):
        return "has an absolute path"
    return ""
