"""What the class page says."""

from collections.abc import Iterable
from datetime import UTC, datetime

from grader.model.change import CheckChange
from grader.model.class_record import StudentRecord
from grader.model.class_statistics import (
    MIN_FOR_DISCRIMINATION,
    CheckStatistics,
    QuestionStatistics,
    SharedMisconception,
)
from grader.model.policy import Counted
from grader.model.similarity import SimilarPair
from grader.model.wording import counted, points
from grader.reports.class_report.view import ClassView, Flag, PairView, StudentRow

FLAGS = {
    Flag.AT_RISK: "at risk",
    Flag.LATE: "late",
    Flag.UNGRADED: "not graded",
    Flag.MISSING: "nothing handed in",
    Flag.FULL: "all points",
}
COUNTED = {Counted.BEST: "the best attempt counts", Counted.LAST: "the last attempt counts"}
FACILITY = (
    "Mean share is what students earn of a question's points on average; a question that is not started counts as 0."
)
DISCRIMINATION = (
    "Discrimination is the correlation of a question's points with the points of all other questions together "
    f"(the corrected item-total correlation), from {MIN_FOR_DISCRIMINATION} students on. Above 0.3 the question tells "
    "those who can from those who cannot yet, as the others do; near 0 or below, look at its handout and its checks. "
    "It stays empty where everyone earns the same."
)
FAR = {"full": "all points", "partial": "some", "nothing": "none", "open": "not started"}
NEVER = "Is it too hard, or does the handout not say it? A check may also be mistaken: look at what students return."
ALWAYS = "Good, if they could have gone wrong; such checks tell nothing about who needs help."
UNGRADED_NOTE = "Nobody loses points for this: an earlier result stands, or there is no mark until it can be graded."
SIMILAR_NOTE = (
    "These submissions share more than the given code and what many wrote. There are many good reasons for that: a "
    "common source, a study group, one natural way to write it. This list says only where a person may want to look."
)
AUDIENCE = (
    "This page and the students’ pages in students/ are for the course’s staff: they show hidden checks. The pages in "
    "feedback/ are made to be handed out: each shows one student’s work, without the details of hidden checks."
)

_MINUS = "\N{MINUS SIGN}"


def verdict(view: ClassView) -> str:
    """Say in a sentence or two how the class stands."""
    count, total = view.handed_in, len(view.students)
    if not total:
        return "Nobody is on the roster, and nobody has handed in yet."
    opening = f"{'All' if count == total > 1 else f'{count} of'} {counted(total, 'student')} handed in."
    if view.marks is None:
        return f"{opening} There are no marks yet."
    if view.marks.count < 4:
        return opening
    lower, upper = points(view.marks.lower_quartile), points(view.marks.upper_quartile)
    if lower == upper:
        return f"{opening} At least half of the marks are {lower}."
    return (
        f"{opening} Half of the marks lie between {lower} and {upper} of {points(view.record.assignment.max_points)}."
    )


def sections(view: ClassView) -> list[tuple[str, str, int | None]]:
    """List the sections after the questions: id, name, and how much is in it."""
    listed: list[tuple[str, str, int | None, bool]] = [
        ("misconceptions", "Misconceptions", len(view.misconceptions), True),
        ("checks", "Checks", None, bool(view.questions)),
        ("at-risk", "Students at risk", len(view.at_risk), True),
        ("ungraded", "Not graded", view.flags[Flag.UNGRADED], view.flags[Flag.UNGRADED] > 0),
        ("regrade", "The last regrade", len(view.changes), view.record.regrade is not None),
        ("similar", "Similar submissions", len(view.record.similar), bool(view.similar)),
        ("students", "Students", len(view.students), True),
    ]
    return [(name, title, count) for name, title, count, is_there in listed if is_there]


def risk_rule(view: ClassView) -> str:
    """State who is listed as at risk."""
    line = view.record.assignment.max_points * view.at_risk_percent / 100
    return (
        f"Listed is who handed nothing in, or whose mark is below {points(line)} points ({view.at_risk_percent:g} %). "
        "Nothing else is looked at. A submission that could not be graded puts nobody here."
    )


def risk_reason(row: StudentRow) -> str:
    """Say why a student is listed as at risk, and what else may help to see."""
    record = row.record
    if not record.attempts:
        return "handed nothing in"
    open_questions = sum(not question.attempted for question in record.graded.questions) if record.graded else 0
    parts = [f"{points(record.mark.points or 0)} points"]
    if open_questions:
        parts.append(f"{counted(open_questions, 'question')} not started")
    if record.mark.penalty:
        parts.append(f"{points(record.mark.penalty)} points lost by lateness")
    return ", ".join(parts)


