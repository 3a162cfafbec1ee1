"""What two students' texts have in common beyond what was given and what many wrote: for a person to look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Code that stands in both texts, but for names, numbers, comments and white space."""

    module: str
    first_lines: tuple[int, int]
    """The first and the last line, from 1, in the first student's module."""
    second_lines: tuple[int, int]
    first_text: str
    second_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPair:
    """Two submissions with much in common. It says nothing about why."""

    first: str
    """A student's id. Of a group that handed in together, the first."""
    second: str
    share: float
    """How much of the own code of the one who has less of it stands in the other's, from 0 to 1. The stub's lines are
    nobody's own, nor is what many in the class wrote."""
    lines: int
    """Lines of the first student's text in the passages."""
    passages: tuple[Passage, ...]
    """The longest first."""
