"""Files of a submission are read as bounded regular files, and decoded as Python decodes them."""

import codecs
import os
from pathlib import Path

import pytest

from grader.course.files import read_regular, source_text
from grader.errors import SubmissionError


def test_a_regular_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x" * 100)
    assert read_regular(tmp_path / "a.py", limit_bytes=100) == b"x" * 100


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x" * 2_000_001)
    with pytest.raises(SubmissionError, match=r"a\.py is larger than 2 MB"):
        read_regular(tmp_path / "a.py", limit_bytes=2_000_000)


def test_an_endless_device_is_refused_without_reading_it() -> None:
    with pytest.raises(SubmissionError, match="zero is not a regular file"):
        read_regular(Path("/dev/zero"), limit_bytes=100)


def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.py")
    with pytest.raises(SubmissionError, match=r"a\.py is not a regular file"):
        read_regular(tmp_path / "a.py", limit_bytes=100)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("x = 1", encoding="utf-8")
    (tmp_path / "a.py").symlink_to(tmp_path / "secret.py")
    with pytest.raises(SubmissionError, match=r"a\.py is a link"):
        read_regular(tmp_path / "a.py", limit_bytes=100)


def test_a_folder_named_like_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.py").mkdir()
    with pytest.raises(SubmissionError, match=r"a\.py is a folder"):
        read_regular(tmp_path / "a.py", limit_bytes=100)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match=r"there is no a\.py"):
        read_regular(tmp_path / "a.py", limit_bytes=100)


@pytest.mark.parametrize(
    "content",
    [
        "x = 'é'".encode(),
        codecs.BOM_UTF8 + "x = 'é'".encode(),
        b"# -*- coding: latin-1 -*-\nx = '\xe9'",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\xe9'",
    ],
)
def test_a_source_is_decoded_as_python_decodes_it(content: bytes) -> None:
    text = source_text(content, "a.py")
    assert text.endswith("x = 'é'")
    namespace: dict[str, str] = {}
    exec(compile(content, "a.py", "exec"), namespace)  # noqa: S102 - the test's own text
    assert namespace["x"] == "é"


def test_every_kind_of_line_end_becomes_a_line_feed() -> None:
    assert source_text(b"a\r\nb\rc\nd\x0c", "a.py") == "a\nb\nc\nd\x0c"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x = 1\ny = 2\nz = '\xe9'", "not utf-8 text: line 3 holds the byte 0xe9"),
        (b"z = '\xe9'", "not utf-8 text: line 1 holds the byte 0xe9"),
        (codecs.BOM_UTF8 + b"x = 1\ny = 2\nz = '\xe9'", "line 3 holds the byte 0xe9"),
        ("x = 1".encode("utf-16"), "is UTF-16 text"),
        (b"x = 1\ny = '\0'", "zero byte in line 2"),
        (b"# coding: klingon\nx = 1", "cannot be decoded: unknown encoding"),
        (b"# coding: punycode\nx = 1", "cannot be decoded: unknown encoding"),
        (b"# coding: rot13\nk = 1", "cannot be decoded: .*not a text encoding"),
        (b"# coding: utf-16\nx = 1", "cannot be decoded"),
        (b"# coding: raw_unicode_escape\n\nx = '\\ud800'", "lone surrogate.* in line 3"),
    ],
)
def test_what_python_cannot_read_is_refused_with_the_place(content: bytes, message: str) -> None:
    with pytest.raises(SubmissionError, match=message) as caught:
        source_text(content, "a.py")
    assert "\n" not in caught.value.message
    assert caught.value.hint
