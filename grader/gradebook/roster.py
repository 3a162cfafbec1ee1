"""What an instructor knows of the students, as CSV from a university's system or a spreadsheet: who, and when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from grader.errors import UsageError
from grader.gradebook.tables import complaint, moment, read_table
from grader.model.formulas import SIGNS
from grader.model.gradebook import Member

COLUMNS = ("id", "name", "email", "section")


def read_roster(path: Path) -> tuple[Member, ...]:
    """Read a CSV file with the column `id` and, where they exist, `name`, `email`, `section`; others are ignored.

    Commas, semicolons or tabs separate. A cell that was protected from a spreadsheet (`'=1+1`) loses its apostrophe; an
    id that a spreadsheet would calculate is refused. Raises `UsageError`, with the line.
    """
    return tuple(Member(**values, on_roster=True) for _, values in _students(path, COLUMNS, needed=("id",)))


def read_times(path: Path) -> Mapping[str, datetime]:
    """Read a CSV file with the columns `id` and `submitted_at`, and return when each student handed in.

    A time is written like 2026-10-01T23:59:00+02:00. Raises `UsageError`, with the line.
    """
    columns = ("id", "submitted_at")
    return {
        values["id"]: moment(values["submitted_at"], path, line)
        for line, values in _students(path, columns, needed=columns)
    }


def _students(path: Path, columns: Sequence[str], *, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line of each student and the values of those of the columns that there are."""
    first_seen: dict[str, int] = {}
    for line, values in read_table(path, columns, needed=needed):
        _require_sound(values, path, line)
        if (known := first_seen.setdefault(values["id"], line)) != line:
            raise complaint(path, line, f"{values['id']!r} stands in line {known} already", "keep one")
        yield line, values
    if not first_seen:
        raise UsageError(f"{path} names no students", hint="write one line for each, below the names of the columns")


def _require_sound(values: Mapping[str, str], path: Path, line: int) -> None:
    number = values["id"]
    if not number:
        raise complaint(path, line, "this student has no id", "each student needs one, as the submissions are named")
    if number.startswith(SIGNS):
        raise complaint(path, line, f"the id {number!r} is a formula to a spreadsheet", "write the id itself")
    for name, value in values.items():
        if not value.isprintable():
            raise complaint(path, line, f"the {name} {value!r} holds a character that cannot be shown", "remove it")
