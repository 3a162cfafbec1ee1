"""Whether root mean square normalization is right, forward and backward."""

from typing import Any

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_gradient,
    assert_gradient_of,
    assert_unchanged,
    check,
)


@check("rmsnorm_forward", hint="Follow one row of the worked example. Which numbers go into its root mean square?")
def test_forward_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every example is divided by its root mean square, then scaled feature by feature"""
    for (n, d), eps in (((6, 4), 1e-5), ((4, 4), 0.3), ((3, 5), 0.1)):
        x, gamma = _layer(rng, n, d)
        expected, _ = reference.rmsnorm_forward(x, gamma, eps)
        out, _ = student.rmsnorm_forward(x, gamma, eps)
        assert_close(out, expected, name="out", sizes={"N": n, "D": d})


@check("rmsnorm_forward", hint="Pass one row alone. Which other rows does its result need?")
def test_forward_rowwise(student: Student, rng: np.random.Generator) -> None:
    """An example alone gets the same result as among others"""
    x, gamma = _layer(rng, 5, 4)
    together, _ = student.rmsnorm_forward(x, gamma, 1e-3)
    assert_array(together, shape=x.shape, name="out")
    for i in range(2):
        alone, _ = student.rmsnorm_forward(x[i : i + 1], gamma, 1e-3)
        assert_close(alone, together[i : i + 1], name=f"out of row {i} alone, against the same row among others,")


@check(
    "rmsnorm_forward",
    group="edge",
    hint="The mean square of such a row is 0. What keeps you from 0 / 0, and is it there when eps is left out?",
)
def test_forward_zeros(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """An example of zeros gives zeros, and without an eps 1e-5 is taken"""
    x, gamma = _layer(rng, 3, 5)
    x[0], x[1] = 0.0, 1e-3 * x[1]
    expected, _ = reference.rmsnorm_forward(x, gamma)
    out, _ = student.rmsnorm_forward(x, gamma)
    assert_close(out, expected, name="out")


@check("rmsnorm_forward", group="contract", hint="Which line of yours writes into an argument?")
def test_forward_pure(student: Student, rng: np.random.Generator) -> None:
    """The arguments x and gamma are left as they were"""
    assert_unchanged(student.rmsnorm_forward.call(*_layer(rng, 5, 3), 1e-3))


@check(
    "rmsnorm_forward", group="contract", hint="Both arrays that go in are float32. Which of your numbers widens them?"
)
def test_forward_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Input of dtype float32 gives output of dtype float32"""
    x, gamma = (array.astype(np.float32) for array in _layer(rng, 6, 4))
    expected, _ = reference.rmsnorm_forward(x.astype(np.float64), gamma.astype(np.float64), 1e-5)
    out, _ = student.rmsnorm_forward(x, gamma, 1e-5)
    assert_close(out, expected, rtol=1e-3, atol=1e-3, dtype=np.float32, name="out")


@check(
    "rmsnorm_backward",
    hint="Take the gradient of layer normalization (assignment4). Which of its terms came from subtracting the mean?",
)
def test_backward_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients dx and dgamma are right, also where a gamma is 0"""
    for (n, d), eps in (((8, 3), 1e-3), ((4, 4), 0.3), ((1, 5), 1e-5)):
        (x, gamma), dout = _layer(rng, n, d), rng.normal(size=(n, d))
        gamma[0] = 0.0
        expected = _gradients(reference, x, gamma, eps, dout)
        assert_gradient(_gradients(student, x, gamma, eps, dout), expected, sizes={"N": n, "D": d})


@check(
    "rmsnorm_backward",
    follow_through=True,
    hint="Nudge one entry of x and look at the whole row of your output. Which of those changes does your dx know of?",
)
def test_backward_numerical(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are those of your own forward pass"""
    (x, gamma), eps = _layer(rng, 3, 5), 1e-3
    dout = rng.normal(size=x.shape)
    assert_gradient_of(
        lambda points: [out for out, _ in student.rmsnorm_forward.many([(p["x"], p["gamma"], eps) for p in points])],
        _gradients(student, x, gamma, eps, dout),
        at={"x": x, "gamma": gamma},
        upstream=dout,
        reference_forward=lambda points: [reference.rmsnorm_forward(p["x"], p["gamma"], eps)[0] for p in points],
        sizes={"N": 3, "D": 5},
    )


@check(
    "rmsnorm_backward", group="contract", hint="Which line of yours writes into dout, or into an array of the cache?"
)
def test_backward_pure(student: Student, rng: np.random.Generator) -> None:
    """The argument dout and the cache are left as they were: a second call gives the same"""
    dout = rng.normal(size=(5, 3))
    _, cache = student.rmsnorm_forward(*_layer(rng, 5, 3), 1e-3)
    record = student.rmsnorm_backward.call(dout, cache)
    assert_unchanged(record, "dout")
    again = student.rmsnorm_backward(dout, cache)
    assert_close(again, record.value, name="(dx, dgamma) of a second call with the same cache")


def _layer(rng: np.random.Generator, n: int, d: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x and gamma; rows and features differ in mean and scale, and gamma has both signs."""
    x = rng.normal(size=(n, d)) * rng.uniform(0.5, 3, size=(n, 1)) + rng.normal(2, 2, size=(n, 1)) + rng.normal(size=d)
    return x, np.where(np.arange(d) % 2, -1.0, 1.0) * rng.uniform(0.5, 2, size=d)


def _gradients(functions: Any, x: np.ndarray, gamma: np.ndarray, eps: float, dout: np.ndarray) -> dict[str, np.ndarray]:
    """Go forward and backward with the functions of the student, or of the reference."""
    _, cache = functions.rmsnorm_forward(x, gamma, eps)
    # Another layer goes forward in between, as in a network: what counts is the cache that is passed.
    functions.rmsnorm_forward(1 - 2 * x, 1 - 2 * gamma, eps)
    return dict(zip(("dx", "dgamma"), functions.rmsnorm_backward(dout, cache), strict=True))
