"""What runs on a worker of a cluster: it keeps the assignment, and the processes that grade, one for each thread.

The worker itself loads no assignment and no submission: the same processes grade as in the pool of one machine.
"""

import asyncio
import contextlib
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec
from distributed import Worker, WorkerPlugin, get_worker

from grader.course.bundle import unpack_course
from grader.errors import GraderError
from grader.model.submission import Submission
from grader.reports.json import render_json
from grader.workflows.grader_code import Versions, differences, versions
from grader.workflows.schedulers.cluster_seat import Seat
from grader.workflows.schedulers.jobs import Setup
from grader.workflows.schedulers.pool_member import GOODBYE_SECONDS
from grader.workflows.schedulers.pool_worker import Failed, Fault, Ready, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a submission on a worker; empty where only the worker was asked for and it can grade."""

    graded: str = ""
    """The result as `grade/v1`."""
    reason: str = ""
    """Why this submission has none."""
    fault: str = ""
    """Why no submission can be graded there."""
    hint: str = ""


class GradingPlugin(WorkerPlugin):
    """One run's grading on one worker: Dask sets it up on every worker there is, and on those that join later."""

    def __init__(self, *, name: str, setup: Setup, archive: bytes, expected: Versions) -> None:
        self.name = name
        self._setup = setup
        self._archive = archive
        self._expected = expected

    def setup(self, worker: Worker) -> None:
        """Unpack the assignment into a folder that only this user may read, and start the processes."""
        self._seats: list[Seat] = []
        self._idle: SimpleQueue[Seat] = SimpleQueue()
        self._unfit = Reply()
        self._folder = Path(tempfile.mkdtemp(prefix="grader-", dir=worker.local_directory))
        try:
            self._prepare(worker.state.nthreads)
        except GraderError as error:
            self._unfit = Reply(fault=error.message, hint=error.hint)

    def teardown(self, worker: Worker) -> None:
        """End the processes and remove the assignment."""
        del worker
        for seat in self._seats:
            seat.stop()
        with contextlib.suppress(Empty):
            for _ in self._seats:
                self._idle.get(timeout=GOODBYE_SECONDS).close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def readiness(self) -> Reply:
        """Wait until every process is ready; the reply says why one is not."""
        if self._unfit.fault:
            return self._unfit
        try:
            return next((reply for seat in self._seats if (reply := _reply(seat.ready())).fault), Reply())
        except GraderError as error:
            return Reply(fault=error.message, hint=error.hint)

    def grade(self, submission: Submission) -> Reply:
        """Grade a submission as soon as one of the processes is idle."""
        if self._unfit.fault:
            return self._unfit
        seat = self._idle.get()
        try:
            return _reply(seat.grade(submission))
        finally:
            self._idle.put(seat)

    def _prepare(self, size: int) -> None:
        if unlike := differences(versions(), self._expected):
            raise GraderError(f"it has {unlike}", hint="install the same versions on every worker")
        unpack_course(self._archive, self._folder, self._setup.assignment, self._setup.assignment_digest)
        self._seats += [Seat(replace(self._setup, course=self._folder)) for _ in range(size)]
        for seat in self._seats:
            self._idle.put(seat)


def grade_here(plugin: str, submission: bytes) -> bytes:
    """Grade a submission on the worker that runs this; both ways it is JSON, so that nothing of it is unpickled."""
    own = get_worker().plugins.get(plugin)
    if not isinstance(own, GradingPlugin):
        return msgspec.json.encode(Reply(fault="it could not be prepared", hint="see its log"))
    return msgspec.json.encode(own.grade(msgspec.json.decode(submission, type=Submission, dec_hook=_as_path)))


async def ready_here(plugin: str, dask_worker: Worker) -> bytes:
    """Return whether the worker that runs this can grade, without keeping it from its other duties."""
    own = dask_worker.plugins[plugin]
    assert isinstance(own, GradingPlugin)  # noqa: S101 - its name is nobody else's
    return msgspec.json.encode(await asyncio.to_thread(own.readiness))


def _reply(report: Report) -> Reply:
    match report:
        case Ready():
            return Reply()
        case Fault(error=error):
            return Reply(fault=error.message, hint=error.hint)
        case Failed(reason=reason):
            return Reply(reason=reason)
        case graded:
            return Reply(graded=render_json(graded))


def _as_path(kind: type, value: object) -> Path:
    del kind
    return Path(str(value))
