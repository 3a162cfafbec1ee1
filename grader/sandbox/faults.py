"""How a call to a student's function can go wrong: results of the student's code, never errors of the grader."""

from dataclasses import dataclass
from enum import StrEnum

from grader.model.result import Frame


class StudentFault(Exception):  # noqa: N818 - the contract's word: it is a result, not an error
    """The base: a call did not give a value. `str()` is one sentence for the student."""


class CrashCause(StrEnum):
    """Why a worker died."""

    MEMORY = "memory"
    EXIT = "exit"
    SIGNAL = "signal"
    OUTPUT = "output"
    PROTOCOL = "protocol"


@dataclass(eq=False)
class Raised(StudentFault):
    """The student's code raised an exception."""

    type_names: tuple[str, ...]
    """The exception's class and its bases, most special first: `("ValueError", "Exception", …)`."""
    message: str
    frames: tuple[Frame, ...]
    """Lines of the student's own files only, outermost first."""
    changed: tuple[str, ...] = ()
    """Arguments that the function had changed in place by then, by their path."""

    def __str__(self) -> str:
        return f"{self.type_names[0]}: {self.message}" if self.message else self.type_names[0]


@dataclass(eq=False)
class Missing(StudentFault):
    """The module does not define the function."""

    module: str
    function: str
    defined: tuple[str, ...]
    """The functions it does define."""

    def __str__(self) -> str:
        return f"{self.module}.py does not define {self.function}"


@dataclass(eq=False)
class NotLoaded(StudentFault):
    """A module could not be loaded, so none of its functions can be called."""

    module: str
    cause: StudentFault

    def __str__(self) -> str:
        return f"{self.module}.py could not be loaded: {self.cause}"


@dataclass(eq=False)
class Rejected(StudentFault):
    """The function returned something that is not plain data."""

    type_name: str
    where: str
    """Which part of the returned value, e.g. `[0]["W1"]`; empty for the value itself."""
    reason: str = ""

    def __str__(self) -> str:
        part = f"in {self.where} " if self.where else ""
        return f"returned {part}a value of type {self.type_name}" + (f": {self.reason}" if self.reason else "")


@dataclass(eq=False)
class TimedOut(StudentFault):
    """No answer in time; the worker was killed."""

    seconds: float

    def __str__(self) -> str:
        return f"gave no answer within {self.seconds:g} s"


@dataclass(eq=False)
class Crashed(StudentFault):
    """The student's process ended without an answer."""

    cause: CrashCause
    detail: str
    """One sentence: the signal's name, the exit status, the memory limit, what the protocol forbids."""

    def __str__(self) -> str:
        return self.detail
