"""What is in an archive: its files, read into memory. Nothing is written to disk, so nothing can land anywhere."""

import stat
import tarfile
import zipfile
from gzip import GzipFile
from io import BytesIO

from grader.course.intake import MAX_ENTRIES, PACK_AGAIN, Counted, Intake, Stream
from grader.course.tar_members import tar_members
from grader.course.tree import FileTree
from grader.errors import SubmissionError

_ZIP, _ZIP_EMPTY, _ZIP_ENTRY = b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02"
_GZIP = b"\x1f\x8b"
_TAR_PLACE, _TAR = 257, b"ustar"
_FOREIGN = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ": "packed with xz",
    b"(\xb5/\xfd": "packed with zstd",
    b"%PDF": "a PDF file",
    b"<": "a web page",
}
_ENCRYPTED = 0x1
_READABLE_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def archive_tree(content: bytes, archive: str) -> FileTree:
    """Return the files of a `.zip`, `.tar` or `.tar.gz`, told apart by their content.

    `archive` is its name in messages. Raises `SubmissionError`, with the archive's and the entry's name, for an archive
    that is damaged, encrypted or too large, and for an entry that is no regular file, leaves the folder, or clashes
    with another.
    """
    intake = Intake(archive, packed_bytes=len(content))
    try:
        if content.startswith((_ZIP, _ZIP_EMPTY)):
            _read_zip(content, intake)
        elif content.startswith(_GZIP):
            _read_tar(GzipFile(fileobj=BytesIO(content)), intake)
        elif content.startswith(_TAR, _TAR_PLACE):
            _read_tar(BytesIO(content), intake)
        else:
            raise SubmissionError(f"{archive} is {_kind(content)}", hint=PACK_AGAIN)
    except SubmissionError:
        raise
    except Exception as error:  # what the standard library raises for damaged archives is not one family
        raise SubmissionError(f"{archive} is damaged: it cannot be unpacked", hint=PACK_AGAIN) from error
    return intake.tree()


def _read_zip(content: bytes, intake: Intake) -> None:
    # Before the list of entries is read, which takes a hundred times their bytes in memory.
    if content.count(_ZIP_ENTRY) > MAX_ENTRIES:
        intake.refuse_number()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for info in archive.infolist():
            # `filename` ends at a zero byte, `orig_filename` is what stands in the archive.
            path = intake.admit(info.orig_filename, is_folder=info.is_dir())
            kind = stat.S_IFMT(info.external_attr >> 16)
            if not info.is_dir() and kind not in (0, stat.S_IFREG):
                intake.refuse_entry(info.filename, "is a link" if kind == stat.S_IFLNK else "is not a regular file")
            if info.flag_bits & _ENCRYPTED:
                intake.refuse_entry(info.filename, "is locked with a password", hint="pack the files without one")
            if info.is_dir() or not intake.wants(path):
                continue
            if info.compress_type not in _READABLE_METHODS:
                intake.refuse_entry(info.filename, "is packed by a method that is not read here")
            with archive.open(info) as file:
                intake.take(path, Counted(file, intake))


def _read_tar(stream: Stream, intake: Intake) -> None:
    for member in tar_members(Counted(stream, intake)):
        header = member.header
        path = intake.admit(member.name, is_folder=header.isdir())
        if header.isdir():
            continue
        if not header.isreg() or header.type == tarfile.GNUTYPE_SPARSE:
            kind = "is a link" if header.issym() or header.islnk() else "is not a regular file"
            intake.refuse_entry(member.name, kind)
        if intake.wants(path):
            intake.take(path, member.content)


def _kind(content: bytes) -> str:
    if not content:
        return "empty"
    known = next((kind for start, kind in _FOREIGN.items() if content.startswith(start)), "")
    return f"{known}, no .zip or .tar.gz" if known else "no archive that can be read here"
