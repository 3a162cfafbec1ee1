"""Whether layer normalization is right, forward and backward."""

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


@check("layernorm_forward", hint="Follow one row through the formula. Over how many numbers do you average, N or D?")
def test_forward_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every example is normalized over its features, then scaled and shifted feature by feature"""
    for (n, d), eps in (((6, 4), 1e-5), ((4, 4), 0.3), ((2, 5), 0.1)):
        arguments = (*_layer(rng, n, d), {"eps": eps})
        expected, _ = reference.layernorm_forward(*arguments)
        out, _ = student.layernorm_forward(*arguments)
        assert_close(out, expected, name="out")


@check("layernorm_forward", hint="Pass one row alone. Which other rows does its result need?")
def test_forward_rowwise(student: Student, rng: np.random.Generator) -> None:
    """An example alone gets the same result as among others"""
    x, gamma, beta = _layer(rng, 5, 4)
    together, _ = student.layernorm_forward(x, gamma, beta, {"eps": 1e-3})
    assert_array(together, shape=x.shape, name="out")
    for i in range(2):
        alone, _ = student.layernorm_forward(x[i : i + 1], gamma, beta, {"eps": 1e-3})
        assert_close(alone, together[i : i + 1], name=f"out of row {i} alone, against the same row among others,")


@check("layernorm_forward", hint="ln_param is empty here. Which eps do you use then, and where does it stand?")
def test_forward_statistics(student: Student, rng: np.random.Generator) -> None:
    """With gamma = 1, beta = 0 every row has mean 0 and variance var / (var + eps), eps 1e-5 if none is given"""
    x = rng.normal(size=(3, 40)) * np.array([[0.01], [1.0], [100.0]]) + np.array([[0.1], [-3.0], [50.0]])
    out, _ = student.layernorm_forward(x, np.ones(40), np.zeros(40), {})
    assert_array(out, shape=x.shape, name="out")
    assert_close(out.mean(axis=1), np.zeros(3), atol=1e-9, name="the mean of every row of out")
    var = x.var(axis=1)
    assert_close(out.var(axis=1), var / (var + 1e-5), name="the variance of every row of out")


@check(
    "layernorm_forward",
    group="edge",
    hint="Two numbers near 1e14 are subtracted somewhere. Which quantity could be squared while it is still small?",
)
def test_forward_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Rows far from zero, 1e7 plus noise, are normalized as precisely as others"""
    arguments = (1e7 + rng.normal(size=(3, 30)), np.ones(30), np.zeros(30), {"eps": 1e-7})
    expected, _ = reference.layernorm_forward(*arguments)
    out, _ = student.layernorm_forward(*arguments)
    assert_close(out, expected, rtol=1e-5, atol=1e-5, name="out")


@check(
    "layernorm_forward",
    group="edge",
    hint="Where all features of an example agree the variance is 0. What is x minus its mean there?",
)
def test_forward_constant(student: Student, rng: np.random.Generator) -> None:
    """An example whose features all agree gives beta"""
    x, gamma, beta = _layer(rng, 4, 5)
    x[2] = 3.0
    out, _ = student.layernorm_forward(x, gamma, beta, {"eps": 1e-3})
    assert_array(out, shape=x.shape, name="out")
    assert_close(out[2], beta, name="out[2], where x[2] is 3 throughout,")


@check("layernorm_forward", group="contract", hint="Which line of yours writes into an argument?")
def test_forward_pure(student: Student, rng: np.random.Generator) -> None:
    """The arguments x, gamma, beta and the eps in ln_param are left as they were"""
    record = student.layernorm_forward.call(*_layer(rng, 5, 3), {"eps": 1e-3})
    assert_unchanged(record, "x", "gamma", "beta", "ln_param['eps']")


@check(
    "layernorm_forward", group="contract", hint="Every array that goes in is float32. Which of your numbers widens it?"
)
def test_forward_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Input of dtype float32 gives output of dtype float32"""
    layer = [array.astype(np.float32) for array in _layer(rng, 6, 4)]
    expected, _ = reference.layernorm_forward(*(array.astype(np.float64) for array in layer), {"eps": 1e-5})
    out, _ = student.layernorm_forward(*layer, {"eps": 1e-5})
    assert_close(out, expected, rtol=1e-3, atol=1e-3, dtype=np.float32, name="out")


@check(
    "layernorm_backward",
    hint="The statistics went along the rows; gamma and beta belong to columns. Which sums go where?",
)
def test_backward_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients dx, dgamma and dbeta are right, also where a gamma is 0"""
    for (n, d), eps in (((8, 3), 1e-3), ((4, 4), 0.3), ((1, 5), 1e-5)):
        arguments, dout = (*_layer(rng, n, d), {"eps": eps}), rng.normal(size=(n, d))
        arguments[1][0] = 0.0
        expected = _gradients(reference, arguments, dout)
        assert_gradient(_gradients(student, arguments, dout), expected, sizes={"N": n, "D": d})


@check(
    "layernorm_backward",
    follow_through=True,
    hint="Nudge one entry of x and look at the whole row of your output. Which of those changes does your dx know of?",
)
def test_backward_numerical(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are those of your own forward pass"""
    x, gamma, beta = _layer(rng, 3, 5)
    dout = rng.normal(size=x.shape)
    param = {"eps": 1e-3}
    assert_gradient_of(
        lambda points: [out for out, _ in student.layernorm_forward.many([(*_at(p), param) for p in points])],
        _gradients(student, (x, gamma, beta, param), dout),
        at={"x": x, "gamma": gamma, "beta": beta},
        upstream=dout,
        reference_forward=lambda points: [reference.layernorm_forward(*_at(p), param)[0] for p in points],
        sizes={"N": 3, "D": 5},
    )


@check(
    "layernorm_backward", group="contract", hint="Which line of yours writes into dout, or into an array of the cache?"
)
def test_backward_pure(student: Student, rng: np.random.Generator) -> None:
    """The argument dout and the cache are left as they were: a second call gives the same"""
    dout = rng.normal(size=(5, 3))
    _, cache = student.layernorm_forward(*_layer(rng, 5, 3), {"eps": 1e-3})
    record = student.layernorm_backward.call(dout, cache)
    assert_unchanged(record, "dout")
    again = student.layernorm_backward(dout, cache)
    assert_close(again, record.value, name="(dx, dgamma, dbeta) of a second call with the same cache")


def _layer(rng: np.random.Generator, n: int, d: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x, gamma and beta; rows and features differ in mean and scale."""
    x = rng.normal(size=(n, d)) * rng.uniform(0.5, 3, size=(n, 1)) + rng.normal(2, 2, size=(n, 1)) + rng.normal(size=d)
    signs = np.where(np.arange(d) % 2, -1.0, 1.0)
    return x, signs * rng.uniform(0.5, 2, size=d), rng.normal(size=d)


def _at(point: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return point["x"], point["gamma"], point["beta"]


def _gradients(functions: Any, arguments: tuple[Any, ...], dout: np.ndarray) -> dict[str, np.ndarray]:
    """Go forward and backward with the functions of the student, or of the reference."""
    *arrays, ln_param = arguments
    _, cache = functions.layernorm_forward(*arrays, ln_param)
    # Another layer goes forward in between, as in a network: what counts is the cache that is passed.
    functions.layernorm_forward(*(1 - 2 * array for array in arrays), ln_param)
    return dict(zip(("dx", "dgamma", "dbeta"), functions.layernorm_backward(dout, cache), strict=True))
