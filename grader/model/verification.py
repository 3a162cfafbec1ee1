"""Whether an assignment is sound: what its checks say of functions whose worth is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.model.assignment import Check, Group, Question
from grader.model.result import Outcome


class SubjectKind(StrEnum):
    """What is known of a set of functions before it is graded."""

    REFERENCE = "reference"
    STUB = "stub"
    TRIVIAL = "trivial"
    """Functions that return None, a zero, or their input: they must earn no core point."""
    MISCONCEPTION = "misconception"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the checks said of one subject at one seed."""

    kind: SubjectKind
    subject: str
    """`dropout_forward.not_inverted`, `layers_loops`, `returns its input`, …"""
    seed: int
    outcomes: Mapping[str, Outcome]
    """By check id; only the checks of the questions that the subject is about."""
    points: Mapping[str, float]
    """By question."""
    named: str | None = None
    """For a misconception: which one the diagnosis named."""
    named_by_checks: str | None = None
    """For a misconception, at the first seed: which one its failed checks alone name, where it draws otherwise."""
    random: bool = False
    """A failed check gave the function a generator to draw from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMisconception:
    """What the catalogue says of a misconception."""

    id: str
    question: str
    summary: str
    caught_by: tuple[str, ...]
    """Ids of the checks that must fail for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenMisconception:
    """A misconception and the proof that the checks catch it."""

    misconception: KnownMisconception
    failed_checks: tuple[str, ...]
    named: bool
    """The diagnosis names it, at every seed."""
    named_by_checks: bool
    """Its failed checks alone name it, also where it draws otherwise."""
    random: bool
    """It is given a generator: a student with the same mistake may draw otherwise, and get other outputs."""

    @property
    def named_for_any_draws(self) -> bool:
        """True when it is named to a student who makes the same mistake and draws otherwise."""
        return self.named_by_checks if self.random else self.named


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The proof that an assignment is sound, or the list of what is missing."""

    assignment: str
    title: str
    seeds: tuple[int, ...]
    problems: tuple[str, ...]
    """Empty: the assignment is sound."""
    questions: tuple[Question, ...]
    checks: tuple[Check, ...]
    misconceptions: tuple[ProvenMisconception, ...]
    alternatives: tuple[str, ...]
    trivial: tuple[str, ...]
    check_seconds: Mapping[str, float]
    """The median time of each check on the reference, by check id."""
    seconds: float

    @property
    def sound(self) -> bool:
        """True when nothing is missing."""
        return not self.problems


def find_problems(
    checks: Sequence[Check],
    max_points: Mapping[str, float],
    misconceptions: Sequence[KnownMisconception],
    verdicts: Sequence[Verdict],
) -> tuple[str, ...]:
    """Return what keeps an assignment from being sound, one sentence each. `max_points` are the questions'."""
    by_subject: dict[tuple[SubjectKind, str], list[Verdict]] = {}
    for verdict in verdicts:
        by_subject.setdefault((verdict.kind, verdict.subject), []).append(verdict)
    known = {misconception.id: misconception for misconception in misconceptions}
    problems: list[str] = []
    for (kind, subject), own in by_subject.items():
        problems += _flaky(f"{kind} {subject}".replace("reference reference", "reference"), own)
        match kind:
            case SubjectKind.REFERENCE | SubjectKind.ALTERNATIVE:
                problems += _not_full(kind, subject, own)
            case SubjectKind.STUB:
                problems += _stub_attempted(own)
            case SubjectKind.TRIVIAL:
                problems += _trivial_earns(subject, own)
            case SubjectKind.MISCONCEPTION:
                problems += _not_caught(known[subject], own, max_points)
    return (*problems, *_without_proof(checks, misconceptions, verdicts))


