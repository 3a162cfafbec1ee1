"""What a host is given of a result."""

import json
from dataclasses import replace

import pytest

from grader.kits import Host
from grader.workflows.ci_outputs import SUMMARY_BYTES, fallback_result, outputs_for, trimmed
from grader.workflows.ci_run import HostRun, Lateness
from grader.workflows.ungraded import ungraded
from tests.fakes import graded as fakes

HALF = HostRun(graded=fakes.half_right())
PROBLEM = HostRun(graded=ungraded("alice", "no files", assignment="small"), problem="no files (hand in scale.py)")
FAULT = HostRun(graded=ungraded("alice", "the disk is full", assignment="small"))


def test_a_page_that_is_too_long_is_cut_before_a_heading_and_says_so() -> None:
    page = "# Title\n\n" + "".join(f"## {i}\n\n```text\n{'é' * 50}\n```\n\n" for i in range(100))
    cut = trimmed(page, 2000)
    assert len(cut.encode()) <= 2000
    assert cut.count("```") % 2 == 0
    assert cut.endswith("The rest is left out: it would not fit on this page.\n")
    assert trimmed(page, 100_000) == page


def test_the_worst_page_of_all_fits() -> None:
    question = fakes.hostile().questions[0]
    flood = replace(fakes.hostile(), questions=(question,) * 400)
    assert len(outputs_for(Host.GITHUB, HostRun(graded=flood), {}).summary.encode()) <= SUMMARY_BYTES


def test_numbers_for_later_steps_are_single_words() -> None:
    values = outputs_for(Host.GITHUB, HALF, {}).values
    assert set(values) == {"gradable", "points", "max-points", "percent"}
    assert not any(set(value) & set(" \n=") for value in values.values())


def test_every_log_is_fenced_by_another_word() -> None:
    first, second = (outputs_for(Host.GITHUB, HALF, {}).log.splitlines()[0] for _ in range(2))
    assert first.startswith("::stop-commands::")
    assert first != second


@pytest.mark.parametrize("host", [Host.GITHUB, Host.GITLAB])
def test_where_nothing_was_graded_there_is_no_report_to_mistake_for_one(host: Host) -> None:
    outputs = outputs_for(host, PROBLEM, {})
    assert outputs.files == {}
    assert "hand in scale.py" in outputs.log


@pytest.mark.parametrize("host", [Host.GITHUB, Host.GITLAB])
def test_a_fault_of_ours_is_an_error_in_the_junit_report(host: Host) -> None:
    assert 'errors="1"' in outputs_for(host, FAULT, {}).files["junit.xml"]


def test_gradescope_gets_what_lateness_leaves_and_why() -> None:
    late = replace(HALF, lateness=Lateness(days=1, penalty=10.0))
    result = json.loads(outputs_for(Host.GRADESCOPE, late, {}).files["results.json"])
    assert result["score"] == pytest.approx(HALF.graded.points - 10)
    assert "1 day late: 10 points are taken off." in result["output"]


def test_lateness_never_goes_below_zero() -> None:
    late = replace(HALF, lateness=Lateness(days=9, penalty=1000.0))
    assert json.loads(outputs_for(Host.GRADESCOPE, late, {}).files["results.json"])["score"] == 0


def test_gradescope_shows_a_student_what_was_missing() -> None:
    result = json.loads(outputs_for(Host.GRADESCOPE, PROBLEM, {}).files["results.json"])
    assert result["score"] == 0
    assert result["output"] == "nothing to grade: no files (hand in scale.py)"


@pytest.mark.parametrize("text", [outputs_for(Host.GRADESCOPE, FAULT, {}).files["results.json"], fallback_result()])
def test_a_fault_of_ours_gives_gradescope_no_score_to_take_for_a_zero(text: str) -> None:
    assert "score" not in json.loads(text)


def test_classroom50_is_told_what_was_missing_as_a_test_that_failed() -> None:
    outputs = outputs_for(Host.CLASSROOM50, PROBLEM, {})
    result = json.loads(outputs.files["result.json"])
    assert (result["score"], [test["passed"] for test in result["tests"]]) == (0, [False])
    assert result["max-score"] > 0
    assert "hand in scale.py" in result["tests"][0]["output"]
    assert outputs.values["status"] == "failure"


def test_classroom50_gets_no_result_of_what_was_not_graded() -> None:
    assert outputs_for(Host.CLASSROOM50, FAULT, {}).files == {}
