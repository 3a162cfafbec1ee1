"""A table that an instructor wrote, as CSV from a university's system or a spreadsheet, row by row."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from grader.errors import UsageError
from grader.model.formulas import original

MAX_BYTES = 10_000_000


def read_table(path: Path, columns: Sequence[str], *, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line of each row that is not blank, and its values in those of the columns that there are.

    Commas, semicolons or tabs separate; other columns are ignored. A cell that was protected from a spreadsheet
    (`'=1+1`) loses its apostrophe. Raises `UsageError`, with the line.
    """
    rows = _rows(path)
    _, header = next(rows, (1, []))
    places = _places(header, path, columns, needed)
    for line, cells in rows:
        yield line, {name: cells[place] if place < len(cells) else "" for name, place in places.items()}


def complaint(path: Path, line: int, message: str, hint: str) -> UsageError:
    """Return an error that names file and line."""
    return UsageError(f"{path}, line {line}: {message}", hint=hint)


def moment(text: str, path: Path, line: int) -> datetime:
    """Return a point in time that is written like 2026-10-01T23:59:00+02:00. Raises `UsageError`, with the line."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise complaint(path, line, f"{text!r} is not a time", "write 2026-10-01T23:59:00+02:00") from error
    if found.utcoffset() is None:
        raise complaint(path, line, f"the time {text} has no offset from UTC", "write 2026-10-01T23:59:00+02:00")
    return found


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
        raise complaint(path, reader.line_num, f"not CSV: {error}", 'close every " that is opened') from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES / 1e6:g} MB", hint="is it the right file?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise complaint(path, line, "not UTF-8", "save it as CSV UTF-8") from error


def _places(header: Sequence[str], path: Path, columns: Sequence[str], needed: Sequence[str]) -> Mapping[str, int]:
    names = [cell.lower() for cell in header]
    if missing := [name for name in needed if name not in names]:
        hint = f"begin the file with a line that names the columns: {','.join(columns)}"
        raise complaint(path, 1, f"there is no column {missing[0]}", hint)
    if repeated := [name for name in columns if names.count(name) > 1]:
        raise complaint(path, 1, f"columns named twice: {', '.join(repeated)}", "rename one of them")
    return {name: names.index(name) for name in columns if name in names}
