"""Whether random flips have the right rate and are independent of each other."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.bounds import (
    FALSE_ALARM,
    hoeffding_radius,
    log_probability_of_equal_counts,
    normal_quantile,
    variance_ratio_range,
)
from grader.checks.description import describe_value, number
from grader.checks.evidence import mask_evidence
from grader.checks.failure import CheckFailure
from grader.checks.kinds import Array, require_finite
from grader.errors import AssignmentError

Flags = NDArray[np.bool_]

_LENGTH_MARGIN = 1.06
"""The length of a normal vector of ten thousand entries is at least 1/1.06 of its expectation (Laurent & Massart)."""


def assert_rate(hits: Any, probability: float, *, name: str = "the rate", false_alarm: float = FALSE_ALARM) -> None:
    """Raise `CheckFailure` unless independent flips come out True with this probability.

    `hits` is an array of booleans of any shape; pin the shape it was made from first. The mean of n flips may be
    `sqrt(ln(2/P) / 2n)` away (Hoeffding 1963, Theorem 2). At probability 0 or 1 there is no chance, and all must agree.
    """
    _require_probability(probability)
    flags = _require_flags(hits, name)
    what = name.removeprefix("the share of ")
    rate = float(flags.mean())
    if probability in (0, 1):
        if rate != probability:
            raise CheckFailure(
                f"{name} is {number(rate, 4)}; expected exactly {number(probability)}",
                evidence=mask_evidence(what, flags, probability),
            )
        return
    if outside := _outside(rate, probability, flags.size, name, false_alarm):
        raise CheckFailure(f"{name} is {outside}", evidence=mask_evidence(what, flags, probability))


def assert_independent(
    mask: Any, probability: float, *, name: str = "the mask", false_alarm: float = FALSE_ALARM
) -> None:
    """Raise `CheckFailure` unless the flips of a mask (examples in rows, units in columns) are independent.

    `probability` is that of True; pin the rate first (`assert_rate`). Disjoint pairs of neighbours, along the units and
    along the examples, must differ with the rate `2p(1-p)` (Hoeffding 1963, each pair an independent flip), and the
    number of hits must vary from row to row and from column to column.
    """
    _require_probability(probability)
    if probability in (0, 1):
        raise AssignmentError(f"a check asks whether flips of probability {probability} are independent")
    flags = _require_flags(mask, name)
    if flags.ndim != 2:
        raise CheckFailure(f"{name} has shape {flags.shape}; expected rows of examples and columns of units")
    failure = (
        _neighbours(flags.T, probability, "examples", name, false_alarm)
        or _neighbours(flags, probability, "units", name, false_alarm)
        or _equal_counts(flags, probability, "row", name, false_alarm)
        or _equal_counts(flags.T, probability, "column", name, false_alarm)
    )
    if failure:
        raise CheckFailure(failure, evidence=mask_evidence(name, flags, probability))


def assert_uncorrelated(a: Any, b: Any, *, name: str = "the arrays", false_alarm: float = FALSE_ALARM) -> None:
    """Raise `CheckFailure` if two normal arrays of the same shape are correlated, entry by entry.

    Given `a`, the sum of products is normal, so the correlation c of n entries satisfies `|c| sqrt(n) <= 1.06 * 6.81`
    for P = 1e-11; the factor is for the length of `b`, which is only nearly its expectation.
    """
    first, second = (_require_numbers(array, name) for array in (a, b))
    if first.shape != second.shape:
        raise CheckFailure(f"{name} have the shapes {first.shape} and {second.shape}; expected the same shape")
    x, y = (array.astype(np.float64).ravel() - array.mean() for array in (first, second))
    lengths = float(np.linalg.norm(x) * np.linalg.norm(y))
    if not lengths:
        raise CheckFailure(f"{name}: all values of one of them are equal; expected random values")
    low, _ = variance_ratio_range(max(x.size - 1, 1), false_alarm=false_alarm)
    if low <= 0:
        raise CheckFailure(f"{name} have {x.size} values, too few to see a correlation")
    correlation = float(x @ y) / lengths
    radius = max(_LENGTH_MARGIN, 1 / math.sqrt(low)) * normal_quantile(false_alarm) / math.sqrt(x.size)
    if abs(correlation) > radius:
        raise CheckFailure(
            f"{name} have the correlation {number(correlation, 4)}; expected 0 "
            f"(allowed {number(-radius, 4)} to {number(radius, 4)} for {x.size} values)"
        )


def _neighbours(flags: Flags, probability: float, which: str, name: str, false_alarm: float) -> str:
    """Compare each even column with the next odd one."""
    even = flags.shape[1] // 2 * 2
    differing = flags[:, 0:even:2] ^ flags[:, 1:even:2]
    if not differing.size:
        return f"{name} has one column of {which} only, too few to see whether they are independent"
    rate, expected = float(differing.mean()), 2 * probability * (1 - probability)
    if rate == 0 and _outside(0.0, expected, differing.size, name, false_alarm):
        return (
            f"neighbouring {which} of {name} are always the same; "
            f"expected them to differ in {100 * expected:.3g} % of cases"
        )
    if outside := _outside(rate, expected, differing.size, name, false_alarm):
        return f"the rate at which neighbouring {which} of {name} differ is {outside}"
    return ""


def _equal_counts(flags: Flags, probability: float, line: str, name: str, false_alarm: float) -> str:
    groups, size = flags.shape
    counts = np.count_nonzero(flags, axis=1)
    if (counts != counts[0]).any():
        return ""
    if log_probability_of_equal_counts(groups, size, probability) > math.log(false_alarm):
        return ""
    return (
        f"every {line} of {name} has exactly {counts[0]} of {size}; "
        f"with independent draws the number varies from {line} to {line}"
    )


def _outside(rate: float, probability: float, n: int, name: str, false_alarm: float) -> str:
    """Return the observed and the allowed rates in words, if the rate is not allowed."""
    radius = hoeffding_radius(n, false_alarm=false_alarm)
    if radius >= 0.5:
        raise CheckFailure(f"{name} rests on {n} draws, too few to see a rate")
    if abs(rate - probability) <= radius:
        return ""
    low, high = max(probability - radius, 0.0), min(probability + radius, 1.0)
    return (
        f"{number(rate, 4)}; expected {number(probability, 4)} "
        f"(allowed {number(low, 4)} to {number(high, 4)} for {n} draws)"
    )


def _require_probability(probability: float) -> None:
    if not 0 <= probability <= 1:
        raise AssignmentError(f"a check asks for the probability {probability}", hint="give one from 0 to 1")


def _require_flags(hits: Any, name: str) -> Flags:
    if type(hits) is not np.ndarray or hits.dtype.kind != "b" or not hits.size:
        raise CheckFailure(
            f"{name} cannot be counted: there is {describe_value(hits)} where an array of flags is needed"
        )
    return hits


def _require_numbers(array: Any, name: str) -> Array:
    if type(array) is not np.ndarray or array.dtype.kind != "f" or not array.size:
        raise CheckFailure(f"{name}: there is {describe_value(array)}; expected an array of floating-point numbers")
    require_finite(array, name)
    return array
