"""Every student of a class is found, whatever platform packed the download; one bad entry costs only itself."""

import os
from pathlib import Path

import pytest

from grader.course.bulk import find_submissions
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.found import FoundSubmission, Platform, Student
from tests.fakes.archives import zipped
from tests.fakes.course import write_course, write_notebook

FIRST = "def double(x): return 2 * x\n"
SECOND = "def halve(x): return x / 2\n"


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")


@pytest.fixture
def download(tmp_path: Path) -> Path:
    folder = tmp_path / "download"
    folder.mkdir()
    return folder


def test_the_files_of_a_canvas_user_are_one_submission(assignment: Assignment, download: Path) -> None:
    _write(download, {"doejane_1_10_first.py": FIRST, "doejane_1_11_second.py": SECOND, "poe_2_12_first.py": FIRST})
    jane, poe = find_submissions(download, assignment)
    assert jane.platform is Platform.CANVAS
    assert jane.students == (Student(id="1", name="doejane"),)
    assert _files(jane) == ["first.py", "second.py"]
    assert jane.submission is not None
    assert jane.submission.name == "doejane"
    assert poe.submission is not None
    assert [each.module for each in poe.submission.unreadable] == ["second"]


def test_of_a_file_handed_in_again_the_newest_counts(assignment: Assignment, download: Path) -> None:
    names = ("first-2.py", "first.py", "first-10.py", "first-1.py")
    _write(download, {f"doe_1_{20 + i}_{name}": f"# {name}\n{FIRST}" for i, name in enumerate(names)})
    (doe,) = find_submissions(download, assignment)
    assert doe.submission is not None
    assert doe.submission.sources[0].text.startswith("# first-10.py")
    assert doe.submission.sources[0].filename == "first.py"
    assert len(doe.entries) == 4


def test_canvas_marks_who_is_late(assignment: Assignment, download: Path) -> None:
    _write(download, {"doe_LATE_1_10_first.py": FIRST, "poe_2_11_first.py": FIRST})
    assert [each.is_late for each in find_submissions(download, assignment)] == [True, False]


def test_an_archive_handed_in_through_canvas_is_opened(assignment: Assignment, download: Path) -> None:
    for name in ("doe_1_10_work.zip", "doe_1_11_work-1.zip"):
        (download / name).write_bytes(zipped(("work/first.py", f"# {name}\n{FIRST}".encode())))
    (doe,) = find_submissions(download, assignment)
    assert doe.submission is not None
    assert doe.submission.sources[0].text.startswith("# doe_1_11_work-1.zip")


def test_moodles_folders_are_named_after_the_student(assignment: Assignment, download: Path) -> None:
    _write(
        download,
        {
            "Jane Doe_1_assignsubmission_file_/work/first.py": FIRST,
            "Jane Doe_1_assignsubmission_onlinetext_/onlinetext.html": "<p>hello</p>",
            "Ed Poe_2_assignsubmission_file/first.py": FIRST,
            "Al Flat_3_assignsubmission_file_first.py": FIRST,
        },
    )
    flat, poe, jane = find_submissions(download, assignment)
    assert [each.platform for each in (jane, poe, flat)] == [Platform.MOODLE] * 3
    assert jane.students == (Student(id="1", name="Jane Doe"),)
    assert [_files(each) for each in (jane, poe, flat)] == [["first.py"]] * 3


def test_text_in_a_form_is_no_file(assignment: Assignment, download: Path) -> None:
    _write(
        download, {"Jane_1_assignsubmission_onlinetext_/onlinetext.html": "<p>hello</p>", "poe_2_text.html": "<p>hello"}
    )
    for found in find_submissions(download, assignment):
        assert found.submission is None
        assert found.problem == "text or a link was handed in instead of files"


