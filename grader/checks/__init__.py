"""What the author of a check imports: `from grader.checks import check, Student, Reference, assert_close`."""

from grader.checks.comparison import assert_close, assert_equal
from grader.checks.contract import assert_own_memory, assert_raises, assert_unchanged
from grader.checks.credit import assert_reaches
from grader.checks.declaration import check, misconception
from grader.checks.distributions import assert_distribution
from grader.checks.evidence import curve_evidence, regions_evidence
from grader.checks.failure import CheckFailure
from grader.checks.gradients import assert_gradient, assert_gradient_of
from grader.checks.kinds import assert_array
from grader.checks.laws import Normal, Uniform
from grader.checks.numerical import NumericalGradient, numerical_gradient
from grader.checks.randomness import assert_generator_untouched, assert_random
from grader.checks.reference import Reference
from grader.checks.spies import Spy, assert_each_entry_moved
from grader.checks.statistics import assert_independent, assert_rate, assert_uncorrelated
from grader.checks.student import CallRecord, Student

__all__ = [
    "CallRecord",
    "CheckFailure",
    "Normal",
    "NumericalGradient",
    "Reference",
    "Spy",
    "Student",
    "Uniform",
    "assert_array",
    "assert_close",
    "assert_distribution",
    "assert_each_entry_moved",
    "assert_equal",
    "assert_generator_untouched",
    "assert_gradient",
    "assert_gradient_of",
    "assert_independent",
    "assert_own_memory",
    "assert_raises",
    "assert_random",
    "assert_rate",
    "assert_reaches",
    "assert_unchanged",
    "assert_uncorrelated",
    "check",
    "curve_evidence",
    "misconception",
    "numerical_gradient",
    "regions_evidence",
]
