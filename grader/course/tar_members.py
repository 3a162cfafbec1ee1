"""What the members of a tar are, read forward only, at a bounded cost.

The standard library reads each header; how headers follow each other is read here. Its `TarFile` spends minutes on some
extended headers (millions of records, sparse maps without an end), and goes in circles on some sizes.
"""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from grader.course.intake import Stream

HEADER_BYTES = 16_384
"""Of an extended header: a name and some attributes."""

_BLOCK = tarfile.BLOCKSIZE
_EXTENDED = frozenset(
    {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
)
_SKIPPED_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member; its content must be read before the next is asked for."""

    name: str
    header: tarfile.TarInfo
    content: "Content"


class Content:
    """The bytes of one member."""

    def __init__(self, stream: Stream, size: int) -> None:
        self._stream = stream
        self._left = size
        self._padding = -size % _BLOCK

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end; raise `EOFError` when the tar ends before."""
        piece = self._stream.read(min(size, self._left))
        if len(piece) < min(size, self._left):
            raise EOFError("the archive ends within a file")
        self._left -= len(piece)
        return piece

    def skip(self) -> None:
        """Go to where the next header begins."""
        while self.read(_SKIPPED_BYTES):
            pass
        self._stream.read(self._padding)


def tar_members(stream: Stream) -> Iterator[Member]:
    """Yield the members of a tar in their order.

    `stream` returns as many bytes as are asked for, fewer only at its end. Raises `ValueError`, `EOFError` or
    `tarfile.HeaderError` where the tar is damaged, or where an extended header says more than a name.
    """
    long_name = ""
    while block := stream.read(_BLOCK).rstrip(b"\0"):
        header = tarfile.TarInfo.frombuf(block.ljust(_BLOCK, b"\0"), "utf-8", "surrogateescape")
        if header.size < 0:
            raise ValueError("a file has a negative size")
        content = Content(stream, header.size)
        if header.type in _EXTENDED:
            long_name = _long_name(header, content) or long_name
        else:
            yield Member(name=long_name or header.name, header=header, content=content)
            long_name = ""
        content.skip()


def _long_name(header: tarfile.TarInfo, content: Content) -> str:
    if header.size > HEADER_BYTES:
        raise ValueError("an extended header is too long")
    text = content.read(header.size)
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return text.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    return _pax_path(text) if header.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE) else ""


def _pax_path(records: bytes) -> str:
    """Return the name that a pax header gives, empty without one (POSIX.1-2017, pax: `length key=value`)."""
    path = ""
    while records:
        digits, _, _ = records[:8].partition(b" ")
        length = int(digits)
        if not len(digits) < length <= len(records):
            raise ValueError("a record has an impossible length")
        key, _, value = records[len(digits) + 1 : length].removesuffix(b"\n").partition(b"=")
        if key == b"path":
            path = value.decode("utf-8", "surrogateescape")
        elif key == b"size" or key.startswith(b"GNU.sparse"):
            raise ValueError("a header says that a file is longer than its content")
        records = records[length:]
    return path
