"""A result as Classroom 50's `result.json`.

Fields: Classroom 50's wiki, "Advanced Autograding" (`classroom50/result/v1`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from grader.errors import GraderError
from grader.exports.apportioning import Share, shares
from grader.exports.check_text import TITLE_CHARACTERS, ToldCheck, told_checks
from grader.exports.strict_json import as_json
from grader.model.escaping import excerpt, one_line
from grader.model.result import GradedSubmission, Outcome

SCHEMA = "classroom50/result/v1"
UNITS_PER_POINT = 100
"""Scores are whole numbers there. The factor is the same for every submission, so that marks can be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What Classroom 50 says of the submission that it has graded; empty outside of it."""

    classroom: str = ""
    assignment: str = ""
    submission: str = ""
    commit: str = ""
    release: str = ""
    review: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read it from the environment that an autograder is started in."""
        commit = environment.get("COMMIT_URL", "")
        return cls(
            classroom=environment.get("CLASSROOM", ""),
            assignment=environment.get("ASSIGNMENT", ""),
            submission=environment.get("SUBMISSION_TAG", ""),
            commit=commit,
            release=environment.get("RELEASE_URL", ""),
            review=environment.get("REVIEW_URL") or commit,
        )


def render_classroom50(
    graded: GradedSubmission, delivery: Delivery, *, graded_at: datetime, points: float | None = None
) -> str:
    """Return `graded`, without what its readers may not see, as `result.json`, in hundredths of points.

    `points` is what counts, where that is not what the checks gave: the difference is a test of its own, since a score
    is the sum of its tests. Raises `GraderError` for an ungraded result: an autograder exits with a code then.
    """
    if not graded.gradable:
        raise GraderError(
            f"{graded.submission} is ungraded, which Classroom 50 has no words for: {'; '.join(graded.errors)}",
            hint="the exit code says so to Classroom 50",
        )
    worth = {question.id: shares(question, UNITS_PER_POINT) for question in graded.questions}
    tests = [
        _test(told, worth[told.question.id][told.check.id]) for _, told in told_checks(graded) if not told.is_advice
    ]
    if points is not None and (rest := round((points - graded.points) * UNITS_PER_POINT)):
        tests.append({"test-name": "lateness and points by hand", "passed": rest > 0, "score": rest, "max-score": 0})
    return as_json(
        {
            "schema": SCHEMA,
            "classroom": one_line(delivery.classroom),
            "assignment": one_line(delivery.assignment or graded.assignment),
            "submission": one_line(delivery.submission or graded.submission),
            "commit": one_line(delivery.commit),
            "release": one_line(delivery.release),
            "review": one_line(delivery.review),
            "datetime": graded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "score": sum(test["score"] for test in tests),
            "max-score": sum(test["max-score"] for test in tests),
            "tests": tests,
        }
    )


def _test(told: ToldCheck, share: Share) -> dict[str, Any]:
    return {
        "test-name": f"{excerpt(told.question.id, characters=TITLE_CHARACTERS)}: {told.title}",
        "passed": told.check.outcome is Outcome.PASSED,
        "score": share.earned,
        "max-score": share.most,
        "outcome": told.check.outcome.value,
        "output": told.text,
    }
