"""An archive gives its code, or one clear line that names the archive and the entry; finding out costs little."""

import gzip
import io
import stat
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import numpy as np
import pytest

from grader.course.archive import archive_tree
from grader.course.intake import MAX_ENTRIES
from grader.errors import SubmissionError
from tests.fakes.archives import tar_member, tarred, zip_entry, zipped

FIRST = b"def double(x): return 2 * x\n"
Packer = Callable[..., bytes]


@pytest.fixture(params=["zip", "tar.gz", "tar"])
def pack(request: pytest.FixtureRequest) -> Packer:
    """Give a function that packs (name, content) pairs."""
    packers: dict[str, Packer] = {
        "zip": zipped,
        "tar.gz": tarred,
        "tar": lambda *entries: tarred(*entries, packed=False),
    }
    return packers[request.param]


def test_the_files_of_an_archive_can_be_read(pack: Packer) -> None:
    tree = archive_tree(pack(("work/first.py", FIRST), ("work/notes.txt", b"hello")), "alice.zip")
    assert sorted(map(str, tree.files)) == ["work/first.py", "work/notes.txt"]
    assert tree.read(PurePosixPath("work/first.py"), limit_bytes=1000) == FIRST


def test_a_dot_before_every_name_means_nothing() -> None:
    content = tarred(("./first.py", FIRST), extra=[tar_member(".", tarfile.DIRTYPE)])
    assert list(archive_tree(content, "a.tgz").files) == [PurePosixPath("first.py")]


def test_what_a_mac_or_python_adds_is_not_there(pack: Packer) -> None:
    names = ("first.py", "__MACOSX/._first.py", ".DS_Store", "__pycache__/first.cpython-311.pyc", ".git/config")
    assert list(archive_tree(pack(*((name, FIRST) for name in names)), "a.zip").files) == [PurePosixPath("first.py")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../first.py", "leads out of its folder"),
        ("work/../../first.py", "leads out of its folder"),
        ("/etc/first.py", "has an absolute path"),
        ("C:/first.py", "has an absolute path"),
        ("C:first.py", "has an absolute path"),
        ("work\\first.py", "has a backslash in its name"),
        ("..\\first.py", "has a backslash in its name"),
        ("fir\x1bst.py", "has control characters in its name"),
        ("fir\u202est.py", "has control characters in its name"),
        ("fir\nst.py", "has control characters in its name"),
        ("a/" * 9 + "first.py", "lies more than 8 folders deep"),
        ("a" * 250 + ".py", "has a name of more than 240 characters"),
    ],
)
def test_a_name_that_could_mean_another_place_is_refused(pack: Packer, name: str, reason: str) -> None:
    with pytest.raises(SubmissionError, match=reason) as caught:
        archive_tree(pack((name, FIRST)), "mallory.zip")
    assert caught.value.message.startswith("mallory.zip is refused: the entry '")
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200
    assert caught.value.hint


def test_a_zero_byte_in_a_name_does_not_hide_its_end() -> None:
    content = zipped(("first.pyXevil", FIRST)).replace(b"first.pyXevil", b"first.py\0evil")
    with pytest.raises(SubmissionError, match="has control characters in its name"):
        archive_tree(content, "mallory.zip")


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("first.py", "first.py"), "'first.py' is there more than once"),
        (("first.py", "First.PY"), "'first.py' and 'First.PY' are one name on some systems"),
        (("\u00e9.py", "e\u0301.py"), "are one name on some systems"),
        (("\uff46irst.py", "first.py"), "are one name on some systems"),
        (("stra\u00dfe.py", "STRASSE.py"), "are one name on some systems"),
        (("work/first.py", "WORK/second.py"), "'work' and 'WORK' are one name on some systems"),
        (("first.py", "first.py/second.py"), "lies in a folder that is also a file"),
    ],
)
def test_two_entries_that_some_system_takes_for_one_are_refused(
    pack: Packer, names: tuple[str, str], reason: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about duplicate names: that is the point
        content = pack(*((name, FIRST) for name in names))
    with pytest.raises(SubmissionError, match=reason):
        archive_tree(content, "mallory.zip")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "is a link"),
        (tarfile.LNKTYPE, "is a link"),
        (tarfile.FIFOTYPE, "is not a regular file"),
        (tarfile.CHRTYPE, "is not a regular file"),
        (tarfile.BLKTYPE, "is not a regular file"),
        (tarfile.GNUTYPE_SPARSE, "is not a regular file"),
    ],
)
def test_only_regular_files_are_taken_of_a_tar(kind: bytes, reason: str) -> None:
    content = tarred(extra=[tar_member("first.py", kind, target="/etc/passwd")])
    with pytest.raises(SubmissionError, match=f"the entry 'first.py' {reason}"):
        archive_tree(content, "mallory.tar.gz")


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(stat.S_IFLNK | 0o777, "is a link"), (stat.S_IFIFO | 0o644, "not a regular"), (stat.S_IFCHR, "not a regular")],
)
def test_only_regular_files_are_taken_of_a_zip(mode: int, reason: str) -> None:
    with pytest.raises(SubmissionError, match=reason):
        archive_tree(zipped((zip_entry("first.py", mode=mode), b"/etc/passwd")), "mallory.zip")


