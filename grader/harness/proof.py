"""What the checks say of functions whose worth is known: the proof behind `grade verify`, one seed at a time."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checks.declaration import Misconception
from grader.course.stubs import stub_of
from grader.harness.attempt import Attempt, GradedCheck
from grader.harness.catalogue import ReferenceSolution, alternative_paths, load_misconceptions, load_reference
from grader.harness.diagnosis import COMPARABLE, draws, find_by_failed_checks, find_misconception
from grader.harness.grading import score_attempts
from grader.harness.session import collect_checks
from grader.harness.trial import Trials, attempt_trusted
from grader.model.assignment import Assignment, Question
from grader.model.submission import ModuleSource
from grader.model.verification import KnownMisconception, SubjectKind, Verdict
from grader.sandbox.trusted import TrustedWorker


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofMaterial:
    """Everything of an assignment that the proof runs."""

    assignment: Assignment
    solution: ReferenceSolution
    checks: tuple[GradedCheck, ...]
    misconceptions: tuple[Misconception, ...]

    def of(self, questions: Sequence[Question]) -> tuple[GradedCheck, ...]:
        """Return the checks of some questions."""
        names = {question.id for question in questions}
        return tuple(graded for graded in self.checks if graded.check.question in names)

    def known(self) -> tuple[KnownMisconception, ...]:
        """Return what the catalogue says of each misconception; a test function becomes the id of its check."""
        return tuple(
            KnownMisconception(
                id=each.id,
                question=each.question,
                summary=each.summary,
                caught_by=tuple(self._check_id(each.question, name) for name in each.caught_by),
            )
            for each in self.misconceptions
        )

    def _check_id(self, question: str, function: str) -> str:
        own = [graded.check.id for graded in self.checks if graded.check.question == question]
        return next((name for name in own if name.partition(".")[2] == function), function)


def gather(assignment: Assignment) -> ProofMaterial:
    """Import and collect everything that the proof runs. Raises `AssignmentError` where something is damaged."""
    solution = load_reference(assignment)
    return ProofMaterial(
        assignment=assignment,
        solution=solution,
        checks=collect_checks(assignment, solution),
        misconceptions=load_misconceptions(assignment, solution),
    )


def prove_seed(material: ProofMaterial, seed: int) -> tuple[list[Verdict], Mapping[str, float]]:
    """Return the verdicts on every subject at one seed, and the seconds that each check takes on the reference.

    The reference passes every check at every seed. The other subjects meet slow checks at the assignment's own seed
    only, a misconception those alone that are to catch it.
    """
    proof = _SeedProof(material, seed)
    verdicts = [proof.reference(), proof.stub(), *proof.alternatives(), *proof.trivial(), *proof.misconceptions()]
    return verdicts, proof.check_seconds()


class _SeedProof:
    """The subjects of one assignment and their verdicts at one seed."""

    def __init__(self, material: ProofMaterial, seed: int) -> None:
        self._material = material
        self._questions = material.assignment.questions
        self._seed = seed
        self._is_first = seed == material.assignment.seed
        self._trials = Trials(assignment=material.assignment, solution=material.solution, seed=seed)
        # What a student would get who makes the same mistake and draws otherwise: shown once, at the first seed.
        self._other_draws = (
            Trials(assignment=material.assignment, solution=material.solution, seed=seed + 1)
            if self._is_first
            else None
        )

    def reference(self) -> Verdict:
        attempts = {graded.check.id: self._trials.run_reference(graded) for graded in self._material.checks}
        return self._verdict(SubjectKind.REFERENCE, "reference", self._questions, attempts)

    def stub(self) -> Verdict:
        texts = {
            source.module: ModuleSource(
                module=source.module, filename=source.filename, text=stub_of(source.text, source.filename)
            )
            for source in self._material.solution.sources
        }
        return self._run(SubjectKind.STUB, "stub", self._questions, self._worker_with(texts))

    def alternatives(self) -> Iterator[Verdict]:
        for path, module in alternative_paths(self._material.assignment).items():
            source = ModuleSource(module=module, filename=path.name, text=path.read_text(encoding="utf-8"))
            own = [question for question in self._questions if question.module == module]
            yield self._run(SubjectKind.ALTERNATIVE, path.stem, own, self._worker_with({module: source}))

    def trivial(self) -> Iterator[Verdict]:
        """Functions that do nothing of use, each in the place of one question's at a time."""
        for label, answer in TRIVIAL_ANSWERS.items():
            attempts: dict[str, Attempt] = {}
            for question in self._questions:
                open_worker = self._worker_replacing(question, _trivial_function(question, answer))
                attempts |= self._attempts([question], open_worker)
            yield self._verdict(SubjectKind.TRIVIAL, label, self._questions, attempts)

    def misconceptions(self) -> Iterator[Verdict]:
        for question in self._questions:
            rivals = [each for each in self._material.misconceptions if each.question == question.id]
            yield from self._misconceptions_of(question, rivals)
            # Nobody compares with them any more, and all that they returned takes hundreds of megabytes.
            self._trials.forget(rivals)
            if self._other_draws is not None:
                self._other_draws.forget(rivals)

    def _misconceptions_of(self, question: Question, rivals: Sequence[Misconception]) -> Iterator[Verdict]:
        for misconception in rivals:
            checks = self._checks([question], slow=misconception.caught_by)
            if not self._is_first and self._is_caught_slowly(misconception):
                continue
            attempts = {graded.check.id: self._trials.of_misconception(misconception, graded) for graded in checks}
            quick = [graded for graded in checks if not graded.check.slow]
            named = find_misconception(rivals, quick, attempts, self._trials)
            yield replace(
                self._verdict(SubjectKind.MISCONCEPTION, misconception.id, [question], attempts),
                named=named.id if named else None,
                named_by_checks=self._named_by_checks(misconception, rivals, quick),
                random=any(draws(attempt) for attempt in attempts.values() if attempt.outcome in COMPARABLE),
            )

    def _is_caught_slowly(self, misconception: Misconception) -> bool:
        question = self._material.assignment.question(misconception.question)
        catching = [
            graded.check
            for graded in self._material.of([question])
            if graded.function.__name__ in misconception.caught_by
        ]
        return bool(catching) and all(check.slow for check in catching)

    def _named_by_checks(
        self, misconception: Misconception, rivals: Sequence[Misconception], checks: Sequence[GradedCheck]
    ) -> str | None:
        if self._other_draws is None:
            return None
        elsewhere = {graded.check.id: self._other_draws.of_misconception(misconception, graded) for graded in checks}
        named = find_by_failed_checks(rivals, checks, elsewhere, self._trials)
        return named.id if named else None

    def _checks(self, questions: Sequence[Question], slow: Sequence[str] | None = None) -> tuple[GradedCheck, ...]:
        """Return the checks of some questions that are run at this seed: slow ones at the first only.

        `slow` names the slow checks that have something to say; None stands for all.
        """
        return tuple(
            graded
            for graded in self._material.of(questions)
            if not graded.check.slow or (self._is_first and (slow is None or graded.function.__name__ in slow))
        )

    def check_seconds(self) -> dict[str, float]:
        return {graded.check.id: self._trials.run_reference(graded).seconds for graded in self._material.checks}

    def _run(
        self, kind: SubjectKind, subject: str, questions: Sequence[Question], open_worker: Callable[[], TrustedWorker]
    ) -> Verdict:
        return self._verdict(kind, subject, questions, self._attempts(questions, open_worker))

    def _attempts(self, questions: Sequence[Question], open_worker: Callable[[], TrustedWorker]) -> dict[str, Attempt]:
        attempts = {}
        for graded in self._checks(questions):
            with open_worker() as worker:
                attempts[graded.check.id] = attempt_trusted(
                    graded, worker, self._material.assignment, self._material.solution, self._seed
                )
        return attempts

    def _verdict(
        self,
        kind: SubjectKind,
        subject: str,
        questions: Sequence[Question],
        attempts: Mapping[str, Attempt],
    ) -> Verdict:
        scores = {
            question.id: score_attempts(
                question,
                [graded for graded in self._material.of([question]) if graded.check.id in attempts],
                attempts,
                self._trials.run_reference,
            )
            for question in questions
        }
        return Verdict(
            kind=kind,
            subject=subject,
            seed=self._seed,
            outcomes={name: attempt.outcome for name, attempt in attempts.items()},
            points={name: float(score.points) for name, score in scores.items()},
        )

    def _worker_with(self, changed: Mapping[str, ModuleSource]) -> Callable[[], TrustedWorker]:
        sources = [changed.get(source.module, source) for source in self._material.solution.sources]

        def open_worker() -> TrustedWorker:
            worker = TrustedWorker()
            worker.load(sources, now=())
            return worker

        return open_worker

    def _worker_replacing(self, question: Question, function: Callable[..., Any]) -> Callable[[], TrustedWorker]:
        open_reference = self._worker_with({})

        def open_worker() -> TrustedWorker:
            worker = open_reference()
            worker.replace(f"{question.module}.{question.id}", function)
            return worker

        return open_worker


def _first_array(args: Sequence[Any]) -> Any:
    """Return what a lazy function would answer with: its first array, the first one in a dictionary, or its shape's."""
    for value in args:
        if isinstance(value, np.ndarray):
            return value
        if isinstance(value, dict):
            return value
        if isinstance(value, tuple) and all(isinstance(size, int) for size in value):
            return np.ones(value)
    return args[0] if args else None


def _zeros_like(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: np.zeros_like(item) for key, item in value.items()}
    return np.zeros_like(value) if value is not None else 0.0


TRIVIAL_ANSWERS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "returns None": lambda _: None,
    "returns 0.0": lambda _: 0.0,
    "returns zeros": lambda args: _zeros_like(_first_array(args)),
    "returns its input": _first_array,
    "returns a copy of its input": lambda args: copy.deepcopy(_first_array(args)),
}


def _trivial_function(question: Question, answer: Callable[[Sequence[Any]], Any]) -> Callable[..., Any]:
    def function(*args: Any, **kwargs: Any) -> Any:
        value = answer([*args, *kwargs.values()])
        return value if len(question.returns) == 1 else tuple(value for _ in question.returns)

    return function
