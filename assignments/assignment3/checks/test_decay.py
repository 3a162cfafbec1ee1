"""Checks of decay.py."""

from itertools import pairwise

import numpy as np

from grader.checks import Reference, Student, assert_array, assert_close, assert_raises, assert_unchanged, check


def draw_parameters(rng: np.random.Generator, *layer_dims: int) -> dict[str, np.ndarray]:
    """Return normal weights and biases of a network with these layer sizes, input first."""
    parameters = {}
    for layer, shape in enumerate(pairwise(layer_dims), start=1):
        parameters[f"W{layer}"] = rng.normal(size=shape)
        parameters[f"b{layer}"] = rng.normal(size=shape[1])
    return parameters


def draw_grads(rng: np.random.Generator, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return normal gradients for these parameters."""
    return {f"d{name}": rng.normal(size=value.shape) for name, value in parameters.items()}


@check(
    "update_parameters_with_weight_decay",
    hint="Follow one weight and one bias by hand through the worked example. Which of the two is made smaller first?",
)
def test_step_with_decay(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """All weights decay and take their step, and all biases take theirs"""
    for layer_dims, rate, lambd, m in (((4, 4, 3, 2), 0.2, 0.8, 5), ((3, 5), 0.6, 0.3, 4), ((2,) * 13, 0.3, 0.7, 8)):
        parameters = draw_parameters(rng, *layer_dims)
        grads = draw_grads(rng, parameters)
        expected = reference.update_parameters_with_weight_decay(parameters, grads, rate, lambd, m)
        got = student.update_parameters_with_weight_decay(parameters, grads, rate, lambd, m)
        assert_close(got, expected, name="parameters", sizes={"m": m})


@check(
    "update_parameters_with_weight_decay",
    hint="Write down the step on the cost with the penalty, and collect the terms that contain W.",
)
def test_step_is_that_of_the_l2_penalty(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The step is the gradient step on the cost with the L2 penalty"""
    N, rate, lambd = 6, 0.2, 0.8
    X, Y = rng.normal(size=(N, 5)), rng.integers(2, size=(N, 2)).astype(np.float64)
    parameters = draw_parameters(rng, 5, 4, 3, 2)
    _, cache = reference.forward_propagation(X, parameters)
    of_the_data = reference.backward_propagation_with_regularization(X, Y, cache, 0.0)
    of_the_cost = reference.backward_propagation_with_regularization(X, Y, cache, lambd)
    expected = {name: value - rate * of_the_cost[f"d{name}"] for name, value in parameters.items()}
    got = student.update_parameters_with_weight_decay(parameters, of_the_data, rate, lambd, N)
    assert_close(got, expected, name="parameters")


@check(
    "update_parameters_with_weight_decay",
    hint="Let all gradients be zero. By which factor should a weight change, and what should a bias do?",
)
def test_decay_alone(student: Student, rng: np.random.Generator) -> None:
    """Without any gradient the weights shrink by the same factor and the biases stay"""
    rate, lambd, m = 0.4, 1.0, 4
    parameters = draw_parameters(rng, 4, 3, 2)
    grads = {f"d{name}": np.zeros_like(value) for name, value in parameters.items()}
    expected = {name: 0.9 * value if name.startswith("W") else value for name, value in parameters.items()}
    got = student.update_parameters_with_weight_decay(parameters, grads, rate, lambd, m)
    assert_close(got, expected, name="parameters")


@check(
    "update_parameters_with_weight_decay",
    group="contract",
    hint="Return new arrays in a new dictionary; the caller may still want the old parameters.",
)
def test_step_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The old parameters and the gradients are not changed"""
    parameters = draw_parameters(rng, 4, 3, 2)
    grads = draw_grads(rng, parameters)
    assert_unchanged(student.update_parameters_with_weight_decay.call(parameters, grads, 0.2, 0.8, 5))


@check("soft_threshold", hint="Draw the result over w for t = 1: where is it flat, and what is its slope elsewhere?")
def test_soft_threshold_of_every_entry(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every entry moves towards zero by t and stops there"""
    for shape, t in (((4, 4), 0.5), ((3, 5), 1.2), ((7,), 0.0)):
        w = rng.normal(scale=1.5, size=shape)
        w.flat[:4] = 0.0, t, -t, t / 2
        assert_close(student.soft_threshold(w, t), reference.soft_threshold(w, t), name="the result")


@check(
    "soft_threshold",
    hint="The result should make (v - w)^2 / 2 + t |v| as small as it gets. Try w = 0.5 and t = 1 with a few v.",
)
def test_soft_threshold_is_the_best_compromise(student: Student) -> None:
    """No other v has a smaller (v - w)^2 / 2 + t |v|"""
    w, t = np.array([-2.5, -1.0, -0.4, 0.0, 0.3, 0.9, 1.7, 3.0]), 0.8
    v = student.soft_threshold(w, t)
    assert_array(v, shape=w.shape, name="the result")
    others = np.linspace(-3.5, 3.5, 701)
    ours = (v - w) ** 2 / 2 + t * np.abs(v)
    theirs = (others[:, np.newaxis] - w) ** 2 / 2 + t * np.abs(others[:, np.newaxis])
    for i, j in enumerate(theirs.argmin(axis=0)):
        assert ours[i] <= theirs[j, i] + 1e-9, (
            f"for w = {w[i]:g} and t = {t:g} the result is v = {v[i]:.4g}, "
            f"where (v - w)^2 / 2 + t |v| is {ours[i]:.4g}; at v = {others[j]:.4g} it is {theirs[j, i]:.4g}"
        )


@check("soft_threshold", group="contract", hint="The caller's weights changed. Compute the result in a new array.")
def test_soft_threshold_leaves_its_argument_alone(student: Student, rng: np.random.Generator) -> None:
    """The array w is not changed"""
    assert_unchanged(student.soft_threshold.call(rng.normal(size=(3, 4)), 0.5))


@check("soft_threshold", group="contract", hint="A negative t makes weights larger. What does the docstring say?")
def test_soft_threshold_refuses_a_negative_t(student: Student, rng: np.random.Generator) -> None:
    """A negative t is a ValueError"""
    assert_raises(ValueError, student.soft_threshold, rng.normal(size=(2, 3)), -0.5, naming="t")
