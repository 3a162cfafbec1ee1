"""Marks in the file that Canvas's gradebook exported, for it to import again.

Rules: canvas-lms, lib/gradebook_importer.rb.
"""

import re
from collections.abc import Sequence

from grader.exports.filling import FilledSheet, GradeRow, fill, number_in
from grader.exports.matching import Listed
from grader.exports.sheet import Cell, Sheet
from grader.model.class_record import StudentRecord
from grader.model.gradebook import GradedAssignment

_IDS = frozenset({"ID", "SIS User ID", "SIS Login ID", "Integration ID"})
_LOGIN = "SIS Login ID"
_SECTION = "Section"
_POINTS = "Points Possible"
_READ_ONLY = "(read only)"
_EXCUSED = "EX"
_HEADING = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)", re.DOTALL)


def fill_canvas(
    sheet: Sheet,
    assignment: GradedAssignment,
    students: Sequence[StudentRecord],
    *,
    column: str | None = None,
    overwrite: bool = False,
) -> FilledSheet:
    """Fill the marks of `students` into the assignment's column, and leave the rest of the file as it is.

    `column` is its heading, its title or Canvas's number of it; None looks for the assignment's title or id. A student
    who is excused stays so. Raises `UsageError` for a file that is no such export, and where the column cannot be told.
    """
    section = _last_student_column(sheet)
    points = next((row for row in sheet.rows[1:4] if _POINTS in row[0].text), None)
    if points is None:
        raise sheet.error(1, "there is no row Points Possible below the headings", _WRONG_FILE)
    place = _assignment_column(sheet, section, points, (column,) if column else (assignment.title, assignment.id))
    most = number_in(sheet.cell(points, place).text) or assignment.max_points
    rows = [
        GradeRow(listed=_listed(sheet, row, section), grade=sheet.cell(row, place), most=most)
        for row in sheet.rows[sheet.rows.index(points) + 1 :]
    ]
    return fill(sheet, rows, students, overwrite=overwrite, excused=_EXCUSED)


def _last_student_column(sheet: Sheet) -> int:
    header = sheet.header
    if "Student" not in header[0] and "LastName" not in header[0]:
        raise sheet.error(1, f"Canvas begins its export with the column Student, not {header[0]!r}", _WRONG_FILE)
    if "ID" not in header or _SECTION not in header:
        raise sheet.error(1, "the columns ID and Section are not there", _WRONG_FILE)
    return header.index(_SECTION)


def _assignment_column(sheet: Sheet, section: int, points: Sequence[Cell], names: Sequence[str]) -> int:
    """Return the one column that has one of these names; Canvas would make a new assignment of any other heading."""
    writable = {
        place: heading
        for place, heading in enumerate(sheet.header)
        if place > section and heading and _READ_ONLY not in (points[place].text if place < len(points) else "")
    }
    wanted = {name.strip().casefold() for name in names}
    found = [place for place, heading in writable.items() if wanted & _names(heading)]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} columns are" if found else "no column is"
    listed = ", ".join(repr(heading) for heading in writable.values()) or "none"
    raise sheet.error(1, f"{problem} named {names[0]!r}", f"choose one with --column: {listed}")


def _names(heading: str) -> set[str]:
    match = _HEADING.fullmatch(heading)
    return {heading.casefold(), *((match["title"].casefold(), match["id"]) if match else ())}


def _listed(sheet: Sheet, row: Sequence[Cell], section: int) -> Listed:
    cells = {name: cell.text.strip() for name, cell in zip(sheet.header[: section + 1], row, strict=False)}
    login = cells.get(_LOGIN, "")
    return Listed(
        ids=tuple(cells[name] for name in cells if name in _IDS and cells[name]),
        name=cells.get("Student") or f"{cells.get('FirstName', '')} {cells.get('LastName', '')}".strip(),
        email=login if "@" in login else "",
    )


_WRONG_FILE = "export the grades in Canvas (Grades, then Export), and give that file"