def test_an_encrypted_archive_says_so() -> None:
    with pytest.raises(SubmissionError, match=r"mallory\.zip .*'first\.py' is locked with a password"):
        archive_tree(_with_flag(zipped(("first.py", FIRST)), 0x1), "mallory.zip")


def test_an_unusual_compression_is_not_tried() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("first.py", FIRST)
    with pytest.raises(SubmissionError, match="packed by a method that is not read here"):
        archive_tree(file.getvalue(), "mallory.zip")


def test_an_archive_in_an_archive_is_noted_and_not_unpacked(pack: Packer) -> None:
    tree = archive_tree(pack(("inner.zip", zipped(("first.py", FIRST)))), "alice.zip")
    with pytest.raises(SubmissionError, match=r"alice\.zip holds another archive, inner\.zip"):
        tree.read(PurePosixPath("inner.zip"), limit_bytes=1000)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"Rar!\x1a\x07\x01\x00", "is a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive"),
        (b"<!DOCTYPE html>", "is a web page"),
        (b"def double(x): ...", "is no archive"),
        (b"PK\x03\x04", "is damaged"),
        (zipped(("first.py", FIRST))[:-30], "is damaged"),
        (zipped(("first.py", FIRST)).replace(b"first.py", b"other.py", 1), "is damaged"),
        (b"\x1f\x8b", "is damaged"),
        (gzip.compress(FIRST), "is damaged"),
        (tarred(("first.py", FIRST))[:60], "is damaged"),
    ],
    ids=["empty", "rar", "7z", "html", "python", "head", "cut", "renamed", "gzip-head", "gzip", "cut-tar"],
)
def test_what_is_no_archive_or_half_of_one_is_said_in_one_line(content: bytes, message: str) -> None:
    with pytest.raises(SubmissionError, match=f"alice.zip {message}") as caught:
        archive_tree(content, "alice.zip")
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_a_changed_byte_is_noticed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("first.py", FIRST)
    with pytest.raises(SubmissionError, match="damaged"):
        archive_tree(file.getvalue().replace(b"2 * x", b"3 * x"), "alice.zip")


def test_too_many_entries_are_refused(pack: Packer) -> None:
    content = pack(*((f"{number}.txt", b"") for number in range(MAX_ENTRIES + 1)))
    with pytest.raises(SubmissionError, match=f"holds more than {MAX_ENTRIES} files"):
        archive_tree(content, "mallory.zip")


def test_a_bomb_that_nobody_needs_is_not_unpacked() -> None:
    assert archive_tree(zipped(("data.bin", bytes(60_000_000)), ("first.py", FIRST)), "alice.zip").files


def test_a_bomb_among_the_code_is_refused_by_its_ratio() -> None:
    entries = [(f"work{number}.ipynb", bytes(19_000_000)) for number in range(2)]
    with pytest.raises(SubmissionError, match="unpacks to more than 100 times its size"):
        archive_tree(zipped(*entries), "mallory.zip")


def test_a_tar_bomb_is_refused_whatever_it_is_called() -> None:
    with pytest.raises(SubmissionError, match="unpacks to more than 100 times its size"):
        archive_tree(tarred(("data.bin", bytes(30_000_000))), "mallory.tar.gz")


def test_a_file_beyond_its_limit_costs_only_itself(pack: Packer) -> None:
    noise = np.random.default_rng(1).bytes(1_100_000)
    tree = archive_tree(pack(("first.py", noise), ("second.py", FIRST)), "alice.zip")
    with pytest.raises(SubmissionError, match=r"first\.py in alice\.zip is larger than 1 MB"):
        tree.read(PurePosixPath("first.py"), limit_bytes=1_000_000)
    assert tree.read(PurePosixPath("second.py"), limit_bytes=1_000_000) == FIRST


def test_a_size_that_lies_buys_nothing() -> None:
    content = zipped(("first.py", bytes(900_000)))
    small = struct.pack("<L", 10)
    place = content.index(b"PK\x01\x02") + 24
    with pytest.raises(SubmissionError, match="damaged"):
        archive_tree(content[:place] + small + content[place + 4 :], "mallory.zip")


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    archive_tree(zipped(("first.py", FIRST)), "alice.zip")
    with pytest.raises(SubmissionError):
        archive_tree(zipped(("../first.py", FIRST)), "mallory.zip")
    assert list(tmp_path.rglob("*")) == []


def _with_flag(content: bytes, flag: int) -> bytes:
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[content.index(signature) + offset] |= flag
    return bytes(changed)
