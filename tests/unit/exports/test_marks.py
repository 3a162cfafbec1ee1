"""The marks of a class as a table and as JSON, with everything that made them."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from grader.exports.marks import render_csv, render_json
from grader.model.class_record import ClassRecord
from grader.model.formulas import SIGNS
from grader.model.gradebook import Adjustment, Member
from tests.fakes.class_records import LATE, class_record, student, varied
from tests.fakes.graded import HOSTILE, half_right, perfect, random_parts
from tests.fakes.importers import spreadsheet_cells

MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)
EVIL = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",  # noqa: RUF001 - a wide sign
    ";=1+1",
    'a";"=1+1',
    "\x00=1",
    "\ud800=1",
    "]]>",
    HOSTILE,
    "x" * 20_000,
    "\u202e=1",
]


def given(student_id: str, points: float, comment: str) -> Adjustment:
    return Adjustment(student=student_id, assignment="assignment3", points=points, comment=comment, made_at=MOMENT)


def rows(record: ClassRecord) -> list[dict[str, str]]:
    content = render_csv(record)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_a_row_says_what_makes_the_mark() -> None:
    ungraded, missing = student("bob", None), student("zoe", member=Member(id="zoe", name="Zoe, Ünal", section="B"))
    adjusted = [given("alice", 5.0, "a fine derivation"), given("alice", -1.0, "see page 2")]
    first, second, third = rows(
        class_record([student("alice", half_right(), days=3, adjustments=adjusted), ungraded, missing])
    )
    assert (first["id"], first["status"], first["days_late"]) == ("alice", "marked", "3")
    assert (first["checks"], first["by_hand"], first["penalty"], first["points"]) == ("34", "4", "20", "18")
    assert first["comments"] == "a fine derivation | see page 2"
    assert first["submitted_at"] == "2026-10-04T12:00:00+00:00"
    assert float(first["frobenius_norm_squared"]) == half_right().questions[0].points
    assert (second["status"], second["points"], second["checks"]) == ("ungraded", "", "")
    assert (third["status"], third["name"], third["section"], third["points"]) == ("missing", "Zoe, Ünal", "B", "")


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
@pytest.mark.parametrize("separator", [",", ";"])
def test_no_spreadsheet_finds_a_formula(evil: str, separator: str) -> None:
    hostile = student(
        evil,
        perfect(),
        member=Member(id=evil, name=evil, email=evil, section=evil),
        adjustments=[given(evil, 1.0, evil), given(evil, 1.0, "- " + evil)],
    )
    text = render_csv(class_record([hostile])).decode("utf-8-sig")
    assert text.count("\r\n") == 2
    for cell in spreadsheet_cells(text, separator):
        assert cell.isprintable()
        assert not cell.strip().lstrip("\"'").startswith(SIGNS) or cell.strip().lstrip('"').startswith("'")


def test_a_cell_is_no_longer_than_a_spreadsheet_takes() -> None:
    (row,) = rows(class_record([student("alice", perfect(), adjustments=[given("alice", 1.0, "x" * 100_000)])]))
    assert row["comments"] == "x" * 32_000 + " …"


def test_hidden_checks_leave_no_trace() -> None:
    record = class_record([student("alice", random_parts())])
    assert b"SECRET" not in render_csv(record)
    assert "SECRET" not in render_json(record)


def test_questions_of_all_results_have_columns() -> None:
    first, second = rows(class_record([student("a", half_right()), student("b", random_parts())]))
    assert first["dropout_mask"] == ""
    assert second["dropout_mask"] == "7"
    assert first["l2_penalty"] != ""


def test_json_holds_every_attempt_and_every_adjustment() -> None:
    adjusted = [given("alice", 5.0, HOSTILE)]
    record = class_record([student("alice", None, half_right(), days=3, adjustments=adjusted)], late=LATE)
    tree = strict(render_json(record))
    assert (tree["schema"], tree["counted"], tree["late"]["percent_per_day"]) == ("grade-marks/v1", "last", 10.0)
    (alice,) = tree["students"]
    assert (alice["points"], alice["penalty"], alice["by_hand"]) == (19.0, 20.0, 5.0)
    assert alice["adjustments"][0]["comment"] == HOSTILE
    assert [attempt["counts"] for attempt in alice["attempts"]] == [False, True]
    assert alice["attempts"][0]["errors"] == ["alice.zip is not a ZIP archive"]
    assert sum(question["points"] for question in alice["questions"]) == pytest.approx(34)


def test_json_and_table_agree_on_a_whole_class() -> None:
    record = varied(60)
    tree = strict(render_json(record))
    for one, row in zip(tree["students"], rows(record), strict=True):
        assert one["id"] == row["id"]
        assert one["status"] == row["status"]
        assert (None if row["points"] == "" else float(row["points"])) == pytest.approx(one["points"], abs=1e-4)


def test_json_is_ascii_and_no_line_of_it_is_a_command() -> None:
    text = render_json(class_record([student(HOSTILE, perfect(), adjustments=[given(HOSTILE, 1.0, HOSTILE)])]))
    assert text.isascii()
    assert all(line.isprintable() for line in text.split("\n"))
    assert "##[" not in text


def strict(text: str) -> dict[str, Any]:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    tree: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return tree
