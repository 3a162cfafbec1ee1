"""Whether a number gets as far as it should, with a part of the points for a part of the way."""

import math

from grader.checks.description import number, numbers_apart
from grader.checks.failure import CheckFailure
from grader.errors import AssignmentError


def assert_reaches(value: float, *, nothing_at: float, all_at: float, name: str, hint: str = "") -> None:
    """Raise `CheckFailure` if `value` stays below `all_at`; its credit rises in a straight line from `nothing_at`.

    `hint` replaces the check's own: a check that measures more than `value` can say more. A value that is not finite
    earns nothing.
    """
    if not nothing_at < all_at:
        raise AssignmentError(
            f"{name} is worth nothing at {nothing_at} and everything at {all_at}", hint="nothing_at comes first"
        )
    if value >= all_at and math.isfinite(value):
        return
    credit = max(0.0, (value - nothing_at) / (all_at - nothing_at)) if math.isfinite(value) else 0.0
    came, wanted = numbers_apart(value, all_at)
    share = f"{100 * credit:.0f} % of the points" if credit else f"points begin above {number(nothing_at)}"
    raise CheckFailure(f"{name} is {came}; expected at least {wanted} ({share})", credit=credit, hint=hint)
