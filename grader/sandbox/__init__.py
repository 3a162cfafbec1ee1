"""The trusted side of the student's process: start it, call it, bound it, and tell how it ended."""

import sys

from grader.sandbox.contract import Call, Reply, Sandbox, Worker
from grader.sandbox.faults import (
    CrashCause,
    Crashed,
    Missing,
    NotLoaded,
    Raised,
    Rejected,
    StudentFault,
    TimedOut,
)
from grader.sandbox.isolation import Isolation
from grader.sandbox.limits import Limits
from grader.sandbox.trusted import TrustedWorker

__all__ = [
    "Call",
    "CrashCause",
    "Crashed",
    "Isolation",
    "Limits",
    "Missing",
    "NotLoaded",
    "Raised",
    "Rejected",
    "Reply",
    "Sandbox",
    "StudentFault",
    "TimedOut",
    "TrustedWorker",
    "Worker",
    "open_sandbox",
]


def open_sandbox(limits: Limits | None = None, isolation: Isolation = Isolation.STRICT) -> Sandbox:
    """Open the sandbox that this system allows; its processes start in the background.

    Raises `IsolationError`, here or at the first worker, when student code cannot be locked in as `isolation` asks.
    """
    limits = limits or Limits()
    if sys.platform == "linux":
        from grader.sandbox.fork import ForkSandbox

        return ForkSandbox(limits, isolation)
    from grader.sandbox.spawn import SpawnSandbox

    return SpawnSandbox(limits, isolation)
