"""How outcomes become points.

A question's points are split over the groups of its checks (core 70 %, edge 20 %, contract 10 %, advice nothing; what
an empty group would have had goes to core), equally inside a group. Fractions keep the sums exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.errors import AssignmentError
from grader.model.assignment import Check, Group, Question
from grader.model.result import Outcome

SHARES = {Group.CORE: Fraction(70, 100), Group.EDGE: Fraction(20, 100), Group.CONTRACT: Fraction(10, 100)}
FOLLOW_THROUGH_SHARE = Fraction(70, 100)
"""Of the core points, for a gradient that is right for the student's own, wrong, forward pass."""
CORE_NEEDED = Fraction(1, 2)
"""Of the core points, before edge and contract checks count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the checks of one question earned."""

    points: Fraction
    checks: Mapping[str, Fraction]
    """By check id."""
    note: str = ""


def max_points(question: Question, checks: Sequence[Check]) -> dict[str, Fraction]:
    """Return the most that each check of `question` can earn, by check id.

    Raises `AssignmentError` when the question has no core check.
    """
    sizes = {group: sum(check.group is group for check in checks) for group in Group}
    if not sizes[Group.CORE]:
        raise AssignmentError(
            f"question {question.id} has no core check", hint=f'write one: @check("{question.id}", group="core")'
        )
    shares = {group: share if sizes[group] else Fraction(0) for group, share in SHARES.items()}
    shares[Group.CORE] = 1 - shares[Group.EDGE] - shares[Group.CONTRACT]
    total = Fraction(str(question.points))
    return {check.id: total * shares.get(check.group, Fraction(0)) / sizes[check.group] for check in checks}


def score_question(
    question: Question, checks: Sequence[Check], outcomes: Mapping[str, Outcome], *, alive: bool
) -> Score:
    """Return the points of one question.

    `outcomes` holds the outcome of every check, by id. `alive` is the verdict of the liveness gate: without it nothing
    counts.
    """
    most = max_points(question, checks)
    total = sum(most.values(), Fraction(0))
    passed = {check.id for check in checks if outcomes[check.id] is Outcome.PASSED}
    scored = {check.id for check in checks if most[check.id]}
    nothing = dict.fromkeys(most, Fraction(0))
    if not alive and passed & scored:
        return Score(points=Fraction(0), checks=nothing, note=_DEAD)
    if question.all_or_nothing and not scored <= passed:
        return Score(points=Fraction(0), checks=nothing, note=_ALL_OR_NOTHING if passed & scored else "")
    core = [check for check in checks if check.group is Group.CORE]
    core_total = sum((most[check.id] for check in core), Fraction(0))
    core_earned = sum((most[check.id] for check in core if check.id in passed), Fraction(0))
    followed = any(check.follow_through and check.id in passed for check in core)
    core_counted = max(core_earned, core_total * FOLLOW_THROUGH_SHARE) if followed else core_earned
    note = _FOLLOWED if core_counted > core_earned else ""
    rest_counts = core_counted >= core_total * CORE_NEEDED
    if not rest_counts and any(check.id in passed for check in checks if most[check.id] and check not in core):
        note = _CORE_FIRST
    earned = {
        check.id: most[check.id] if check.id in passed and (check in core or rest_counts) else Fraction(0)
        for check in checks
    }
    return Score(points=min(total, sum(earned.values(), core_counted - core_earned)), checks=earned, note=note)


_DEAD = "the result does not depend on the input as it should, so the checks that passed show nothing yet"
_ALL_OR_NOTHING = "this question counts once all of its checks pass"
_FOLLOWED = "70 % of the core points: the gradient is right for your own forward pass, which is where to look next"
_CORE_FIRST = "edge cases and contract count once half of the core points are earned"
