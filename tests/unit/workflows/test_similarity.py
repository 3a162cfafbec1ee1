"""Who hands in what another wrote is shown with the other; a group is one, and nothing is compared twice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from grader.gradebook import Gradebook, begin_run, open_gradebook, record, similar_at
from grader.model.assignment import Assignment
from grader.model.found import FoundSubmission, Platform, Student
from grader.model.gradebook import Run
from grader.model.submission import ModuleSource, Submission
from grader.workflows.similarity import note_similar
from tests.fakes.class_results import result
from tests.fakes.course import write_course
from tests.fakes.own_code import written


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")


@pytest.fixture
def gradebook(tmp_path: Path) -> Iterator[Gradebook]:
    with open_gradebook(str(tmp_path / "gradebook.sqlite")) as opened:
        yield opened


@pytest.fixture
def run(gradebook: Gradebook, assignment: Assignment) -> Run:
    return begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)


def found(name: str, seed: int, *students: str) -> FoundSubmission:
    text = "\n".join(["def double(x):", *written(seed), "    return out", ""])
    source = ModuleSource(module="first", filename="first.py", text=text)
    return FoundSubmission(
        platform=Platform.PLAIN,
        students=tuple(Student(id=student, name=student) for student in students or (name,)),
        entries=(name,),
        submission=Submission(name=name, path=Path(name), sources=(source,), digest=f"sha256:{seed}"),
    )


def graded(gradebook: Gradebook, run: Run, everything: Sequence[FoundSubmission]) -> None:
    for each in everything:
        for student in each.students:
            assert each.submission is not None
            outcome = result(60.0, text=each.submission.digest.removeprefix("sha256:"))
            record(gradebook, run, student.id, replace(outcome, submission=each.submission.name))


def pairs(gradebook: Gradebook) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in similar_at(gradebook, "small")]


def test_a_copy_is_shown_with_its_original(gradebook: Gradebook, run: Run, assignment: Assignment) -> None:
    handed_in = [found("alice", 1), found("bob", 2), found("zoe", 1)]
    graded(gradebook, run, handed_in)
    assert note_similar(gradebook, run, assignment, handed_in, anew=True) == 1
    assert pairs(gradebook) == [("alice", "zoe")]


def test_a_group_is_no_pair_but_one_with_somebody_else(gradebook: Gradebook, run: Run, assignment: Assignment) -> None:
    handed_in = [found("submission_1", 1, "alice", "bob"), found("submission_2", 2), found("zoe", 1)]
    graded(gradebook, run, handed_in)
    assert note_similar(gradebook, run, assignment, handed_in, anew=True) == 1
    assert pairs(gradebook) == [("alice", "zoe")]


def test_who_hands_in_later_from_another_folder_is_compared_with_everyone(
    gradebook: Gradebook, run: Run, assignment: Assignment
) -> None:
    first, late = [found("alice", 1), found("bob", 2)], [found("zoe", 1)]
    graded(gradebook, run, first)
    assert note_similar(gradebook, run, assignment, first, anew=True) == 0
    graded(gradebook, run, late)
    assert note_similar(gradebook, run, assignment, late, anew=True) == 1
    assert pairs(gradebook) == [("alice", "zoe")]


def test_only_the_attempt_that_counts_is_compared(gradebook: Gradebook, run: Run, assignment: Assignment) -> None:
    first, better = [found("alice", 1), found("zoe", 1)], [found("zoe", 3)]
    graded(gradebook, run, first)
    assert note_similar(gradebook, run, assignment, first, anew=True) == 1
    again = begin_run(gradebook, assignment, assignment_digest="sha256:two", seed=7)
    graded(gradebook, again, better)
    assert note_similar(gradebook, again, assignment, better, anew=True) == 0
    assert pairs(gradebook) == []


def test_what_is_known_is_not_compared_again(gradebook: Gradebook, run: Run, assignment: Assignment) -> None:
    handed_in = [found("alice", 1), found("zoe", 1)]
    graded(gradebook, run, handed_in)
    note_similar(gradebook, run, assignment, handed_in, anew=True)
    (assignment.folder / "first.py").unlink()  # it would be read
    assert note_similar(gradebook, run, assignment, handed_in, anew=False) == 1
    with pytest.raises(FileNotFoundError):
        note_similar(gradebook, run, assignment, handed_in, anew=True)
