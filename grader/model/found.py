"""Who handed in what, as the download of a whole class says."""

from dataclasses import dataclass
from enum import StrEnum

from grader.model.submission import Submission


class Platform(StrEnum):
    """Whose layout a download has."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    GITHUB = "github"
    PLAIN = "plain"
    """One folder, file or archive for each student, named after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """Who handed in, as far as the download says."""

    id: str
    """What tells students apart in it: Canvas's user id, Moodle's participant number, Gradescope's student id or email,
    GitHub's user name, or the name of the folder or file."""
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSubmission:
    """What one student, or one group, handed in; one that cannot be read has a problem instead of a submission."""

    platform: Platform
    students: tuple[Student, ...]
    """More than one for a group."""
    entries: tuple[str, ...]
    """Names in the download that it consists of."""
    is_late: bool = False
    """As the platform marked it; False where it marks nothing."""
    submission: Submission | None = None
    problem: str = ""
    hint: str = ""

    def __post_init__(self) -> None:
        if not self.students or (self.submission is None) is not bool(self.problem):
            raise ValueError("a found submission has students, and either a submission or a problem")
