"""How a recording is made: the checks run on everything that is known, and every answer is written down."""

import inspect
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np

from grader.checks.declaration import Misconception
from grader.harness.attempt import Attempt, GradedCheck
from grader.harness.catalogue import ReferenceSolution, alternative_paths, load_misconceptions, load_reference
from grader.harness.given import definitions_of, given_definitions
from grader.harness.recording.calls import Recorder
from grader.harness.recording.contents import Answers, Head, KnownMistake, Trial, TrialRecords
from grader.harness.recording.objects import listening_class
from grader.harness.recording.solution import ANY_ARGUMENTS, draws_at, load_stubs
from grader.harness.recording.trials import trial_of
from grader.harness.trial import Trials, attempt_trusted, functions_beside, stand_ins
from grader.model.assignment import Assignment, Question
from grader.model.submission import ModuleSource
from grader.sandbox.trusted import TrustedWorker

REFERENCE = "reference"
STAND_IN_BYTES = 4096
"""Functions that stand in for others are called in more ways than the reference's. Large answers are not kept then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A solution, right or known to be wrong: what students hand in."""

    name: str
    questions: tuple[Question, ...]
    """Those that it is about."""
    sources: tuple[ModuleSource, ...]
    misconception: Misconception | None = None
    """Takes the place of its question's function."""

    def open_worker(self, stand_ins: Mapping[str, Callable[..., Any]]) -> TrustedWorker:
        """Return a worker with the functions loaded."""
        worker = TrustedWorker()
        worker.load(self.sources, stand_ins=stand_ins, now=())
        self.put_in(worker)
        return worker

    def put_in(self, worker: TrustedWorker) -> None:
        """Put the misconception, where this is one, in the place of the function that was loaded."""
        if self.misconception:
            worker.replace(f"{self.questions[0].module}.{self.misconception.question}", self.misconception.function)


def subjects_of(assignment: Assignment, solution: ReferenceSolution) -> Iterator[Subject]:
    """Yield the reference, the alternatives and the misconceptions of an assignment."""
    yield Subject(name=REFERENCE, questions=assignment.questions, sources=solution.sources)
    for path, module in alternative_paths(assignment).items():
        text = path.read_text(encoding="utf-8")
        yield Subject(
            name=path.stem,
            questions=tuple(question for question in assignment.questions if question.module == module),
            sources=tuple(
                replace(source, text=text) if source.module == module else source for source in solution.sources
            ),
        )
    for misconception in load_misconceptions(assignment, solution):
        yield Subject(
            name=misconception.id,
            questions=(assignment.question(misconception.question),),
            sources=solution.sources,
            misconception=misconception,
        )


def make_recording(
    assignment: Assignment,
    stubs: Sequence[ModuleSource],
    checks: Sequence[GradedCheck],
    on_progress: Callable[[int, int, str], None] = lambda *_: None,
) -> tuple[Head, Answers, TrialRecords]:
    """Run `checks`, as students get them, at the assignment's seed, and return what there is to record.

    Raises `AssignmentError` when the reference does not pass them.
    """
    session = _Session(assignment, stubs, checks)
    subjects = list(subjects_of(assignment, session.solution))
    for done, subject in enumerate(subjects, start=1):
        session.record(subject)
        on_progress(done, len(subjects), subject.name)
    head = Head(
        assignment=assignment.id,
        seed=assignment.seed,
        numpy=np.__version__,
        python=platform.python_version(),
        draws=draws_at(assignment.seed),
    )
    return head, session.answers(), session.records()


class _Session:
    """The runs of one recording."""

    def __init__(self, assignment: Assignment, stubs: Sequence[ModuleSource], checks: Sequence[GradedCheck]) -> None:
        self.solution = load_reference(assignment)
        self._assignment = assignment
        self._stubs = tuple(stubs)
        self._checks = tuple(checks)
        self._recorder = Recorder()
        self._trials: list[Trial] = []
        self._mistakes: list[KnownMistake] = []
        stub_modules = load_stubs(stubs, assignment.folder)
        self._given = given_definitions(self.solution.modules, stub_modules)
        self._listening = replace(
            self.solution,
            modules={
                name: self._listening_module(name, module, stub_modules[name])
                for name, module in self.solution.modules.items()
            },
        )
        self._heard_mistakes = {each.id: each for each in load_misconceptions(assignment, self._listening)}

    def record(self, subject: Subject) -> None:
        """Run the checks of one subject; write down what the reference was asked, and what came of the checks."""
        if subject.misconception:
            known = subject.misconception
            self._mistakes.append(KnownMistake(id=known.id, question=known.question, hint=known.hint))
        trials = Trials(assignment=self._assignment, solution=self.solution, seed=self._assignment.seed)
        for question in subject.questions:
            lent = stand_ins(self._assignment, question, self._listening, subject.sources)
            for graded in self._checks:
                if graded.check.question != question.id or (graded.check.slow and subject.misconception):
                    continue
                if subject.misconception is None or question.uses:
                    self._listen(subject, graded, lent)
                if subject.misconception:
                    self._keep(subject.misconception.id, graded, trials.of_misconception(subject.misconception, graded))
                elif subject.name == REFERENCE:
                    self._listen(subject, graded, lent | functions_beside(question.module, self._listening))
                    self._keep("", graded, trials.of_reference(graded))

    def answers(self) -> Answers:
        """Return the calls of the reference that were heard."""
        return Answers(
            stubs=tuple((stub.module, stub.filename, stub.text) for stub in self._stubs),
            given=tuple(sorted(self._given)),
            calls=tuple(self._recorder.answers.values()),
        )

    def records(self) -> TrialRecords:
        """Return what came of the checks."""
        return TrialRecords(mistakes=tuple(self._mistakes), trials=tuple(self._trials))

    def _listen(self, subject: Subject, graded: GradedCheck, lent: Mapping[str, Callable[..., Any]]) -> None:
        """Run a check. What it asks the reference itself must be the same for everyone, so that is heard only once.

        What functions ask those that stand in for others differs. Of the misconceptions it is heard as well: students'
        mistakes are like them.
        """
        is_reference = subject.name == REFERENCE
        asked = self._listening if is_reference else self.solution
        self._recorder.limit_bytes = None if is_reference else STAND_IN_BYTES
        self._recorder.only = None if is_reference else lent
        if subject.misconception:
            subject = replace(subject, misconception=self._heard_mistakes[subject.misconception.id])
        with subject.open_worker(lent) as worker:
            attempt_trusted(graded, worker, self._assignment, asked, self._assignment.seed)

    def _keep(self, who: str, graded: GradedCheck, attempt: Attempt) -> None:
        self._trials.append(trial_of(attempt, who=who, check=graded.check.id))

    def _listening_module(self, name: str, module: ModuleType, stub: ModuleType) -> ModuleType:
        listening = ModuleType(name)
        vars(listening).update(vars(module))
        in_stub = definitions_of(stub)
        for key, definition in definitions_of(module).items():
            if f"{name}.{key}" in self._given:
                setattr(listening, key, in_stub[key])
            else:
                setattr(listening, key, self._listening_to(f"{name}.{key}", definition, in_stub.get(key)))
        return listening

    def _listening_to(
        self, name: str, definition: Callable[..., Any], stub: Callable[..., Any] | None
    ) -> Callable[..., Any]:
        if isinstance(definition, type) and isinstance(stub, type):
            listening = listening_class(self._recorder, name, definition, stub)
        else:
            signature = inspect.signature(stub) if stub else ANY_ARGUMENTS
            listening = self._recorder.listening(name, definition, signature)
        listening.__module__ = name.partition(".")[0]
        return listening
