"""Whether a random array follows the law it should: its spread, its mean, its limits and its whole shape."""

import math
from typing import Any

import numpy as np

from grader.checks.bounds import (
    FALSE_ALARM,
    dkw_radius,
    hoeffding_radius,
    normal_quantile,
    variance_ratio_range,
)
from grader.checks.description import describe_value, number
from grader.checks.evidence import distribution_evidence
from grader.checks.failure import CheckFailure
from grader.checks.kinds import require_finite
from grader.checks.laws import Floats, Law, Normal, Uniform

_ROUNDING = 1e-6
"""Of a uniform law's width: its limits may have been computed in float32."""
_TAIL_STDS = 3.0
"""A normal sample reaches further; one truncated at two standard deviations does not."""


def assert_distribution(sample: Any, law: Law, *, name: str = "the sample", false_alarm: float = FALSE_ALARM) -> None:
    """Raise `CheckFailure` unless the entries of `sample` are independent draws of `law`, as far as they can show.

    Pin the sample's shape first (`assert_array`). Each of these elementary assertions fails a right sample of n values
    with a probability P of at most `false_alarm`; x = ln(2 / P):

    - normal, `sum (w - mean)^2 / (n std^2)`: in `1 - 2 sqrt(x/n) ... 1 + 2 sqrt(x/n) + 2x/n` (Laurent & Massart 2000,
      Lemma 1);
    - normal, `sqrt(n) |mean| / std`: Gaussian tail, at most 6.81;
    - normal, some value further than three standard deviations (only asked of samples that almost surely have one);
    - uniform on [-L, L], `3 mean(w^2) / L^2` in [0, 3] and `mean / L` in [-1, 1]: Hoeffding 1963;
    - uniform, all values inside the limits: certain;
    - the distribution function, anywhere: `sqrt(x / 2n)` (Dvoretzky, Kiefer, Wolfowitz; Massart 1990).
    """
    values = _require_sample(sample, name, false_alarm)
    failure = (
        _spread_or_mean(values, law, name, false_alarm)
        or _limits(values, law, name, false_alarm)
        or _shape(values, law, name, false_alarm)
    )
    if failure:
        raise CheckFailure(failure, evidence=distribution_evidence(name, values, law))


def _require_sample(sample: Any, name: str, false_alarm: float) -> Floats:
    if type(sample) is not np.ndarray or sample.dtype.kind != "f":
        raise CheckFailure(f"{name} is {describe_value(sample)}; expected an array of floating-point numbers")
    require_finite(sample, name)
    if variance_ratio_range(max(sample.size, 1), false_alarm=false_alarm)[0] <= 0:
        raise CheckFailure(f"{name} has {sample.size} values, too few to see a distribution")
    return sample.astype(np.float64).ravel()


def _spread_or_mean(values: Floats, law: Law, name: str, false_alarm: float) -> str:
    """Return what is the matter with the first two moments; a spread that is too large excuses a mean that is off."""
    mean_radius, (low, high) = _moment_bounds(values.size, law, false_alarm)
    centred = values - law.mean
    with np.errstate(over="ignore", invalid="ignore"):
        ratio, shift, own_std = float(np.mean((centred / law.std) ** 2)), float(centred.mean()), float(values.std())
    shifted = abs(shift) > mean_radius
    if shifted and abs(shift) * math.sqrt(values.size) > normal_quantile(false_alarm) * own_std:
        allowed = _allowed(law.mean - mean_radius, law.mean + mean_radius)
        return f"the mean of {name} is {number(values.mean(), 4)}; expected {number(law.mean, 4)} ({allowed})"
    if low <= ratio <= high and not shifted:
        return ""
    spread = law.std * math.sqrt(ratio)
    allowed = _allowed(law.std * math.sqrt(max(low, 0.0)), law.std * math.sqrt(high))
    return (
        f"the standard deviation of {name} is {number(spread, 4)}; expected {number(law.std, 4)} ({allowed}); "
        f"the variance is {number(ratio, 4)} times what it should be"
    )


def _moment_bounds(n: int, law: Law, false_alarm: float) -> tuple[float, tuple[float, float]]:
    """Return the allowed distance of the mean, and the allowed range of the variance over the law's."""
    if isinstance(law, Normal):
        radius = normal_quantile(false_alarm) * law.std / math.sqrt(n)
        return radius, variance_ratio_range(n, false_alarm=false_alarm)
    half = (law.high - law.low) / 2
    spread = hoeffding_radius(n, width=3, false_alarm=false_alarm)
    return hoeffding_radius(n, width=2 * half, false_alarm=false_alarm), (1 - spread, 1 + spread)


def _limits(values: Floats, law: Law, name: str, false_alarm: float) -> str:
    if isinstance(law, Uniform):
        slack = _ROUNDING * (law.high - law.low)
        outside = values[(values < law.low - slack) | (values > law.high + slack)]
        if not outside.size:
            return ""
        furthest = outside[np.abs(outside - law.mean).argmax()]
        return (
            f"{outside.size} of {values.size} values of {name} are not between {number(law.low, 4)} and "
            f"{number(law.high, 4)}, the furthest is {number(furthest, 4)}; expected none outside"
        )
    missed = values.size * math.log1p(-math.erfc(_TAIL_STDS / math.sqrt(2)))
    if missed > math.log(false_alarm) or (np.abs(values - law.mean) > _TAIL_STDS * law.std).any():
        return ""
    share = math.erfc(_TAIL_STDS / math.sqrt(2))
    return (
        f"no value of {name} is further than {_TAIL_STDS:g} standard deviations from the mean; "
        f"expected about {round(share * values.size)} of {values.size}, since a normal distribution has tails"
    )


def _shape(values: Floats, law: Law, name: str, false_alarm: float) -> str:
    """Compare the sample's distribution function with the law's, at its jumps from below and from above."""
    ordered = np.sort(values)
    expected = law.cdf(ordered)
    steps = np.arange(values.size + 1) / values.size
    above, below = steps[1:] - expected, expected - steps[:-1]
    radius = dkw_radius(values.size, false_alarm=false_alarm)
    if max(above.max(), below.max()) <= radius:
        return ""
    at = int(above.argmax() if above.max() >= below.max() else below.argmax())
    share = steps[at + 1] if above.max() >= below.max() else steps[at]
    allowed = _allowed(max(expected[at] - radius, 0.0), min(expected[at] + radius, 1.0))
    return (
        f"the values of {name} are not spread as they should be ({law}): "
        f"the share of them below {number(ordered[at], 4)} is {number(share, 4)}; "
        f"expected {number(expected[at], 4)} ({allowed})"
    )


def _allowed(low: float, high: float) -> str:
    return f"allowed {number(low, 4)} to {number(high, 4)}"
