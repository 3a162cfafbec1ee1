"""The exit code says whether points were lost, or whether it was our fault."""

from dataclasses import replace

import pytest

from grader.cli.exits import ExitCode, exit_code
from tests.fakes import graded as examples

HALF = replace(examples.graded(()), points=50.0, max_points=100.0)


@pytest.mark.parametrize(
    ("points", "fail_under", "code"),
    [(100.0, 100, 0), (99.5, 100, 1), (100 - 1e-12, 100, 0), (50.0, 50, 0), (49.9, 50, 1), (0.0, 0, 0)],
)
def test_the_line_is_all_points_or_the_asked_for_share(points: float, fail_under: float, code: int) -> None:
    assert exit_code(replace(HALF, points=points), fail_under_percent=fail_under) == code


def test_an_ungraded_submission_is_a_fault_even_when_nothing_is_asked_for() -> None:
    assert exit_code(replace(HALF, gradable=False), fail_under_percent=0) is ExitCode.FAULT
