"""How outcomes become points.

A question's points are split over the groups of its checks (core 70 %, edge 20 %, contract 10 %, advice nothing; what
an empty group would have had goes to core), inside a group by the checks' weights. Fractions keep the sums exact. A
failed check may earn a part of its points: a training that gets halfway is worth half.

A backward pass is right when its gradients are the reference's. A check that follows through, which compares with the
student's own forward pass, has no points of its own beside such checks: it fails when the forward pass is the culprit,
and where the others fail, passing it is worth most of the core points.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

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
    pointless = {check.id for check in checks if check.group is Group.ADVICE} | {
        check.id for check in _following(checks)
    }
    sizes = {
        group: sum(
            (_weight(check) for check in checks if check.group is group and check.id not in pointless), Fraction(0)
        )
        for group in Group
    }
    if not sizes[Group.CORE]:
        raise AssignmentError(
            f"question {question.id} has no core check", hint=f'write one: @check("{question.id}", group="core")'
        )
    shares = {group: share if sizes[group] else Fraction(0) for group, share in SHARES.items()}
    shares[Group.CORE] = 1 - shares[Group.EDGE] - shares[Group.CONTRACT]
    total = Fraction(str(question.points))
    return {
        check.id: Fraction(0)
        if check.id in pointless
        else total * shares[check.group] * _weight(check) / sizes[check.group]
        for check in checks
    }


def score_question(
    question: Question,
    checks: Sequence[Check],
    outcomes: Mapping[str, Outcome],
    *,
    alive: bool,
    may_follow: bool = True,
    partial: Mapping[str, float] = MappingProxyType({}),
) -> Score:
    """Return the points of one question.

    `outcomes` holds the outcome of every check, by id. `alive` is the verdict of the liveness gate: without it nothing
    counts. `may_follow` is False where the forward pass passed its own checks: a gradient that is not the reference's
    is then right for no forward pass but one that shows two faces. `partial` holds the shares of their
    points that failed checks earn.
    """
    most = max_points(question, checks)
    passed = {check.id for check in checks if outcomes[check.id] is Outcome.PASSED}
    scored = {check.id for check in checks if most[check.id]}
    nothing = dict.fromkeys(most, Fraction(0))
    if not alive:
        return Score(points=Fraction(0), checks=nothing, note=_DEAD if passed & scored else "")
    if question.all_or_nothing and not scored <= passed:
        return Score(points=Fraction(0), checks=nothing, note=_ALL_OR_NOTHING if passed & scored else "")
    core = {check.id for check in checks if check.group is Group.CORE}
    core_total = sum((most[name] for name in core), Fraction(0))
    reached = {
        name: points * (1 if name in passed else Fraction(str(partial.get(name, 0)))) for name, points in most.items()
    }
    core_earned = sum((reached[name] for name in core), Fraction(0))
    followed = core_total * FOLLOW_THROUGH_SHARE * _share_passed(_following(checks), passed) * may_follow
    core_counted = max(core_earned, followed)
    rest_counts = core_counted >= core_total * CORE_NEEDED
    earned = {name: points if name in core or rest_counts else Fraction(0) for name, points in reached.items()}
    points = sum(earned.values(), core_counted - core_earned)
    if core_counted > core_earned:
        return Score(points=points, checks=earned, note=_FOLLOWED)
    if not rest_counts and (passed & scored) - core:
        return Score(points=points, checks=earned, note=_CORE_FIRST)
    blamed = core_earned == core_total and not {check.id for check in _following(checks)} <= passed
    return Score(points=points, checks=earned, note=_FORWARD_BLAMED if blamed else "")


def _following(checks: Sequence[Check]) -> list[Check]:
    """Return the core checks that follow through, where there are others beside them."""
    core = [check for check in checks if check.group is Group.CORE]
    following = [check for check in core if check.follow_through]
    return following if len(following) < len(core) else []


def _weight(check: Check) -> Fraction:
    return Fraction(str(check.weight))


def _share_passed(checks: Sequence[Check], passed: Set[str]) -> Fraction:
    return Fraction(sum(check.id in passed for check in checks), len(checks)) if checks else Fraction(0)


_DEAD = "the result does not depend on the input as it should, so the checks that passed show nothing yet"
_ALL_OR_NOTHING = "this question counts once all of its checks pass"
_FOLLOWED = "70 % of the core points: the gradient is right for your own forward pass, which is where to look next"
_FORWARD_BLAMED = "this gradient is right; the check that fails compares it with your own forward pass: look there"
_CORE_FIRST = "edge cases and contract count once half of the core points are earned"
