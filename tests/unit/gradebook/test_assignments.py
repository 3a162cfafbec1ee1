"""The gradebook knows an assignment and its policy as the last run did."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grader.errors import UsageError
from grader.gradebook import Gradebook, assignment_in, begin_run, list_assignments
from grader.model.assignment import Assignment
from grader.model.gradebook import GradedAssignment
from grader.model.policy import Counted, LatePolicy


def test_an_assignment_is_known_with_the_policy_of_the_last_run(gradebook: Gradebook, assignment: Assignment) -> None:
    late = LatePolicy(due=datetime(2026, 10, 1, tzinfo=UTC), percent_per_day=10)
    for changed in (assignment, replace(assignment, counted=Counted.BEST, late=late)):
        begin_run(gradebook, changed, assignment_digest="sha256:one", seed=7)
    begin_run(gradebook, replace(assignment, id="another"), assignment_digest="sha256:two", seed=7)
    small = GradedAssignment(id="small", title="Small", max_points=100.0, counted=Counted.BEST, late=late)
    assert assignment_in(gradebook, "small") == small
    assert [each.id for each in list_assignments(gradebook)] == ["another", "small"]


def test_an_assignment_that_was_never_graded_is_not_there(gradebook: Gradebook, assignment: Assignment) -> None:
    begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)
    with pytest.raises(UsageError, match="does not know large; it knows small"):
        assignment_in(gradebook, "large")
