"""What is asked of a kit, checked before it is written into a script."""

import re
from dataclasses import dataclass
from enum import StrEnum

from grader.errors import UsageError
from grader.sandbox import Isolation

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_REQUIREMENT = re.compile(r"[A-Za-z0-9./][A-Za-z0-9./_~=<>!,\[\]@:+ -]*")
_GITHUB_REPOSITORY = re.compile(r"(?:https://github\.com/)?(?P<name>[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+?)(?:\.git)?/?")
_PLACE = re.compile(r"[A-Za-z0-9_./-]*")
_URL = re.compile(r"https://[\w.-]+(?::\d+)?/[\w./~-]+")


class Host(StrEnum):
    """Where a kit grades."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitSettings:
    """What every kit is told."""

    assignments: tuple[str, ...]
    isolation: Isolation = Isolation.STRICT
    fail_under_percent: float = 100.0
    """From this share of the points on, a job counts as passed."""
    python: str
    """The version that the host is to have, e.g. `3.12`."""

    def __post_init__(self) -> None:
        for name in self.assignments:
            if not _NAME.fullmatch(name):
                raise UsageError(
                    f"{name!r} cannot be written into a script", hint="use letters, digits, _, - and . in its name"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSource:
    """Where a CI job fetches the course and the grader."""

    repository: str
    """GitHub: `OWNER/NAME`; GitLab: an `https://` address."""
    commit: str
    commit_name: str = ""
    place: str = ""
    """Of the course in the repository; empty at its top."""
    package: str
    """What pip installs; a path is one in the course."""

    def __post_init__(self) -> None:
        if not _REQUIREMENT.fullmatch(self.package):
            raise UsageError(
                f"--package {self.package!r} is nothing that pip installs", hint="e.g. dl-grader==0.1.0, or ./course"
            )

        if not _PLACE.fullmatch(self.place):
            raise UsageError(
                f"the course's folder {self.place!r} cannot be written into a script",
                hint="use letters, digits, _, - and . in its name",
            )

    @property
    def course(self) -> str:
        """The course's folder in a job that has fetched the repository into `course`."""
        return f"course/{self.place}" if self.place else "course"


def github_repository(address: str) -> str:
    """Return `OWNER/NAME` of an address on GitHub. Raises `UsageError` for any other."""
    if match := _GITHUB_REPOSITORY.fullmatch(address):
        return match["name"]
    raise UsageError(
        f"{address!r} is no repository on GitHub" if address else "the course has no repository on GitHub",
        hint="give the one that holds the course with --repository OWNER/NAME",
    )


def gitlab_repository(address: str) -> str:
    """Return the `https://` address of a repository. Raises `UsageError` for anything else."""
    if _URL.fullmatch(address):
        return address if address.endswith(".git") else f"{address.rstrip('/')}.git"
    raise UsageError(
        f"{address!r} is no address of a repository" if address else "the course has no repository on a server",
        hint="give the one that holds the course with --repository https://gitlab.com/GROUP/COURSE",
    )