def prove_misconceptions(
    misconceptions: Sequence[KnownMisconception], verdicts: Sequence[Verdict]
) -> tuple[ProvenMisconception, ...]:
    """Return each misconception with the checks that it fails at every seed."""
    by_subject: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.kind is SubjectKind.MISCONCEPTION:
            by_subject.setdefault(verdict.subject, []).append(verdict)
    proven = []
    for misconception in misconceptions:
        own = by_subject.get(misconception.id, [])
        failed = _always_failed(own)
        proven.append(
            ProvenMisconception(
                misconception=misconception,
                failed_checks=tuple(sorted(failed)),
                named=bool(own) and all(verdict.named == misconception.id for verdict in own),
                named_by_checks=any(verdict.named_by_checks == misconception.id for verdict in own),
                random=any(verdict.random for verdict in own),
            )
        )
    return tuple(proven)


def _failed(verdict: Verdict) -> set[str]:
    return {check for check, outcome in verdict.outcomes.items() if outcome is not Outcome.PASSED}


def _always_failed(verdicts: Sequence[Verdict]) -> set[str]:
    """Return the checks that failed wherever they were run: not every check is run at every seed."""
    failed = {check for verdict in verdicts for check in _failed(verdict)}
    return {check for check in failed if all(verdict.outcomes.get(check) is not Outcome.PASSED for verdict in verdicts)}


def _flaky(who: str, verdicts: Sequence[Verdict]) -> Iterable[str]:
    for check in verdicts[0].outcomes:
        seen = sorted({verdict.outcomes[check].value for verdict in verdicts if check in verdict.outcomes})
        if len(seen) > 1:
            yield f"{who} gets different verdicts from {check} at different seeds: {', '.join(seen)}"


def _not_full(kind: SubjectKind, subject: str, verdicts: Sequence[Verdict]) -> Iterable[str]:
    for check in sorted(set().union(*(_failed(verdict) for verdict in verdicts))):
        yield (
            f"{kind} {subject} does not pass {check}"
            if kind is SubjectKind.ALTERNATIVE
            else (f"the reference does not pass {check}")
        )


def _stub_attempted(verdicts: Sequence[Verdict]) -> Iterable[str]:
    attempted = {
        check
        for verdict in verdicts
        for check, outcome in verdict.outcomes.items()
        if outcome is not Outcome.NOT_ATTEMPTED
    }
    for check in sorted(attempted):
        yield f"the stub is not reported as not attempted by {check}"


def _trivial_earns(subject: str, verdicts: Sequence[Verdict]) -> Iterable[str]:
    most: dict[str, float] = {}
    for verdict in verdicts:
        for question, points in verdict.points.items():
            most[question] = max(points, most.get(question, 0.0))
    for question, points in most.items():
        if points > 0:
            yield f"a function that {subject} earns {points:g} points at {question}"


def _not_caught(
    misconception: KnownMisconception, verdicts: Sequence[Verdict], max_points: Mapping[str, float]
) -> Iterable[str]:
    always_failed = _always_failed(verdicts)
    known = {check for verdict in verdicts for check in verdict.outcomes}
    for check in misconception.caught_by:
        if check not in known:
            yield f"misconception {misconception.id} is to be caught by {check}, which is no check of its question"
        elif check not in always_failed:
            yield f"misconception {misconception.id} passes {check}, which is to catch it"
    if max(verdict.points[misconception.question] for verdict in verdicts) >= max_points[misconception.question]:
        yield f"misconception {misconception.id} keeps full marks at {misconception.question}"
    named = {name for verdict in verdicts for name in (verdict.named, verdict.named_by_checks) if name}
    for other in sorted(named - {misconception.id}):
        yield f"misconception {misconception.id} is taken for {other}"


def _without_proof(
    checks: Sequence[Check], misconceptions: Sequence[KnownMisconception], verdicts: Sequence[Verdict]
) -> Iterable[str]:
    catching = {check for misconception in misconceptions for check in misconception.caught_by}
    for check in checks:
        if check.id not in catching and check.group is not Group.ADVICE:
            yield f"check {check.id} catches no misconception: it is redundant, or one is missing"
    with_misconception = {misconception.question for misconception in misconceptions}
    for question in dict.fromkeys(check.question for check in checks):
        if question not in with_misconception:
            yield f"question {question} has no misconception"
    if not any(verdict.kind is SubjectKind.ALTERNATIVE for verdict in verdicts):
        yield "there is no alternative solution"
