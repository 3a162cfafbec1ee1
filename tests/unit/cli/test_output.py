"""A report is in its file whole, or the file is as it was before."""

import io
import os
import sys
from pathlib import Path

import pytest

from grader.cli.output import deliver, prepare
from grader.errors import UsageError


def test_a_report_replaces_the_last_one(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    for text in ("first, and longer\n", "zweiter Bericht: é\n"):
        deliver(text, target)
    assert target.read_bytes() == "zweiter Bericht: é\n".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.md"]


def test_a_failure_half_way_leaves_the_last_report_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        deliver("long enough to be half written \ud800", target)
    assert target.read_text(encoding="utf-8") == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.md"]


def test_a_new_report_is_readable_like_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    deliver("x", tmp_path / "report.md")
    assert (tmp_path / "report.md").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_the_folder_is_made_before_the_work_begins(tmp_path: Path) -> None:
    prepare(tmp_path / "a" / "b" / "report.md")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_is_no_place_for_a_report(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is a folder") as caught:
        prepare(tmp_path)
    assert "report.html" in caught.value.hint


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(UsageError, match="cannot write the report to"):
        prepare(tmp_path / "a" / "b" / "report.md")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "latest.md").symlink_to(tmp_path / "report.md")
    deliver("x", tmp_path / "latest.md")
    assert (tmp_path / "latest.md").is_symlink()
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "x"


def test_a_device_is_written_to_and_not_replaced() -> None:
    deliver("x", Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_a_terminal_that_lacks_a_character_gets_its_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    deliver("passed ✓\n", None)
    assert written.getvalue() == b"passed \\u2713\n"
