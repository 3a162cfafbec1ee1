"""What can be taken over from another grader's notebook, before it is an assignment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that was not taken over."""

    cell: int
    """Its number in the notebook, from 1."""
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuestion:
    """One function that students will write."""

    name: str
    title: str
    source: str
    """The function as the solution has it, with its solution regions marked."""
    points: float
    uses: tuple[str, ...]
    """Other questions that the function calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCheck:
    """One test, as a check."""

    name: str
    question: str
    title: str
    body: str
    """Statements that call the student's functions, not indented."""
    imports: tuple[str, ...]
    """Import statements that it needs, those of `grader.checks` aside."""
    helpers: tuple[str, ...]
    """What it needs of `grader.checks`."""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An assignment of one module."""

    title: str
    handout: str
    given: str
    """Imports, constants and functions that students get."""
    questions: tuple[DraftQuestion, ...]
    """Their points add up to 100."""
    checks: tuple[DraftCheck, ...]
    left_out: tuple[LeftOut, ...]
