"""How a submission did: the one model that feeds every report.

Fields stand in the order of the `grade/v1` JSON; what was added since stands last.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from grader.model.assignment import Group, Visibility
from grader.model.evidence import Evidence

SCHEMA = "grade/v1"


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    """The function answered, and the answer is not right."""
    NOT_ATTEMPTED = "not_attempted"
    """The stub still raises NotImplementedError."""
    ERRORED = "errored"
    """The student's code raised an exception, or could not be loaded."""
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    """The student's process died: a signal, no memory, an exit."""
    REJECTED = "rejected"
    """The function answered with something that is not plain data."""
    SKIPPED = "skipped"
    """A question that this check needs has not been answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One line of the student's own code that an exception passed through."""

    filename: str
    line: int
    function: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traceback:
    """An exception that the student's code raised."""

    error: str
    """E.g. `ValueError: operands could not be broadcast together …`."""
    frames: tuple[Frame, ...]
    """Outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """How one check ended and what it earned."""

    id: str
    title: str
    outcome: Outcome
    points: float
    max_points: float
    visibility: Visibility
    message: str = ""
    """What came and what was expected; empty for a passed check."""
    hint: str = ""
    misconception: str | None = None
    """`<question>.<misconception>` when the output is exactly what that mistake gives."""
    call: str = ""
    """The last call to the student's function, with its arguments described."""
    traceback: Traceback | None = None
    stdout: str = ""
    """What the student's code printed during this check."""
    seconds: float = 0.0
    group: Group
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """How one question did."""

    id: str
    module: str
    title: str
    points: float
    max_points: float
    checks: tuple[CheckResult, ...]
    note: str = ""
    """Why the points are not the sum of the checks' points, where they are not."""
    reading: tuple[str, ...] = ()

    @property
    def attempted(self) -> bool:
        """False when every check found an untouched stub."""
        return any(check.outcome is not Outcome.NOT_ATTEMPTED for check in self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where and on what the result was made."""

    python: str
    numpy: str
    platform: str
    isolation: dict[str, str]
    """Each protection: `on`, `on, <with what reservation>`, or why it is not."""
    assignment_digest: str
    submission_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedSubmission:
    """The whole result of grading one submission."""

    schema: str = SCHEMA
    assignment: str
    title: str
    submission: str
    seed: int
    gradable: bool = True
    """False when a fault of ours kept it from being graded: `errors` says which."""
    errors: tuple[str, ...] = ()
    points: float
    max_points: float
    seconds: float
    questions: tuple[QuestionResult, ...]
    environment: Environment
    partial: bool = field(default=False)
    """True when only some questions were asked for (`--question`)."""
