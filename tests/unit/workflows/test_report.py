"""The files of a report are made one by one, as they are asked for; a thousand students are never in memory at once."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.workflows.report import ReportOptions, SiteFile, report_class
from tests.fakes.class_gradebook import graded_class
from tests.fakes.graded import half_right, perfect

STUDENTS = [f"student{number:02}" for number in range(60)]


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(graded_class(tmp_path / "gradebook.sqlite", {name: [half_right()] for name in STUDENTS}))


def test_files_come_in_the_order_of_the_students_and_are_counted(place: str) -> None:
    paths: list[str] = []
    progress: list[tuple[int, int]] = []

    def deliver(files: Iterable[SiteFile]) -> None:
        paths.extend(file.path for file in files)

    (reported,) = report_class(
        place, "assignment3", ReportOptions(), deliver, lambda done, total: progress.append((done, total))
    )
    assert paths == [
        "index.html",
        *(f"{folder}/{name}.html" for name in STUDENTS for folder in ("students", "feedback")),
    ]
    assert progress == [(number, len(paths)) for number in range(1, len(paths) + 1)]
    assert (reported.students, reported.feedback) == (60, 60)


def test_a_file_is_made_when_it_is_asked_for(place: str) -> None:
    made: list[int] = []
    first: list[SiteFile] = []
    report_class(
        place,
        "assignment3",
        ReportOptions(),
        lambda files: first.extend(islice(files, 3)),
        lambda done, _total: made.append(done),
    )
    assert [file.path for file in first] == ["index.html", "students/student00.html", "feedback/student00.html"]
    assert made == [1, 2]


def test_several_assignments_have_folders_below_a_page_of_all(tmp_path: Path, place: str) -> None:
    graded_class(Path(place), {"alice": [perfect()]}, assignment="assignment1")
    paths: list[str] = []
    reported = report_class(
        place, None, ReportOptions(anonymous=True), lambda files: paths.extend(file.path for file in files)
    )
    assert len(reported) == 2
    assert paths[:2] == ["index.html", "assignment1/index.html"]
    assert {path.count("/") for path in paths} == {0, 1, 2}
    assert len(set(paths)) == len(paths) == 1 + (1 + 2) + (1 + 2 * 60)


def test_an_assignment_that_was_never_graded_makes_no_file(place: str) -> None:
    with pytest.raises(UsageError, match="does not know assignment9"):
        report_class(place, "assignment9", ReportOptions(), lambda files: pytest.fail(str(files)))
