"""Whether the loss with smoothed labels is right, and its gradient."""

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_gradient,
    assert_raises,
    assert_unchanged,
    check,
    numerical_gradient,
)


@check("softmax_loss_smoothed", hint="Write down q for two classes and eps = 0.2. Do its entries add up to 1?")
def test_loss_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The loss is right for several numbers of classes and several eps"""
    for (n, classes), eps in (((5, 4), 0.1), ((4, 4), 0.4), ((7, 2), 0.25)):
        z, y = _scores(rng, n, classes)
        expected, _ = reference.softmax_loss_smoothed(z, y, eps)
        loss, _ = student.softmax_loss_smoothed(z, y, eps)
        assert_close(loss, expected, name="the loss", sizes={"N": n, "C": classes})


@check("softmax_loss_smoothed", hint="For plain labels the gradient is p minus the labels. What stands in their place?")
def test_loss_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient dz is right"""
    for (n, classes), eps in (((5, 4), 0.1), ((4, 4), 0.4)):
        z, y = _scores(rng, n, classes)
        _, expected = reference.softmax_loss_smoothed(z, y, eps)
        _, dz = student.softmax_loss_smoothed(z, y, eps)
        assert_gradient(dz, expected, name="dz", rtol=1e-9, sizes={"N": n, "C": classes})


@check("softmax_loss_smoothed", hint="Move one score a little: does your loss change by what your dz says?")
def test_loss_gradient_is_the_slope(student: Student, rng: np.random.Generator) -> None:
    """The gradient is the slope of your own loss, measured with small steps"""
    z, y = _scores(rng, 4, 3)
    _, dz = student.softmax_loss_smoothed(z, y, 0.3)
    slopes = numerical_gradient(
        lambda points: [loss for loss, _ in student.softmax_loss_smoothed.many([(point, y, 0.3) for point in points])],
        z,
    )
    against = "the numerical gradient of your own loss"
    assert_gradient(dz, slopes.gradient, name="dz", rtol=1e-6, against=against, sizes={"N": 4, "C": 3})


@check(
    "softmax_loss_smoothed",
    group="edge",
    hint="Adding the same number to every score of a row changes nothing. Which number keeps exp from overflowing?",
)
def test_loss_of_huge_scores(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Scores of plus and minus 10000 give the right loss, not infinity"""
    z, y = 1e4 * np.sign(rng.normal(size=(4, 3))) + rng.normal(size=(4, 3)), np.array([0, 1, 2, 1])
    z[0], z[1] = (1e4, -1e4, 0.0), (1e4, -1e4, 3.0)
    expected, gradient = reference.softmax_loss_smoothed(z, y, 0.1)
    loss, dz = student.softmax_loss_smoothed(z, y, 0.1)
    assert_close(loss, expected, name="the loss")
    assert_close(dz, gradient, name="dz", atol=1e-9)


@check("softmax_loss_smoothed", group="edge", hint="With eps = 0 nothing is spread. What is q then?")
def test_loss_without_smoothing(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With eps = 0 it is the plain softmax loss"""
    z, y = _scores(rng, 5, 3)
    expected, gradient = reference.softmax_loss_smoothed(z, y, 0.0)
    loss, dz = student.softmax_loss_smoothed(z, y, 0.0)
    assert_close(loss, expected, name="the loss")
    assert_close(dz, gradient, name="dz")


@check("softmax_loss_smoothed", group="contract", hint="Which line of yours writes into z, or into y?")
def test_loss_pure(student: Student, rng: np.random.Generator) -> None:
    """The arguments z and y are left as they were"""
    record = student.softmax_loss_smoothed.call(*_scores(rng, 5, 3), 0.2)
    assert_array(record.value[1], shape=(5, 3), name="dz")
    assert_unchanged(record)


@check("softmax_loss_smoothed", group="contract", hint="Which values of eps leave a share for the right class?")
def test_loss_refuses_eps(student: Student, rng: np.random.Generator) -> None:
    """An eps outside [0, 1) raises a ValueError"""
    z, y = _scores(rng, 4, 3)
    for eps in (-0.1, 1.0, 1.5):
        assert_raises(ValueError, student.softmax_loss_smoothed, z, y, eps, naming="eps")


def _scores(rng: np.random.Generator, n: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return scores, and labels in which some class is missing or repeated."""
    return 2 * rng.normal(size=(n, classes)), rng.integers(0, classes, size=n)
