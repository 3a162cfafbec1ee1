"""Processes of a pool that do what a submission's name says, to try how the pool bears it."""

import os
import signal
import time
from collections.abc import Set
from multiprocessing.connection import Connection
from pathlib import Path

from grader.errors import AssignmentError
from grader.model.submission import Submission
from grader.workflows.schedulers.jobs import Setup
from grader.workflows.schedulers.pool_worker import Failed, Fault, Ready
from tests.fakes.class_results import result


def obey(line: Connection, setup: Setup, cpus: Set[int], parent: int) -> None:
    """Answer each submission; one called `die`, `die_once`, `hang`, `fail` or `fault` is obeyed."""
    del cpus, parent
    line.send(Ready())
    try:
        while True:
            submission: Submission = line.recv()
            match submission.name:
                case "die":
                    os.kill(os.getpid(), signal.SIGKILL)
                case "die_once":
                    _die_once(setup.course / "died")
                case "hang":
                    time.sleep(600)
                case "fail":
                    line.send(Failed(reason="the grader itself failed: KeyError: 'x'"))
                    continue
                case "fault":
                    line.send(Fault(error=AssignmentError("the assignment is damaged", hint="mend it")))
                    continue
            line.send(result(text=submission.name))
    except EOFError:
        pass


def die_at_once(line: Connection, setup: Setup, cpus: Set[int], parent: int) -> None:
    """Never be ready."""
    del line, setup, cpus, parent
    os._exit(9)


def _die_once(note: Path) -> None:
    if not note.exists():
        note.touch()
        os.kill(os.getpid(), signal.SIGKILL)
