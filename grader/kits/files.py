"""What a kit consists of: files with a mark that tells whether a person has edited them since."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

_MARK = "grade ci wrote this; sha256 of the rest: "
_MARK_LINE = re.compile(rf"^(?P<lead>#[ \t]+){re.escape(_MARK)}(?P<digest>[0-9a-f]{{64}})\n", re.MULTILINE)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: the same files always make the same archive."""
_EXECUTABLE, _PLAIN = 0o755, 0o644


@dataclass(frozen=True, slots=True, kw_only=True)
class KitFile:
    """One file of a kit."""

    path: PurePosixPath
    content: bytes
    executable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What is written for a host, and what a person has to do then."""

    files: tuple[KitFile, ...]
    next_steps: tuple[str, ...]


def marked(text: str) -> bytes:
    """Return a script with a mark in a comment of its own: the first line, or the second below `#!`."""
    head, body = text.split("\n", 1) if text.startswith("#!") else ("", text)
    first = f"{head}\n" if head else ""
    return f"{first}# {_MARK}{_digest((first + body).encode())}\n{body}".encode()


def archive(files: Sequence[KitFile]) -> bytes:
    """Return a zip of these files that is the same byte for byte whenever it is made, with a mark in its comment."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(files, key=lambda file: file.path):
            entry = zipfile.ZipInfo(str(file.path), date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made: the permissions below count
            entry.external_attr = (0o100000 | (_EXECUTABLE if file.executable else _PLAIN)) << 16
            packed.writestr(entry, file.content)
        packed.comment = f"{_MARK}{_digest_of_entries({str(f.path): f.content for f in files})}".encode()
    return memory.getvalue()


def is_untouched(content: bytes) -> bool:
    """Tell whether `content` is a file of a kit as it was written, by this or an earlier version."""
    if content.startswith(b"PK"):
        return _is_untouched_archive(content)
    text = content.decode("utf-8", "replace")
    mark = _MARK_LINE.search(text)
    if mark is None:
        return False
    return _digest((text[: mark.start()] + text[mark.end() :]).encode()) == mark["digest"]


def _is_untouched_archive(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = {name: packed.read(name) for name in packed.namelist()}
            return packed.comment.decode("utf-8", "replace") == f"{_MARK}{_digest_of_entries(entries)}"
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError):
        return False


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of_entries(entries: Mapping[str, bytes]) -> str:
    parts = (f"{len(name.encode())}:{name}:{len(entries[name])}:".encode() + entries[name] for name in sorted(entries))
    return _digest(b"".join(parts))