def ungraded_reason(row: StudentRow) -> str:
    """Say why a submission could not be graded; nothing where that may tell who it is."""
    counted_attempt = row.record.counted
    return "; ".join(filter(None, counted_attempt.attempt.errors)) if counted_attempt else ""


def passed(check: CheckStatistics) -> str:
    """Say how many pass a check, of those for whom it ran."""
    return f"{check.passed} of {check.answered}"


def in_common(pair: SimilarPair) -> str:
    """Say how much two submissions share."""
    return f"{percent(pair.share)} of the shorter one’s own code, {counted(pair.lines, 'line')}"


def passages(pair: PairView) -> str:
    """Say how many passages are shown, and of how many."""
    total = len(pair.pair.passages)
    return counted(total, "passage") if total == len(pair.passages) else f"the longest {len(pair.passages)} of {total}"


def flags_of(rows: Iterable[StudentRow | None]) -> str:
    """Return what is true of a student in any assignment, as the page's search reads it."""
    found = {flag for row in rows if row for flag in row.flags}
    return " ".join(flag for flag in Flag if flag in found)


def composition(record: StudentRecord) -> str:
    """Say how a mark came about: what the checks gave, what a person added, what lateness cost."""
    mark = record.mark
    if mark.points is None:
        return "There is no mark yet." if record.attempts else "Nothing was handed in."
    if mark.attempt and is_plain(record):
        return f"{points(mark.points)} of {points(mark.max_points)} points, as the checks gave them."
    checks = mark.attempt.points if mark.attempt else None
    parts = [f"{points(checks)} from the checks"] if checks is not None else []
    if mark.adjustment:
        parts.append(f"{signed(mark.adjustment)} given by hand")
    if mark.due:
        parts.append(f"time until {minute(mark.due)}")
    if mark.days_late:
        late = f"{counted(mark.days_late, 'day')} late"
        parts.append(f"{signed(-mark.penalty)} for {late}" if mark.penalty else f"{late}, which costs nothing")
    return f"{points(mark.points)} of {points(mark.max_points)} points: {', '.join(parts)}."


def is_plain(record: StudentRecord) -> bool:
    """Return whether the mark is what the checks gave, without a comment."""
    mark = record.mark
    return not (mark.adjustment or mark.due or mark.days_late or mark.comments)


def shared_by(shared: SharedMisconception) -> str:
    """Say how many make a mistake, of those who tried the question."""
    return f"{len(shared.students)} of {shared.tried} who tried it ({percent(len(shared.students) / shared.tried)})"


def solved(question: QuestionStatistics, attempt: int) -> int:
    """Return how many had all points at their `attempt`-th attempt for the first time."""
    return question.solved_at[attempt - 1] if attempt <= len(question.solved_at) else 0


def solved_later(question: QuestionStatistics, attempt: int) -> int:
    """Return how many had all points only after their `attempt`-th attempt."""
    return sum(question.solved_at[attempt:])


def regrade_line(view: ClassView) -> str:
    """Say what the last regrade changed."""
    regrade = view.record.regrade
    if regrade is None:
        return ""
    gained = sum(change.gained > 0 for change in regrade.changes)
    lost = sum(change.gained < 0 for change in regrade.changes)
    same = len(regrade.changes) - gained - lost
    opening = f"On {day(regrade.started_at)}, {counted(regrade.attempts, 'attempt')} were graded again"
    if regrade.attempts == 1:
        opening = opening.replace("were", "was")
    if not regrade.changes:
        return f"{opening}: nothing changed."
    return f"{opening}: {gained} gained, {lost} lost, {same} earn the same by other checks."


def check_change(change: CheckChange) -> str:
    """Say how a check ended before and after."""
    before, after = (outcome or "not there" for outcome in (change.before, change.after))
    ended = f"{before} → {after}" if before != after else str(before)
    return f"{ended} ({signed(change.points)})"


def percent(share: float) -> str:
    """Return a share as a whole percentage that is 0 or 100 only where the share is 0 or 1: `<1 %`, `62 %`, `>99 %`."""
    rounded = round(100 * share)
    if 0 < share < 1 and rounded in (0, 100):
        return "<1 %" if rounded == 0 else ">99 %"
    return f"{rounded} %"


def correlation(value: float | None) -> str:
    """Return a correlation with two decimals, or a dash where there is none."""
    return "–" if value is None else f"{value:.2f}".replace("-", _MINUS)


def signed(value: float) -> str:
    """Return points with their sign: `+3`, `-12.5` with a minus sign."""
    return f"{'+' if value >= 0 else _MINUS}{points(abs(value))}"


def duration(seconds: float) -> str:
    """Return a time with its unit."""
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def day(moment: datetime) -> str:
    """Return the day of a moment, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


def minute(moment: datetime) -> str:
    """Return a moment to the minute, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