def test_gradescopes_folders_have_their_students_in_a_file(assignment: Assignment, download: Path) -> None:
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: Jane\n    :sid: '7'\n  - :name: Ed\n    :sid: '8'\n"
        "submission_3:\n  :submitters:\n  - :name: Gone\n    :sid: '9'\n"
    )
    _write(
        download / "assignment_5_export",
        {"submission_metadata.yml": metadata, "submission_1/first.py": FIRST, "submission_2/first.py": FIRST},
    )
    gone, group, unknown = find_submissions(download, assignment)
    assert [student.name for student in group.students] == ["Jane", "Ed"]
    assert group.submission is not None
    assert group.submission.name == "Jane and Ed"
    assert "there is no submission" in gone.problem
    assert unknown.students == (Student(id="submission_2", name="submission_2"),)


@pytest.mark.parametrize(
    ("parent", "names", "users"),
    [
        ("hw-one-submissions", ["hw-one-ann-lee", "hw-one-ann-may"], ["ann-lee", "ann-may"]),
        ("clones", ["small-ann", "small-bob"], ["ann", "bob"]),
        ("clones", ["hw-one-ann", "hw-one-bob-lee"], ["ann", "bob-lee"]),
        ("clones", ["ann"], ["ann"]),
    ],
)
def test_a_github_clone_is_named_after_assignment_and_user(
    assignment: Assignment, tmp_path: Path, parent: str, names: list[str], users: list[str]
) -> None:
    for name in names:
        _write(tmp_path / parent, {f"{name}/.git/HEAD": "", f"{name}/assignments/small/first.py": FIRST})
    found = find_submissions(tmp_path / parent, assignment)
    assert [each.students[0].id for each in found] == users
    assert {each.platform for each in found} == {Platform.GITHUB}
    assert all(_files(each) == ["first.py"] for each in found)


def test_a_plain_folder_has_one_entry_for_each_student(assignment: Assignment, download: Path) -> None:
    _write(download, {"ann/first.py": FIRST, "bob.py": FIRST + SECOND, "grades.csv": "", ".hidden/first.py": FIRST})
    write_notebook(download / "cid.ipynb", FIRST)
    (download / "dan.tar.gz").write_bytes(b"\x1f\x8b")
    (download / "eve.rar").write_bytes(b"Rar!")
    found = find_submissions(download, assignment)
    assert [each.students[0].id for each in found] == ["ann", "bob", "cid", "dan", "eve"]
    assert [bool(each.submission) for each in found] == [True, True, True, False, False]
    assert found[3].problem == "dan.tar.gz is damaged: it cannot be unpacked"
    assert found[4].hint


def test_two_entries_of_one_student_are_not_chosen_between(assignment: Assignment, download: Path) -> None:
    _write(download, {"ann/first.py": FIRST, "ann.py": FIRST})
    (ann,) = find_submissions(download, assignment)
    assert ann.problem == "there is more than one submission: ann and ann.py"


def test_what_cannot_be_read_costs_only_itself(assignment: Assignment, download: Path) -> None:
    _write(download, {"ann/first.py": FIRST, "bob/notes.txt": "", "empty/.keep": ""})
    (download / "link").symlink_to(download / "ann")
    (download / "cid_1_2_first.py").symlink_to(download / "ann" / "first.py")
    os.mkfifo(download / "pipe.py")
    problems = {each.entries[0]: each.problem for each in find_submissions(download, assignment)}
    assert problems["ann"] == ""
    assert "nothing to grade" in problems["bob"]
    assert "nothing to grade" in problems["empty"]
    assert problems["cid_1_2_first.py"] == "cid_1_2_first.py is a link"
    assert problems["pipe.py"] == "pipe.py is not a regular file"


def test_an_empty_folder_is_an_empty_class_and_none_is_an_error(assignment: Assignment, download: Path) -> None:
    assert find_submissions(download, assignment) == ()
    with pytest.raises(SubmissionError, match="cannot list"):
        find_submissions(download / "missing", assignment)


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _files(found: FoundSubmission) -> list[str]:
    assert found.submission is not None, found.problem
    return [source.filename for source in found.submission.sources]
