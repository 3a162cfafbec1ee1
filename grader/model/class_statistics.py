"""How a class did: numbers about marks, questions, checks and misconceptions, None wherever there is nothing to say."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.model.assignment import Group, Visibility
from grader.model.class_record import ClassRecord, StudentRecord
from grader.model.result import CheckResult, GradedSubmission, Outcome, QuestionResult

MIN_FOR_DISCRIMINATION = 10
"""A correlation of fewer students says next to nothing."""

_ROUNDING = 1e-9
_UNANSWERED = frozenset({Outcome.NOT_ATTEMPTED, Outcome.SKIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Where some numbers lie."""

    count: int
    lowest: float
    lower_quartile: float
    median: float
    mean: float
    upper_quartile: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStatistics:
    """How one check ended for the class."""

    id: str
    title: str
    group: Group
    visibility: Visibility
    outcomes: Counter[Outcome]

    @property
    def passed(self) -> int:
        """How many pass it."""
        return self.outcomes[Outcome.PASSED]

    @property
    def answered(self) -> int:
        """For how many it ended in something else than `not attempted` or `skipped`."""
        return self.outcomes.total() - sum(self.outcomes[outcome] for outcome in _UNANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionStatistics:
    """How one question went, over the attempts that count."""

    id: str
    title: str
    max_points: float
    facility: float
    """The mean share of its points; who has not started it counts with 0."""
    discrimination: float | None
    """The correlation of its points with those of all other questions (`correlation`)."""
    full: int
    """Students with all of its points."""
    partial: int
    nothing: int
    """Students who tried, without points."""
    not_started: int
    seconds: float
    """The median time of its checks."""
    solved_at: tuple[int, ...]
    """How many had all points at their first, second, … attempt for the first time."""
    unsolved: int
    """Students none of whose attempts has all points."""
    checks: tuple[CheckStatistics, ...]

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How its checks ended, taken together."""
        return sum((check.outcomes for check in self.checks), Counter())


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMisconception:
    """A mistake and who makes it, in the attempt that counts."""

    id: str
    question: str
    students: tuple[str, ...]
    tried: int
    """How many tried the question."""


def spread_of(values: Iterable[float]) -> Spread | None:
    """Return where `values` lie, or None for no values; quartiles are interpolated (Hyndman and Fan 1996, type 7)."""
    ordered = sorted(values)
    if not ordered:
        return None
    lower, middle, upper = statistics.quantiles(ordered * (1 + (len(ordered) == 1)), n=4, method="inclusive")
    return Spread(
        count=len(ordered),
        lowest=ordered[0],
        lower_quartile=lower,
        median=middle,
        mean=statistics.fmean(ordered),
        upper_quartile=upper,
        highest=ordered[-1],
    )


def histogram(values: Iterable[float], *, most: float, bins: int) -> tuple[int, ...]:
    """Count `values` in equal bins from 0 to `most`; a bin holds its lower end, the last one `most` and more too."""
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, max(0, math.floor(value / most * bins + _ROUNDING)))] += 1
    return tuple(counts)


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's correlation; None for fewer than two pairs or when one side is all the same."""
    if len(first) < 2 or _constant(first) or _constant(second):
        return None
    return max(-1.0, min(1.0, statistics.correlation(first, second)))


def marks_in(record: ClassRecord) -> tuple[float, ...]:
    """Return the marks of those who have one."""
    return tuple(each.mark.points for each in record.students if each.mark.points is not None)


def question_statistics(record: ClassRecord) -> tuple[QuestionStatistics, ...]:
    """Return how each question of the assignment, as it was graded last, went."""
    counted = [each.counted for each in record.students if each.counted and each.graded]
    if not counted:
        return ()
    newest = max(counted, key=lambda each: each.attempt.graded_at).graded
    return tuple(_question(record, question) for question in (newest.questions if newest else ()))


def shared_misconceptions(record: ClassRecord) -> tuple[SharedMisconception, ...]:
    """Return the mistakes that the diagnosis names, the most frequent first."""
    found: dict[tuple[str, str], list[str]] = {}
    tried: Counter[str] = Counter()
    for student in record.students:
        for question in student.graded.questions if student.graded else ():
            tried[question.id] += question.attempted
            for name in dict.fromkeys(check.misconception for check in question.checks if check.misconception):
                found.setdefault((question.id, name), []).append(student.member.id)
    shared = [
        SharedMisconception(id=name, question=question, students=tuple(students), tried=tried[question])
        for (question, name), students in found.items()
    ]
    return tuple(sorted(shared, key=lambda each: (-len(each.students), each.id)))


def at_risk(record: ClassRecord, *, below_percent: float) -> tuple[StudentRecord, ...]:
    """Return who handed nothing in, or whose mark is below a share of the points; the lowest first.

    An attempt that could not be graded is not the student's fault, and puts nobody here.
    """
    line = record.assignment.max_points * below_percent / 100 - _ROUNDING
    found = [each for each in record.students if _is_below(each, line)]
    return tuple(sorted(found, key=lambda each: (each.mark.points or 0.0, each.member.id)))


def _question(record: ClassRecord, question: QuestionResult) -> QuestionStatistics:
    graded = [each.graded for each in record.students if each.graded]
    found = [(whole, own) for whole in graded if (own := _named(question.id, whole))]
    owns = [own for _, own in found]
    shares = [own.points / own.max_points for own in owns]
    rests = [whole.points - own.points for whole, own in found]
    solved = [_solved_at(each, question.id) for each in record.students if each.graded]
    at = Counter(solved)
    return QuestionStatistics(
        id=question.id,
        title=question.title,
        max_points=question.max_points,
        facility=statistics.fmean(shares),
        discrimination=correlation(shares, rests) if len(shares) >= MIN_FOR_DISCRIMINATION else None,
        full=sum(map(_is_full, owns)),
        partial=sum(own.points > _ROUNDING and not _is_full(own) for own in owns),
        nothing=sum(own.attempted and own.points <= _ROUNDING for own in owns),
        not_started=sum(not own.attempted for own in owns),
        seconds=statistics.median(sum(check.seconds for check in own.checks) for own in owns),
        solved_at=tuple(at[number] for number in range(1, 1 + max((each for each in at if each), default=0))),
        unsolved=at[None],
        checks=tuple(_check(check, owns) for check in question.checks),
    )


def _check(check: CheckResult, owns: Sequence[QuestionResult]) -> CheckStatistics:
    return CheckStatistics(
        id=check.id,
        title=check.title,
        group=check.group,
        visibility=check.visibility,
        outcomes=Counter(each.outcome for own in owns for each in own.checks if each.id == check.id),
    )


def _solved_at(student: StudentRecord, question: str) -> int | None:
    """Return the number of the first attempt that has all points of a question, from 1."""
    for number, each in enumerate(student.attempts, start=1):
        own = _named(question, each.graded) if each.graded else None
        if own and _is_full(own):
            return number
    return None


def _is_below(student: StudentRecord, line: float) -> bool:
    points = student.mark.points
    return not student.attempts if points is None else points < line


def _named(question: str, graded: GradedSubmission) -> QuestionResult | None:
    return next((each for each in graded.questions if each.id == question), None)


def _is_full(question: QuestionResult) -> bool:
    return question.points >= question.max_points - _ROUNDING


def _constant(values: Sequence[float]) -> bool:
    return max(values) - min(values) < _ROUNDING
