"""Checks of diagnosis.py: bias, variance and capacity."""

from typing import Any

import numpy as np

from grader.checks import CheckFailure, Reference, Student, assert_close, assert_equal, assert_raises, check


def entry(diagnosis: Any, key: str) -> Any:
    """Return an entry of a diagnosis, or say that it is missing."""
    if not isinstance(diagnosis, dict) or key not in diagnosis:
        raise CheckFailure(f'the diagnosis has no "{key}"; expected bias, variance, high_bias and high_variance')
    return diagnosis[key]


def number_of(diagnosis: Any, key: str) -> float:
    """Return an entry that is a number."""
    value = entry(diagnosis, key)
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise CheckFailure(f'diagnosis["{key}"] is {value!r}; expected a number')
    return float(value)


def flag_of(diagnosis: Any, key: str) -> bool:
    """Return an entry that is True or False."""
    value = entry(diagnosis, key)
    if not isinstance(value, bool | np.bool_):
        raise CheckFailure(f'diagnosis["{key}"] is {value!r}; expected True or False')
    return bool(value)


TABLE = {
    (0.01, 0.11, 0.0): (False, True),
    (0.15, 0.16, 0.0): (True, False),
    (0.15, 0.30, 0.0): (True, True),
    (0.005, 0.01, 0.0): (False, False),
    (0.15, 0.16, 0.14): (False, False),
    (0.10, 0.02, 0.0): (True, False),
}
"""(train, dev, target): (high_bias, high_variance); the first four are the lecture's."""


@check("diagnose", hint="Go through the cases of the lecture: 1 and 11 %, 15 and 16 %, 15 and 30 %, 0.5 and 1 %.")
def test_cases_of_the_lecture(student: Student) -> None:
    """High bias and high variance are told as in the lecture's cases"""
    for (train, dev, target), expected in TABLE.items():
        diagnosis = student.diagnose(train, dev, target)
        for key, wanted in zip(("high_bias", "high_variance"), expected, strict=True):
            assert_equal(
                flag_of(diagnosis, key), wanted, name=f"{key} at {train:.1%} and {dev:.1%}, target {target:.1%}"
            )


@check("diagnose", hint="Both are differences of two errors. Of which two?")
def test_bias_and_variance_are_differences(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Bias and variance are the differences of the errors"""
    for _ in range(4):
        train, dev, target = rng.uniform(0.05, 0.9, size=3).tolist()
        diagnosis, expected = student.diagnose(train, dev, target), reference.diagnose(train, dev, target)
        for key in ("bias", "variance"):
            assert_close(number_of(diagnosis, key), expected[key], name=f'diagnosis["{key}"]')


@check("diagnose", group="edge", hint="What is tol for, and is it used for both?")
def test_tol_is_what_counts_as_small(student: Student) -> None:
    """Differences are high above tol, whatever it is"""
    for tol, expected in ((0.01, (True, True)), (0.06, (False, True)), (0.2, (False, False))):
        diagnosis = student.diagnose(0.05, 0.15, 0.0, tol)
        for key, wanted in zip(("high_bias", "high_variance"), expected, strict=True):
            assert_equal(flag_of(diagnosis, key), wanted, name=f"{key} at 5 % and 15 %, tol = {tol:g}")


@check("diagnose", group="contract", hint="What would 15 mean as a fraction?")
def test_errors_are_fractions(student: Student) -> None:
    """Errors below 0 or above 1 raise ValueError"""
    for errors in ((15.0, 0.3), (0.1, 16.0), (-0.1, 0.2), (0.1, -0.2), (0.1, 0.2, 1.5), (0.1, 0.2, -0.5)):
        assert_raises(ValueError, student.diagnose, *errors)


SHAPES = ((3, 4, 2), (5, 5, 5), (2, 7, 3, 1), (6, 2))


@check("count_parameters", hint="Draw a network with 2 inputs, 2 hidden units and 1 output, and count its lines.")
def test_weights_and_biases_are_counted(student: Student, reference: Reference) -> None:
    """Every connection has a weight, every unit beyond the inputs a bias"""
    for layer_dims in SHAPES:
        came = student.count_parameters(list(layer_dims))
        assert_equal(came, reference.count_parameters(list(layer_dims)), name=f"the number for {list(layer_dims)}")


@check("count_parameters", hint="Which layers are normalized, and how many numbers does each of their units get?")
def test_batch_normalization_adds_scales_and_shifts(student: Student, reference: Reference) -> None:
    """Batch normalization adds a scale and a shift for each hidden unit"""
    for layer_dims in SHAPES:
        came = student.count_parameters(list(layer_dims), batchnorm=True)
        expected = reference.count_parameters(list(layer_dims), batchnorm=True)
        assert_equal(came, expected, name=f"the number for {list(layer_dims)} with batch normalization")
