"""Grade a submission again whenever it, or the assignment, is saved."""

import contextlib
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from grader.course import Course, find_question, read_submission
from grader.course.digests import assignment_digest
from grader.course.tree import folder_tree, is_noise
from grader.errors import GraderError, UsageError
from grader.model.assignment import Assignment
from grader.model.result import GradedSubmission
from grader.model.submission import Submission
from grader.sandbox import Sandbox
from grader.workflows.grade_one import Options, Progress, finish_run, open_for, prepare_run

if TYPE_CHECKING:
    from grader.harness import CheckRun

SETTLE_MILLISECONDS = 100
"""A save is over when nothing has changed for so long: an editor may write a file in several steps."""
ProgressShown = Callable[[], AbstractContextManager[Callable[[Progress], None] | None]]
"""Shows the progress of one grading, as long as the context is open."""

LOOK_AGAIN_SECONDS = 0.5
"""So often it is asked, while something is graded, whether it has been saved again."""

_TICK_MILLISECONDS = 200
_TICKS = 25
"""So many make the few seconds after which files are looked at unasked."""

_SUFFIXES = frozenset({".py", ".ipynb", ".toml", ".zip", ".tar", ".tgz", ".gz"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What came of one look: a result, or the problem that kept it from being graded."""

    graded: GradedSubmission | None = None
    before: GradedSubmission | None = None
    """The result before this one, where there is one to compare with."""
    problem: GraderError | None = None


class _OvertakenError(KeyboardInterrupt):
    """What is graded has been saved again; like Ctrl-C, nothing on the way may take it for a fault."""


class Watch:
    """A submission that is looked at again and again; the student's process stays warm in between."""

    def __init__(self, course: Course, assignment_id: str, submission: Path | None, options: Options) -> None:
        """Raises as `grade_one` does for what cannot be found or read: what is not there at the start is a mistake."""
        self._course = course
        self._assignment_id = assignment_id
        self._options = options
        self._assignment = course.assignment(assignment_id)
        if options.question is not None:
            find_question(self._assignment, options.question)
        place = submission or self._assignment.folder
        read_submission(place, self._assignment)
        self._place = place.resolve()
        self._sandbox: Sandbox = open_for(self._assignment, options)
        self._graded: GradedSubmission | None = None
        self._run: CheckRun | None = None
        self._digest = ""
        """Of the assignment, at the last run."""
        self._state: Hashable = None

    def look(self, progress: ProgressShown = contextlib.nullcontext) -> Look | None:
        """Grade what is there now; None when it is what was there at the last look, or is saved again meanwhile.

        `progress` is entered while something is graded. Raises `IsolationError` where the student's process cannot be
        locked in as required.
        """
        try:
            assignment, submission, digest = self._read()
        except GraderError as problem:
            return Look(problem=problem) if self._is_new((problem.message, problem.hint)) else None
        if not self._is_new(_state(submission, digest)):
            return None
        earlier = self._run if digest == self._digest else None
        try:
            with progress() as shown:
                on_progress = self._unless_overtaken(shown)
                run = prepare_run(self._sandbox, assignment, submission, self._options, on_progress, earlier=earlier)
                graded = finish_run(run, self._sandbox, digest)
        except _OvertakenError:
            self._state = None
            return None
        self._run, self._digest = run, digest
        look = Look(graded=graded, before=self._graded)
        if graded.gradable:
            self._graded = graded
        else:  # whatever it was, the next look has a sandbox that works
            self._sandbox.close()
            self._sandbox = open_for(assignment, self._options)
        return look

    def saves(self) -> Iterator[None]:
        """Yield at once and then whenever something may have been saved, until the caller has enough.

        That is when the system says so, and every few seconds: of a network drive it may say nothing.
        Raises `UsageError` where the system cannot watch files.
        """
        import watchfiles

        while True:
            yield
            places = self._places()
            watching = watchfiles.watch(
                *places,
                watch_filter=_matters,
                step=SETTLE_MILLISECONDS,
                rust_timeout=_TICK_MILLISECONDS,
                yield_on_timeout=True,
                recursive=False,
            )
            try:
                for number, changes in enumerate(watching):
                    # The first tick counts: something may have been saved before the watching began.
                    if not changes and number % _TICKS:
                        continue
                    if self._places() != places:
                        break
                    yield
            except OSError as error:
                raise UsageError(
                    f"cannot watch {self._place}: {(error.strerror or str(error)).lower()}",
                    hint="run grade after each save instead",
                ) from error

    def close(self) -> None:
        """End the student's processes."""
        self._sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _read(self) -> tuple[Assignment, Submission, str]:
        """Return what is there now, with the assignment's digest."""
        assignment = self._course.assignment(self._assignment_id)
        return assignment, read_submission(self._place, assignment), assignment_digest(assignment)

    def _unless_overtaken(self, shown: Callable[[Progress], None] | None) -> Callable[[Progress], None]:
        """Return what shows the progress, and gives up once there is another save: its result is the one waited for."""
        asked = time.monotonic()

        def on_progress(progress: Progress) -> None:
            nonlocal asked
            if shown:
                shown(progress)
            if time.monotonic() < asked + LOOK_AGAIN_SECONDS:
                return
            asked = time.monotonic()
            try:
                _, submission, digest = self._read()
            except GraderError as problem:
                raise _OvertakenError from problem
            if _state(submission, digest) != self._state:
                raise _OvertakenError

        return on_progress

    def _is_new(self, state: Hashable) -> bool:
        self._state, before = state, self._state
        return state != before

    def _places(self) -> list[Path]:
        """Return the folders to watch: those that hold the submission and the assignment, or the nearest above."""
        wanted = {self._assignment.folder, self._assignment.folder / "checks"}
        solutions = self._assignment.solution_folder
        wanted |= {solutions, *(solutions / name for name in ("checks", "misconceptions", "alternatives"))}
        if self._place.is_dir():
            files = folder_tree(self._place).files
            wanted |= {self._place, *(self._place / file.parent for file in files)}
        else:
            wanted.add(_nearest_folder(self._place.parent))
        return sorted(folder for folder in wanted if folder.is_dir())


def _state(submission: Submission, digest: str) -> Hashable:
    return submission.digest, submission.unreadable, digest


def _nearest_folder(place: Path) -> Path:
    return next(folder for folder in (place, *place.parents) if folder.is_dir())


def _matters(_: object, path: str) -> bool:
    """Whether a change may be a save: code, or a folder that came or went; no backups and no caches."""
    place = Path(path)
    return not is_noise(place.name) and (place.suffix.lower() in _SUFFIXES or place.is_dir())
