"""Grade one submission of one assignment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import Course, find_question, read_submission
from grader.course.digests import assignment_digest
from grader.model.assignment import Assignment
from grader.model.result import GradedSubmission
from grader.model.submission import Submission
from grader.sandbox import Isolation, Limits, Sandbox, open_sandbox

if TYPE_CHECKING:
    from grader.harness import CheckRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to grade."""

    seed: int | None = None
    """None: the assignment's own."""
    question: str | None = None
    """Grade this question only."""
    isolation: Isolation = Isolation.BEST
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far grading has come."""

    done: int
    total: int
    title: str
    """Of the check that ended last, or what one that takes long is doing."""


def grade_one(
    course: Course,
    assignment_id: str,
    submission: Path | None,
    options: Options,
    on_progress: Callable[[Progress], None] | None = None,
) -> GradedSubmission:
    """Grade `submission`, or the assignment's own stubs where it is None.

    Raises `UsageError` for an assignment, a question or a submission that cannot be found or read, `AssignmentError`
    for a damaged manifest, `IsolationError` where the student's process cannot be locked in as required. Any later
    fault of ours leaves the submission ungraded, with the reason in its `errors`.
    """
    assignment = course.assignment(assignment_id)
    if options.question is not None:
        find_question(assignment, options.question)
    work = read_submission(assignment.folder if submission is None else submission, assignment)
    with open_for(assignment, options) as sandbox:
        return grade_in(sandbox, assignment, work, options, on_progress)


def open_for(assignment: Assignment, options: Options) -> Sandbox:
    """Open the sandbox that an assignment's submissions are graded in."""
    return open_sandbox(options.limits.with_room_for(assignment.longest_call_seconds), options.isolation)


def grade_in(
    sandbox: Sandbox,
    assignment: Assignment,
    submission: Submission,
    options: Options,
    on_progress: Callable[[Progress], None] | None = None,
) -> GradedSubmission:
    """Grade a submission that has been read, in a sandbox that is open; raises as `grade_one` does from there on."""
    run = prepare_run(sandbox, assignment, submission, options, on_progress)
    return finish_run(run, sandbox, assignment_digest(assignment))


def prepare_run(
    sandbox: Sandbox,
    assignment: Assignment,
    submission: Submission,
    options: Options,
    on_progress: Callable[[Progress], None] | None = None,
    *,
    earlier: "CheckRun | None" = None,
) -> "CheckRun":
    """Return the run that grades a submission in a sandbox that is open.

    `earlier` is a run of the same assignment, unchanged, with the same options: its reference is used again, and what
    came of the known mistakes, which takes most of the time of a submission with mistakes in it.
    Raises `AssignmentError` when the assignment is damaged.
    """
    # Imported while the student's process starts: pytest takes as long as that does.
    from grader.harness import CheckRun, open_solution

    seed = assignment.seed if options.seed is None else options.seed
    run = CheckRun(
        assignment=assignment,
        submission=submission,
        solution=earlier.solution if earlier else open_solution(assignment, seed),
        seed=seed,
        open_worker=sandbox.worker,
        only_question=options.question,
        on_attempt=on_progress
        and (lambda done, total, title: on_progress(Progress(done=done, total=total, title=title))),
    )
    if earlier:
        run.trials = earlier.trials
    return run


def finish_run(run: "CheckRun", sandbox: Sandbox, digest: str) -> GradedSubmission:
    """Run the checks; `digest` is the assignment's. A fault of ours leaves the submission ungraded, with the reason."""
    from grader.harness import grade_run

    return grade_run(run, assignment_digest=digest, isolation=sandbox.protections)
