"""Members are read forward, whatever their headers say, and long names are those that tar writes."""

import io
import tarfile

import pytest

from grader.course.tar_members import HEADER_BYTES, tar_members

LONG = "folder/" * 20 + "caf\u00e9.py"
KINDS = {"pax": tarfile.PAX_FORMAT, "gnu": tarfile.GNU_FORMAT, "ustar": tarfile.USTAR_FORMAT}


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_gives_names_and_contents(kind: str) -> None:
    names = ["a.py", "b.py"] if kind == "ustar" else ["a.py", LONG, "b.py"]
    content = _tar({name: name.encode() * 300 for name in names}, KINDS[kind])
    read = {member.name: member.content.read(1 << 20) for member in tar_members(io.BytesIO(content))}
    assert read == {name: name.encode() * 300 for name in names}


def test_content_that_nobody_reads_is_skipped() -> None:
    content = _tar({"a.py": bytes(5000), "b.py": b"x"}, tarfile.PAX_FORMAT)
    assert [member.name for member in tar_members(io.BytesIO(content))] == ["a.py", "b.py"]


@pytest.mark.parametrize(
    "records",
    [
        b"99999999 path=x\n",
        b"0 path=x\n",
        b"path=x\n",
        b"-1 path=x\n",
        b"11 size=99\n",
        b"22 GNU.sparse.major=1\n",
        b"1" * HEADER_BYTES,
        b"12 a=bbbbbb\n" * HEADER_BYTES,
    ],
)
def test_an_extended_header_that_says_more_than_a_name_is_damage(records: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        list(tar_members(io.BytesIO(_member("x", tarfile.XHDTYPE, records) + _tar({"a.py": b"x"}, tarfile.PAX_FORMAT))))


def test_a_global_header_names_nothing() -> None:
    content = _member("x", tarfile.XGLTYPE, b"15 path=no.such\n") + _tar({"a.py": b"x"}, tarfile.PAX_FORMAT)
    assert [member.name for member in tar_members(io.BytesIO(content))] == ["a.py"]


def test_a_size_beyond_the_end_is_damage() -> None:
    content = _member("a.py", tarfile.REGTYPE, bytes(600))[:700]
    with pytest.raises(EOFError):
        list(tar_members(io.BytesIO(content)))


def _tar(files: dict[str, bytes], kind: int) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=kind) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def _member(name: str, kind: bytes, content: bytes) -> bytes:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.size = len(content)
    return info.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % tarfile.BLOCKSIZE)
