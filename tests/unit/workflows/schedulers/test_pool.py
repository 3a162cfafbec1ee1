"""The pool answers for every submission, whatever becomes of its processes."""

import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.errors import AssignmentError, GraderError
from grader.model.submission import Submission
from grader.workflows.schedulers.jobs import Job, Setup
from grader.workflows.schedulers.pool import LocalPool
from tests.fakes.pool_workers import die_at_once, obey

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the processes are ended by signals")


def pool(folder: Path, **options: Any) -> LocalPool:
    setup = Setup(course=folder, assignment="small", assignment_digest="", seed=7)
    return LocalPool(setup, **{"jobs": 2, "target": obey, **options})


def jobs(names: Sequence[str]) -> list[Job]:
    return [
        Job(number=number, submission=Submission(name=name, path=Path(name), sources=(), digest=f"sha256:{name}"))
        for number, name in enumerate(names)
    ]


def test_every_job_has_one_answer(tmp_path: Path) -> None:
    names = [f"student{number}" for number in range(20)]
    answers = list(pool(tmp_path).grade(jobs(names)))
    assert sorted(answer.job.number for answer in answers) == list(range(20))
    assert {answer.graded.environment.submission_digest for answer in answers if answer.graded} == {
        f"sha256:{name}" for name in names
    }
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_replaced_and_its_submission_tried_once_more(tmp_path: Path) -> None:
    answers = {answer.job.submission.name: answer for answer in pool(tmp_path).grade(jobs(["a", "die_once", "b", "c"]))}
    assert all(answer.graded for answer in answers.values())
    assert len(answers) == 4


@pytest.mark.parametrize("size", [1, 2])
def test_a_submission_that_ends_two_processes_is_given_up_and_the_others_are_graded(tmp_path: Path, size: int) -> None:
    answers = list(pool(tmp_path, jobs=size).grade(jobs(["die", "a", "b", "c"])))
    given_up = [answer for answer in answers if answer.graded is None]
    assert [(answer.job.submission.name, answer.reason) for answer in given_up] == [
        ("die", "the process that graded it was killed by signal 9, 2 times")
    ]
    assert len(answers) == 4


def test_a_process_that_hangs_is_ended(tmp_path: Path) -> None:
    graded = pool(tmp_path, submission_seconds=6).grade(jobs(["hang", "a"]))
    answers = {answer.job.submission.name: answer for answer in graded}
    assert answers["hang"].reason == "the process that graded it took longer than 0.1 minutes, 2 times"
    assert answers["a"].graded


def test_a_bug_that_one_submission_meets_costs_only_that_one(tmp_path: Path) -> None:
    answers = {answer.job.submission.name: answer for answer in pool(tmp_path).grade(jobs(["a", "fail", "b"]))}
    assert answers["fail"].reason == "the grader itself failed: KeyError: 'x'"
    assert answers["a"].graded
    assert answers["b"].graded


def test_a_fault_that_all_share_stops_the_pool(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="damaged"):
        list(pool(tmp_path).grade(jobs(["fault", "a", "b"])))
    assert multiprocessing.active_children() == []


def test_processes_that_never_start_stop_the_pool(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"cannot be started: they end at once \(ended by itself \(exit code 9\)\)"):
        list(pool(tmp_path, target=die_at_once).grade(jobs(["a", "b", "c"])))
    assert multiprocessing.active_children() == []


def test_leaving_early_ends_every_process(tmp_path: Path) -> None:
    answers = pool(tmp_path).grade(jobs(["a", "hang", "b", "c", "d"]))
    next(answers)
    answers.close()  # type: ignore[attr-defined] # a generator, as an interruption finds it
    assert multiprocessing.active_children() == []
