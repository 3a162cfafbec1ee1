"""Grade one submission inside a host: whatever happens, there is something to tell the student."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.course import Course, open_course, read_submission
from grader.course.gradescope_metadata import GradescopeMetadata
from grader.course.places import Places, find_places
from grader.errors import GraderError, SubmissionError
from grader.model.assignment import Assignment
from grader.model.escaping import one_line
from grader.model.result import GradedSubmission
from grader.sandbox import Isolation
from grader.workflows.grade_one import Options, grade_in, open_for
from grader.workflows.ungraded import ungraded


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """What handing in late cost."""

    days: int
    penalty: float
    """In points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRun:
    """What came of grading in a host."""

    graded: GradedSubmission
    """Ungraded where the grader failed, or where there was nothing to grade."""
    problem: str = ""
    """Why nothing was there to grade: the student's to mend."""
    places: Places = field(default_factory=Places)
    lateness: Lateness | None = None
    """None where nothing is late, or the assignment has no due date, or nobody knows when it was handed in."""

    @property
    def points(self) -> float:
        """What counts: never below 0."""
        return max(0.0, round(self.graded.points - (self.lateness.penalty if self.lateness else 0.0), 6))


def run_for_host(
    course: Path,
    assignment_id: str,
    checkout: Path,
    *,
    isolation: Isolation,
    name: str,
    metadata: GradescopeMetadata | None = None,
) -> HostRun:
    """Grade what lies in `checkout`, under `name`. Raises nothing: every error of ours becomes an ungraded result."""
    try:
        return _run(open_course(course), assignment_id, checkout, isolation, name, metadata)
    except SubmissionError as error:
        # What stands in it is about the student's files, not about ours.
        problem = _told(error)
        return HostRun(graded=ungraded(name, problem, assignment=assignment_id), problem=problem)
    except GraderError as error:
        return HostRun(graded=ungraded(name, _told(error), assignment=assignment_id))
    except Exception as error:  # noqa: BLE001 - a host that is left without a result takes it for the student's fault
        reason = f"the grader itself failed: {type(error).__name__}: {error}"
        return HostRun(graded=ungraded(name, reason, assignment=assignment_id))


def _run(
    course: Course,
    assignment_id: str,
    checkout: Path,
    isolation: Isolation,
    name: str,
    metadata: GradescopeMetadata | None,
) -> HostRun:
    assignment = course.assignment(assignment_id)
    submission = read_submission(checkout, assignment)
    options = Options(isolation=isolation)
    with open_for(assignment, options) as sandbox:
        graded = grade_in(sandbox, assignment, submission, options)
    return HostRun(
        graded=replace(graded, submission=name),
        places=find_places(checkout, submission, assignment),
        lateness=_lateness(assignment, graded, metadata) if graded.gradable else None,
    )


def _lateness(assignment: Assignment, graded: GradedSubmission, metadata: GradescopeMetadata | None) -> Lateness | None:
    if assignment.late is None or metadata is None:
        return None
    policy = assignment.late.extended(metadata.due)
    days = policy.days_late(metadata.submitted_at)
    return Lateness(days=days, penalty=graded.max_points * policy.penalty_percent(days) / 100) if days else None


def _told(error: GraderError) -> str:
    """On one line, every character of it visible: names of a student's files may stand in it."""
    return one_line(f"{error.message} ({error.hint})" if error.hint else error.message)
