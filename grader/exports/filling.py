"""How marks get into the cells of a downloaded file, and what an instructor is told about it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.exports.matching import Listed, match_students
from grader.exports.sheet import Cell, Sheet
from grader.model.class_record import StudentRecord

_NO_GRADE = frozenset({"", "-"})
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_SAME = 0.0051
"""Both platforms show two decimals."""


class Fate(StrEnum):
    """What became of a student's mark, where there is something to say."""

    ABSENT = "not in the file"
    DOUBTFUL = "in doubt, and left out"
    KEPT = "with another grade in the file, kept without --overwrite"
    EXCUSED = "excused in the file, and left so"
    REPLACED = "with another grade in the file, replaced"
    FEEDBACK_KEPT = "with other feedback in the file, kept without --overwrite"
    UNKNOWN = "in the file, but not in the gradebook"


IN_THE_WAY = frozenset({Fate.ABSENT, Fate.DOUBTFUL, Fate.KEPT, Fate.FEEDBACK_KEPT})
"""A mark that a student should have is not in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One student, and what became of the mark."""

    fate: Fate
    student: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """One student's row in a downloaded file."""

    listed: Listed
    grade: Cell
    most: float
    """Points that the platform gives the assignment."""
    feedback: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSheet:
    """A file with marks in it."""

    content: bytes
    written: int
    """Marks that were not in it before."""
    same: int
    """Marks that were in it already."""
    notices: tuple[Notice, ...]
    most: float
    """Points that the platform gives the assignment: marks are converted to it."""


def fill(
    sheet: Sheet,
    rows: Sequence[GradeRow],
    students: Sequence[StudentRecord],
    *,
    overwrite: bool,
    excused: str | None = None,
    feedback_of: Callable[[StudentRecord], str] = lambda _: "",
) -> FilledSheet:
    """Put the marks of `students` into `rows`, converted to the points of each row.

    What stands there and says something else is kept unless `overwrite`, and always where it is `excused`: the
    platform's word for a student who needs no grade.
    """
    filling = _Filling(overwrite=overwrite, excused=excused, decimal_comma=_has_decimal_comma(sheet))
    listed = [row.listed for row in rows]
    # One who has no mark, under a second id perhaps, disputes nobody's row.
    marked = {student.member.id: student for student in students if student.mark.points is not None}
    matching = match_students(listed, [student.member for student in marked.values()])
    for place, student_id in matching.students.items():
        filling.put(marked[student_id], rows[place], feedback_of(marked[student_id]))
    for student_id in matching.absent:
        filling.note(Fate.ABSENT, student_id)
    for student_id, why in matching.doubtful.items():
        filling.note(Fate.DOUBTFUL, student_id, why)
    without = match_students(listed, [student.member for student in students if student.mark.points is None])
    for place in sorted({*matching.unknown} & {*without.unknown}):
        filling.note(Fate.UNKNOWN, listed[place].title or f"line {rows[place].grade.line}")
    return FilledSheet(
        content=sheet.filled(filling.values),
        written=filling.written,
        same=filling.same,
        notices=tuple(sorted(filling.notices, key=lambda notice: list(Fate).index(notice.fate))),
        most=rows[0].most if rows else 0.0,
    )


class _Filling:
    """What goes into which cell, and what there is to say about it."""

    def __init__(self, *, overwrite: bool, excused: str | None, decimal_comma: bool) -> None:
        self._overwrite = overwrite
        self._excused = excused
        self._decimal_comma = decimal_comma
        self.values: dict[Cell, str] = {}
        self.notices: list[Notice] = []
        self.written = 0
        self.same = 0

    def note(self, fate: Fate, student: str, detail: str = "") -> None:
        """Remember what there is to say."""
        self.notices.append(Notice(fate=fate, student=student, detail=detail))

    def put(self, student: StudentRecord, row: GradeRow, feedback: str) -> None:
        """Put a student's mark and feedback into the row, if they may go there."""
        mark = student.mark
        points = round((mark.points or 0.0) * row.most / mark.max_points, 6)
        there = row.grade.text.strip()
        if _is_same(there, points):
            self.same += 1
        elif there.upper() == self._excused:
            self.note(Fate.EXCUSED, mark.student)
            return
        elif there in _NO_GRADE or self._overwrite:
            self.values[row.grade] = f"{points:.2f}".replace(".", "," if self._decimal_comma else ".")
            self.written += 1
            if there not in _NO_GRADE:
                self.note(Fate.REPLACED, mark.student, f"{there} became {points:.2f}")
        else:
            self.note(Fate.KEPT, mark.student, f"{there} there, {points:.2f} in the gradebook")
            return
        self._put_feedback(mark.student, row.feedback, feedback)

    def _put_feedback(self, student: str, cell: Cell | None, feedback: str) -> None:
        if cell is None or not feedback or _plain(cell.text) == _plain(feedback):
            return
        if cell.text.strip() and not self._overwrite:
            self.note(Fate.FEEDBACK_KEPT, student)
            return
        self.values[cell] = feedback


def number_in(text: str) -> float | None:
    """Return the number that a cell holds, with a decimal point or comma; None where it holds none."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _has_decimal_comma(sheet: Sheet) -> bool:
    """Tell by the numbers of the file how it writes them."""
    numbers = [text for row in sheet.rows[1:] for cell in row if _NUMBER.fullmatch(text := cell.text.strip())]
    return any("," in text for text in numbers) and not any("." in text for text in numbers)


def _is_same(cell: str, points: float) -> bool:
    number = number_in(cell)
    return number is not None and abs(number - points) < _SAME


def _plain(text: str) -> str:
    """Platforms change the white space of a comment."""
    return " ".join(text.split())
