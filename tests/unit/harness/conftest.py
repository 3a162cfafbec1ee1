"""A small course, and a way to grade a submission of it with trusted workers."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import open_course, read_submission
from grader.harness import CheckRun, grade_run, load_reference
from grader.harness.run import SUBMISSION_SECONDS
from grader.model.result import GradedSubmission
from grader.sandbox.trusted import TrustedWorker
from tests.fakes.small_course import write_course

Grade = Callable[..., GradedSubmission]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The folder of the small course."""
    return write_course(tmp_path / "course")


@pytest.fixture
def grade(course: Path, tmp_path: Path) -> Grade:
    """Grade the small assignment; `changes` are texts to replace in the reference, by module."""

    def graded(
        changes: Mapping[str, tuple[str, str]] | None = None,
        *,
        seed: int = 7,
        only: str | None = None,
        seconds: float = SUBMISSION_SECONDS,
    ) -> GradedSubmission:
        assignment = open_course(course).assignment("small")
        submission = tmp_path / "submission"
        submission.mkdir(exist_ok=True)
        for module in assignment.modules:
            text = (assignment.solution_folder / f"{module}.py").read_text()
            old, new = (changes or {}).get(module, ("", ""))
            assert old in text
            (submission / f"{module}.py").write_text(text.replace(old, new) if old else text)
        run = CheckRun(
            assignment=assignment,
            submission=read_submission(submission, assignment),
            solution=load_reference(assignment),
            seed=seed,
            open_worker=TrustedWorker,
            only_question=only,
            seconds=seconds,
        )
        return grade_run(run, assignment_digest="sha256:0", isolation={})

    return graded
