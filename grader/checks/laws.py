"""Which law a random array should follow."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from grader.checks.description import number
from grader.errors import AssignmentError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution."""

    std: float
    mean: float = 0.0

    def __post_init__(self) -> None:
        if not self.std > 0:
            raise AssignmentError(f"a normal law has the standard deviation {self.std}", hint="give a positive one")

    def __str__(self) -> str:
        return f"normal, mean {number(self.mean, 4)}, standard deviation {number(self.std, 4)}"

    def cdf(self, values: Floats) -> Floats:
        """Return the share of the law below each value."""
        return np.interp((values - self.mean) / self.std, *_standard_normal())

    def density(self, values: Floats) -> Floats:
        """Return the density at each value."""
        scaled = (values - self.mean) / self.std
        return np.asarray(np.exp(-0.5 * scaled**2) / (self.std * math.sqrt(2 * math.pi)))


@dataclass(frozen=True, slots=True)
class Uniform:
    """A uniform distribution between two limits."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise AssignmentError(f"a uniform law has the limits {self.low} and {self.high}", hint="low comes first")

    def __str__(self) -> str:
        return f"uniform from {number(self.low, 4)} to {number(self.high, 4)}"

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2

    @property
    def std(self) -> float:
        """The standard deviation, `(high - low) / sqrt(12)`."""
        return (self.high - self.low) / math.sqrt(12)

    def cdf(self, values: Floats) -> Floats:
        """Return the share of the law below each value."""
        return np.asarray(np.clip((values - self.low) / (self.high - self.low), 0.0, 1.0))

    def density(self, values: Floats) -> Floats:
        """Return the density at each value."""
        inside = (values >= self.low) & (values <= self.high)
        return np.where(inside, 1 / (self.high - self.low), 0.0)


Law = Normal | Uniform


@cache
def _standard_normal() -> tuple[Floats, Floats]:
    """Return the standard normal distribution function at points so dense that lines between them err by 1e-7."""
    points = np.linspace(-9.0, 9.0, 10_001)
    return points, np.array([0.5 * math.erfc(-point / math.sqrt(2)) for point in points.tolist()])
