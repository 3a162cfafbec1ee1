"""The trusted side of the student's process: start it, call it, bound it, and tell how it ended."""

from grader.sandbox.contract import Call, Definition, Reply, Sandbox, Worker
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
    "Definition",
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
]
