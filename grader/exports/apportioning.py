"""How a question's points are spread over its checks where a format adds up points by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.model.assignment import Group
from grader.model.result import QuestionResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one check adds, in whole units."""

    earned: int
    most: int


def shares(question: QuestionResult, units_per_point: int) -> dict[str, Share]:
    """Return what each check adds, by id: together exactly the question's points, rounded once to whole units.

    A question may be worth more than its passed checks, for a gradient that is right for the student's own forward
    pass: the rest is spread over the core checks that did not pass, as partial credit. Nothing exceeds a check's most.
    """
    most = _whole(
        [Fraction(check.max_points) * units_per_point for check in question.checks],
        round(Fraction(question.max_points) * units_per_point),
    )
    total = min(sum(most), round(Fraction(question.points) * units_per_point))
    wanted = [
        min(Fraction(check.points) * units_per_point, Fraction(cap))
        if check.points < check.max_points
        else Fraction(cap)
        for check, cap in zip(question.checks, most, strict=True)
    ]
    for core_only in (True, False):
        room = [
            cap - each if check.group is Group.CORE or not core_only else Fraction(0)
            for check, each, cap in zip(question.checks, wanted, most, strict=True)
        ]
        wanted = _grown(wanted, room, total - sum(wanted, Fraction(0)))
    earned = _whole(_shrunk(wanted, total), total)
    return {
        check.id: Share(earned=own, most=cap) for check, own, cap in zip(question.checks, earned, most, strict=True)
    }


def _grown(wanted: list[Fraction], room: Sequence[Fraction], missing: Fraction) -> list[Fraction]:
    """Give out what is missing, by the room that each has."""
    free = sum(room, Fraction(0))
    part = min(Fraction(1), missing / free) if free > 0 and missing > 0 else Fraction(0)
    return [each + part * own for each, own in zip(wanted, room, strict=True)]


def _shrunk(wanted: list[Fraction], total: int) -> list[Fraction]:
    together = sum(wanted, Fraction(0))
    return [each * total / together for each in wanted] if together > total else wanted


def _whole(parts: Sequence[Fraction], total: int) -> list[int]:
    """Round to whole units that add up to `total`: the largest remainders are rounded up (Hamilton's method)."""
    floors = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: floors[place] - parts[place])
    for place in by_remainder[: total - sum(floors)]:
        floors[place] += 1
    return floors
