"""A submission is found in whatever shape it was handed in, and each problem stays at its module."""

import os
from pathlib import Path

import pytest

from grader.course import read_submission
from grader.course.tree import MAX_FILES, folder_tree
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from tests.fakes.archives import tarred, zipped
from tests.fakes.course import write_course, write_notebook


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _hand_in(tmp_path / "alice")


def test_a_folder_gives_one_source_per_module(assignment: Assignment, folder: Path) -> None:
    submission = read_submission(folder, assignment)
    assert submission.name == "alice"
    assert [(source.module, source.filename, source.text) for source in submission.sources] == [
        ("first", "first.py", "def double(x): return 2 * x\n"),
        ("second", "second.py", "def halve(x): return x / 2\n"),
    ]
    assert submission.unreadable == ()


def test_the_reference_and_the_stubs_are_submissions_too(assignment: Assignment) -> None:
    for place in (assignment.folder, assignment.solution_folder):
        assert len(read_submission(place, assignment).sources) == 2


@pytest.mark.parametrize("name", ["small", "homework"])
def test_modules_may_lie_one_folder_deeper(assignment: Assignment, tmp_path: Path, name: str) -> None:
    _hand_in(tmp_path / "bob" / name)
    (tmp_path / "bob" / "README.md").write_text("hello", encoding="utf-8")
    submission = read_submission(tmp_path / "bob", assignment)
    assert submission.name == "bob"
    assert len(submission.sources) == 2


def test_the_folder_named_like_the_assignment_is_preferred(assignment: Assignment, tmp_path: Path) -> None:
    _hand_in(tmp_path / "bob" / "small")
    _hand_in(tmp_path / "bob" / "backup", first="x = 1\n")
    assert read_submission(tmp_path / "bob", assignment).sources[0].text.startswith("def double")


def test_two_candidates_are_not_chosen_between(assignment: Assignment, tmp_path: Path) -> None:
    for name in ("new", "old"):
        _hand_in(tmp_path / "bob" / name)
    with pytest.raises(SubmissionError, match="several submissions: new and old"):
        read_submission(tmp_path / "bob", assignment)


def test_modules_come_before_a_notebook_beside_them(assignment: Assignment, folder: Path) -> None:
    write_notebook(folder / "scratch.ipynb", "def double(x): return 0")
    assert read_submission(folder, assignment).sources[0].filename == "first.py"


def test_a_missing_module_costs_only_itself(assignment: Assignment, folder: Path) -> None:
    (folder / "second.py").rename(folder / "Second (1).py")
    submission = read_submission(folder, assignment)
    assert [source.module for source in submission.sources] == ["first"]
    (missing,) = submission.unreadable
    assert (missing.module, missing.message) == ("second", "there is no second.py")
    assert missing.hint == "is it Second (1).py? Rename that to second.py"


def test_a_missing_module_without_a_likeness_gets_a_plain_hint(assignment: Assignment, folder: Path) -> None:
    (folder / "second.py").unlink()
    assert read_submission(folder, assignment).unreadable[0].hint == "put second.py beside the other modules"


def test_a_module_that_is_not_text_costs_only_itself(assignment: Assignment, folder: Path) -> None:
    (folder / "first.py").write_bytes(b"\xff\xfe\xfd")
    submission = read_submission(folder, assignment)
    assert [source.module for source in submission.sources] == ["second"]
    assert "first.py" in submission.unreadable[0].message
    assert "UTF-8" in submission.unreadable[0].hint


def test_a_module_that_links_elsewhere_is_not_read(assignment: Assignment, folder: Path) -> None:
    (folder / "first.py").unlink()
    (folder / "first.py").symlink_to(assignment.solution_folder / "first.py")
    assert "is a link" in read_submission(folder, assignment).unreadable[0].message


def test_a_linked_folder_inside_is_not_entered(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "mallory").mkdir()
    (tmp_path / "mallory" / "small").symlink_to(assignment.solution_folder)
    with pytest.raises(SubmissionError, match="nothing to grade"):
        read_submission(tmp_path / "mallory", assignment)


