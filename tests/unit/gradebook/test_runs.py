"""A run can be interrupted anywhere; what it settled is not done again, and what it changed is known in the end."""

from dataclasses import replace

import pytest

from grader.gradebook import Gradebook, begin_run, changes_of, end_run, last_regrade, record, settled_digests
from grader.model.assignment import Assignment
from grader.model.gradebook import Run
from grader.model.result import Outcome
from tests.fakes.class_results import result


def begin(
    gradebook: Gradebook, assignment: Assignment, digest: str = "one", *, seed: int = 7, regrade: bool = False
) -> Run:
    return begin_run(gradebook, assignment, assignment_digest=f"sha256:{digest}", seed=seed, regrade=regrade)


def test_a_run_that_did_not_end_is_taken_up_again(gradebook: Gradebook, assignment: Assignment) -> None:
    first = begin(gradebook, assignment)
    second = begin(gradebook, assignment)
    assert (first.resumed, second.resumed) == (False, True)
    assert second.id == first.id
    end_run(gradebook, second)
    assert begin(gradebook, assignment).id != first.id


@pytest.mark.parametrize(
    ("digest", "seed", "regrade"), [("two", 7, False), ("one", 8, False), ("one", 7, True)], ids=str
)
def test_a_run_of_another_kind_is_another_run(
    gradebook: Gradebook, assignment: Assignment, digest: str, seed: int, regrade: bool
) -> None:
    first = begin(gradebook, assignment)
    other = begin(gradebook, assignment, digest, seed=seed, regrade=regrade)
    assert other.id != first.id
    assert not other.resumed


def test_a_submission_is_settled_by_the_same_text_assignment_and_seed(
    gradebook: Gradebook, assignment: Assignment
) -> None:
    run = begin(gradebook, assignment)
    record(gradebook, run, "alice", result(text="a"))
    record(gradebook, run, "bob", result(text="b", gradable=False))
    assert settled_digests(gradebook, begin(gradebook, assignment)) == {"alice": {"sha256:a"}}
    assert settled_digests(gradebook, begin(gradebook, assignment, "two")) == {}
    assert settled_digests(gradebook, begin(gradebook, assignment, seed=8)) == {}


def test_what_was_graded_with_another_version_since_is_not_settled(
    gradebook: Gradebook, assignment: Assignment
) -> None:
    for digest in ("one", "two"):
        run = begin(gradebook, assignment, digest)
        record(gradebook, run, "alice", result(text="a"))
        end_run(gradebook, run)
    assert settled_digests(gradebook, begin(gradebook, assignment, "one")) == {}


def test_in_a_regrade_only_what_it_graded_itself_is_settled(gradebook: Gradebook, assignment: Assignment) -> None:
    run = begin(gradebook, assignment)
    for student in ("alice", "bob"):
        record(gradebook, run, student, result(text=student))
    end_run(gradebook, run)
    regrade = begin(gradebook, assignment, regrade=True)
    assert settled_digests(gradebook, regrade) == {}
    record(gradebook, regrade, "bob", result(text="bob"))
    assert settled_digests(gradebook, begin(gradebook, assignment, regrade=True)) == {"bob": {"sha256:bob"}}


def test_a_regrade_tells_who_gained_who_lost_and_by_which_check(gradebook: Gradebook, assignment: Assignment) -> None:
    run = begin(gradebook, assignment)
    for student, points in (("alice", 0.0), ("bob", 100.0), ("carol", 100.0)):
        record(gradebook, run, student, result(points, text=student))
    record(gradebook, run, "dave", result(text="dave", gradable=False))
    end_run(gradebook, run)
    assert changes_of(gradebook, run) == ()
    regrade = begin(gradebook, assignment, regrade=True)
    for student, points in (("alice", 100.0), ("bob", 0.0), ("carol", 100.0), ("dave", 100.0), ("erin", 100.0)):
        record(gradebook, regrade, student, result(points, text=student))
    alice, bob = changes_of(gradebook, regrade)
    assert (alice.student, alice.before, alice.after, alice.gained) == ("alice", 0.0, 100.0, 100.0)
    assert (bob.student, bob.gained) == ("bob", -100.0)
    (check,) = bob.checks
    assert (check.id, check.before, check.after, check.points) == (
        "first.test_values",
        Outcome.PASSED,
        Outcome.FAILED,
        -100.0,
    )


def test_runs_of_two_assignments_do_not_meet(gradebook: Gradebook, assignment: Assignment) -> None:
    first = begin(gradebook, assignment)
    other = begin(gradebook, replace(assignment, id="other"))
    record(gradebook, other, "alice", replace(result(text="a"), assignment="other"))
    assert begin(gradebook, assignment).id == first.id
    assert settled_digests(gradebook, first) == {}


def test_the_last_regrade_is_the_last_run_that_graded_something_again(
    gradebook: Gradebook, assignment: Assignment
) -> None:
    run = begin(gradebook, assignment)
    record(gradebook, run, "alice", result(0.0, text="a"))
    record(gradebook, run, "bob", result(text="b"))
    end_run(gradebook, run)
    assert last_regrade(gradebook, "small") is None
    regrade = begin(gradebook, assignment, regrade=True)
    record(gradebook, regrade, "alice", result(100.0, text="a"))
    record(gradebook, regrade, "bob", result(text="b"))
    end_run(gradebook, regrade)
    record(gradebook, begin(gradebook, assignment), "carol", result(text="c"))
    last = last_regrade(gradebook, "small")
    assert last is not None
    assert (last.attempts, [change.student for change in last.changes]) == (2, ["alice"])
    assert last.started_at.tzinfo is not None
