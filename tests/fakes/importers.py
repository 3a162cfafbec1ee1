"""What other systems do with a file that we give them: they read it by their own rules, and refuse what they would."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element


class RefusedError(Exception):
    """The file is not taken, and why."""


@dataclass(frozen=True)
class CanvasUser:
    """One student of a Canvas course."""

    id: str
    name: str
    sis: str = ""
    login: str = ""


def import_canvas(
    content: bytes, users: Sequence[CanvasUser], assignments: Mapping[str, str]
) -> dict[str, dict[str, float | str | None]]:
    """Return grades by assignment and user, as gradebook_importer.rb of canvas-lms reads them.

    `assignments` are titles by number. A heading that is none of them would make a new assignment: refused here.
    """
    text = content.decode("utf-8-sig")
    first_lines = text.splitlines()[:3]
    delimiter = max(",;", key=lambda mark: sum(line.count(mark) for line in first_lines))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    header = rows[0]
    if "Student" not in header[0] or "ID" not in header[1]:
        raise RefusedError("no columns Student and ID")
    section = header.index("Section")
    points = next(row for row in rows[1:] if "Points Possible" in row[0])
    columns = {}
    for place in range(section + 1, len(header)):
        if "(read only)" in points[place] or re.fullmatch(
            r"(Current|Final|Override) (Score|Grade|Points)", header[place]
        ):
            continue
        columns[place] = _canvas_assignment(header[place], assignments)
    grades: dict[str, dict[str, float | str | None]] = {number: {} for number in columns.values()}
    for row in rows[1:]:
        if row is points or all(cell.strip() in ("", "Manual Posting") for cell in row):
            continue
        if len(row) != len(header):
            raise RefusedError(f"a row of {len(row)} cells")
        user = _canvas_user(dict(zip(header[: section + 1], row, strict=False)), users)
        for place, number in columns.items():
            grades[number][user.id] = _canvas_grade(row[place])
    return grades


def _canvas_assignment(heading: str, assignments: Mapping[str, str]) -> str:
    match = re.search(r"\((\d+)\)$", heading)
    if match and match[1] in assignments:
        return match[1]
    for number, title in assignments.items():
        if title == heading:
            return number
    raise RefusedError(f"would make a new assignment {heading!r}")


def _canvas_user(cells: Mapping[str, str], users: Sequence[CanvasUser]) -> CanvasUser:
    for column, attribute in (("ID", "id"), ("SIS User ID", "sis"), ("SIS Login ID", "login"), ("Student", "name")):
        for user in users:
            if cells.get(column) and getattr(user, attribute) == cells[column]:
                return user
    raise RefusedError(f"nobody is {dict(cells)}")


def _canvas_grade(cell: str) -> float | str | None:
    cell = cell.strip()
    if cell in ("", "-"):
        return None
    return "EX" if cell.upper() == "EX" else round(float(cell.replace(",", ".")), 2)


@dataclass(frozen=True)
class MoodleGrade:
    """What Moodle takes from one row of a worksheet."""

    grade: float | None
    feedback: str


def import_moodle(content: bytes, modified: Mapping[str, str], *, decimal: str = ".") -> dict[str, MoodleGrade]:
    """Return grades and feedback by participant, as importgradeslib.php of Moodle reads them.

    `modified` is when Moodle last changed each participant's grade, as its own worksheet says it: a row that says
    otherwise is not taken.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    header = rows[0]
    if missing := {"Identifier", "Grade", "Last modified (grade)"} - set(header):
        raise RefusedError(f"no columns {missing}")
    taken = {}
    for row in filter(None, rows[1:]):
        cells = dict(zip(header, row, strict=True))
        match = re.fullmatch(r"Participant (\d+)", cells["Identifier"])
        if match is None or match[1] not in modified:
            raise RefusedError(f"nobody is {cells['Identifier']}")
        if cells["Last modified (grade)"] != modified[match[1]]:
            continue
        grade = cells["Grade"].replace(decimal, ".") if cells["Grade"] else ""
        taken[match[1]] = MoodleGrade(float(grade) if grade else None, cells.get("Feedback comments", ""))
    return taken


_VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
_FORMATS = {"text", "html", "simple_format", "md", "ansi"}
_TEST_TYPES: dict[str, type | tuple[type, ...]] = {
    "score": (int, float),
    "max_score": (int, float),
    "status": str,
    "name": str,
    "name_format": str,
    "number": str,
    "output": str,
    "output_format": str,
    "tags": list,
    "visibility": str,
    "extra_data": dict,
}


