"""The marks of a class as a table for spreadsheets, and as JSON for programs."""

import codecs
import csv
import io
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from grader.exports.strict_json import as_json
from grader.model.class_record import ClassRecord, StudentRecord
from grader.model.escaping import excerpt
from grader.model.formulas import without_formula

SCHEMA = "grade-marks/v1"
_CELL_CHARACTERS = 32_000
"""Excel cuts a cell after 32,767, and splits the rest over further rows."""


class Status(StrEnum):
    """Whether there is a mark."""

    MARKED = "marked"
    UNGRADED = "ungraded"
    """Something was handed in and could not be graded yet; that is no zero."""
    MISSING = "missing"
    """Nothing was handed in."""


def render_csv(record: ClassRecord) -> bytes:
    """Return a row for each student: who, when, the points of each question, and what makes the mark.

    UTF-8 with a byte order mark, without which Excel takes it for something else; RFC 4180. No cell that a student or a
    tutor wrote is a formula.
    """
    questions = _questions(record)
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(map(_cell, [*_BEFORE, *questions, *_AFTER]))
    table.writerows(_row(student, questions) for student in record.students)
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8", "backslashreplace")


def render_json(record: ClassRecord) -> str:
    """Return the marks as strict JSON, with everything that made them: attempts, lateness, points by hand, comments."""
    assignment = record.assignment
    late = assignment.late
    return as_json(
        {
            "schema": SCHEMA,
            "assignment": assignment.id,
            "title": assignment.title,
            "max_points": assignment.max_points,
            "counted": assignment.counted.value,
            "late": late
            and {
                "due": late.due.isoformat(),
                "grace_minutes": late.grace_minutes,
                "percent_per_day": late.percent_per_day,
                "late_days": late.late_days,
                "cap_percent": late.cap_percent,
            },
            "students": [_tree(student) for student in record.students],
        }
    )


_BEFORE = ("id", "name", "email", "section", "status", "submitted_at", "days_late")
_AFTER = ("checks", "by_hand", "penalty", "points", "max_points", "comments")


def _row(student: StudentRecord, questions: Sequence[str]) -> list[str]:
    member, mark = student.member, student.mark
    earned = {each.id: each.points for each in student.graded.questions} if student.graded else {}
    comments = " | ".join(filter(None, (comment.strip() for comment in mark.comments)))
    return [
        *map(_cell, (member.id, member.name, member.email, member.section)),
        _status(student).value,
        _moment(mark.attempt.submitted_at if mark.attempt else None) or "",
        str(mark.days_late),
        *(_number(earned.get(question)) for question in questions),
        _number(mark.attempt.points if mark.attempt else None),
        _number(mark.adjustment),
        _number(mark.penalty),
        _number(mark.points),
        _number(mark.max_points),
        _cell(comments),
    ]


def _tree(student: StudentRecord) -> dict[str, Any]:
    member, mark = student.member, student.mark
    counted = student.counted
    return {
        "id": member.id,
        "name": member.name,
        "email": member.email,
        "section": member.section,
        "on_roster": member.on_roster,
        "status": _status(student).value,
        "points": mark.points,
        "max_points": mark.max_points,
        "due": _moment(mark.due),
        "days_late": mark.days_late,
        "penalty": mark.penalty,
        "by_hand": float(mark.adjustment),
        "adjustments": [
            {
                "question": each.question,
                "points": each.points,
                "due": _moment(each.due),
                "comment": each.comment,
                "author": each.author,
                "made_at": _moment(each.made_at),
            }
            for each in student.adjustments
        ],
        "attempts": [
            {
                "submission": each.attempt.submission,
                "digest": each.attempt.digest,
                "submitted_at": _moment(each.attempt.submitted_at),
                "graded_at": _moment(each.attempt.graded_at),
                "points": each.attempt.points,
                "errors": list(each.attempt.errors),
                "counts": each is counted,
            }
            for each in student.attempts
        ],
        "questions": [
            {"id": each.id, "module": each.module, "points": each.points, "max_points": each.max_points}
            for each in (student.graded.questions if student.graded else ())
        ],
    }


def _questions(record: ClassRecord) -> list[str]:
    """Return all questions, in the order of the results: an assignment may have changed in the course of a term."""
    results = (student.graded for student in record.students)
    return list(dict.fromkeys(question.id for graded in results if graded for question in graded.questions))


def _status(student: StudentRecord) -> Status:
    if student.mark.points is not None:
        return Status.MARKED
    return Status.UNGRADED if student.attempts else Status.MISSING


def _cell(text: str) -> str:
    return without_formula(excerpt(text, characters=_CELL_CHARACTERS))


def _number(value: float | None) -> str:
    """Return at most four decimals; empty for no number, which is no zero."""
    return "" if value is None else f"{value + 0.0:.4f}".rstrip("0").rstrip(".")


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
