"""Checks of penalties.py."""

from itertools import pairwise

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_close,
    assert_gradient,
    assert_gradient_of,
    assert_unchanged,
    check,
    numerical_gradient,
)

TWELVE_LAYERS = (3, 2, 4, 2, 3, 3, 4, 2, 3, 2, 4, 2, 3)


def draw_parameters(rng: np.random.Generator, *layer_dims: int) -> dict[str, np.ndarray]:
    """Return normal weights and biases of a network with these layer sizes, input first."""
    parameters = {}
    for layer, shape in enumerate(pairwise(layer_dims), start=1):
        parameters[f"W{layer}"] = rng.normal(size=shape)
        parameters[f"b{layer}"] = rng.normal(size=shape[1])
    return parameters


@check(
    "frobenius_norm_squared",
    hint="Take the matrix of the worked example: write down the four numbers that you add, and compare.",
)
def test_squares_of_all_entries_are_added(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The squares of all entries are added, for any number of axes"""
    for shape in ((3, 3), (4, 5), (6,), (2, 3, 2, 2)):
        W = rng.normal(size=shape)
        assert_close(student.frobenius_norm_squared(W), reference.frobenius_norm_squared(W), name="the squared norm")


@check(
    "frobenius_norm_squared",
    hint="Make every weight three times as large. How many times larger does each square become?",
)
def test_three_times_the_weights_give_nine_times_the_sum(student: Student, rng: np.random.Generator) -> None:
    """Weights three times as large give a result nine times as large"""
    W = rng.normal(size=(4, 3))
    once = student.frobenius_norm_squared(W)
    assert_close(student.frobenius_norm_squared(3 * W), 9 * once, name="the squared norm of 3 W")


@check(
    "frobenius_norm_squared",
    group="edge",
    hint="Nothing needs to be divided here. Which step of yours does not like a matrix of zeros?",
)
def test_zeros_give_zero(student: Student) -> None:
    """A matrix of zeros gives 0"""
    for shape in ((3, 3), (2, 4)):
        assert_close(student.frobenius_norm_squared(np.zeros(shape)), 0.0, name="the squared norm of zeros")


@check(
    "frobenius_norm_squared",
    group="contract",
    hint="The network still needs its weights. Put the squares into an array of their own.",
)
def test_norm_leaves_its_argument_alone(student: Student, rng: np.random.Generator) -> None:
    """The array W is not changed"""
    assert_unchanged(student.frobenius_norm_squared.call(rng.normal(size=(4, 3))))


@check(
    "l2_penalty",
    hint="Work out the penalty of a single 1x1 weight on paper, then add layers until your number departs from it.",
)
def test_l2_of_networks_of_any_depth(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The penalty is right for networks of 1, 3 and 12 layers"""
    for layer_dims, lambd, m in (((4, 4, 3, 2), 0.7, 7), ((3, 2), 0.3, 5), (TWELVE_LAYERS, 1.3, 10)):
        parameters = draw_parameters(rng, *layer_dims)
        expected = reference.l2_penalty(parameters, lambd, m)
        assert_close(student.l2_penalty(parameters, lambd, m), expected, name="the penalty", sizes={"m": m})


@check("l2_penalty", hint="Shift the biases by 100: the penalty should not notice. Which arrays do you add up?")
def test_l2_ignores_the_biases(student: Student, rng: np.random.Generator) -> None:
    """Biases larger by 100 change nothing"""
    parameters = draw_parameters(rng, 4, 3, 2)
    shifted = {name: value + 100 if name.startswith("b") else value for name, value in parameters.items()}
    penalty = student.l2_penalty(parameters, 0.7, 5)
    assert_close(student.l2_penalty(shifted, 0.7, 5), penalty, name="the penalty with larger biases")


@check("l2_penalty", hint="The cost is a mean over examples. What happens to the penalty with twice as many?")
def test_l2_halves_with_twice_the_examples(student: Student, rng: np.random.Generator) -> None:
    """Twice as many examples give half the penalty"""
    parameters = draw_parameters(rng, 4, 3, 2)
    penalty = student.l2_penalty(parameters, 0.7, 6)
    assert_close(student.l2_penalty(parameters, 0.7, 12), penalty / 2, name="the penalty with twice the examples")


@check("l2_penalty", hint="Double the weights: a squared norm grows fourfold. Does yours?")
def test_l2_grows_with_the_square(student: Student, rng: np.random.Generator) -> None:
    """Weights twice as large give four times the penalty"""
    parameters = draw_parameters(rng, 4, 3, 2)
    doubled = {name: 2 * value if name.startswith("W") else value for name, value in parameters.items()}
    penalty = student.l2_penalty(parameters, 0.7, 5)
    assert_close(student.l2_penalty(doubled, 0.7, 5), 4 * penalty, name="the penalty of doubled weights")


@check(
    "l2_penalty",
    group="contract",
    hint="The network still needs its weights. Put the squares into an array of their own.",
)
def test_l2_leaves_the_parameters_alone(student: Student, rng: np.random.Generator) -> None:
    """The parameters are not changed"""
    assert_unchanged(student.l2_penalty.call(draw_parameters(rng, 4, 3, 2), 0.7, 5))


@check(
    "l2_penalty_grad",
    hint="Differentiate the penalty by one single weight, on paper. Which factors are left, and for which parameters?",
)
def test_l2_gradient_of_every_parameter(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """There is a gradient for every weight and every bias, and it is right"""
    for layer_dims, lambd, m in (((4, 4, 3, 2), 0.7, 7), (TWELVE_LAYERS, 1.3, 10)):
        parameters = draw_parameters(rng, *layer_dims)
        expected = reference.l2_penalty_grad(parameters, lambd, m)
        grads = student.l2_penalty_grad(parameters, lambd, m)
        assert_gradient(grads, expected, name="grads", rtol=1e-9, sizes={"m": m})


@check(
    "l2_penalty_grad",
    follow_through=True,
    hint="Move one weight a little and watch the penalty: its change per step is what the gradient should say.",
)
def test_l2_gradient_is_the_slope(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is the slope of the penalty, measured with small steps"""
    parameters = draw_parameters(rng, 3, 3, 2)
    assert_gradient_of(
        lambda points: student.l2_penalty.many([(point, 0.7, 5) for point in points]),
        student.l2_penalty_grad(dict(parameters), 0.7, 5),
        at=parameters,
        reference_forward=lambda points: [reference.l2_penalty(point, 0.7, 5) for point in points],
        name="grads",
        sizes={"m": 5},
    )


@check(
    "l2_penalty_grad",
    group="contract",
    hint="The next step of the training still needs the weights. Put the gradients into arrays of their own.",
)
def test_l2_gradient_leaves_the_parameters_alone(student: Student, rng: np.random.Generator) -> None:
    """The parameters are not changed"""
    assert_unchanged(student.l2_penalty_grad.call(draw_parameters(rng, 4, 3, 2), 0.7, 5))


@check(
    "l1_penalty",
    hint="Take one weight of -2: how much does it add to the penalty, and which way does its gradient point?",
)
def test_l1_penalty_and_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The penalty and its gradient are right for networks of 3 and 12 layers"""
    for layer_dims, lambd, m in (((4, 4, 3, 2), 0.7, 7), (TWELVE_LAYERS, 1.3, 10)):
        parameters = draw_parameters(rng, *layer_dims)
        expected, expected_grads = reference.l1_penalty(parameters, lambd, m)
        penalty, grads = student.l1_penalty(parameters, lambd, m)
        assert_close(penalty, expected, name="the penalty", sizes={"m": m})
        assert_gradient(grads, expected_grads, name="grads", rtol=1e-9, sizes={"m": m})


@check(
    "l1_penalty",
    group="edge",
    hint="L1 brings weights to exactly zero, so zeros are common. What does your gradient do with one?",
)
def test_l1_at_weights_of_zero(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A weight of exactly zero has the gradient 0"""
    parameters = draw_parameters(rng, 3, 3, 2)
    parameters["W1"][0], parameters["W1"][1, 0] = 0.0, -1.0
    parameters["W2"][:] = 0.0
    expected, expected_grads = reference.l1_penalty(parameters, 0.7, 5)
    penalty, grads = student.l1_penalty(parameters, 0.7, 5)
    assert_close(penalty, expected, name="the penalty")
    assert_close(grads, expected_grads, name="grads")


@check(
    "l1_penalty",
    group="edge",
    hint="Compare the pull on a weight of 0.000001 with the pull on a weight of 1.",
)
def test_l1_pulls_small_weights_as_hard(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A weight close to zero has the same pull as a large one"""
    parameters = {name: 1e-6 * value for name, value in draw_parameters(rng, 3, 3, 2).items()}
    _, expected = reference.l1_penalty(parameters, 0.7, 5)
    _, grads = student.l1_penalty(parameters, 0.7, 5)
    assert_gradient(grads, expected, name="grads", sizes={"m": 5})


@check(
    "l1_penalty",
    group="contract",
    hint="The next step of the training still needs the weights. Put the gradients into arrays of their own.",
)
def test_l1_leaves_the_parameters_alone(student: Student, rng: np.random.Generator) -> None:
    """The parameters are not changed"""
    assert_unchanged(student.l1_penalty.call(draw_parameters(rng, 4, 3, 2), 0.7, 5))


@check(
    "l1_penalty",
    hint="Move one weight a little and watch your penalty: its change per step is what your gradient should say.",
)
def test_l1_gradient_is_the_slope(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is the slope of your penalty, measured with small steps"""
    parameters = draw_parameters(rng, 3, 3, 2)
    for W in (parameters["W1"], parameters["W2"]):
        W += 0.1 * np.sign(W)  # the steps must not cross the kink at zero
    _, grads = student.l1_penalty(parameters, 0.7, 5)
    slopes = numerical_gradient(
        lambda points: [penalty for penalty, _ in student.l1_penalty.many([(point, 0.7, 5) for point in points])],
        parameters,
    )
    assert_gradient(
        grads,
        {f"d{name}": slope for name, slope in slopes.gradient.items()},
        name="grads",
        rtol=1e-6,
        against="the numerical gradient of your own penalty",
        sizes={"m": 5},
    )
