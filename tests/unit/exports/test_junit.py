"""JUnit XML is read back by the schema that CI hosts follow."""

from datetime import UTC, datetime
from typing import Any

import pytest

from grader.exports.junit import Suite, render_junit, render_suites
from grader.model.assignment import Group
from grader.model.audience import for_student
from grader.model.result import GradedSubmission, Outcome
from tests.fakes.graded import EXAMPLES, check, graded, half_right, perfect, question, random_parts, ungraded
from tests.fakes.importers import read_junit

MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_result_is_valid(name: str) -> None:
    example = EXAMPLES[name]()
    (suite,) = read_junit(render_junit(example, graded_at=MOMENT))
    assert suite.attrib["timestamp"] == "2026-10-01T12:00:00+00:00"
    if example.gradable:
        assert len(suite.findall("testcase")) == sum(len(each.checks) for each in example.questions)


@pytest.mark.parametrize(
    ("outcome", "tag"),
    [
        (Outcome.FAILED, "failure"),
        (Outcome.REJECTED, "failure"),
        (Outcome.ERRORED, "error"),
        (Outcome.TIMED_OUT, "error"),
        (Outcome.CRASHED, "error"),
        (Outcome.NOT_ATTEMPTED, "skipped"),
        (Outcome.SKIPPED, "skipped"),
    ],
)
def test_only_a_passed_check_looks_like_a_passed_test(outcome: Outcome, tag: str) -> None:
    (suite,) = read_junit(render_junit(one(outcome, message="it differs")))
    (end,) = [child for child in suite.findall("testcase")[0] if child.tag != "properties"]
    assert (end.tag, end.attrib) == (tag, {"message": "it differs", "type": outcome.value})


def test_a_passed_check_has_no_element() -> None:
    (suite,) = read_junit(render_junit(one(Outcome.PASSED)))
    assert [child.tag for child in suite.findall("testcase")[0]] == ["properties"]


def test_failed_advice_is_no_failure() -> None:
    (suite,) = read_junit(render_junit(one(Outcome.FAILED, group=Group.ADVICE)))
    assert (suite.attrib["failures"], suite.attrib["skipped"]) == ("0", "1")


def test_an_ungraded_result_is_an_error_and_no_suite_without_tests() -> None:
    (suite,) = read_junit(render_junit(ungraded()))
    assert (suite.attrib["tests"], suite.attrib["errors"]) == ("1", "1")
    assert not suite.findall("properties/property[@name='points']")


def test_checks_of_one_title_are_told_apart() -> None:
    twice = [check(f"m.hidden_{n}", "A hidden check.") for n in (1, 2)]
    (suite,) = read_junit(render_junit(graded([question("f", "m", "F", twice)])))
    assert [case.attrib["name"] for case in suite.findall("testcase")] == ["A hidden check", "A hidden check (2)"]


def test_a_class_has_a_suite_for_each_student_with_the_mark() -> None:
    suites = read_junit(render_suites([Suite(graded=half_right(), mark=30.5), Suite(graded=perfect())]))
    marks = [suite.find("properties/property[@name='mark']") for suite in suites]
    assert marks[0] is not None
    assert marks[0].attrib["value"] == "30.5"
    assert marks[1] is None


def test_a_hidden_check_leaks_nothing_to_a_student() -> None:
    assert "SECRET" not in render_junit(for_student(random_parts()))


def test_text_that_no_xml_can_hold_is_spelled_out() -> None:
    text = "".join(map(chr, [0, 8, 0x1B, 0x7F, 0x85, 0xD800, 0xFFFE, 0xFFFF, 0x1FFFE])) + "]]>"
    (suite,) = read_junit(render_junit(one(Outcome.FAILED, message=text, stdout=text)))
    shown = suite.findall("testcase")[0].findtext("system-out")
    assert shown == r"\x00\x08\x1b\x7f\x85\ud800\ufffe\uffff\U0001fffe]]>"


def test_what_a_student_printed_is_bounded() -> None:
    assert len(render_junit(one(Outcome.FAILED, message="x" * 10**6, stdout="y\n" * 10**6))) < 20_000


def one(outcome: Outcome, **fields: Any) -> GradedSubmission:
    return graded([question("f", "m", "F", [check("m.test_a", "A.", outcome, **fields)])])
