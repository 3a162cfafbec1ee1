"""The scheduler of many machines: the workers of a Dask cluster grade, this process hands out and takes in."""

import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeAlias
from uuid import uuid4

import msgspec
from dask.typing import Key
from distributed import Client, Future, KilledWorker

from grader.course import open_course
from grader.course.bundle import pack_assignment
from grader.errors import GraderError
from grader.reports.json import parse
from grader.workflows.grader_code import Versions, differences, versions
from grader.workflows.schedulers.cluster_connection import connected
from grader.workflows.schedulers.cluster_worker import GradingPlugin, Reply, grade_here, ready_here
from grader.workflows.schedulers.jobs import Answer, Job, Setup

NO_WORKER_SECONDS = 60.0
"""So long a cluster may be without any worker: a nanny that starts one anew takes a few seconds."""
IDLE_SECONDS = 600.0
"""When a run was killed, nobody tells its workers: what it started on them ends after so long by itself."""
_SENT_AHEAD = 256
"""So many submissions are with the cluster at once; the rest waits here, where it is on disk."""
_LOOK_SECONDS = 2.0
_RESULT_SECONDS = 30.0

_Task: TypeAlias = "Future[bytes]"


class Cluster:
    """The workers of the Dask cluster at `address`, or of a new one of this machine: `local`, with `jobs` workers."""

    def __init__(self, setup: Setup, address: str, *, jobs: int = 0) -> None:
        self._setup = setup
        self._address = address
        self._jobs = jobs

    def grade(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield an answer for each job as soon as it is known; see `Scheduler`."""
        assignment = open_course(self._setup.course).assignment(self._setup.assignment)
        plugin = GradingPlugin(
            name=f"grader-{uuid4().hex}",
            setup=replace(self._setup, course=Path(), idle_seconds=IDLE_SECONDS),
            archive=pack_assignment(assignment),
            expected=versions(),
        )
        with connected(self._address, self._jobs) as client:
            _require_alike(client)
            with _plugged_in(client, plugin):
                session = _Session(client, plugin.name)
                try:
                    yield from session.grade(jobs)
                finally:
                    session.cancel()


class _Session:
    """What is with the workers, and what has come back."""

    def __init__(self, client: Client, plugin: str) -> None:
        self._client = client
        self._plugin = plugin
        self._sent: dict[Key, tuple[_Task, Job]] = {}
        self._ended: SimpleQueue[_Task] = SimpleQueue()

    def grade(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        waiting = deque(jobs)
        while waiting or self._sent:
            while waiting and len(self._sent) < _SENT_AHEAD:
                self._send(waiting.popleft())
            answer = self._answer(self._next_ended())
            if answer is not None:
                yield answer

    def cancel(self) -> None:
        with suppress(Exception):  # the scheduler may be gone, and so may what it had to do
            self._client.cancel([future for future, _ in self._sent.values()], force=True)

    def _send(self, job: Job) -> None:
        key = f"{self._plugin}-{job.number}"
        # Where it lies here means nothing there, and may be no text.
        submission = msgspec.json.encode(replace(job.submission, path=Path()), enc_hook=str)
        future = self._client.submit(grade_here, self._plugin, submission, key=key, pure=False)
        self._sent[key] = future, job
        future.add_done_callback(self._ended.put)

    def _next_ended(self) -> _Task:
        """Wait for the next task to end, for as long as there is somebody to run it."""
        last_seen = time.monotonic()
        while True:
            with suppress(Empty):
                return self._ended.get(timeout=_LOOK_SECONDS)
            if _workers(self._client):
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > NO_WORKER_SECONDS:
                raise GraderError(
                    "the cluster has lost all of its workers",
                    hint="start some, then run the same command again: what has been recorded is kept",
                )

    def _answer(self, future: _Task) -> Answer | None:
        """Return the answer that a task gave; None where its worker was lost with it, so that it is run again."""
        _, job = self._sent[future.key]
        try:
            reply = msgspec.json.decode(future.result(timeout=_RESULT_SECONDS), type=Reply)
        except TimeoutError:
            future.add_done_callback(self._ended.put)
            return None
        except KilledWorker as error:
            return self._done(future, Answer(job=job, reason=_lost(error)))
        except Exception as error:
            raise GraderError(
                f"the cluster could not grade {job.submission.name}: {type(error).__name__}: {error}",
                hint="is its scheduler still running? Run the same command again: what has been recorded is kept",
            ) from error
        if reply.fault:
            raise _unfit("a worker of the cluster", reply)
        graded = parse(reply.graded) if reply.graded else None
        return self._done(future, Answer(job=job, graded=graded, reason=reply.reason))

    def _done(self, future: _Task, answer: Answer) -> Answer:
        del self._sent[future.key]
        return answer


@contextmanager
def _plugged_in(client: Client, plugin: GradingPlugin) -> Iterator[None]:
    """Prepare every worker, also those that join later. Raises `GraderError` when one cannot grade."""
    try:
        client.register_plugin(plugin)
        replies = client.run(ready_here, plugin.name, on_error="return")
        for worker, reply in replies.items():
            if isinstance(reply, Exception):
                raise GraderError(f"worker {worker} could not be prepared: {reply}") from reply
            if (said := msgspec.json.decode(reply, type=Reply)).fault:
                raise _unfit(f"worker {worker}", said)
        yield
    finally:
        with suppress(Exception):  # the scheduler may be gone; its workers end what they started
            client.unregister_worker_plugin(plugin.name)


def _require_alike(client: Client) -> None:
    """Raise `GraderError` when the cluster has no workers, or one that would grade otherwise than this machine."""
    own = versions()
    found: Mapping[str, Versions | Exception] = client.run(versions, on_error="return")
    if not found:
        raise GraderError(
            "the cluster has no workers", hint="start some with `dask worker` and the scheduler's address"
        )
    for worker, theirs in found.items():
        unlike = f"no grader of this version: {theirs}" if isinstance(theirs, Exception) else differences(theirs, own)
        if unlike:
            raise GraderError(f"worker {worker} has {unlike}", hint="install the same versions on every worker")


def _workers(client: Client) -> int:
    """Return how many workers there are; none if even the scheduler does not answer."""
    with suppress(Exception):
        return len(client.nthreads())
    return 0


def _unfit(who: str, reply: Reply) -> GraderError:
    return GraderError(f"{who} cannot grade: {reply.fault}", hint=reply.hint)


def _lost(error: KilledWorker) -> str:
    return f"the workers that graded it were lost, {error.allowed_failures + 1} times"
