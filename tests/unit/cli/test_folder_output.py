"""A report replaces an earlier one whole, or nothing at all; other people's files are never touched."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from grader.cli.folder_output import MARKER, deliver_folder, prepare_folder
from grader.errors import ReportError, UsageError

FILES = [("index.html", "the class"), ("students/alice.html", "Alice"), ("feedback/alice.html", "Alice\ud7ff")]


def written(folder: Path, files: Iterable[tuple[str, str]] | None = None) -> Path:
    place = prepare_folder(folder)
    deliver_folder(FILES if files is None else files, place)
    return place


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def test_files_are_written_with_the_folders_above_them(tmp_path: Path) -> None:
    written(tmp_path / "new" / "report")
    assert content(tmp_path / "new" / "report") == dict(FILES)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["report"]


def test_an_empty_folder_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    written(tmp_path / "report")
    assert content(tmp_path / "report") == dict(FILES)


def test_an_earlier_report_is_replaced_whole(tmp_path: Path) -> None:
    written(tmp_path / "report")
    written(tmp_path / "report", [("index.html", "later")])
    assert content(tmp_path / "report") == {"index.html": "later"}
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "report").symlink_to(tmp_path / "elsewhere")
    written(tmp_path / "report")
    assert (tmp_path / "report").is_symlink()
    assert content(tmp_path / "elsewhere") == dict(FILES)


@pytest.mark.parametrize(
    "marker", [None, "", "{}", "[]", '{"schema": "another", "files": []}', '{"schema": 1}', "\udc80"]
)
def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, marker: str | None) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    if marker is not None:
        (tmp_path / MARKER).write_bytes(marker.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match="holds other files"):
        prepare_folder(tmp_path)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def test_notes_beside_an_earlier_report_are_not_lost(tmp_path: Path) -> None:
    place = written(tmp_path / "report")
    (place / "students" / "notes.txt").write_text("call Alice")
    with pytest.raises(UsageError, match=r"would be lost: students/notes\.txt") as caught:
        prepare_folder(place)
    assert "move them away" in caught.value.hint
    with pytest.raises(UsageError, match="would be lost"):
        deliver_folder(FILES, place)
    assert (place / "students" / "notes.txt").read_text() == "call Alice"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_foreign_folder_is_not_walked_through(tmp_path: Path) -> None:
    (tmp_path / "report" / "locked").mkdir(parents=True)
    with pytest.raises(UsageError, match="holds other files"):
        prepare_folder(tmp_path / "report")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("")
    with pytest.raises(UsageError, match="it is a file"):
        prepare_folder(tmp_path / "report")
    with pytest.raises(UsageError, match="cannot write the report"):
        prepare_folder(tmp_path / "report" / "below")


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_interruption_keeps_the_earlier_report_and_leaves_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    place = written(tmp_path / "report")

    def interrupted() -> Iterator[tuple[str, str]]:
        yield "index.html", "half"
        raise error

    with pytest.raises(error):
        deliver_folder(interrupted(), place)
    assert content(place) == dict(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_disk_that_refuses_a_file_is_told_and_keeps_the_earlier_report(tmp_path: Path) -> None:
    place = written(tmp_path / "report")
    with pytest.raises(ReportError, match=r"cannot write the report to .*report: ") as caught:
        deliver_folder([("index.html", "x"), ("x" * 300 + ".html", "a name that is too long")], place)
    assert caught.value.hint
    assert content(place) == dict(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    draft, left = tmp_path / ".report.unfinished", tmp_path / "left"

    def killed() -> Iterator[tuple[str, str]]:
        yield from FILES
        shutil.copytree(draft, left)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        written(tmp_path / "report", killed())
    left.rename(draft)
    assert (draft / "index.html").exists()
    written(tmp_path / "report")
    assert content(tmp_path / "report") == dict(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize("name", [".report.unfinished", ".report.earlier"])
def test_a_folder_of_that_name_that_no_report_left_is_not_removed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis.tex").write_text("years of work")
    with pytest.raises(UsageError, match="is in the way"):
        written(tmp_path / "report")
    assert (tmp_path / name / "thesis.tex").exists()
