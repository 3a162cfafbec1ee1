"""Tests of the front door: one function for every format of a single result."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from grader.exports import ResultFormat, render_result
from grader.exports.strict_json import as_json
from tests.fakes.graded import EXAMPLES, HOSTILE, hostile, random_parts

MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("result_format", ResultFormat)
@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "ungraded"])
def test_every_export_ends_its_last_line(name: str, result_format: ResultFormat) -> None:
    text = render_result(EXAMPLES[name](), result_format, graded_at=MOMENT)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("result_format", [ResultFormat.JUNIT, ResultFormat.CLASSROOM50])
def test_what_students_read_holds_nothing_that_is_withheld(result_format: ResultFormat) -> None:
    assert "SECRET" not in render_result(random_parts(), result_format, graded_at=MOMENT)


@pytest.mark.parametrize("result_format", ResultFormat)
def test_no_terminal_and_no_runner_obeys_an_export(result_format: ResultFormat) -> None:
    text = render_result(hostile(), result_format, graded_at=MOMENT)
    assert all(line.isprintable() for line in text.split("\n"))
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.split("\n"))


@pytest.mark.parametrize("result_format", ResultFormat)
def test_a_student_who_prints_much_makes_no_large_file(result_format: ResultFormat) -> None:
    assert len(render_result(hostile(), result_format, graded_at=MOMENT)) < 100_000


def test_json_keeps_every_character() -> None:
    text = as_json([HOSTILE, "\x7f##vso[x]"])
    assert text.isascii()
    assert all(line.isprintable() for line in text.split("\n"))
    assert "##vso[" not in text


def test_the_command_line_learns_the_formats_without_their_libraries() -> None:
    script = "import sys, grader.exports; print({'xml', 'csv', 'json', 'msgspec', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
