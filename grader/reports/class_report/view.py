"""What the class page shows: rows, lists and numbers, ready to be laid out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.model.change import Change
from grader.model.class_record import ClassRecord, StudentRecord
from grader.model.class_statistics import (
    CheckStatistics,
    QuestionStatistics,
    SharedMisconception,
    Spread,
    at_risk,
    histogram,
    marks_in,
    question_statistics,
    shared_misconceptions,
    spread_of,
)
from grader.model.page_names import page_names
from grader.model.result import GradedSubmission, Outcome
from grader.model.similarity import Passage, SimilarPair

BINS = 10
_PAIRS, _PASSAGES = 100, 5
"""Similar submissions shown, and passages of each: whoever has more in common comes first."""


class Flag(StrEnum):
    """What one may look for among the students."""

    AT_RISK = "at-risk"
    LATE = "late"
    UNGRADED = "ungraded"
    MISSING = "missing"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRow:
    """One student in the list."""

    record: StudentRecord
    page: str | None
    """The name of the student's pages, without ending; None for who handed nothing in."""
    questions: int
    questions_full: int
    flags: tuple[Flag, ...]

    @property
    def id(self) -> str:
        """The student's id."""
        return self.record.member.id

    @property
    def name(self) -> str:
        """What the student is called."""
        return self.record.member.name or self.record.member.id

    @property
    def points(self) -> float | None:
        """The mark."""
        return self.record.mark.points


@dataclass(frozen=True, slots=True, kw_only=True)
class MisconceptionView:
    """A mistake, its hint and who makes it."""

    shared: SharedMisconception
    hint: str
    students: tuple[StudentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A check that tells nobody apart."""

    question: QuestionStatistics
    check: CheckStatistics


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """What a regrade changed for a student."""

    student: StudentRow
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two submissions with much in common."""

    first: StudentRow
    second: StudentRow
    pair: SimilarPair
    passages: tuple[Passage, ...]
    """The longest of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """The whole page."""

    record: ClassRecord
    students: tuple[StudentRow, ...]
    marks: Spread | None
    bins: tuple[int, ...]
    """Marks from 0 to all points, in equal bins."""
    seconds: Spread | None
    """Of grading one submission."""
    slowest: StudentRow | None
    questions: tuple[QuestionStatistics, ...]
    outcomes: Counter[Outcome]
    """How often each occurs, over all students and checks."""
    misconceptions: tuple[MisconceptionView, ...]
    never_passed: tuple[CheckView, ...]
    always_passed: tuple[CheckView, ...]
    at_risk: tuple[StudentRow, ...]
    at_risk_percent: float
    changes: tuple[ChangeView, ...]
    similar: tuple[PairView, ...]
    flags: Counter[Flag]

    @property
    def handed_in(self) -> int:
        """How many handed something in."""
        return sum(bool(each.record.attempts) for each in self.students)

    @property
    def most_attempts(self) -> int:
        """The largest number of attempts of one student."""
        return max((len(each.record.attempts) for each in self.students), default=0)

    @property
    def has_sections(self) -> bool:
        """Whether the class is divided."""
        return any(each.record.member.section for each in self.students)

    def with_flag(self, flag: Flag) -> tuple[StudentRow, ...]:
        """Return the students of whom `flag` is true."""
        return tuple(each for each in self.students if flag in each.flags)


def class_view(record: ClassRecord, *, at_risk_percent: float) -> ClassView:
    """Work out what the page of a class shows; `at_risk_percent` is the share below which a mark is a worry."""
    endangered = at_risk(record, below_percent=at_risk_percent)
    worries = {each.member.id for each in endangered}
    pages = page_names(each.member.id for each in record.students)
    rows = {
        each.member.id: _row(record, each, pages[each.member.id], at_risk=each.member.id in worries)
        for each in record.students
    }
    graded = {each.member.id: each.graded for each in record.students if each.graded}
    questions = question_statistics(record)
    checks = [CheckView(question=question, check=check) for question in questions for check in question.checks]
    return ClassView(
        record=record,
        students=tuple(rows.values()),
        marks=spread_of(marks_in(record)),
        bins=histogram(marks_in(record), most=record.assignment.max_points, bins=BINS),
        seconds=spread_of(each.seconds for each in graded.values()),
        slowest=_slowest(graded, rows.values()),
        questions=questions,
        outcomes=_outcomes(questions),
        misconceptions=tuple(_misconception(record, each, rows) for each in shared_misconceptions(record)),
        never_passed=tuple(each for each in checks if each.check.answered and not each.check.passed),
        always_passed=tuple(each for each in checks if each.check.answered == each.check.passed > 0),
        at_risk=tuple(rows[each.member.id] for each in endangered),
        at_risk_percent=at_risk_percent,
        changes=_changes(record, rows),
        similar=_similar(record, rows),
        flags=Counter(flag for row in rows.values() for flag in row.flags),
    )


def _row(record: ClassRecord, student: StudentRecord, page: str, *, at_risk: bool) -> StudentRow:
    mark, questions = student.mark, student.graded.questions if student.graded else ()
    points = mark.points
    true = {
        Flag.AT_RISK: at_risk,
        Flag.LATE: mark.days_late > 0,
        Flag.UNGRADED: bool(student.counted and student.counted.attempt.errors),
        Flag.MISSING: not student.attempts,
        Flag.FULL: points is not None and points >= record.assignment.max_points,
    }
    return StudentRow(
        record=student,
        page=page if student.attempts else None,
        questions=len(questions),
        questions_full=sum(each.points >= each.max_points - 1e-9 for each in questions),
        flags=tuple(flag for flag, holds in true.items() if holds),
    )


def _outcomes(questions: Iterable[QuestionStatistics]) -> Counter[Outcome]:
    """Those that occur, in their own order."""
    total = sum((question.outcomes for question in questions), Counter[Outcome]())
    return Counter({outcome: total[outcome] for outcome in Outcome if total[outcome]})


def _misconception(record: ClassRecord, shared: SharedMisconception, rows: dict[str, StudentRow]) -> MisconceptionView:
    students = tuple(rows[student] for student in shared.students)
    return MisconceptionView(shared=shared, hint=record.hints.get(shared.id, ""), students=students)


def _changes(record: ClassRecord, rows: dict[str, StudentRow]) -> tuple[ChangeView, ...]:
    """Who lost most comes first."""
    changes: Sequence[Change] = record.regrade.changes if record.regrade else ()
    ordered = sorted(changes, key=lambda each: (each.gained, each.student))
    return tuple(ChangeView(student=rows[each.student], change=each) for each in ordered if each.student in rows)


def _similar(record: ClassRecord, rows: dict[str, StudentRow]) -> tuple[PairView, ...]:
    pairs = [each for each in record.similar if each.first in rows and each.second in rows]
    ordered = sorted(pairs, key=lambda each: (-each.share, -each.lines, each.first, each.second))
    return tuple(
        PairView(first=rows[each.first], second=rows[each.second], pair=each, passages=each.passages[:_PASSAGES])
        for each in ordered[:_PAIRS]
    )


def _slowest(graded: dict[str, GradedSubmission], rows: Iterable[StudentRow]) -> StudentRow | None:
    return max((row for row in rows if row.id in graded), key=lambda row: graded[row.id].seconds, default=None)
