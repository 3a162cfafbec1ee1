"""Whether batch normalization is right, in training, at test time, and backward."""

from typing import Any

import numpy as np

from grader.checks import (
    CallRecord,
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_gradient,
    assert_gradient_of,
    assert_raises,
    assert_unchanged,
    check,
)

RUNNING = ("running_mean", "running_var")


@check(
    "batchnorm_forward", hint="Follow one feature through the four lines of the formula, for a batch of two examples."
)
def test_forward_train(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """In training every feature is normalized over the batch, then scaled and shifted"""
    for (n, d), eps in (((6, 4), 1e-5), ((2, 4), 0.1), ((4, 4), 0.3)):
        x, gamma, beta = _layer(rng, n, d)
        out, _ = student.batchnorm_forward(x, gamma, beta, _param(rng, d, eps=eps))
        expected, _ = reference.batchnorm_forward(x, gamma, beta, _param(rng, d, eps=eps))
        assert_close(out, expected, name="out")


@check(
    "batchnorm_forward",
    hint="bn_param holds nothing but a mode here. Which eps do you use then, and where does it stand?",
)
def test_forward_statistics(student: Student, rng: np.random.Generator) -> None:
    """With gamma = 1, beta = 0 every feature has mean 0 and variance var / (var + eps), eps 1e-5 if none is given"""
    x = rng.normal(size=(50, 3)) * np.array([0.01, 1.0, 100.0]) + np.array([0.1, -3.0, 50.0])
    out, _ = student.batchnorm_forward(x, np.ones(3), np.zeros(3), {"mode": "train"})
    assert_array(out, shape=x.shape, name="out")
    assert_close(out.mean(axis=0), np.zeros(3), atol=1e-9, name="the mean of every feature of out")
    var = x.var(axis=0)
    assert_close(out.var(axis=0), var / (var + 1e-5), name="the variance of every feature of out")


@check(
    "batchnorm_forward",
    hint="Scale and shift the whole batch before the layer. What is left of that after normalizing?",
)
def test_forward_invariance(student: Student, rng: np.random.Generator) -> None:
    """With eps = 0 the output for 3x - 7 is the output for x"""
    x, gamma, beta = _layer(rng, 7, 5)
    x *= 0.1
    out, _ = student.batchnorm_forward(x, gamma, beta, _param(rng, 5, eps=0.0))
    assert_array(out, shape=x.shape, name="out")
    moved, _ = student.batchnorm_forward(3 * x - 7, gamma, beta, _param(rng, 5, eps=0.0))
    assert_close(moved, out, atol=1e-9, name="out(3x - 7)")


@check(
    "batchnorm_forward", hint="Print bn_param before and after one training step. Which share of the old value is kept?"
)
def test_forward_running(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Three training steps move the running mean and variance towards the batch's, by the share 1 - momentum"""
    ours = _param(rng, 3, eps=1e-3, momentum=0.8)
    theirs = dict(ours)
    for step in range(1, 4):
        x, gamma, beta = _layer(rng, 5, 3)
        before = dict(ours)
        record = student.batchnorm_forward.call(x, gamma, beta, ours)
        reference.batchnorm_forward(x, gamma, beta, theirs)
        for key in RUNNING:
            ours[key] = _after(record, before, key)
            assert_close(ours[key], theirs[key], name=f'bn_param["{key}"] after {step} training step{"s" * (step > 1)}')


@check(
    "batchnorm_forward",
    hint="bn_param holds nothing but a mode here. From which running mean does the first step start?",
)
def test_forward_first_step(student: Student, rng: np.random.Generator) -> None:
    """Where no running mean is given the first step starts from 0, with momentum 0.9"""
    x, gamma, beta = _layer(rng, 5, 3)
    record = student.batchnorm_forward.call(x, gamma, beta, {"mode": "train"})
    name = 'bn_param["running_mean"] after the first training step'
    assert_close(record.args[3].get("running_mean"), 0.1 * x.mean(axis=0), name=name)


@check(
    "batchnorm_forward", hint="At test time a batch may hold a single example. Which mean and variance are left to use?"
)
def test_forward_test_mode(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """At test time the running values normalize, an example alone as among others, and nothing is updated"""
    for n, d, eps in ((6, 4, 0.1), (1, 4, 1e-5), (4, 4, 0.3)):
        x, gamma, beta = _layer(rng, n, d)
        bn_param = _param(rng, d, mode="test", eps=eps)
        before = dict(bn_param)
        record = student.batchnorm_forward.call(x, gamma, beta, bn_param)
        expected, _ = reference.batchnorm_forward(x, gamma, beta, dict(before))
        assert_close(record.value[0], expected, name="out")
        for key in RUNNING:
            name = f'bn_param["{key}"] after a call in mode "test"'
            assert_close(_after(record, before, key), before[key], name=name)


@check(
    "batchnorm_forward",
    group="edge",
    hint="Where all examples agree the variance is 0. What is x minus its mean there?",
)
def test_forward_single(student: Student, rng: np.random.Generator) -> None:
    """In training a batch of one, or a feature that is constant, gives beta"""
    x, gamma, beta = _layer(rng, 1, 4)
    out, _ = student.batchnorm_forward(x, gamma, beta, _param(rng, 4, eps=1e-5))
    assert_close(out, beta[None, :], name="out, for a batch of one example,")
    x, gamma, beta = _layer(rng, 8, 4)
    x[:, 2] = 3.0
    out, _ = student.batchnorm_forward(x, gamma, beta, _param(rng, 4, eps=1e-5))
    assert_array(out, shape=x.shape, name="out")
    assert_close(out[:, 2], np.full(8, beta[2]), name="out[:, 2], where x[:, 2] is 3 throughout,")


@check(
    "batchnorm_forward",
    group="edge",
    hint="Two numbers near 1e14 are subtracted somewhere. Which quantity could be squared while it is still small?",
)
def test_forward_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Features far from zero, 1e7 plus noise, are normalized as precisely as others"""
    x, gamma, beta = 1e7 + rng.normal(size=(30, 3)), rng.uniform(0.5, 2, size=3), rng.normal(size=3)
    out, _ = student.batchnorm_forward(x, gamma, beta, _param(rng, 3, eps=1e-7))
    expected, _ = reference.batchnorm_forward(x, gamma, beta, _param(rng, 3, eps=1e-7))
    assert_close(out, expected, rtol=1e-4, atol=1e-4, name="out")


@check("batchnorm_forward", group="contract", hint="Which line of yours writes into x, gamma or beta?")
def test_forward_pure(student: Student, rng: np.random.Generator) -> None:
    """The arguments x, gamma and beta are left as they were"""
    for mode in ("train", "test"):
        x, gamma, beta = _layer(rng, 5, 3)
        record = student.batchnorm_forward.call(x, gamma, beta, _param(rng, 3, mode=mode))
        assert_unchanged(record, "x", "gamma", "beta")


@check(
    "batchnorm_forward", group="contract", hint="Somebody may have kept the old running mean. Is it still the old one?"
)
def test_forward_old_running(student: Student, rng: np.random.Generator) -> None:
    """New running values are new arrays: the old ones are left as they were"""
    x, gamma, beta = _layer(rng, 5, 3)
    bn_param = _param(rng, 3)
    before = dict(bn_param)
    record = student.batchnorm_forward.call(x, gamma, beta, bn_param)
    for key in RUNNING:
        # A key bound anew counts as a change of bn_param too; it tells the value that was bound.
        changed = record.changed.get(f"3['{key}']")
        if changed is not None and (bn_param.get(key) is before[key] or not np.array_equal(changed, bn_param.get(key))):
            assert_unchanged(record, f"bn_param['{key}']")


@check(
    "batchnorm_forward", group="contract", hint="Every array that goes in is float32. Which of your numbers widens it?"
)
def test_forward_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Input of dtype float32 gives output of dtype float32"""
    x, gamma, beta = (array.astype(np.float32) for array in _layer(rng, 6, 4))
    for mode in ("train", "test"):
        bn_param = _param(rng, 4, mode=mode, eps=1e-5)
        narrow = {key: value.astype(np.float32) if key in RUNNING else value for key, value in bn_param.items()}
        wide = {key: value.astype(np.float64) if key in RUNNING else value for key, value in narrow.items()}
        expected, _ = reference.batchnorm_forward(*(array.astype(np.float64) for array in (x, gamma, beta)), wide)
        out, _ = student.batchnorm_forward(x, gamma, beta, narrow)
        assert_close(out, expected, rtol=1e-3, atol=1e-3, dtype=np.float32, name=f'out in mode "{mode}"')


@check(
    "batchnorm_forward",
    group="contract",
    hint="Which two modes are there, and what does your function do with a third?",
)
def test_forward_error(student: Student, rng: np.random.Generator) -> None:
    """A mode other than "train" and "test" is refused with a ValueError"""
    for mode in ("eval", "training"):
        arguments = (*_layer(rng, 5, 3), _param(rng, 3, mode=mode))
        assert_raises(ValueError, student.batchnorm_forward, *arguments, naming="mode")


@check(
    "batchnorm_backward",
    hint="One input moves the batch's mean and variance as well. How many paths lead to the output?",
)
def test_backward_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients dx, dgamma and dbeta are right, also where a gamma is 0"""
    for (n, d), eps in (((8, 3), 1e-3), ((4, 4), 0.3), ((3, 5), 1e-5), ((2, 3), 0.3)):
        arguments, dout = (*_layer(rng, n, d), _param(rng, d, eps=eps)), rng.normal(size=(n, d))
        arguments[1][0] = 0.0
        expected = _gradients(reference, arguments, dout)
        assert_gradient(_gradients(student, arguments, dout), expected, sizes={"N": n, "D": d})


@check(
    "batchnorm_backward",
    follow_through=True,
    hint="Nudge one entry of x and look at the whole column of out. Which of those changes does your dx know of?",
)
def test_backward_numerical(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are those of your own forward pass"""
    x, gamma, beta = _layer(rng, 7, 4)
    dout = rng.normal(size=x.shape)
    param = _param(rng, 4, eps=1e-3)
    assert_gradient_of(
        lambda points: [out for out, _ in student.batchnorm_forward.many([(*_at(p), param) for p in points])],
        _gradients(student, (x, gamma, beta, param), dout),
        at={"x": x, "gamma": gamma, "beta": beta},
        upstream=dout,
        reference_forward=lambda points: [reference.batchnorm_forward(*_at(p), dict(param))[0] for p in points],
        sizes={"N": 7, "D": 4},
    )


@check(
    "batchnorm_backward", hint="At test time mean and variance are fixed numbers. Which paths from x to out are left?"
)
def test_backward_test_mode(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """After a forward pass at test time the statistics are constants"""
    for n, d in ((6, 4), (1, 3)):
        arguments, dout = (*_layer(rng, n, d), _param(rng, d, mode="test", eps=0.1)), rng.normal(size=(n, d))
        expected = _gradients(reference, arguments, dout)
        assert_gradient(_gradients(student, arguments, dout), expected, sizes={"N": n, "D": d})


@check(
    "batchnorm_backward",
    group="edge",
    hint="Shifting or stretching a whole column of x changes nothing in out. What follows for the column of dx?",
)
def test_backward_orthogonal(student: Student, rng: np.random.Generator) -> None:
    """With eps = 0 every column of dx is orthogonal to 1 and to xhat, for features of any scale"""
    x = rng.normal(size=(20, 3)) * np.array([1e-4, 1.0, 1e4])
    xhat = (x - x.mean(axis=0)) / x.std(axis=0)
    arguments = (x, np.array([1.5, -0.5, 2.0]), np.zeros(3), _param(rng, 3, eps=0.0))
    dx = _gradients(student, arguments, rng.normal(size=x.shape))["dx"]
    assert_array(dx, shape=x.shape, name="dx")
    size = np.maximum(np.abs(dx).sum(axis=0), np.finfo(float).tiny)
    for name, along in (("1", dx), ("xhat", dx * xhat)):
        product = along.sum(axis=0) / size
        assert_close(
            product, np.zeros(3), atol=1e-9, name=f"the product of the columns of dx with {name}, over their size,"
        )


@check(
    "batchnorm_backward", group="edge", hint="A batch of one gives beta whatever x is. How does out change with x then?"
)
def test_backward_single(student: Student, rng: np.random.Generator) -> None:
    """A batch of one example has dx = 0"""
    dout = rng.normal(size=(1, 4))
    got = _gradients(student, (*_layer(rng, 1, 4), _param(rng, 4, eps=1e-3)), dout)
    assert_close(got["dx"], np.zeros((1, 4)), atol=1e-9, name="dx")
    assert_close(got["dgamma"], np.zeros(4), atol=1e-9, name="dgamma")
    assert_close(got["dbeta"], dout[0], name="dbeta")


@check(
    "batchnorm_backward", group="contract", hint="Which line of yours writes into dout, or into an array of the cache?"
)
def test_backward_pure(student: Student, rng: np.random.Generator) -> None:
    """The argument dout and the cache are left as they were: a second call gives the same"""
    dout = rng.normal(size=(5, 3))
    _, cache = student.batchnorm_forward(*_layer(rng, 5, 3), _param(rng, 3))
    record = student.batchnorm_backward.call(dout, cache)
    assert_unchanged(record, "dout")
    again = student.batchnorm_backward(dout, cache)
    assert_close(again, record.value, name="(dx, dgamma, dbeta) of a second call with the same cache")


def _layer(rng: np.random.Generator, n: int, d: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x, gamma and beta; features differ in mean and scale."""
    x = rng.normal(size=(n, d)) * rng.uniform(0.5, 3, size=d) + rng.normal(2, 2, size=d)
    signs = np.where(np.arange(d) % 2, -1.0, 1.0)
    return x, signs * rng.uniform(0.5, 2, size=d), rng.normal(size=d)


def _param(
    rng: np.random.Generator, d: int, *, mode: str = "train", eps: float = 1e-3, momentum: float = 0.9
) -> dict[str, Any]:
    """Return a bn_param with running values of its own."""
    return {
        "mode": mode,
        "eps": eps,
        "momentum": momentum,
        "running_mean": rng.normal(1, 1, size=d),
        "running_var": rng.uniform(0.5, 3, size=d),
    }


def _at(point: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return point["x"], point["gamma"], point["beta"]


def _gradients(functions: Any, arguments: tuple[Any, ...], dout: np.ndarray) -> dict[str, np.ndarray]:
    """Go forward and backward with the functions of the student, or of the reference."""
    *arrays, bn_param = arguments
    _, cache = functions.batchnorm_forward(*arrays, dict(bn_param))
    # Another layer goes forward in between, as in a network: what counts is the cache that is passed.
    functions.batchnorm_forward(*(1 - 2 * array for array in arrays), dict(bn_param))
    return dict(zip(("dx", "dgamma", "dbeta"), functions.batchnorm_backward(dout, cache), strict=True))


def _after(record: CallRecord, before: dict[str, Any], key: str) -> Any:
    """Return a running value as the call left it: bound anew, or else changed in place."""
    bound = record.args[3].get(key)
    return record.changed.get(f"3['{key}']", bound) if bound is before[key] else bound
