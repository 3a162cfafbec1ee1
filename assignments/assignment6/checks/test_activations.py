"""Checks of activations.py."""

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
from grader.checks.student import StudentFunction

FAR = np.array([-1e4, -800.0, -100.0, 100.0, 800.0, 1e4])
"""exp overflows from 710 on."""
NAMES = {
    "prelu": ("dx", "dalpha"),
    "maxout": ("dx", "dW", "db"),
}


def draw_values(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Return inputs of several shapes, with both sides of 0 and 0 itself."""
    return np.linspace(-30, 30, 37), rng.normal(scale=2, size=(4, 4)), rng.normal(size=(2, 3, 2, 2))


def away_from_kinks(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return numbers of size 0.05 to 3. In the first two rows each column has both signs, and one number is below 1."""
    x = rng.uniform(0.05, 3, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    x[0], x[1] = np.abs(x[0]), -np.abs(x[1])
    x.flat[0] = rng.uniform(0.2, 0.8)
    return x


def draw_dout(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return an upstream gradient that has both signs where the numbers above have, in neighbouring columns."""
    dout = rng.normal(size=shape)
    signs = 1.0 - 2 * (np.arange(dout[0].size) % 2).reshape(dout[0].shape)
    dout[0], dout[1] = signs * np.abs(dout[0]), signs * np.abs(dout[1])
    return dout


def pieces_apart(rng: np.random.Generator, N: int, D: int, M: int, K: int) -> tuple[np.ndarray, ...]:
    """Return x, W and b: no two pieces of a unit come closer than 0.01, and not all examples have the same winners."""
    while True:
        x, W, b = rng.normal(size=(N, D)), rng.normal(size=(D, M, K)), rng.normal(size=(M, K))
        pieces = np.einsum("nd,dmk->nmk", x, W) + b
        winners = pieces.argmax(axis=2)
        if K == 1 or (np.diff(np.sort(pieces, axis=2), axis=2).min() > 0.01 and (winners != winners[0]).any()):
            return x, W, b


def assert_forward(student: StudentFunction, reference: Any, *args: Any, rtol: float = 1e-9) -> None:
    """Compare one output with the reference's."""
    out, _ = student(*args)
    assert_close(out, reference(*args)[0], name="out", rtol=rtol)


def assert_narrow_forward(student: StudentFunction, reference: Any, *args: Any) -> None:
    """Ask for a float32 output where all arrays are float32; numbers that are no arrays stay as they are."""
    narrow = [value.astype(np.float32) if isinstance(value, np.ndarray) else value for value in args]
    wide = [value.astype(np.float64) if isinstance(value, np.ndarray) else value for value in narrow]
    out, _ = student(*narrow)
    assert_close(out, reference(*wide)[0], name="out", rtol=2e-5, atol=2e-5, dtype=np.float32)


def backward_of(student: Student, name: str, dout: np.ndarray, *args: Any) -> Any:
    """Return what the backward pass gives after the student's own forward pass."""
    _, cache = getattr(student, f"{name}_forward")(*args)
    return getattr(student, f"{name}_backward")(dout, cache)


def assert_backward(student: Student, reference: Reference, name: str, dout: np.ndarray, *args: Any) -> None:
    """Compare all gradients with the reference's."""
    _, cache = getattr(reference, f"{name}_forward")(*args)
    assert_gradient(
        _by_name(name, backward_of(student, name, dout, *args)),
        _by_name(name, getattr(reference, f"{name}_backward")(dout, cache)),
        rtol=1e-9,
        name="dx",
        sizes={"N": len(dout)},
    )


def assert_slopes(student: Student, reference: Reference, name: str, dout: np.ndarray, *args: Any) -> None:
    """Compare the gradients with what small steps of the arrays do to the student's own forward pass."""
    keys = [key.removeprefix("d") for key in NAMES.get(name, ("dx",))]
    moving = dict(zip(keys, args, strict=False))
    rest = args[len(keys) :]

    def outputs(forward: Any, points: list[Any]) -> list[np.ndarray]:
        calls = [(*point.values(), *rest) for point in points]
        return [
            out for out, _ in (forward(calls) if isinstance(forward, _Many) else [forward(*call) for call in calls])
        ]

    got = backward_of(student, name, dout, *args)
    assert_gradient_of(
        lambda points: outputs(_Many(getattr(student, f"{name}_forward")), points),
        _by_name(name, got) if name in NAMES else {"dx": got},
        at=moving,
        upstream=dout,
        reference_forward=lambda points: outputs(getattr(reference, f"{name}_forward"), points),
        name="the gradients",
    )


class _Many:
    def __init__(self, function: StudentFunction) -> None:
        self._function = function

    def __call__(self, calls: list[Any]) -> list[Any]:
        return self._function.many(calls)


def _by_name(name: str, gradients: Any) -> Any:
    return dict(zip(NAMES[name], gradients, strict=True)) if name in NAMES else gradients


def assert_narrow_backward(student: Student, name: str, dout: np.ndarray, *args: Any) -> None:
    """Ask for float32 gradients where everything that went in is float32."""
    narrow = [value.astype(np.float32) if isinstance(value, np.ndarray) else value for value in args]
    gradients = backward_of(student, name, dout.astype(np.float32), *narrow)
    shapes = [value.shape for value in args if isinstance(value, np.ndarray)]
    several = gradients if name in NAMES else (gradients,)
    for key, gradient, shape in zip(NAMES.get(name, ("dx",)), several, shapes, strict=True):
        assert_array(gradient, shape=shape, dtype=np.float32, name=key)


def assert_backward_repeats(student: Student, name: str, dout: np.ndarray, *args: Any) -> None:
    """Call the backward pass twice with the same dout and cache."""
    _, cache = getattr(student, f"{name}_forward")(*args)
    backward = getattr(student, f"{name}_backward")
    first = backward.call(dout, cache)
    assert_unchanged(first, "dout")
    assert_close(backward(dout, cache), first.value, name="the result of a second call")


# sigmoid


@check("sigmoid_forward", hint="Work out the values at 0, at 2 and at -2 by hand, and compare.")
def test_sigmoid_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The values are right from -30 to 30, for arrays of any shape"""
    for x in draw_values(rng):
        assert_forward(student.sigmoid_forward, reference.sigmoid_forward, x)


@check("sigmoid_forward", hint="The curve turns into itself when it is turned around the point (0, 1/2). Does yours?")
def test_sigmoid_symmetry(student: Student, rng: np.random.Generator) -> None:
    """The values at x and at -x add up to 1"""
    x = rng.normal(scale=3, size=(3, 4))
    out, _ = student.sigmoid_forward(x)
    mirrored, _ = student.sigmoid_forward(-x)
    assert_array(out, shape=x.shape, name="out")
    assert_array(mirrored, shape=x.shape, name="out at -x")
    assert_close(out + mirrored, np.ones_like(x), name="out(x) + out(-x)")


@check("sigmoid_forward", group="edge", hint="At 1e4 one exponential is infinite and the other 0. What is their ratio?")
def test_sigmoid_far(student: Student, reference: Reference) -> None:
    """At ±1e4 the values are 0 and 1"""
    assert_forward(student.sigmoid_forward, reference.sigmoid_forward, FAR)


@check(
    "sigmoid_forward", group="edge", hint="exp of a large positive number overflows. Which sign does its argument have?"
)
def test_sigmoid_warns_of_nothing(student: Student) -> None:
    """Nothing overflows on the way, whatever the size of x"""
    for x in (FAR[FAR > 0], FAR[FAR < 0]):
        student.sigmoid_forward.strictly(x)


@check("sigmoid_forward", group="contract", hint="Print out.dtype for an x of dtype float32.")
def test_sigmoid_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    assert_narrow_forward(student.sigmoid_forward, reference.sigmoid_forward, rng.normal(size=(4, 5)))


@check("sigmoid_forward", group="contract", hint="Print x before and after the call.")
def test_sigmoid_leaves_x_alone(student: Student, rng: np.random.Generator) -> None:
    """The array x is not changed"""
    assert_unchanged(student.sigmoid_forward.call(rng.normal(size=(3, 4))))


@check(
    "sigmoid_forward", group="advice", hint="1 minus a number close to 1 loses digits. exp(-40) itself has all of them."
)
def test_sigmoid_tail(student: Student, reference: Reference) -> None:
    """At -40 and below the small values have all their digits"""
    x = np.array([-300.0, -100.0, -40.0])
    assert_close(student.sigmoid_forward(x)[0], reference.sigmoid_forward(x)[0], name="out", rtol=1e-6, atol=0.0)


@check("sigmoid_backward", hint="At 0 the slope is 1/4. What is yours there, and at 3?")
def test_sigmoid_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is right for arrays of any shape"""
    for shape in ((4, 4), (2, 5)):
        assert_backward(student, reference, "sigmoid", rng.normal(size=shape), rng.normal(scale=1.5, size=shape))


@check(
    "sigmoid_backward", follow_through=True, hint="Move one entry of x a little: by how much does its output follow?"
)
def test_sigmoid_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is that of your own forward pass, measured with small steps"""
    assert_slopes(student, reference, "sigmoid", rng.normal(size=(3, 3)), rng.normal(scale=1.5, size=(3, 3)))


@check("sigmoid_backward", group="edge", hint="At ±1e4 the curve is flat. Which step turns that into infinity times 0?")
def test_sigmoid_gradient_far(student: Student) -> None:
    """At ±1e4 the gradient is 0"""
    dx = backward_of(student, "sigmoid", np.ones_like(FAR), FAR)
    assert_close(dx, np.zeros_like(FAR), name="dx", atol=1e-12)


@check("sigmoid_backward", group="contract", hint="Print dx.dtype for a dout and an x of dtype float32.")
def test_sigmoid_gradient_dtype(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives a float32 gradient"""
    assert_narrow_backward(student, "sigmoid", rng.normal(size=(3, 4)), rng.normal(size=(3, 4)))


@check("sigmoid_backward", group="contract", hint="Call it twice with the same dout and cache. What has changed?")
def test_sigmoid_gradient_leaves_dout_alone(student: Student, rng: np.random.Generator) -> None:
    """The array dout and the cache are not changed"""
    assert_backward_repeats(student, "sigmoid", rng.normal(size=(3, 4)), rng.normal(size=(3, 4)))


# tanh


@check("tanh_forward", hint="At 0 the curve rises with slope 1, and far out it comes close to 1 and -1. Does yours?")
def test_tanh_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The values are right from -30 to 30, for arrays of any shape"""
    for x in draw_values(rng):
        assert_forward(student.tanh_forward, reference.tanh_forward, x)


@check("tanh_forward", group="edge", hint="At 1e4 the two exponentials are infinite and 0. What is their ratio?")
def test_tanh_far(student: Student, reference: Reference) -> None:
    """At ±1e4 the values are ±1"""
    assert_forward(student.tanh_forward, reference.tanh_forward, FAR)


@check("tanh_forward", group="edge", hint="exp of a large number overflows. Which part of your formula is that large?")
def test_tanh_warns_of_nothing(student: Student) -> None:
    """Nothing overflows on the way, whatever the size of x"""
    student.tanh_forward.strictly(FAR)


@check("tanh_forward", group="contract", hint="Print out.dtype for an x of dtype float32.")
def test_tanh_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    assert_narrow_forward(student.tanh_forward, reference.tanh_forward, rng.normal(size=(4, 5)))


@check("tanh_forward", group="contract", hint="Print x before and after the call.")
def test_tanh_leaves_x_alone(student: Student, rng: np.random.Generator) -> None:
    """The array x is not changed"""
    assert_unchanged(student.tanh_forward.call(rng.normal(size=(3, 4))))


@check("tanh_backward", hint="At 0 the slope is 1, and far out it is 0. Which expression of the output does that?")
def test_tanh_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is right for arrays of any shape"""
    for shape in ((4, 4), (2, 5)):
        assert_backward(student, reference, "tanh", rng.normal(size=shape), rng.normal(size=shape))


@check("tanh_backward", follow_through=True, hint="Move one entry of x a little: by how much does its output follow?")
def test_tanh_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is that of your own forward pass, measured with small steps"""
    assert_slopes(student, reference, "tanh", rng.normal(size=(3, 3)), rng.normal(size=(3, 3)))


@check("tanh_backward", group="edge", hint="At ±1e4 the curve is flat. Which step turns that into infinity times 0?")
def test_tanh_gradient_far(student: Student) -> None:
    """At ±1e4 the gradient is 0"""
    dx = backward_of(student, "tanh", np.ones_like(FAR), FAR)
    assert_close(dx, np.zeros_like(FAR), name="dx", atol=1e-12)


@check("tanh_backward", group="contract", hint="Print dx.dtype for a dout and an x of dtype float32.")
def test_tanh_gradient_dtype(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives a float32 gradient"""
    assert_narrow_backward(student, "tanh", rng.normal(size=(3, 4)), rng.normal(size=(3, 4)))


@check("tanh_backward", group="contract", hint="Call it twice with the same dout and cache. What has changed?")
def test_tanh_gradient_leaves_dout_alone(student: Student, rng: np.random.Generator) -> None:
    """The array dout and the cache are not changed"""
    assert_backward_repeats(student, "tanh", rng.normal(size=(3, 4)), rng.normal(size=(3, 4)))


# ReLU


@check(
    "relu_forward", hint="Draw the function from -2 to 2. What becomes of a negative entry, and what of a positive one?"
)
def test_relu_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Positive entries pass, all others become 0, for arrays of any shape"""
    for x in draw_values(rng):
        assert_forward(student.relu_forward, reference.relu_forward, x)


@check("relu_forward", group="contract", hint="Print out.dtype for an x of dtype float32.")
def test_relu_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    assert_narrow_forward(student.relu_forward, reference.relu_forward, away_from_kinks(rng, 4, 5))


@check("relu_forward", group="contract", hint="The backward pass still needs x. Print it before and after the call.")
def test_relu_leaves_x_alone(student: Student, rng: np.random.Generator) -> None:
    """The array x is not changed"""
    assert_unchanged(student.relu_forward.call(away_from_kinks(rng, 3, 4)))


@check(
    "relu_forward", group="advice", hint="Minus infinity times 0 is not 0. A form that compares has no such trouble."
)
def test_relu_at_infinity(student: Student) -> None:
    """Minus infinity becomes 0, infinity stays"""
    out, _ = student.relu_forward(np.array([-np.inf, np.inf, 1.0]))
    assert_close(out, np.array([0.0, np.inf, 1.0]), name="out", allow_non_finite=True)


@check("relu_backward", hint="Where x was positive the function is the identity, elsewhere it is flat.")
def test_relu_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is right for arrays of any shape"""
    for shape in ((4, 4), (2, 5), (2, 3, 2, 2)):
        assert_backward(student, reference, "relu", draw_dout(rng, *shape), away_from_kinks(rng, *shape))


@check("relu_backward", follow_through=True, hint="Move one entry of x a little: by how much does its output follow?")
def test_relu_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is that of your own forward pass, measured with small steps"""
    assert_slopes(student, reference, "relu", draw_dout(rng, 3, 3), away_from_kinks(rng, 3, 3))


@check(
    "relu_backward",
    group="edge",
    hint="At 0 the left slope is 0 and the right one 1. Which of them does the docstring take?",
)
def test_relu_gradient_at_zero(student: Student, rng: np.random.Generator) -> None:
    """At x = 0 the gradient is 0"""
    dout = rng.uniform(1, 2, size=4)
    dx = backward_of(student, "relu", dout, np.array([1.0, 0.0, -1.0, 0.0]))
    assert_close(dx, dout * [1, 0, 0, 0], name="dx")


@check("relu_backward", group="contract", hint="Print dx.dtype for a dout and an x of dtype float32.")
def test_relu_gradient_dtype(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives a float32 gradient"""
    assert_narrow_backward(student, "relu", draw_dout(rng, 3, 4), away_from_kinks(rng, 3, 4))


@check(
    "relu_backward", group="contract", hint="Another layer may want the same dout. Print it before and after the call."
)
def test_relu_gradient_leaves_dout_alone(student: Student, rng: np.random.Generator) -> None:
    """The array dout and the cache are not changed"""
    assert_backward_repeats(student, "relu", draw_dout(rng, 3, 4), away_from_kinks(rng, 3, 4))


# leaky ReLU


@check("leaky_relu_forward", hint="Which slope has the function left of 0, and which one right of it?")
def test_leaky_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The values are right for several alpha, 0 among them, and for the default"""
    for x, alpha in zip(draw_values(rng), (0.1, 0.35, 0.0), strict=True):
        assert_forward(student.leaky_relu_forward, reference.leaky_relu_forward, x, alpha)
    assert_forward(student.leaky_relu_forward, reference.leaky_relu_forward, rng.normal(size=(3, 4)))


@check("leaky_relu_forward", group="edge", hint="For alpha = 2 and x = -1, which is larger: x or alpha times x?")
def test_leaky_steep(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With an alpha above 1 the negative side is steeper than the positive one"""
    assert_forward(student.leaky_relu_forward, reference.leaky_relu_forward, away_from_kinks(rng, 4, 5), 2.5)


@check("leaky_relu_forward", group="contract", hint="Print out.dtype for an x of float32, and for one of integers.")
def test_leaky_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out, and integers are taken for float64"""
    assert_narrow_forward(student.leaky_relu_forward, reference.leaky_relu_forward, away_from_kinks(rng, 4, 5), 0.1)
    whole = np.array([-3, 0, 2, -1])
    assert_close(student.leaky_relu_forward(whole, 0.1)[0], np.array([-0.3, 0.0, 2.0, -0.1]), name="out")


@check(
    "leaky_relu_forward", group="contract", hint="The backward pass still needs x. Print it before and after the call."
)
def test_leaky_leaves_x_alone(student: Student, rng: np.random.Generator) -> None:
    """The array x is not changed"""
    assert_unchanged(student.leaky_relu_forward.call(away_from_kinks(rng, 3, 4), 0.1))


@check("leaky_relu_backward", hint="Two slopes, two sides: which one belongs where x was negative?")
def test_leaky_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is right for several alpha"""
    for shape, alpha in (((4, 4), 0.1), ((2, 5), 2.5)):
        assert_backward(student, reference, "leaky_relu", draw_dout(rng, *shape), away_from_kinks(rng, *shape), alpha)


@check(
    "leaky_relu_backward", follow_through=True, hint="Move one entry of x a little: by how much does its output follow?"
)
def test_leaky_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is that of your own forward pass, measured with small steps"""
    assert_slopes(student, reference, "leaky_relu", draw_dout(rng, 3, 3), away_from_kinks(rng, 3, 3), 0.2)


@check("leaky_relu_backward", group="edge", hint="At exactly 0 this course takes one of the two slopes. Which one?")
def test_leaky_gradient_at_zero(student: Student, rng: np.random.Generator) -> None:
    """At x = 0 the slope is alpha"""
    dout = rng.uniform(1, 2, size=4)
    dx = backward_of(student, "leaky_relu", dout, np.array([1.0, 0.0, -1.0, 0.0]), 0.25)
    assert_close(dx, dout * [1, 0.25, 0.25, 0.25], name="dx")


@check("leaky_relu_backward", group="contract", hint="Print dx.dtype for a dout and an x of dtype float32.")
def test_leaky_gradient_dtype(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives a float32 gradient"""
    assert_narrow_backward(student, "leaky_relu", draw_dout(rng, 3, 4), away_from_kinks(rng, 3, 4), 0.1)


@check("leaky_relu_backward", group="contract", hint="Call it twice with the same dout and cache. What has changed?")
def test_leaky_gradient_leaves_dout_alone(student: Student, rng: np.random.Generator) -> None:
    """The array dout and the cache are not changed"""
    assert_backward_repeats(student, "leaky_relu", draw_dout(rng, 3, 4), away_from_kinks(rng, 3, 4), 0.1)


# ELU


@check("elu_forward", hint="The two pieces should meet at 0, and far to the left the output should be close to -alpha.")
def test_elu_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The values are right for several alpha and for the default"""
    for x, alpha in zip(draw_values(rng), (1.0, 0.4, 1.7), strict=True):
        assert_forward(student.elu_forward, reference.elu_forward, x, alpha)
    assert_forward(student.elu_forward, reference.elu_forward, rng.normal(size=(3, 4)))


@check(
    "elu_forward",
    group="edge",
    hint="Close to 0, exp(x) and 1 agree in most digits. numpy has a function for their difference.",
)
def test_elu_tiny(student: Student) -> None:
    """Tiny negative entries keep their digits"""
    x = np.array([-1e-12, -3e-9, -2e-6])
    out, _ = student.elu_forward(x, 1.5)
    assert_close(out, 1.5 * (x + x**2 / 2), name="out", rtol=1e-7, atol=0.0)


@check(
    "elu_forward",
    group="edge",
    hint="Both sides are computed for every entry before one is chosen. How large is exp(x) on the side not used?",
)
def test_elu_warns_of_nothing(student: Student) -> None:
    """Nothing overflows on the way, whatever the size of x"""
    student.elu_forward.strictly(FAR, 1.5)


@check(
    "elu_forward", group="edge", hint="Print the output at 1e4 and at -1e4. Should either be infinite, or not a number?"
)
def test_elu_far(student: Student, reference: Reference) -> None:
    """At ±1e4 the values are x and -alpha"""
    assert_forward(student.elu_forward, reference.elu_forward, FAR, 1.5)


@check("elu_forward", group="contract", hint="Print out.dtype for an x of float32, and for one of integers.")
def test_elu_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out, and integers are taken for float64"""
    assert_narrow_forward(student.elu_forward, reference.elu_forward, away_from_kinks(rng, 4, 5), 1.5)
    whole = np.array([-3, 0, 2, -1])
    assert_close(student.elu_forward(whole, 1.5)[0], reference.elu_forward(whole, 1.5)[0], name="out")


@check("elu_forward", group="contract", hint="The backward pass still needs x. Print it before and after the call.")
def test_elu_leaves_x_alone(student: Student, rng: np.random.Generator) -> None:
    """The array x is not changed"""
    assert_unchanged(student.elu_forward.call(away_from_kinks(rng, 3, 4), 1.5))


@check(
    "elu_backward", hint="Differentiate the negative piece, and write the result with the output. Then try alpha = 2."
)
def test_elu_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is right for several alpha"""
    for shape, alpha in (((4, 4), 1.0), ((2, 5), 1.7), ((3, 2, 2), 0.4)):
        assert_backward(student, reference, "elu", draw_dout(rng, *shape), away_from_kinks(rng, *shape), alpha)


@check("elu_backward", follow_through=True, hint="Move one entry of x a little: by how much does its output follow?")
def test_elu_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is that of your own forward pass, measured with small steps"""
    assert_slopes(student, reference, "elu", draw_dout(rng, 3, 3), away_from_kinks(rng, 3, 3), 1.7)


@check(
    "elu_backward",
    group="edge",
    hint="At exactly 0 this course takes the slope of the negative side. What is it for alpha = 2?",
)
def test_elu_gradient_at_zero(student: Student, rng: np.random.Generator) -> None:
    """At x = 0 the slope is alpha"""
    dout = rng.uniform(1, 2, size=3)
    dx = backward_of(student, "elu", dout, np.array([1.0, 0.0, 0.0]), 2.0)
    assert_close(dx, dout * [1, 2, 2], name="dx")


@check(
    "elu_backward", group="edge", hint="At 1e4 the slope is 1 and at -1e4 it is 0. Where does an infinity come from?"
)
def test_elu_gradient_far(student: Student) -> None:
    """At ±1e4 the gradient is that of a straight line and 0"""
    dx = backward_of(student, "elu", np.full(FAR.shape, 3.0), FAR, 1.5)
    assert_close(dx, 3.0 * (FAR > 0), name="dx", atol=1e-12)


@check("elu_backward", group="contract", hint="Print dx.dtype for a dout and an x of dtype float32.")
def test_elu_gradient_dtype(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives a float32 gradient"""
    assert_narrow_backward(student, "elu", draw_dout(rng, 3, 4), away_from_kinks(rng, 3, 4), 1.5)


@check("elu_backward", group="contract", hint="Call it twice with the same dout and cache. What has changed?")
def test_elu_gradient_leaves_dout_alone(student: Student, rng: np.random.Generator) -> None:
    """The array dout and the cache are not changed"""
    assert_backward_repeats(student, "elu", draw_dout(rng, 3, 4), away_from_kinks(rng, 3, 4), 1.5)


# PReLU

PRELU_SHAPES = ((2, 3, 3, 3), (4, 3), (3, 3))


def slopes_of_channels(rng: np.random.Generator, channels: int) -> np.ndarray:
    """Return one slope for each channel: the first negative, the second above 1."""
    alpha = rng.uniform(0.1, 0.9, size=channels)
    alpha[:2] = -0.6, 1.8
    return alpha


@check(
    "prelu_forward", hint="Take x of shape (2, 3): which of the three alphas belongs to the entry in row 0, column 2?"
)
def test_prelu_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every channel has its own slope, in tables and in images"""
    for shape in PRELU_SHAPES:
        alpha = rng.uniform(0.1, 0.9, size=3)
        assert_forward(student.prelu_forward, reference.prelu_forward, away_from_kinks(rng, *shape), alpha)


@check(
    "prelu_forward", hint="alpha is learnt: it may become negative, or larger than 1. What does your formula do then?"
)
def test_prelu_any_slope(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A slope may be negative or above 1"""
    alpha = slopes_of_channels(rng, 4)
    assert_forward(student.prelu_forward, reference.prelu_forward, away_from_kinks(rng, 5, 4), alpha)


@check("prelu_forward", group="contract", hint="Print out.dtype for an x and an alpha of dtype float32.")
def test_prelu_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    x, alpha = away_from_kinks(rng, 4, 3), slopes_of_channels(rng, 3)
    assert_narrow_forward(student.prelu_forward, reference.prelu_forward, x, alpha)


@check(
    "prelu_forward", group="contract", hint="The backward pass still needs x and alpha. Print them before and after."
)
def test_prelu_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The arrays x and alpha are not changed"""
    assert_unchanged(student.prelu_forward.call(away_from_kinks(rng, 2, 3, 2, 2), slopes_of_channels(rng, 3)))


@check("prelu_backward", hint="Which entries of x were multiplied by alpha of a channel? Only they can move with it.")
def test_prelu_gradients(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients of x and alpha are right, for tables and images"""
    for shape in PRELU_SHAPES:
        x, alpha = away_from_kinks(rng, *shape), slopes_of_channels(rng, 3)
        assert_backward(student, reference, "prelu", draw_dout(rng, *shape), x, alpha)


@check(
    "prelu_backward", follow_through=True, hint="Move one alpha a little. Which outputs follow, and by how much each?"
)
def test_prelu_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are those of your own forward pass, measured with small steps"""
    x, alpha = away_from_kinks(rng, 4, 3), slopes_of_channels(rng, 3)
    assert_slopes(student, reference, "prelu", draw_dout(rng, 4, 3), x, alpha)


@check("prelu_backward", group="edge", hint="At exactly 0 this course takes the slope of the negative side.")
def test_prelu_gradient_at_zero(student: Student, rng: np.random.Generator) -> None:
    """At x = 0 the slope is the channel's alpha"""
    x, alpha, dout = np.array([[0.0, 1.0], [-1.0, 0.0]]), np.array([0.25, -0.5]), rng.uniform(1, 2, size=(2, 2))
    dx, _ = backward_of(student, "prelu", dout, x, alpha)
    assert_close(dx, dout * [[0.25, 1], [0.25, -0.5]], name="dx")


@check("prelu_backward", group="contract", hint="Print the dtypes of both gradients when everything else is float32.")
def test_prelu_gradient_dtype(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives float32 gradients"""
    x, alpha = away_from_kinks(rng, 4, 3), slopes_of_channels(rng, 3)
    assert_narrow_backward(student, "prelu", draw_dout(rng, 4, 3), x, alpha)


@check("prelu_backward", group="contract", hint="Call it twice with the same dout and cache. What has changed?")
def test_prelu_gradient_leaves_dout_alone(student: Student, rng: np.random.Generator) -> None:
    """The array dout and the cache are not changed"""
    x, alpha = away_from_kinks(rng, 4, 3), slopes_of_channels(rng, 3)
    assert_backward_repeats(student, "prelu", draw_dout(rng, 4, 3), x, alpha)


# maxout

MAXOUT_SIZES = ((4, 3, 2, 3), (3, 3, 3, 3), (5, 2, 3, 1), (2, 4, 3, 4), (4, 2, 1, 2))
"""N, D, M, K."""


@check("maxout_forward", hint="Take one example and one unit: write down its K pieces, then choose.")
def test_maxout_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The largest piece is taken, for one to four pieces"""
    for sizes in MAXOUT_SIZES:
        assert_forward(student.maxout_forward, reference.maxout_forward, *pieces_apart(rng, *sizes))


@check("maxout_forward", hint="With one piece x and the other 0, what should come out for x = -2?")
def test_maxout_can_be_relu(student: Student, rng: np.random.Generator) -> None:
    """A piece that is the input and one that is 0 make a ReLU"""
    x, W = rng.normal(size=(5, 3)), np.zeros((3, 3, 2))
    W[:, :, 0] = np.eye(3)
    out, _ = student.maxout_forward(x, W, np.zeros((3, 2)))
    assert_close(out, np.maximum(x, 0), name="out")


@check(
    "maxout_forward", hint="The larger of two straight lines never lies above its chord. Which choice of pieces would?"
)
def test_maxout_is_convex(student: Student, rng: np.random.Generator) -> None:
    """Halfway between two inputs the output is at most the mean of theirs"""
    x = rng.normal(scale=2, size=(20, 3))
    other = rng.normal(scale=0.5, size=(20, 3)) - x
    W, b = rng.normal(size=(3, 12, 3)), rng.normal(size=(12, 3))
    ends = [student.maxout_forward(point, W, b)[0] for point in (x, other)]
    middle = student.maxout_forward((x + other) / 2, W, b)[0]
    for out in (*ends, middle):
        assert_array(out, shape=(20, 12), name="out")
    above = middle - (ends[0] + ends[1]) / 2
    i, j = np.unravel_index(above.argmax(), above.shape)
    assert above[i, j] <= 1e-9, (
        f"unit {j} gives {ends[0][i, j]:.4g} and {ends[1][i, j]:.4g} for two inputs, and {middle[i, j]:.4g} halfway "
        "between them; expected at most their mean"
    )


@check("maxout_forward", group="contract", hint="Print out.dtype when x, W and b are float32.")
def test_maxout_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    x, W, b = pieces_apart(rng, 12, 3, 4, 3)
    assert_narrow_forward(student.maxout_forward, reference.maxout_forward, x, W, b - 1)


@check("maxout_forward", group="contract", hint="The backward pass still needs x and W. Print them before and after.")
def test_maxout_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The arrays x, W and b are not changed"""
    assert_unchanged(student.maxout_forward.call(*pieces_apart(rng, 4, 3, 2, 3)))


@check("maxout_backward", hint="A unit is a linear layer with the weights of its winner. Which pieces get no gradient?")
def test_maxout_gradients(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients of x, W and b are right, for one to four pieces"""
    for sizes in MAXOUT_SIZES:
        dout = rng.normal(size=(sizes[0], sizes[2]))
        assert_backward(student, reference, "maxout", dout, *pieces_apart(rng, *sizes))


@check(
    "maxout_backward", follow_through=True, hint="Move one weight a little. Which outputs follow, and by how much each?"
)
def test_maxout_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are those of your own forward pass, measured with small steps"""
    assert_slopes(student, reference, "maxout", rng.normal(size=(6, 3)), *pieces_apart(rng, 6, 2, 3, 3))


@check(
    "maxout_backward", group="edge", hint="When two pieces are equally large the gradient goes to one of them. Which?"
)
def test_maxout_ties(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Of pieces that are equally large the first gets the gradient"""
    x = np.round(4 * rng.normal(size=(4, 3)))
    x = np.concatenate([x, -x])
    W, b = np.round(4 * rng.normal(size=(3, 2, 3))), np.zeros((2, 3))
    W[:, :, 2] = W[:, :, 1]
    W[:, 1, 0] = W[:, 1, 1]
    assert_backward(student, reference, "maxout", rng.normal(size=(8, 2)), x, W, b)


@check(
    "maxout_backward", group="contract", hint="Print the dtypes of the three gradients when everything else is float32."
)
def test_maxout_gradient_dtype(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives float32 gradients"""
    assert_narrow_backward(student, "maxout", rng.normal(size=(4, 2)), *pieces_apart(rng, 4, 3, 2, 3))


@check("maxout_backward", group="contract", hint="Call it twice with the same dout and cache. What has changed?")
def test_maxout_gradient_leaves_dout_alone(student: Student, rng: np.random.Generator) -> None:
    """The array dout and the cache are not changed"""
    assert_backward_repeats(student, "maxout", rng.normal(size=(4, 2)), *pieces_apart(rng, 4, 3, 2, 3))
