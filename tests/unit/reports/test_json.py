"""Tests of the JSON report and of reading it back."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from grader.errors import GraderError, UsageError
from grader.model.audience import for_student
from grader.model.result import GradedSubmission
from grader.reports import Format, render
from grader.reports.json import parse, render_json
from tests.fakes.graded import EXAMPLES, check, entries, graded, half_right, hostile, question


def strict(text: str) -> Any:
    def refuse(constant: str) -> Any:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("name", ["half_right", "random_parts", "ungraded"])
def test_the_document_reads_as_agreed(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(render(EXAMPLES[name](), Format.JSON), f"reports/{name}.json")


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "hostile"])
def test_what_is_written_can_be_read_back(name: str) -> None:
    result = EXAMPLES[name]()

    assert parse(render_json(result)) == result
    assert parse(render(result, Format.JSON)) == for_student(result)


def test_the_fields_stand_in_the_contracts_order() -> None:
    document = strict(render_json(half_right()))
    question_, check_ = document["questions"][0], document["questions"][0]["checks"][0]

    assert " ".join(document) == (
        "schema assignment title submission seed gradable errors points max_points seconds questions environment "
        "partial"
    )
    assert " ".join(question_) == "id module title points max_points checks note reading"
    assert " ".join(check_) == (
        "id title outcome points max_points visibility message hint misconception call traceback stdout seconds "
        "group evidence"
    )
    assert " ".join(document["environment"]) == ("python numpy platform isolation assignment_digest submission_digest")


def test_hostile_text_survives_as_data_and_commands_nothing() -> None:
    text = render_json(hostile())
    message = strict(text)["questions"][0]["checks"][0]["message"]

    assert all(line.isprintable() for line in text.splitlines())
    assert "##[" not in text
    assert message == hostile().questions[0].checks[0].message.replace("\ud800", r"\ud800")


def test_evidence_that_is_not_finite_is_left_out() -> None:
    evidence = replace(entries("W", (1, 2)), expected=(math.nan, 1.0))
    result = graded([question("f", "m", "A title", [check("m.a", "A title.", evidence=evidence)])])

    assert strict(render_json(result))["questions"][0]["checks"][0]["evidence"] is None


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_points_that_are_not_finite_are_our_error(value: float) -> None:
    with pytest.raises(GraderError, match="not a finite number"):
        render_json(replace(half_right(), points=value))


def test_fields_added_later_are_ignored() -> None:
    document = strict(render_json(half_right()))
    document["later"] = 1
    document["questions"][0]["checks"][0]["later"] = [{"a": None}]

    assert parse(json.dumps(document)) == half_right()


def without(name: str) -> str:
    document = strict(render_json(half_right()))
    del document[name]
    return json.dumps(document)


def changed(**fields: Any) -> str:
    return json.dumps(strict(render_json(half_right())) | fields)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "grade/v2"}',
        without("points"),
        without("questions"),
        changed(points="many"),
        changed(questions=[1]),
        changed(questions={}),
        changed(questions=[{"checks": [{"evidence": {"kind": "film"}}]}]),
    ],
)
def test_what_is_no_result_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match=r"^this is not a grade/v1 result: ") as caught:
        parse(text)
    assert caught.value.hint


def test_the_same_result_gives_the_same_text() -> None:
    results: list[GradedSubmission] = [half_right(), half_right()]

    assert render_json(results[0]) == render_json(results[1])
