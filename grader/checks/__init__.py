"""What the author of a check imports: `from grader.checks import check, Student, Reference, assert_close`."""

from grader.checks.comparison import assert_close, assert_equal
from grader.checks.contract import assert_raises, assert_unchanged
from grader.checks.declaration import check, misconception
from grader.checks.failure import CheckFailure
from grader.checks.gradients import assert_gradient, assert_gradient_of
from grader.checks.kinds import assert_array
from grader.checks.numerical import NumericalGradient, numerical_gradient
from grader.checks.reference import Reference
from grader.checks.spies import Spy
from grader.checks.student import CallRecord, Student

__all__ = [
    "CallRecord",
    "CheckFailure",
    "NumericalGradient",
    "Reference",
    "Spy",
    "Student",
    "assert_array",
    "assert_close",
    "assert_equal",
    "assert_gradient",
    "assert_gradient_of",
    "assert_raises",
    "assert_unchanged",
    "check",
    "misconception",
    "numerical_gradient",
]
