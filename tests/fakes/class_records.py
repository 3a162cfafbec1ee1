"""A class as the gradebook gives it: any number of students on the questions of `tests.fakes.graded`."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from grader.model.change import Change, CheckChange
from grader.model.class_record import ClassRecord, GradedAttempt, StudentRecord
from grader.model.gradebook import Adjustment, Attempt, GradedAssignment, Member, Regrade
from grader.model.marks import mark_of
from grader.model.policy import Counted, LatePolicy
from grader.model.result import GradedSubmission, Outcome
from grader.model.similarity import Passage, SimilarPair
from tests.fakes import graded

MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)
LATE = LatePolicy(due=MOMENT, percent_per_day=10, late_days=1)

HELP = Adjustment(
    student="helped", assignment="assignment3", points=5.0, comment="Explained it well.", author="TA", made_at=MOMENT
)
PASSAGE = Passage(
    module="penalties",
    first_lines=(10, 12),
    second_lines=(14, 16),
    first_text="total = 0\nfor w in weights:\n    total += (w ** 2).sum()",
    second_text="s = 0\nfor a in arrays:\n    s += (a ** 2).sum()  # </pre><script>alert(3)</script>",
)


def class_record(students: Sequence[StudentRecord], *, late: LatePolicy | None = None) -> ClassRecord:
    """Build a class."""
    assignment = GradedAssignment(
        id="assignment3", title="L2 and L1", max_points=100.0, counted=Counted.LAST, late=late
    )
    return ClassRecord(
        assignment=assignment, students=tuple(students), hints={"l2_penalty.no_half": "Differentiate your penalty."}
    )


def student(
    name: str,
    *results: GradedSubmission | None,
    member: Member | None = None,
    days: int = 0,
    adjustments: Sequence[Adjustment] = (),
) -> StudentRecord:
    """Build a student with an attempt for each result; None is an attempt that could not be graded."""
    attempts = [_attempt(name, number, result, days) for number, result in enumerate(results, start=1)]
    pairs = tuple(GradedAttempt(attempt=each, graded=result) for each, result in zip(attempts, results, strict=True))
    return StudentRecord(
        member=member or Member(id=name, on_roster=True),
        mark=mark_of(name, attempts, adjustments, max_points=100.0, late=LATE),
        attempts=pairs,
        adjustments=tuple(adjustments),
    )


def varied(size: int, *, seed: int = 3) -> ClassRecord:
    """Build a class in which each question of each student is complete, half right or not started, by ability."""
    draw = random.Random(seed)  # noqa: S311 - examples, not secrets
    return class_record([_drawn_student(f"student{number:03}", draw) for number in range(size)], late=LATE)


def eventful(size: int = 40) -> ClassRecord:
    """Build a class to which everything has happened that a report tells of."""
    record = varied(size)
    named = tuple(
        replace(each, member=replace(each.member, name=name, section="A" if number % 2 else "B"))
        for number, (each, name) in enumerate(zip(record.students, _names(size), strict=True))
    )
    extra = (
        student("zip", None, member=Member(id="zip", name="Zippy Unread")),
        student("hostile", graded.hostile(), member=Member(id=graded.HOSTILE, name=graded.HOSTILE, section="B")),
        student("helped", graded.half_right(), adjustments=[HELP], member=Member(id="helped", name="Helped Once")),
    )
    change = CheckChange(id="penalties.test_l2_value", before=Outcome.FAILED, after=Outcome.PASSED, points=3.5)
    return replace(
        record,
        students=(*named, *extra),
        regrade=Regrade(
            started_at=MOMENT,
            attempts=size,
            changes=(
                Change(student="student001", before=40.0, after=43.5, checks=(change,)),
                Change(student="student002", before=80.0, after=70.0, checks=(change,) * 7),
            ),
        ),
        similar=(
            SimilarPair(first="student004", second="student005", share=0.91, lines=24, passages=(PASSAGE,)),
            SimilarPair(first="student001", second="student008", share=0.55, lines=9, passages=()),
        ),
    )


def _names(size: int) -> list[str]:
    first = ("Ada", "Blaise", "Émilie", "Grace", "Kurt", "Sofia", "李", "Nikolai")
    last = ("Lovelace", "Pascal", "du Châtelet", "Hopper", "Gödel", "Kovalevskaya", "善兰", "O'Lobachevsky")
    return [f"{first[i % 8]} {last[(i * 3 + i // 8) % 8]}" for i in range(size)]


def _drawn_student(name: str, draw: random.Random) -> StudentRecord:
    results = [_drawn(name, draw.random(), draw) for _ in range(draw.choice((0, 1, 1, 1, 1, 1, 2, 3)))]
    return student(name, *results, days=draw.choice((0, 0, 0, 0, 1, 3)))


def _drawn(name: str, ability: float, draw: random.Random) -> GradedSubmission:
    kinds = [graded.perfect(), graded.half_right(), graded.untouched()]
    weights = [ability, 1 - ability, (1 - ability) ** 2 / 2]
    chosen = [
        draw.choices([kind.questions[place] for kind in kinds], weights)[0] for place in range(len(kinds[0].questions))
    ]
    points = sum(question.points for question in chosen)
    most = sum(question.max_points for question in chosen)
    scaled = [
        replace(question, points=question.points * 100 / most, max_points=question.max_points * 100 / most)
        for question in chosen
    ]
    return replace(
        graded.graded(scaled, submission=name, seconds=0.3 + draw.random()),
        points=points * 100 / most,
        max_points=100.0,
    )


def _attempt(name: str, number: int, result: GradedSubmission | None, days: int) -> Attempt:
    return Attempt(
        id=1 + sum(map(ord, name)) * 1000 + number,
        student=name,
        assignment="assignment3",
        submission=name,
        digest=f"sha256:{name}{number}",
        submitted_at=MOMENT + timedelta(days=days),
        last_seen=number,
        points=result.points if result else None,
        max_points=100.0,
        errors=() if result else (f"{name}.zip is not a ZIP archive",),
        graded_at=MOMENT + timedelta(days=days, hours=number),
    )
