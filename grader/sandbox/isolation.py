"""How much isolation grading asks for."""

from collections.abc import Mapping
from enum import StrEnum

from grader.errors import IsolationError


class Isolation(StrEnum):
    """What to do when the student's code cannot be locked in."""

    STRICT = "strict"
    """Refuse: the rule wherever marks are recorded."""
    BEST = "best"
    """Use the protections there are, and report the rest: for practice."""


def require(isolation: Isolation, protections: Mapping[str, str]) -> None:
    """Raise `IsolationError` under strict isolation unless the worker's own probes show that it is locked in.

    Without Landlock a filter that opens no file at all holds as well; the probes see to that.
    """
    if isolation is Isolation.BEST:
        return
    if protections.get("seccomp", "").startswith("on") and protections.get("probes") == "on":
        return
    missing = "; ".join(f"{name} {state}" for name, state in protections.items() if not state.startswith("on"))
    raise IsolationError(
        f"student code cannot be locked in on this machine ({missing})",
        hint="marks need Linux with seccomp and Landlock; for practice, use --isolation best",
    )
