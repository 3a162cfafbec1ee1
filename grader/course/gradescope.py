"""Who the folders of a Gradescope export belong to, as its `submission_metadata.yml` says.

The file holds every result and all output of every submission, so that only the lines about the submitters are read:
keys at the left margin name the folders, and what a student printed is always indented further.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from grader.course.files import read_regular
from grader.model.found import Student

METADATA = "submission_metadata.yml"
METADATA_BYTES = 200_000_000

_FOLDER = re.compile(r"(?P<folder>submission_\w+):\s*")
_FIELD = re.compile(r"  (?P<dash>[- ]) :(?P<field>name|sid|email): ?(?P<value>.*)")
_SUBMITTERS = "  :submitters:"


def read_submitters(export: Path) -> dict[str, tuple[Student, ...]]:
    """Return the students of each folder, a group's together.

    Raises `SubmissionError` when the file is no regular one, or too large.
    """
    text = read_regular(export / METADATA, limit_bytes=METADATA_BYTES).decode("utf-8-sig", "replace")
    submitters: dict[str, list[dict[str, str]]] = {}
    for folder, starts, field, value in _fields(text):
        people = submitters.setdefault(folder, [])
        if starts or not people:
            people.append({})
        people[-1][field] = value
    return {folder: tuple(map(_student, people)) for folder, people in submitters.items()}


def _fields(text: str) -> Iterator[tuple[str, bool, str, str]]:
    """Yield (folder, whether another submitter starts, field, value)."""
    folder, is_inside = "", False
    for line in text.splitlines():
        if line[:1] not in (" ", "-", ""):
            match = _FOLDER.fullmatch(line)
            folder, is_inside = match["folder"] if match else "", False
        elif line.rstrip() == _SUBMITTERS:
            is_inside = bool(folder)
        elif is_inside and (field := _FIELD.fullmatch(line)):
            yield folder, field["dash"] == "-", field["field"], _scalar(field["value"])
        elif not line.startswith(("  - ", "    ")):
            is_inside = False


def _student(fields: dict[str, str]) -> Student:
    name, number, email = (fields.get(field, "") for field in ("name", "sid", "email"))
    return Student(id=number or email or name, name=name or email or number, email=email)


def _scalar(text: str) -> str:
    text = text.strip()
    if text.startswith("'"):
        return text.strip("'").replace("''", "'")
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    return "" if text in ("null", "~") else text
