"""How far a statistic of n independent draws may be from its expectation, except with a stated probability.

Every bound is rigorous for finite n. Written with x = ln(2 / P), where P is the probability of a false alarm, both
sides together.
"""

import math
from functools import cache

FALSE_ALARM = 1e-11
"""P of each elementary assertion: a whole course of them raises a false alarm once in 10^8 gradings."""


def hoeffding_radius(n: int, *, width: float = 1.0, false_alarm: float = FALSE_ALARM) -> float:
    """Return how far the mean of n independent variables of bounded range may be from its expectation.

    `width * sqrt(x / 2n)` for variables in an interval of that width: Hoeffding 1963, Theorem 2.
    """
    return width * math.sqrt(math.log(2 / false_alarm) / (2 * n))


def dkw_radius(n: int, *, false_alarm: float = FALSE_ALARM) -> float:
    """Return how far the empirical distribution function of n draws may be from the true one, anywhere.

    `sqrt(x / 2n)`: Dvoretzky, Kiefer and Wolfowitz 1956, with the constant of Massart 1990, Corollary 1.
    """
    return math.sqrt(math.log(2 / false_alarm) / (2 * n))


def variance_ratio_range(n: int, *, false_alarm: float = FALSE_ALARM) -> tuple[float, float]:
    """Return the range of `sum (w - mean)^2 / (n std^2)` for n normal draws: a chi-squared variable over n.

    From `1 - 2 sqrt(x / n)` to `1 + 2 sqrt(x / n) + 2 x / n`: Laurent & Massart 2000, Lemma 1.
    """
    ratio = math.log(2 / false_alarm) / n
    return 1 - 2 * math.sqrt(ratio), 1 + 2 * math.sqrt(ratio) + 2 * ratio


@cache
def normal_quantile(false_alarm: float = FALSE_ALARM) -> float:
    """Return the z that a standard normal variable exceeds in size with probability P: 6.81 for P = 1e-11."""
    low, high = 0.0, 40.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if math.erfc(middle / math.sqrt(2)) > false_alarm else (low, middle)
    return high


def log_probability_of_equal_counts(groups: int, size: int, probability: float) -> float:
    """Return an upper bound of ln P(all groups of `size` independent flips show the same number of hits).

    All groups after the first must hit its count, which has at most the probability of the binomial's mode.
    """
    mode = math.floor((size + 1) * probability)
    log_mode = (
        math.lgamma(size + 1)
        - math.lgamma(mode + 1)
        - math.lgamma(size - mode + 1)
        + mode * math.log(probability)
        + (size - mode) * math.log1p(-probability)
    )
    return (groups - 1) * log_mode
