"""When a submission on Gradescope was handed in, by whom, and when it was due: its `submission_metadata.json`.

Fields: gradescope/autograder_samples, docs/submission_metadata.md. A student's name in it is the student's own text.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from grader.course.files import read_regular
from grader.errors import SubmissionError

METADATA_BYTES = 50_000_000
"""It holds the results of earlier submissions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradescopeMetadata:
    """What Gradescope knows of one submission."""

    submitted_at: datetime
    due: datetime | None
    """The latest date that it gives to somebody of the group: an extension is one for a single student."""
    students: tuple[str, ...]
    """Their names, or else their email addresses."""


class _Dates(msgspec.Struct, frozen=True):
    due_date: datetime | None = None


class _User(msgspec.Struct, frozen=True):
    name: str | None = None
    email: str | None = None
    assignment: _Dates | None = None


class _Metadata(msgspec.Struct, frozen=True):
    created_at: datetime
    assignment: _Dates = _Dates()
    users: tuple[_User, ...] = ()


def read_metadata(path: Path) -> GradescopeMetadata:
    """Read the file. Raises `SubmissionError` when there is none, or it does not say when the submission came."""
    try:
        found = msgspec.json.decode(read_regular(path, limit_bytes=METADATA_BYTES), type=_Metadata)
    except msgspec.MsgspecError as error:
        raise SubmissionError(f"{path.name} cannot be read: {error}", hint="Gradescope writes it") from error
    given = [dates.due_date for dates in (found.assignment, *(user.assignment for user in found.users)) if dates]
    due = [date for date in given if date is not None]
    if any(date.utcoffset() is None for date in (found.created_at, *due)):
        raise SubmissionError(f"{path.name} has a date without its offset from UTC", hint="Gradescope writes it")
    return GradescopeMetadata(
        submitted_at=found.created_at,
        due=max(due, default=None),
        students=tuple(user.name or user.email or "" for user in found.users),
    )
