"""How a question's points are spread over its checks where a format adds up points by itself."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.model.assignment import Group
from grader.model.result import QuestionResult

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one check adds, in whole units."""

    earned: int
    most: int


def shares(question: QuestionResult, units_per_point: int) -> dict[str, Share]:
    """Return what each check adds, by id.

    The most of all checks is the question's. A passed check adds its most, and a failed one what it earned: the sum may
    miss the question's points by the rounding. A question may be worth more than its checks, for a gradient that is
    right for the student's own forward pass: the rest is partial credit of core checks that did not pass. It may be
    worth less: then all its checks are.
    """
    most = _whole(_in_units([check.max_points for check in question.checks], units_per_point))
    total = min(sum(most), round(Fraction(question.points) * units_per_point))
    own = _earned(question, most, units_per_point)
    together = math.fsum(check.points for check in question.checks)
    if question.points > together + _ROUNDING:
        for groups in ({Group.CORE}, set(Group)):
            room = [
                cap - points if check.group in groups else Fraction(0)
                for check, points, cap in zip(question.checks, own, most, strict=True)
            ]
            own = _grown(own, room, total - sum(own, Fraction(0)))
    elif question.points < together - _ROUNDING:
        own = _shrunk(own, total)
    return {
        check.id: Share(earned=earned, most=cap)
        for check, earned, cap in zip(question.checks, _whole(own), most, strict=True)
    }


def _in_units(points: Sequence[float], units_per_point: int) -> list[Fraction]:
    return [Fraction(each) * units_per_point for each in points]


def _earned(question: QuestionResult, most: Sequence[int], units_per_point: int) -> list[Fraction]:
    """A check that earned all of its points earned all of its units, however these were rounded."""
    exact = _in_units([check.points for check in question.checks], units_per_point)
    return [
        Fraction(cap) if check.points >= check.max_points - _ROUNDING else min(each, Fraction(cap))
        for check, cap, each in zip(question.checks, most, exact, strict=True)
    ]


def _grown(parts: list[Fraction], room: Sequence[Fraction], missing: Fraction) -> list[Fraction]:
    """Give out what is missing, by the room that each has."""
    free = sum(room, Fraction(0))
    part = min(Fraction(1), missing / free) if free > 0 and missing > 0 else Fraction(0)
    return [each + part * own for each, own in zip(parts, room, strict=True)]


def _shrunk(parts: list[Fraction], total: int) -> list[Fraction]:
    together = sum(parts, Fraction(0))
    return [each * total / together for each in parts] if together > total else parts


def _whole(parts: Sequence[Fraction]) -> list[int]:
    """Round to whole units that add up to the rounded sum: the largest remainders go up (Hamilton's method)."""
    floors = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: floors[place] - parts[place])
    for place in by_remainder[: round(sum(parts, Fraction(0))) - sum(floors)]:
        floors[place] += 1
    return floors
