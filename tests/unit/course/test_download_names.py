"""The names in a class's download give student, lateness and the file's own name."""

import pytest

from grader.course.download_names import DownloadName, parse_download_name, without_copy_number
from grader.model.found import Platform, Student


def _canvas(
    user: str, name: str, filename: str, number: int = 0, *, is_late: bool = False, is_text: bool = False
) -> DownloadName:
    return DownloadName(
        platform=Platform.CANVAS,
        student=Student(id=user, name=name),
        filename=filename,
        number=number,
        is_late=is_late,
        is_text=is_text,
    )


def _moodle(user: str, name: str, filename: str = "", *, is_text: bool = False) -> DownloadName:
    return DownloadName(
        platform=Platform.MOODLE, student=Student(id=user, name=name), filename=filename, is_text=is_text
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("doejane_123_4567_first.py", _canvas("123", "doejane", "first.py", 4567)),
        ("doejane_LATE_123_4567_first.py", _canvas("123", "doejane", "first.py", 4567, is_late=True)),
        ("doejane_late_123_4567_my_1_2_work.py", _canvas("123", "doejane", "my_1_2_work.py", 4567, is_late=True)),
        ("dé_laurent_123_4567_first.py", _canvas("123", "dé_laurent", "first.py", 4567)),
        ("anon_Xy12z_4567_first.py", _canvas("anon_Xy12z", "anon_Xy12z", "first.py", 4567)),
        ("LATE_anon_Xy12z_4567_first.py", _canvas("anon_Xy12z", "anon_Xy12z", "first.py", 4567, is_late=True)),
        ("doejane_123_text.html", _canvas("123", "doejane", "doejane_123_text.html", is_text=True)),
        (
            "doejane_LATE_123_link.html",
            _canvas("123", "doejane", "doejane_LATE_123_link.html", is_late=True, is_text=True),
        ),
        ("Jane Doe_123_assignsubmission_file", _moodle("123", "Jane Doe")),
        ("Jane Doe_123_assignsubmission_file_", _moodle("123", "Jane Doe")),
        ("DOE, JANE-2018_123_assignsubmission_file_first.py", _moodle("123", "DOE, JANE-2018", "first.py")),
        ("Jane Doe_123_assignsubmission_onlinetext_", _moodle("123", "Jane Doe", is_text=True)),
        ("Default group_assignsubmission_file", _moodle("Default group", "Default group")),
    ],
)
def test_a_platforms_name_is_taken_apart(name: str, says: DownloadName) -> None:
    assert parse_download_name(name) == says


@pytest.mark.parametrize(
    "name", ["alice", "alice.zip", "assignment3-alice", "submission_123", "homework_1.py", "1_2_3"]
)
def test_any_other_name_says_nothing(name: str) -> None:
    assert parse_download_name(name) is None


@pytest.mark.parametrize(
    ("numbered", "original", "number"),
    [
        ("first.py", "first.py", 0),
        ("first-1.py", "first.py", 1),
        ("first-12.py", "first.py", 12),
        ("work-2.tar.gz", "work.tar.gz", 2),
        ("work.tar-2.gz", "work.tar.gz", 2),
        ("a-b-3.ipynb", "a-b.ipynb", 3),
        ("lab-2024.py", "lab-2024.py", 0),
        ("no-ending-1", "no-ending-1", 0),
    ],
)
def test_the_number_of_a_file_handed_in_again_is_taken_off(numbered: str, original: str, number: int) -> None:
    assert without_copy_number(numbered) == (original, number)