def read_gradescope(text: str) -> dict[str, Any]:
    """Return `results.json` after checking its fields, by docs/specs.md of gradescope/autograder_samples."""
    result = _strict_json(text)
    known = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format"}
    known |= {"visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"}
    _require(set(result) <= known, f"unknown fields {set(result) - known}")
    _require({result[name] for name in ("visibility", "stdout_visibility")} <= _VISIBILITIES, "visibility")
    formats = {result[name] for name in ("output_format", "test_output_format", "test_name_format")}
    _require(formats <= _FORMATS, "format")
    for test in result["tests"]:
        _require(set(test) <= set(_TEST_TYPES), f"unknown fields {set(test) - set(_TEST_TYPES)}")
        for name, value in test.items():
            _require(isinstance(value, _TEST_TYPES[name]) and not isinstance(value, bool), f"{name} is {value!r}")
        _require(test.get("visibility", "visible") in _VISIBILITIES, "visibility of a test")
        _require(test.get("status", "passed") in ("passed", "failed"), "status")
    return result


def read_classroom50(text: str) -> dict[str, Any]:
    """Return `result.json` after checking its fields, by the wiki of Classroom 50."""
    result = _strict_json(text)
    texts = {"schema", "classroom", "assignment", "submission", "commit", "release", "review", "datetime"}
    _require(set(result) == texts | {"score", "max-score", "tests"}, f"fields {set(result)}")
    _require(all(isinstance(result[name], str) for name in texts), "a field is no text")
    _require(result["schema"] == "classroom50/result/v1", "schema")
    datetime.strptime(result["datetime"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - only its form is looked at
    for test in result["tests"]:
        _require({"test-name", "passed", "score", "max-score"} <= set(test), f"fields {set(test)}")
        _require(type(test["passed"]) is bool and isinstance(test["test-name"], str), "types")
        _require(type(test["score"]) is int and type(test["max-score"]) is int, "a score is no whole number")
    for name in ("score", "max-score"):
        _require(result[name] == sum(test[name] for test in result["tests"]), f"{name} is not the sum of the tests'")
    return result


_SUITE = {"name", "tests", "failures", "errors", "skipped", "time"}
_OUTCOMES = ("failure", "error", "skipped")


def read_junit(text: str) -> list[Element]:
    """Return the test suites after checking them by the schema of Jenkins' xUnit plugin, as far as it is used."""
    root = ET.fromstring(text.encode("utf-8"))  # noqa: S314 - our own file, and the parser of the importers
    _require(root.tag == "testsuites" and set(root.attrib) == _SUITE, "testsuites")
    suites = list(root)
    for suite in suites:
        _require(suite.tag == "testsuite" and _SUITE <= set(suite.attrib) <= _SUITE | {"timestamp"}, "testsuite")
        if "timestamp" in suite.attrib:
            datetime.fromisoformat(suite.attrib["timestamp"])
        cases = suite.findall("testcase")
        _require([each.tag for each in suite] == ["properties"] + ["testcase"] * len(cases), "order in a suite")
        names = [(case.attrib["classname"], case.attrib["name"]) for case in cases]
        _require(len(set(names)) == len(names), "two cases of one name")
        for case in cases:
            _require(set(case.attrib) == {"classname", "name", "time"}, "attributes of a case")
            _require(re.fullmatch(r"\d+\.\d{3}", case.attrib["time"]) is not None, "time")
            tags = [child.tag for child in case if child.tag != "properties"]
            _require(len([tag for tag in tags if tag in _OUTCOMES]) <= 1, "two outcomes")
            _require(set(tags) <= {*_OUTCOMES, "system-out", "system-err"}, "elements of a case")
        _require(int(suite.attrib["tests"]) == len(cases), "tests")
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            count = sum(case.find(tag) is not None for case in cases)
            _require(int(suite.attrib[attribute]) == count, attribute)
    for attribute in ("tests", "failures", "errors", "skipped"):
        total = sum(int(suite.attrib[attribute]) for suite in suites)
        _require(int(root.attrib[attribute]) == total, f"{attribute} of all")
    return suites


def spreadsheet_cells(text: str, separator: str) -> list[str]:
    """Return the cells of a CSV file as a spreadsheet with this separator takes them."""
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]


def _strict_json(text: str) -> dict[str, Any]:
    def refuse(word: str) -> None:
        raise RefusedError(f"{word} is no JSON")

    tree = json.loads(text, parse_constant=refuse)
    _require(isinstance(tree, dict), "no object")
    return dict(tree)


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise RefusedError(what)
