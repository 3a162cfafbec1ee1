"""What an assignment asks: its questions, their points, and the checks that grade them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.errors import AssignmentError
from grader.model.policy import Counted, LatePolicy

MAX_CALL_SECONDS = 120
"""A call that may take longer is no exercise: every student's endless loop is waited for."""


class Group(StrEnum):
    """The part a check plays in its question's points."""

    CORE = "core"
    EDGE = "edge"
    CONTRACT = "contract"
    ADVICE = "advice"


class Visibility(StrEnum):
    """Who may see a check's result (Gradescope's words)."""

    VISIBLE = "visible"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"
    HIDDEN = "hidden"


class Kind(StrEnum):
    """The kinds of value that a question returns."""

    ARRAY = "array"
    """A numpy array."""
    NUMBER = "number"
    """A real number: a Python or numpy scalar, or a 0-d array."""
    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    DICT = "dict"
    """A dictionary of arrays, by parameter name."""
    OPEN_DICT = "open dict"
    """The same, and further keys may hold anything that can be sent: the check looks at those that it asks for."""
    LIST = "list"
    ANY = "any"
    """Any value that can be sent; the check looks at it itself."""
    OPAQUE = "opaque"
    """Any object at all: it stays in the student's process and the check holds a handle."""
    OBJECT = "object"
    """An object whose methods the check calls and whose attributes it reads: the question is a class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One of the values that a question returns."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One function that the student writes."""

    id: str
    """The function's name."""
    module: str
    """The stub file's name without `.py`."""
    title: str
    points: float
    difficulty: int
    """1 (minutes) to 3 (most of an hour)."""
    returns: tuple[Returned, ...]
    """More than one: the function returns a tuple of them."""
    uses: tuple[str, ...] = ()
    """Questions the function calls; while it is checked, the reference stands in for them."""
    reading: tuple[str, ...] = ()
    """Where to read about it: a paper, a lecture, a section of public notes."""
    all_or_nothing: bool = False
    call_seconds: float | None = None
    """How long one call may take, where the sandbox's own limit is too short: a function that trains."""

    def __post_init__(self) -> None:
        if not self.id.isidentifier() or not self.module.isidentifier():
            raise AssignmentError(f"question {self.module}.{self.id} is not named like a Python function")
        if not 0 < self.points < float("inf"):
            raise AssignmentError(f"question {self.id} has {self.points} points", hint="give it a positive number")
        if self.difficulty not in (1, 2, 3):
            raise AssignmentError(f"question {self.id} has difficulty {self.difficulty}", hint="use 1, 2 or 3")
        if not self.returns:
            raise AssignmentError(f"question {self.id} returns nothing", hint='write returns = ["name: kind"]')
        if self.call_seconds is not None and not 0 < self.call_seconds <= MAX_CALL_SECONDS:
            raise AssignmentError(
                f"question {self.id} has call_seconds {self.call_seconds}",
                hint=f"give its calls between 0 and {MAX_CALL_SECONDS} seconds",
            )
        if self.id in self.uses:
            raise AssignmentError(f"question {self.id} uses itself", hint="name only other questions")
        if len(self.returns) > 1 and any(part.kind is Kind.OBJECT for part in self.returns):
            raise AssignmentError(
                f"question {self.id} returns an object among other values",
                hint='a class has returns = ["name: object"]',
            )

    @property
    def is_class(self) -> bool:
        """Whether the student writes a class, and not a function."""
        return self.returns[0].kind is Kind.OBJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A set of questions worth 100 points, and the folders that hold their parts."""

    id: str
    title: str
    questions: tuple[Question, ...]
    folder: Path
    """`assignments/<id>`: manifest, handout, stubs, visible checks."""
    solution_folder: Path
    """`solutions/<id>`: references, misconceptions, alternatives, hidden checks."""
    seed: int = 20
    counted: Counted = Counted.LAST
    """Which of several attempts makes the mark."""
    late: LatePolicy | None = None
    """None: there is no due date."""

    def __post_init__(self) -> None:
        ids = [question.id for question in self.questions]
        if repeated := sorted({name for name in ids if ids.count(name) > 1}):
            raise AssignmentError(f"questions named twice: {', '.join(repeated)}")
        for question in self.questions:
            if unknown := sorted(set(question.uses) - set(ids)):
                raise AssignmentError(f"question {question.id} uses unknown questions: {', '.join(unknown)}")
        if round(total := sum(question.points for question in self.questions), 6) != 100:
            raise AssignmentError(f"the questions' points add up to {total:g}", hint="make them add up to 100")

    @property
    def modules(self) -> tuple[str, ...]:
        """Names of the stub modules, in the order of their first question."""
        return tuple(dict.fromkeys(question.module for question in self.questions))

    @property
    def longest_call_seconds(self) -> float | None:
        """The most time that a question gives one call; None where all keep to the sandbox's own limit."""
        return max((question.call_seconds for question in self.questions if question.call_seconds), default=None)

    def question(self, name: str) -> Question:
        """Return the question called `name`; raise `KeyError` if there is none."""
        for question in self.questions:
            if question.id == name:
                return question
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One graded test of a question."""

    id: str
    """`<module>.<test function>`, e.g. `dropout.test_kept_activations_are_scaled`."""
    question: str
    title: str
    """What a student reads: the first paragraph of the test's docstring."""
    group: Group = Group.CORE
    visibility: Visibility = Visibility.VISIBLE
    needs: tuple[str, ...] = ()
    """Questions without which this check says nothing."""
    follow_through: bool = False
    """Passing it shows that a backward pass is right for the student's own forward."""
    hint: str = ""
    """One next step, shown when no misconception explains the failure."""
    weight: float = 1.0
    """Its part of its group's points, beside the other checks' weights."""
    slow: bool = False
    """It takes seconds: it is not run again to explain a failure, and `grade verify` proves it at one seed."""
