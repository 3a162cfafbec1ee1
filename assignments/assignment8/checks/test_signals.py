"""Checks of signals.py: how signals grow and fade through the layers."""

from collections.abc import Sequence
from itertools import pairwise

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

ACTIVATIONS = ("relu", "tanh", "linear")
UNEQUAL, SQUARE = (5, 4, 6, 3), (4, 4, 4)


def draw_weights(rng: np.random.Generator, layer_dims: Sequence[int]) -> list[np.ndarray]:
    """Return weights under which signals neither explode nor fade."""
    return [rng.normal(size=(n, m)) / np.sqrt(n) for n, m in pairwise(layer_dims)]


@check("forward_signal", hint="Follow one batch through two layers by hand. What does layer 2 receive?")
def test_signal_of_every_layer(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Mean, deviation and dead share of every layer are right, for each activation"""
    for layer_dims in (UNEQUAL, SQUARE):
        for activation in ACTIVATIONS:
            x, weights = rng.normal(size=(4, layer_dims[0])), draw_weights(rng, layer_dims)
            for W in weights:
                W[:, 0] = 0.0  # a dead unit in each layer
            signal = student.forward_signal(x, weights, activation)
            assert_close(signal, reference.forward_signal(x, weights, activation), name=f"signal ({activation})")


@check(
    "forward_signal", hint="Take 1.5 on the diagonal of every matrix. By how much should the signal grow in a layer?"
)
def test_equal_layers_multiply(student: Student, rng: np.random.Generator) -> None:
    """With 1.5 on the diagonal of each matrix, the signal grows 1.5 times in each layer"""
    x = rng.uniform(0.5, 2.0, size=(6, 3))
    for activation in ("relu", "linear"):
        signal = student.forward_signal(x, [1.5 * np.eye(3)] * 5, activation)
        for key, start in (("mean", x.mean()), ("std", x.std())):
            assert key in signal, f'the signal has no "{key}"'
            assert_close(signal[key], start * 1.5 ** np.arange(1, 6), name=f'signal["{key}"] ({activation})')


@check("forward_signal", hint="A unit is dead when nothing switches it on. Over which axis do you look for that?")
def test_dead_units_are_zero_for_every_example(student: Student, rng: np.random.Generator) -> None:
    """Dead is the share of units that are zero for every example"""
    x = np.array([[1.0, -1.0], [-1.0, 1.0], [2.0, -0.5]]) * rng.uniform(0.5, 2.0)
    # Three units are on for some examples, the fourth for none; behind them one is on, and two are not.
    W1 = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0]])
    W2 = np.array([[1.0, -1.0, -2.0]] * 4)
    signal = student.forward_signal(x, [W1, W2], "relu")
    assert "dead" in signal, 'the signal has no "dead"'
    assert_close(signal["dead"], np.array([1 / 4, 2 / 3]), name='signal["dead"]')


@check("forward_signal", group="contract", hint="What does your function do with the name it does not know?")
def test_unknown_activations_are_refused(student: Student, rng: np.random.Generator) -> None:
    """An unknown activation raises ValueError"""
    for name in ("sigmod", "ReLU6"):
        assert_raises(ValueError, student.forward_signal, rng.normal(size=(3, 4)), draw_weights(rng, SQUARE), name)


@check("forward_signal", group="contract", hint="Does your ReLU write into the array that came in?")
def test_forward_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The batch and the weights are not changed"""
    for activation in ACTIVATIONS:
        assert_unchanged(
            student.forward_signal.call(rng.normal(size=(3, 4)), draw_weights(rng, SQUARE), activation), "x", "weights"
        )


@check("backward_signal", hint="Write down the shapes on the way back, with layers of different sizes.")
def test_norms_of_every_layer(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The norms of all gradients are right, for ReLU and linear layers"""
    for layer_dims in (UNEQUAL, SQUARE):
        for activation in ("relu", "linear"):
            x, weights = rng.normal(size=(4, layer_dims[0])), draw_weights(rng, layer_dims)
            dout = rng.normal(size=(4, layer_dims[-1]))
            norms = student.backward_signal(x, weights, activation, dout)
            assert_close(
                norms, reference.backward_signal(x, weights, activation, dout), name=f"the norms ({activation})"
            )


@check("backward_signal", hint="What is the slope of tanh, at its input or in terms of its output?")
def test_norms_are_those_of_the_slopes(student: Student, rng: np.random.Generator) -> None:
    """In a tanh network the norms are those of the slopes, measured with small steps"""
    x, dout = rng.normal(size=(4, UNEQUAL[0])), rng.normal(size=(4, UNEQUAL[-1]))
    weights = draw_weights(rng, UNEQUAL)

    def output(point: dict[str, np.ndarray]) -> np.ndarray:
        A = x
        for W in point.values():
            A = np.tanh(A @ W)
        return A

    at = {f"W{layer}": W for layer, W in enumerate(weights, start=1)}
    slopes = numerical_gradient(lambda points: [output(point) for point in points], at, upstream=dout).gradient
    norms = student.backward_signal(x, weights, "tanh", dout)
    expected = np.array([np.linalg.norm(slopes[name]) for name in at])
    assert_array(norms, shape=expected.shape, name="the norms")
    assert_gradient(norms, expected, name="the norms", rtol=1e-6)


@check("backward_signal", group="contract", hint="Which line writes to an array that came in?")
def test_backward_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The batch, the weights and dout are not changed"""
    record = student.backward_signal.call(
        rng.normal(size=(3, 4)), draw_weights(rng, SQUARE), "relu", rng.normal(size=(3, 4))
    )
    assert_unchanged(record, "x", "weights", "dout")


@check("growth_rate", hint="From 1 to 16 in four steps: which factor, four times?")
def test_growth_is_a_factor_per_step(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The growth is the factor that takes the first size to the last in equal steps"""
    for scales in (2.0 ** np.arange(5), np.array([8.0, 2.0]), rng.uniform(0.1, 5.0, size=6), np.full(4, 0.7)):
        assert_close(student.growth_rate(scales), reference.growth_rate(scales), name="the factor")


@check(
    "growth_rate",
    group="edge",
    hint="What is the growth of a signal that has vanished, and what is the logarithm of 0?",
)
def test_a_signal_that_is_gone_has_growth_zero(student: Student) -> None:
    """A size of 0 anywhere gives 0"""
    for scales in ([3.0, 1.0, 0.0], [0.0, 0.0], [0.0, 1.0, 2.0], [2.0, 0.0, 1.0]):
        assert_close(student.growth_rate(np.array(scales)), 0.0, name=f"the factor of {scales}")


@check(
    "growth_rate",
    group="contract",
    hint="How many steps are there from one size to itself, and can a size be negative?",
)
def test_sizes_that_say_nothing_are_refused(student: Student) -> None:
    """Fewer than two sizes, or a negative one, raise ValueError"""
    for scales in ([1.0], [1.0, -2.0, 4.0], [-1.0, -2.0]):
        assert_raises(ValueError, student.growth_rate, np.array(scales))
