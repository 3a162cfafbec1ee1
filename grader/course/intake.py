"""Which entries of an archive are taken, and how much: caps are counted while reading, never believed of a header."""

from pathlib import PurePosixPath
from typing import NoReturn, Protocol

from grader.course.entry_names import comparable, entry_path
from grader.course.files import MODULE_BYTES, printable
from grader.course.notebook_cells import NOTEBOOK_BYTES
from grader.course.tree import FileTree, Reader, is_noise
from grader.errors import SubmissionError

ARCHIVE_BYTES = 20_000_000
MAX_ENTRIES = 1000
UNPACKED_BYTES = 50_000_000
MAX_RATIO = 100
"""Unpacked bytes for each packed one; code and notebooks have 3 to 30."""
RATIO_FREE_BYTES = 1_000_000
"""So much may be unpacked whatever the ratio: a short archive says little about it."""

CODE_ALONE = "hand in the code alone: no data, no environment and no long output in it"
PACK_AGAIN = "pack the files again, as a plain .zip"

_BYTES_OF_SUFFIX = {".py": MODULE_BYTES, ".ipynb": NOTEBOOK_BYTES}
"""Other files are noted by name and never unpacked."""
_ENTRY_SHOWN = 80
_PIECE_BYTES = 1 << 16


class Stream(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


class Intake:
    """What has been taken of one archive so far."""

    def __init__(self, archive: str, *, packed_bytes: int) -> None:
        self.archive = archive
        self._packed_bytes = packed_bytes
        self._unpacked_bytes = 0
        self._entries = 0
        self._spelt: dict[str, PurePosixPath] = {}
        """Each name taken, folders on the way included, by its comparable form."""
        self._files: dict[PurePosixPath, Reader] = {}
        self._file_names: set[str] = set()

    def admit(self, name: str, *, is_folder: bool = False) -> PurePosixPath:
        """Count one more entry and return its path; raise `SubmissionError` when it may not be taken."""
        self._entries += 1
        if self._entries > MAX_ENTRIES:
            self.refuse_number()
        try:
            path = entry_path(name)
        except ValueError as error:
            self.refuse_entry(name, str(error))
        for place in (path, *path.parents):
            known = self._spelt.setdefault(comparable(place), place)
            if known != place:
                self.refuse(
                    f"{_shown(str(known))} and {_shown(str(place))} are one name on some systems",
                    hint="rename one of them, and pack the files again",
                )
        if not is_folder:
            self._admit_file(path)
        elif path in self._files:
            self._refuse_twice(path)
        return path

    def take(self, path: PurePosixPath, content: Stream) -> None:
        """Read an admitted file up to its limit; one that is larger costs only itself."""
        limit = _BYTES_OF_SUFFIX[path.suffix.lower()]
        self._files[path] = _held(self.archive, path, content.read(limit + 1), most=limit)

    def wants(self, path: PurePosixPath) -> bool:
        """Whether a submission may consist of this file."""
        return path.suffix.lower() in _BYTES_OF_SUFFIX and not any(map(is_noise, path.parts))

    def refuse_number(self) -> NoReturn:
        """Raise `SubmissionError` for an archive of too many entries."""
        self.refuse(f"it holds more than {MAX_ENTRIES} files and folders", hint=CODE_ALONE)

    def count_unpacked(self, count: int) -> None:
        """Raise `SubmissionError` when too much has been unpacked."""
        self._unpacked_bytes += count
        if self._unpacked_bytes > UNPACKED_BYTES:
            self.refuse(f"it unpacks to more than {UNPACKED_BYTES / 1e6:g} MB", hint=CODE_ALONE)
        if self._unpacked_bytes > max(RATIO_FREE_BYTES, MAX_RATIO * self._packed_bytes):
            self.refuse(f"it unpacks to more than {MAX_RATIO} times its size", hint=CODE_ALONE)

    def refuse(self, reason: str, *, hint: str) -> NoReturn:
        """Raise `SubmissionError` for the whole archive."""
        raise SubmissionError(f"{self.archive} is refused: {reason}", hint=hint)

    def refuse_entry(self, name: str, reason: str, *, hint: str = PACK_AGAIN) -> NoReturn:
        """Raise `SubmissionError` for the whole archive because of one entry."""
        self.refuse(f"the entry {_shown(name)} {reason}", hint=hint)

    def tree(self) -> FileTree:
        """Return what has been taken."""
        files = {path: reader for path, reader in self._files.items() if not any(map(is_noise, path.parts))}
        return FileTree(label=self.archive, files=files)

    def _admit_file(self, path: PurePosixPath) -> None:
        if not path.parts:
            self.refuse_entry(str(path), "is a file without a name")
        key = comparable(path)
        if key in self._file_names:
            self._refuse_twice(path)
        if any(comparable(folder) in self._file_names for folder in path.parents):
            self.refuse_entry(str(path), "lies in a folder that is also a file")
        self._file_names.add(key)
        self._files[path] = _not_unpacked(self.archive, path)

    def _refuse_twice(self, path: PurePosixPath) -> NoReturn:
        self.refuse_entry(str(path), "is there more than once", hint="keep one of them, and pack the files again")


class Counted:
    """A stream of unpacked bytes, counted while they are read."""

    def __init__(self, stream: Stream, intake: Intake) -> None:
        self._stream = stream
        self._intake = intake

    def read(self, size: int, /) -> bytes:
        """Return exactly `size` bytes, fewer only at the end; raise `SubmissionError` when too much was unpacked."""
        pieces: list[bytes] = []
        while size > 0 and (piece := self._stream.read(min(size, _PIECE_BYTES))):
            self._intake.count_unpacked(len(piece))
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


def _held(archive: str, path: PurePosixPath, content: bytes, *, most: int) -> Reader:
    def read(limit_bytes: int) -> bytes:
        limit = min(limit_bytes, most)
        if len(content) > limit:
            raise SubmissionError(f"{path.name} in {archive} is larger than {limit / 1e6:g} MB", hint=CODE_ALONE)
        return content

    return read


def _not_unpacked(archive: str, path: PurePosixPath) -> Reader:
    def read(limit_bytes: int) -> bytes:  # noqa: ARG001 - every reader has a limit
        raise SubmissionError(
            f"{archive} holds another archive, {path.name}, which is not unpacked",
            hint="hand in that one, or a folder or archive with the files themselves",
        )

    return read


def _shown(name: str) -> str:
    shown = printable(name)
    return repr(shown if len(shown) <= _ENTRY_SHOWN else shown[:_ENTRY_SHOWN] + "…")
