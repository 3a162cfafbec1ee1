"""Grade what a whole class handed in, into the gradebook: interrupted at any point, it goes on where it stopped."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader.course import Course
from grader.course.bulk import find_submissions
from grader.course.digests import assignment_digest
from grader.errors import UsageError
from grader.gradebook import (
    Gradebook,
    begin_run,
    changes_of,
    end_run,
    list_members,
    marks_of,
    meet,
    note_unchanged,
    open_gradebook,
    record,
    replace_roster,
    settled_digests,
)
from grader.model.assignment import Assignment
from grader.model.class_run import ClassRun, Ungraded
from grader.model.found import FoundSubmission
from grader.model.gradebook import Member, Run
from grader.model.result import GradedSubmission
from grader.sandbox import Isolation, Limits
from grader.workflows.schedulers.jobs import Answer, Job, Scheduler, Setup
from grader.workflows.similarity import note_similar
from grader.workflows.ungraded import ungraded


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOptions:
    """How to grade a class."""

    seed: int | None = None
    """None: the assignment's own."""
    isolation: Isolation = Isolation.STRICT
    limits: Limits = field(default_factory=Limits)
    regrade: bool = False
    """Grade what is graded already as well."""
    roster: Sequence[Member] | None = None
    """Replaces the gradebook's."""
    submitted_at: Mapping[str, datetime] = field(default_factory=dict)
    """When students handed in, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassProgress:
    """How far grading has come: of the submissions that need it."""

    done: int
    total: int
    ungraded: int


def grade_class(
    course: Course,
    assignment_id: str,
    folder: Path,
    gradebook_place: str,
    options: ClassOptions,
    open_scheduler: Callable[[Setup], Scheduler],
    on_progress: Callable[[ClassProgress], None] | None = None,
) -> ClassRun:
    """Grade every submission in `folder` that the gradebook does not hold yet, and record each as it ends.

    Raises `UsageError` for an assignment, a folder or a gradebook that cannot be, and other `GraderError`s for what
    stops the whole run: a damaged assignment, a machine that cannot lock student code in, a gradebook that cannot be
    written. What was recorded before is kept.
    """
    started = time.perf_counter()
    assignment = course.assignment(assignment_id)
    found = find_submissions(folder, assignment)
    if not found:
        raise UsageError(f"{folder} holds no submissions", hint="give the folder with one entry for each student")
    with open_gradebook(gradebook_place) as gradebook:
        if options.roster is not None:
            replace_roster(gradebook, options.roster)
        session = _Session(course, assignment, found, gradebook, options)
        session.grade(open_scheduler, on_progress or (lambda _: None))
        return session.summary(time.perf_counter() - started)


class _Session:
    """One run over one folder."""

    def __init__(
        self,
        course: Course,
        assignment: Assignment,
        found: Sequence[FoundSubmission],
        gradebook: Gradebook,
        options: ClassOptions,
    ) -> None:
        self._assignment = assignment
        self._found = found
        self._gradebook = gradebook
        self._options = options
        self._setup = Setup(
            course=course.folder,
            assignment=assignment.id,
            assignment_digest=assignment_digest(assignment),
            seed=assignment.seed if options.seed is None else options.seed,
            isolation=options.isolation,
            limits=options.limits,
        )
        self._run: Run = begin_run(
            gradebook,
            assignment,
            assignment_digest=self._setup.assignment_digest,
            seed=self._setup.seed,
            regrade=options.regrade,
        )
        students = [student for each in found for student in each.students]
        meet(gradebook, [Member(id=each.id, name=_name(each.name, each.id), email=each.email) for each in students])
        self._ungraded: list[Ungraded] = []
        self._jobs = 0
        self._similar = 0

    def grade(self, open_scheduler: Callable[[Setup], Scheduler], on_progress: Callable[[ClassProgress], None]) -> None:
        """Grade what is left to grade, recording every answer before the next is waited for."""
        for each in self._found:
            if each.submission is None:
                self._record(each, self._without_result(each, " – ".join(filter(None, (each.problem, each.hint)))))
        jobs = self._jobs_left()
        self._jobs = len(jobs)
        for done, answer in enumerate(self._answers(open_scheduler, jobs), start=1):
            each = self._found[answer.job.number]
            self._record(each, answer.graded or self._without_result(each, answer.reason))
            on_progress(ClassProgress(done=done, total=len(jobs), ungraded=len(self._ungraded)))
        anew = bool(jobs) or self._run.resumed
        self._similar = note_similar(self._gradebook, self._run, self._assignment, self._found, anew=anew)
        end_run(self._gradebook, self._run)

    def summary(self, seconds: float) -> ClassRun:
        """Return what came of it."""
        handed_in = {student.id for each in self._found for student in each.students}
        roster = {member.id for member in list_members(self._gradebook) if member.on_roster}
        readable = sum(each.submission is not None for each in self._found)
        marks = marks_of(self._gradebook, self._assignment.id)
        return ClassRun(
            assignment=self._assignment.id,
            title=self._assignment.title,
            gradebook=self._gradebook.name,
            submissions=len(self._found),
            graded=self._jobs,
            unchanged=readable - self._jobs,
            ungraded=tuple(sorted(self._ungraded, key=lambda each: each.student)),
            points=tuple(mark.points for mark in marks if mark.points is not None),
            max_points=sum(question.points for question in self._assignment.questions),
            changes=changes_of(self._gradebook, self._run),
            missing=tuple(sorted(roster - handed_in)),
            strangers=tuple(sorted(handed_in - roster)) if roster else (),
            similar=self._similar,
            seconds=seconds,
        )

    def _jobs_left(self) -> list[Job]:
        """Return what needs grading, and note what does not."""
        settled = settled_digests(self._gradebook, self._run)
        jobs, unchanged = [], []
        for number, each in enumerate(self._found):
            if each.submission is None:
                continue
            digest = each.submission.digest
            if all(digest in settled.get(student.id, ()) for student in each.students):
                unchanged += [(student.id, digest, self._moment(student.id)) for student in each.students]
            else:
                jobs.append(Job(number=number, submission=each.submission))
        note_unchanged(self._gradebook, self._run, unchanged)
        return jobs

    def _answers(self, open_scheduler: Callable[[Setup], Scheduler], jobs: Sequence[Job]) -> Iterator[Answer]:
        if jobs:
            yield from open_scheduler(self._setup).grade(jobs)

    def _record(self, found: FoundSubmission, graded: GradedSubmission) -> None:
        for student in found.students:
            record(self._gradebook, self._run, student.id, graded, submitted_at=self._moment(student.id))
            if not graded.gradable:
                self._ungraded.append(Ungraded(student=student.id, reason="; ".join(graded.errors)))

    def _moment(self, student: str) -> datetime | None:
        return self._options.submitted_at.get(student)

    def _without_result(self, found: FoundSubmission, reason: str) -> GradedSubmission:
        """Return the result of a submission that was never graded: it has none, and no zero either."""
        return ungraded(
            found.submission.name if found.submission else ", ".join(found.entries),
            reason,
            assignment=self._assignment.id,
            title=self._assignment.title,
            seed=self._setup.seed,
            max_points=sum(question.points for question in self._assignment.questions),
            assignment_digest=self._setup.assignment_digest,
            submission_digest=found.submission.digest if found.submission else "",
        )


def _name(name: str, student: str) -> str:
    """A download that knows no names repeats the id."""
    return "" if name == student else name
