"""What an instructor knows of the students, as CSV from a university's system or a spreadsheet: who, and when."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from grader.errors import UsageError
from grader.model.formulas import SIGNS, original
from grader.model.gradebook import Member

COLUMNS = ("id", "name", "email", "section")
MAX_BYTES = 10_000_000


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
    return {values["id"]: _moment(values, path, line) for line, values in _students(path, columns, needed=columns)}


def _students(path: Path, columns: Sequence[str], *, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line of each student and the values of those of the columns that there are."""
    rows = _rows(path)
    _, header = next(rows, (1, []))
    places = _places(header, path, columns, needed)
    first_seen: dict[str, int] = {}
    for line, cells in rows:
        values = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        _require_sound(values, path, line)
        if (known := first_seen.setdefault(values["id"], line)) != line:
            raise _error(path, line, f"{values['id']!r} stands in line {known} already", "keep one")
        yield line, values
    if not first_seen:
        raise UsageError(f"{path} names no students", hint="write one line for each, below the names of the columns")


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, with its line."""
    text = _text(path)
    head = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [original(cell.strip()) for cell in cells]
    except csv.Error as error:
        raise _error(path, reader.line_num, f"not CSV: {error}", 'close every " that is opened') from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read the roster {path}: {(error.strerror or str(error)).lower()}") from error
    if len(content) > MAX_BYTES:
        raise UsageError(f"the roster {path} is larger than {MAX_BYTES / 1e6:g} MB", hint="is it the right file?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _error(path, line, "not UTF-8", "save it as CSV UTF-8") from error


def _places(header: Sequence[str], path: Path, columns: Sequence[str], needed: Sequence[str]) -> Mapping[str, int]:
    names = [cell.lower() for cell in header]
    if missing := [name for name in needed if name not in names]:
        hint = f"begin the file with a line that names the columns: {','.join(columns)}"
        raise _error(path, 1, f"there is no column {missing[0]}", hint)
    if repeated := [name for name in columns if names.count(name) > 1]:
        raise _error(path, 1, f"columns named twice: {', '.join(repeated)}", "rename one of them")
    return {name: names.index(name) for name in columns if name in names}


def _require_sound(values: Mapping[str, str], path: Path, line: int) -> None:
    number = values["id"]
    if not number:
        raise _error(path, line, "this student has no id", "each student needs one, as the submissions are named")
    if number.startswith(SIGNS):
        raise _error(path, line, f"the id {number!r} is a formula to a spreadsheet", "write the id itself")
    for name, value in values.items():
        if not value.isprintable():
            raise _error(path, line, f"the {name} {value!r} holds a character that cannot be shown", "remove it")


def _moment(values: Mapping[str, str], path: Path, line: int) -> datetime:
    text = values["submitted_at"]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _error(path, line, f"{text!r} is not a time", "write 2026-10-01T23:59:00+02:00") from error
    if moment.utcoffset() is None:
        raise _error(path, line, f"the time {text} has no offset from UTC", "write 2026-10-01T23:59:00+02:00")
    return moment


def _error(path: Path, line: int, message: str, hint: str) -> UsageError:
    return UsageError(f"{path}, line {line}: {message}", hint=hint)
