"""A seat answers for every submission, whatever becomes of its process."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from grader.course import open_course, read_submission
from grader.course.digests import assignment_digest
from grader.errors import GraderError
from grader.model.result import GradedSubmission
from grader.model.submission import Submission
from grader.sandbox import Isolation
from grader.workflows.schedulers.cluster_seat import Seat
from grader.workflows.schedulers.jobs import Setup
from grader.workflows.schedulers.pool_worker import Failed, Fault, Ready
from tests.fakes.pool_workers import die_at_once, obey
from tests.fakes.processes import wait_until
from tests.fakes.small_course import write_course

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the processes are ended by signals")


@pytest.fixture
def open_seat(tmp_path: Path) -> Iterator[Callable[..., Seat]]:
    with ExitStack() as stack:

        def opened(**options: Any) -> Seat:
            setup = Setup(course=tmp_path, assignment="small", assignment_digest="", seed=7)
            seat = Seat(setup, **{"target": obey, **options})
            stack.callback(seat.close)
            return seat

        yield opened
    assert multiprocessing.active_children() == []


def submission(name: str) -> Submission:
    return Submission(name=name, path=Path(name), sources=(), digest=f"sha256:{name}")


def test_one_process_grades_one_submission_after_the_other(open_seat: Callable[..., Seat]) -> None:
    seat = open_seat()
    assert isinstance(seat.ready(), Ready)
    reports = [seat.grade(submission(name)) for name in ("a", "b")]
    assert [each.environment.submission_digest for each in reports if isinstance(each, GradedSubmission)] == [
        "sha256:a",
        "sha256:b",
    ]


def test_nobody_needs_to_wait_until_it_is_ready(open_seat: Callable[..., Seat]) -> None:
    assert isinstance(open_seat().grade(submission("a")), GradedSubmission)


def test_a_process_that_dies_is_replaced_and_the_submission_tried_once_more(open_seat: Callable[..., Seat]) -> None:
    seat = open_seat()
    assert isinstance(seat.grade(submission("die_once")), GradedSubmission)
    reason = "the process that graded it was killed by signal 9, 2 times"
    assert seat.grade(submission("die")) == Failed(reason=reason)
    assert isinstance(seat.grade(submission("a")), GradedSubmission)


def test_a_process_that_hangs_is_replaced(open_seat: Callable[..., Seat]) -> None:
    reason = "the process that graded it took longer than 0.05 minutes, 2 times"
    assert open_seat(seconds=3).grade(submission("hang")) == Failed(reason=reason)


def test_a_fault_is_handed_on(open_seat: Callable[..., Seat]) -> None:
    report = open_seat().grade(submission("fault"))
    assert isinstance(report, Fault)
    assert str(report.error) == "the assignment is damaged"


def test_a_process_that_never_gets_ready_says_how_it_ended(open_seat: Callable[..., Seat]) -> None:
    with pytest.raises(GraderError, match=r"ended by itself \(exit code 9\) before it was ready"):
        open_seat(target=die_at_once).ready()


def test_stopping_ends_a_grading_at_once_and_no_other_process_is_started(open_seat: Callable[..., Seat]) -> None:
    seat = open_seat()
    seat.ready()
    stopping = Timer(0.5, seat.stop)
    stopping.start()
    assert isinstance(seat.grade(submission("hang")), Failed)
    stopping.join()


def test_a_process_that_nobody_asks_ends_and_the_next_submission_gets_a_new_one(tmp_path: Path) -> None:
    assignment = open_course(write_course(tmp_path / "course")).assignment("small")
    digest = assignment_digest(assignment)
    setup = Setup(course=tmp_path / "course", assignment="small", assignment_digest=digest, seed=7, idle_seconds=0.5)
    seat = Seat(replace(setup, isolation=Isolation.BEST))
    try:
        assert isinstance(seat.ready(), Ready)
        wait_until(lambda: multiprocessing.active_children() == [])
        graded = seat.grade(read_submission(assignment.solution_folder, assignment))
        assert isinstance(graded, GradedSubmission)
        assert graded.points == 100.0
    finally:
        seat.close()


def test_a_daemon_may_have_one(open_seat: Callable[..., Seat]) -> None:
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined] # what a nanny does to its worker
    config["daemon"] = True
    try:
        assert isinstance(open_seat().ready(), Ready)
        assert config["daemon"] is True
    finally:
        config["daemon"] = False
