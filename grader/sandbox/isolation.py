"""How much isolation grading asks for."""

from enum import StrEnum


class Isolation(StrEnum):
    """What to do when the student's code cannot be locked in."""

    STRICT = "strict"
    """Refuse: the rule wherever marks are recorded."""
    BEST = "best"
    """Use the protections there are, and report the rest: for practice."""
