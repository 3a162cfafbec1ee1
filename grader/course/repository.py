"""Which repository and which commit of it a course lies in, as git says."""

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

_COMMIT = re.compile(r"[0-9a-f]{40}")
_REMOTE = re.compile(
    r"(?:https?://(?:[^@/\s]+@)?|ssh://(?:[^@/\s]+@)?|[^@/\s]+@)(?P<host>[\w.-]+)(?::\d+)?[:/]+(?P<path>[\w./~-]+?)(?:\.git)?/?"
)
_GIT_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit of a course's repository: it cannot be moved, as a branch or a tag can."""

    commit: str
    name: str = ""
    """The branch or tag that it was asked for by; empty when it was asked for by its number."""
    place: str = ""
    """Of the course in the repository, e.g. `teaching/course`; empty at its top, or where nobody knows."""
    has_changes: bool = False
    """The course's folder holds changes that are not committed."""


def resolve_revision(folder: Path, name: str | None) -> Revision:
    """Return the commit that `name` (default: what is checked out) stands for in the repository around `folder`.

    A full commit number needs no repository. Raises `UsageError` where git cannot tell.
    """
    place = _git(folder, "rev-parse", "--show-prefix").rstrip("/")
    if name and _COMMIT.fullmatch(name):
        return Revision(commit=name, place=place)
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name or 'HEAD'}^{{commit}}")
    if not _COMMIT.fullmatch(commit):
        what = f"there is no commit {name!r} in the repository of {folder}" if name else f"{folder} has no commit"
        raise UsageError(what, hint="commit the course, or give the full number of a commit with --ref")
    return Revision(
        commit=commit,
        name=name or "",
        place=place,
        has_changes=bool(_git(folder, "status", "--porcelain", "--", ".")),
    )


def require_committed(folder: Path, revision: Revision, files: Iterable[str]) -> None:
    """Raise `UsageError` unless a commit holds these files of the course; a commit that is not here is believed."""
    if not _git(folder, "rev-parse", "--verify", "--quiet", f"{revision.commit}^{{commit}}"):
        return
    for file in files:
        if not _git(folder, "ls-tree", "--name-only", revision.commit, "--", file):
            raise UsageError(
                f"commit {revision.commit[:10]} does not hold {file}", hint="commit it, or choose another with --ref"
            )


def remote_url(folder: Path) -> str:
    """Return the `https://` address of the repository's `origin`; empty where there is none."""
    match = _REMOTE.fullmatch(_git(folder, "remote", "get-url", "origin"))
    return f"https://{match['host']}/{match['path']}" if match else ""


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints; nothing where it is not there or fails."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, in the instructor's own folder
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git the person has
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
