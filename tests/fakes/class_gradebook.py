"""A gradebook on disk in which a class has been graded: results as the harness could give them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from grader.gradebook import adjust, begin_run, end_run, open_gradebook, record, replace_roster
from grader.model.assignment import Assignment, Kind, Question, Returned
from grader.model.gradebook import Adjustment, Member
from grader.model.policy import LatePolicy
from grader.model.result import GradedSubmission

MOMENT = datetime(2026, 10, 2, 13, 7, 42, tzinfo=UTC)


def graded_class(
    place: Path,
    handed_in: Mapping[str, Sequence[GradedSubmission]],
    *,
    assignment: str = "assignment3",
    roster: Sequence[Member] = (),
    adjustments: Sequence[Adjustment] = (),
    regraded: Mapping[str, GradedSubmission] | None = None,
) -> Path:
    """Record each student's attempts, oldest first, and then what a regrade gave for the last of them."""
    asked = _assignment(assignment)
    with open_gradebook(str(place)) as gradebook:
        if roster:
            replace_roster(gradebook, roster)
        for number in range(max(map(len, handed_in.values()), default=0)):
            run = begin_run(gradebook, asked, assignment_digest=f"sha256:{number}", seed=20)
            for student, results in handed_in.items():
                if number < len(results):
                    result = _of(results[number], assignment, f"{student}{number}")
                    record(gradebook, run, student, result, submitted_at=MOMENT)
            end_run(gradebook, run)
        if regraded:
            run = begin_run(gradebook, asked, assignment_digest="sha256:again", seed=20, regrade=True)
            for student, result in regraded.items():
                record(gradebook, run, student, _of(result, assignment, f"{student}{len(handed_in[student]) - 1}"))
            end_run(gradebook, run)
        for adjustment in adjustments:
            adjust(gradebook, adjustment)
    return place


def _of(result: GradedSubmission, assignment: str, text: str) -> GradedSubmission:
    environment = replace(result.environment, submission_digest=f"sha256:{text}")
    return replace(result, assignment=assignment, environment=environment)


def _assignment(name: str) -> Assignment:
    returned = Returned(name="out", kind=Kind.ARRAY)
    asked = Question(id="all_of_it", module="it", title="It", points=100.0, difficulty=1, returns=(returned,))
    return Assignment(
        id=name,
        title="L2 and L1",
        questions=(asked,),
        folder=Path("assignments"),
        solution_folder=Path("solutions"),
        late=LatePolicy(due=datetime(2026, 10, 1, 12, tzinfo=UTC), percent_per_day=5),
    )