def test_the_named_path_itself_may_be_a_link(assignment: Assignment, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to(folder)
    assert read_submission(tmp_path / "latest", assignment).name == "alice"


def test_one_module_alone_leaves_the_others_unreadable(assignment: Assignment, folder: Path) -> None:
    submission = read_submission(folder / "first.py", assignment)
    assert [source.module for source in submission.sources] == ["first"]
    assert [(each.module, each.message) for each in submission.unreadable] == [
        ("second", "second.py was not handed in")
    ]


def test_any_other_file_serves_as_every_module(assignment: Assignment, tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text("def double(x): ...", encoding="utf-8")
    submission = read_submission(path, assignment)
    assert submission.name == "homework"
    assert [(source.module, source.filename) for source in submission.sources] == [
        ("first", "homework.py"),
        ("second", "homework.py"),
    ]
    assert len({source.text for source in submission.sources}) == 1


def test_a_single_file_that_cannot_be_read_is_nothing_to_grade(assignment: Assignment, tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_bytes(b"\0")
    with pytest.raises(SubmissionError, match="zero byte"):
        read_submission(path, assignment)


@pytest.mark.parametrize("inside", [False, True])
def test_a_notebook_serves_as_every_module(assignment: Assignment, tmp_path: Path, inside: bool) -> None:
    path = tmp_path / "alice"
    path.mkdir()
    write_notebook(path / "work.ipynb", "def double(x):\n    return 2 * x")
    submission = read_submission(path if inside else path / "work.ipynb", assignment)
    assert submission.name == ("alice" if inside else "work")
    assert [(source.module, source.filename) for source in submission.sources] == [
        ("first", "work.ipynb"),
        ("second", "work.ipynb"),
    ]


def test_two_notebooks_are_not_chosen_between(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "bob").mkdir()
    for name in ("a", "b"):
        write_notebook(tmp_path / "bob" / f"{name}.ipynb", "def double(x): ...")
    with pytest.raises(SubmissionError, match=r"several submissions: a\.ipynb and b\.ipynb"):
        read_submission(tmp_path / "bob", assignment)


def test_an_empty_folder_says_what_belongs_there(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".DS_Store").touch()
    with pytest.raises(SubmissionError, match=r"nothing to grade in .*empty: it holds no files") as caught:
        read_submission(tmp_path / "empty", assignment)
    assert "first.py and second.py" in caught.value.hint


def test_a_folder_of_other_files_says_what_it_holds(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for number in range(7):
        (tmp_path / "other" / f"{number}.txt").touch()
    with pytest.raises(SubmissionError, match=r"it holds 0\.txt, .* and 4\.txt and more"):
        read_submission(tmp_path / "other", assignment)


def test_a_path_that_does_not_exist_suggests_its_neighbour(assignment: Assignment, folder: Path) -> None:
    with pytest.raises(SubmissionError, match="there is no submission") as caught:
        read_submission(folder.parent / "alise", assignment)
    assert caught.value.hint == f"did you mean {folder}?"


def test_another_kind_of_file_is_refused(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "work.docx").touch()
    with pytest.raises(SubmissionError, match=r"not a folder, a \.py, \.ipynb, \.zip or \.tar\.gz"):
        read_submission(tmp_path / "work.docx", assignment)


def test_a_name_that_is_no_text_is_spelt_out(assignment: Assignment, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"al\xffice")
    try:
        _hand_in(odd)
    except OSError:
        pytest.skip("this file system has text names only")
    assert read_submission(odd, assignment).name == "al\\xffice"


def test_the_digest_depends_on_the_modules_alone(assignment: Assignment, folder: Path) -> None:
    before = read_submission(folder, assignment).digest
    (folder / "notes.txt").touch()
    assert read_submission(folder, assignment).digest == before
    (folder / "first.py").write_text("def double(x): return x + x\n", encoding="utf-8")
    assert read_submission(folder, assignment).digest != before


def test_a_source_that_would_crash_a_parser_is_only_text_here(assignment: Assignment, folder: Path) -> None:
    (folder / "first.py").write_text("(" * 100_000, encoding="utf-8")
    assert read_submission(folder, assignment).sources[0].text == "(" * 100_000


@pytest.mark.parametrize("name", ["alice.zip", "alice.tar.gz", "alice.tgz", "alice.tar"])
@pytest.mark.parametrize("inside", ["", "small/", "homework/", "repository-main/assignments/small/"])
def test_an_archive_is_read_like_a_folder(assignment: Assignment, tmp_path: Path, name: str, inside: str) -> None:
    files = [(f"{inside}first.py", b"def double(x): return 2 * x\n"), (f"{inside}second.py", b"x = 1\n")]
    packed = zipped(*files) if name.endswith(".zip") else tarred(*files, packed=not name.endswith(".tar"))
    (tmp_path / name).write_bytes(packed)
    submission = read_submission(tmp_path / name, assignment)
    assert submission.name == "alice"
    assert [source.filename for source in submission.sources] == ["first.py", "second.py"]


def test_an_archive_that_lies_alone_in_a_folder_is_the_submission(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "hand-in.zip").write_bytes(zipped(("homework.py", b"def double(x): return 2 * x\n")))
    submission = read_submission(tmp_path / "alice", assignment)
    assert submission.name == "alice"
    assert [source.filename for source in submission.sources] == ["homework.py", "homework.py"]


def test_an_archive_in_an_archive_is_refused_by_name(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "alice.zip").write_bytes(zipped(("inner.zip", zipped(("first.py", b"")))))
    with pytest.raises(SubmissionError, match=r"alice\.zip holds another archive, inner\.zip"):
        read_submission(tmp_path / "alice.zip", assignment)


def test_an_archive_without_code_says_what_it_holds(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "alice.zip").write_bytes(zipped(("report.pdf", b""), ("data/x.csv", b"")))
    with pytest.raises(SubmissionError, match=r"nothing to grade in alice\.zip: it holds data and report\.pdf"):
        read_submission(tmp_path / "alice.zip", assignment)


def test_a_data_set_beside_the_work_is_not_walked_through(assignment: Assignment, folder: Path) -> None:
    for number in range(3):
        (folder / "data" / str(number)).mkdir(parents=True)
        for image in range(MAX_FILES // 2):
            (folder / "data" / str(number) / f"{image}.png").touch()
    assert len(read_submission(folder, assignment).sources) == 2
    assert len(folder_tree(folder).files) < 2 * MAX_FILES


def _hand_in(folder: Path, *, first: str = "def double(x): return 2 * x\n") -> Path:
    folder.mkdir(parents=True)
    (folder / "first.py").write_text(first, encoding="utf-8")
    (folder / "second.py").write_text("def halve(x): return x / 2\n", encoding="utf-8")
    return folder
