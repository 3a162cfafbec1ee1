"""Checks of encoding.py."""

import numpy as np

from grader.checks import Reference, Student, assert_close, assert_raises, assert_unchanged, check


@check("one_hot", hint="Take the labels 2, 0: which entry of the first row is 1, and how many rows are there?")
def test_rows_of_the_labels(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every label becomes a row with a single 1, in floating-point numbers"""
    for N, C in ((7, 4), (4, 4), (1, 3)):
        y = rng.integers(C, size=N)
        y[-1] = C - 1
        assert_close(student.one_hot(y, C), reference.one_hot(y, C), name="the result")


@check("one_hot", hint="How many columns are there, when no example of the last class happens to be in the batch?")
def test_classes_that_do_not_occur(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A class that does not occur has its column all the same"""
    for labels in ([0, 2, 2, 1], [3, 1, 3]):
        y = rng.permutation(labels)
        assert_close(student.one_hot(y, 6), reference.one_hot(y, 6), name="the result")


@check("one_hot", group="edge", hint="No labels make no rows. What shape has your result then?")
def test_no_labels(student: Student) -> None:
    """No labels at all give no rows, of num_classes columns"""
    assert_close(student.one_hot(np.zeros(0, dtype=np.int64), 3), np.zeros((0, 3)), name="the result")


@check("one_hot", group="contract", hint="The caller may still need the labels. Print y before and after the call.")
def test_labels_are_left_alone(student: Student, rng: np.random.Generator) -> None:
    """The array y is not changed"""
    assert_unchanged(student.one_hot.call(rng.integers(4, size=6), 4))


@check("one_hot", group="contract", hint="In numpy the index -1 is the last column. Is a label of -1 the last class?")
def test_negative_labels_are_refused(student: Student) -> None:
    """A negative label is a ValueError"""
    assert_raises(ValueError, student.one_hot, np.array([0, -1, 2]), 3, naming="y")


@check(
    "one_hot",
    group="contract",
    hint="With three classes the labels are 0, 1 and 2. What does your function do with a 3?",
)
def test_large_labels_are_refused(student: Student) -> None:
    """A label that is no class is a ValueError"""
    for y in ([0, 3, 1], [7, 0]):
        assert_raises(ValueError, student.one_hot, np.array(y), 3, naming="y")


@check(
    "one_hot",
    group="contract",
    hint="Is there a class number 0.5? Look at the labels before you turn them into integers.",
)
def test_fractions_are_refused(student: Student) -> None:
    """A label that is not a whole number is a ValueError"""
    assert_raises(ValueError, student.one_hot, np.array([0.0, 1.5, 2.0]), 3, naming="y")
