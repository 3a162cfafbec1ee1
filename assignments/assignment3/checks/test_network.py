"""Checks of network.py."""

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

SIZES = (5, 4, 3, 2)
SQUARE = (4, 4, 4, 4)
SMALL = (3, 4, 2, 2)


def draw_parameters(rng: np.random.Generator, n0: int, n1: int, n2: int, n3: int) -> dict[str, np.ndarray]:
    """Return the parameters of a network with these layer sizes, input first."""
    return {
        "W1": rng.normal(size=(n0, n1)),
        "b1": rng.normal(size=n1),
        "W2": rng.normal(size=(n1, n2)),
        "b2": rng.normal(size=n2),
        "W3": rng.normal(size=(n2, n3)),
        "b3": rng.normal(size=n3),
    }


def draw_labels(rng: np.random.Generator, N: int, n3: int) -> np.ndarray:
    """Return zeros and ones, both at least once."""
    Y = rng.integers(2, size=(N, n3)).astype(np.float64)
    Y[0], Y[-1] = 0.0, 1.0
    return Y


def draw_lattice(rng: np.random.Generator, N: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return X and parameters for which Z1 and Z2 keep 0.25 away from zero, so that small steps cross no kink.

    With integers in X, W1 and W2, Z1 is a whole number and a half, and Z2 a multiple of a half and a quarter. Every
    unit is on for some examples and off for others.
    """
    n0, n1, n2, n3 = SMALL
    while True:
        X = rng.integers(-2, 3, size=(N, n0)).astype(np.float64)
        parameters = {
            "W1": rng.integers(-2, 3, size=(n0, n1)).astype(np.float64),
            "b1": np.full(n1, 0.5),
            "W2": rng.integers(-1, 2, size=(n1, n2)).astype(np.float64),
            "b2": np.full(n2, 0.25),
            "W3": rng.normal(scale=0.1, size=(n2, n3)),
            "b3": rng.normal(scale=0.1, size=n3),
        }
        Z1 = X @ parameters["W1"] + parameters["b1"]
        Z2 = np.maximum(Z1, 0) @ parameters["W2"] + parameters["b2"]
        if all((Z > 0).any(axis=0).all() and (Z < 0).any(axis=0).all() for Z in (Z1, Z2)):
            return X, parameters


@check(
    "compute_cost_with_regularization",
    hint="Compute the two parts on their own and compare each with the formula: the cost of the data, and the penalty.",
)
def test_cost_is_data_plus_penalty(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The cost is the cross-entropy plus the penalty"""
    for N, layer_dims in ((7, SIZES), (4, SQUARE), (6, (3, 4, 2, 1))):
        parameters, Y = draw_parameters(rng, *layer_dims), draw_labels(rng, N, layer_dims[-1])
        A3 = rng.uniform(0.05, 0.95, size=Y.shape)
        expected = reference.compute_cost_with_regularization(A3, Y, parameters, 0.7)
        cost = student.compute_cost_with_regularization(A3, Y, parameters, 0.7)
        assert_close(cost, expected, name="the cost", sizes={"N": N})


@check(
    "compute_cost_with_regularization",
    hint="Try lambda = 0, 1 and 2. The cross-entropy stays as it is; what should the penalty do?",
)
def test_cost_grows_evenly_with_lambda(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Without lambda the cross-entropy is left, and every step of lambda adds the same amount"""
    parameters = {name: 0.1 * value for name, value in draw_parameters(rng, *SIZES).items()}
    Y = draw_labels(rng, 7, SIZES[-1])
    A3 = rng.uniform(0.05, 0.95, size=Y.shape)
    none, once, twice = (
        student.compute_cost_with_regularization(A3, Y, parameters, lambd) for lambd in (0.0, 1.0, 2.0)
    )
    assert_close(none, reference.compute_cost(A3, Y), name="the cost at lambda = 0")
    assert once > none, f"the cost is {none:.6g} at lambda = 0 and {once:.6g} at lambda = 1; expected it to grow"
    assert_close(twice, none + 2 * (once - none), name="the cost at lambda = 2")


@check(
    "compute_cost_with_regularization",
    group="edge",
    hint="Here some probabilities are exactly 0 or 1. Who takes care of the logarithm of 0: you, or compute_cost?",
)
def test_cost_of_a_perfect_prediction(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A perfect prediction costs only the penalty"""
    parameters, Y = draw_parameters(rng, *SIZES), draw_labels(rng, 7, SIZES[-1])
    penalty = reference.l2_penalty(parameters, 0.7, 7)
    cost = student.compute_cost_with_regularization(Y.copy(), Y, parameters, 0.7)
    assert_close(cost, penalty, name="the cost", atol=1e-6)


@check(
    "compute_cost_with_regularization",
    group="contract",
    hint="Print A3 before and after the call. The backward pass still needs it.",
)
def test_cost_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The predictions, the labels and the parameters are not changed"""
    Y = draw_labels(rng, 7, SIZES[-1])
    assert_unchanged(student.compute_cost_with_regularization.call(Y.copy(), Y, draw_parameters(rng, *SIZES), 0.7))


@check(
    "backward_propagation_with_regularization",
    hint="Go back one layer at a time, and compare dW3 first: the layers below are built on it.",
)
def test_gradients_of_all_layers(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients of all six parameters are right"""
    for N, layer_dims in ((4, SQUARE), (7, SIZES)):
        X, Y = rng.normal(size=(N, layer_dims[0])), draw_labels(rng, N, layer_dims[-1])
        _, cache = reference.forward_propagation(X, draw_parameters(rng, *layer_dims))
        assert_gradient(
            student.backward_propagation_with_regularization(X, Y, cache, 0.7),
            reference.backward_propagation_with_regularization(X, Y, cache, 0.7),
            name="grads",
            rtol=1e-9,
            allow_extra=True,
            sizes={"N": N},
        )


@check(
    "backward_propagation_with_regularization",
    follow_through=True,
    hint="Move one weight a little and watch the cost with its penalty: its change per step is what dW should say.",
)
def test_gradients_are_the_slopes(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are the slopes of the cost with its penalty, measured with small steps"""
    N, lambd = 7, 0.7
    X, parameters = draw_lattice(rng, N)
    Y = draw_labels(rng, N, SMALL[-1])
    _, cache = reference.forward_propagation(X, parameters)

    def arguments(point: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], float]:
        A3, _ = reference.forward_propagation(X, point)
        return A3, Y, point, lambd

    assert_gradient_of(
        lambda points: student.compute_cost_with_regularization.many([arguments(point) for point in points]),
        student.backward_propagation_with_regularization(X, Y, cache, lambd),
        at=parameters,
        reference_forward=lambda points: [
            reference.compute_cost_with_regularization(*arguments(point)) for point in points
        ],
        name="grads",
        sizes={"N": N},
    )


@check(
    "backward_propagation_with_regularization",
    hint="Compare the gradients at lambda = 1 with those at lambda = 0: the difference is the penalty's part alone.",
)
def test_lambda_adds_its_share_to_the_weights(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Lambda = 1 adds W / N to each dW and nothing to db"""
    N = 7
    X, Y, parameters = rng.normal(size=(N, SIZES[0])), draw_labels(rng, N, SIZES[-1]), draw_parameters(rng, *SIZES)
    _, cache = reference.forward_propagation(X, parameters)
    without, with_penalty = (
        student.backward_propagation_with_regularization(X, Y, cache, lambd) for lambd in (0.0, 1.0)
    )
    for name, value in parameters.items():
        key = f"d{name}"
        assert key in without, f"grads has no {key}"
        assert key in with_penalty, f"grads has no {key}"
        share = value / N if name.startswith("W") else np.zeros_like(value)
        assert_array(without[key], shape=value.shape, name=f"{key} at lambda = 0")
        assert_array(with_penalty[key], shape=value.shape, name=f"{key} at lambda = 1")
        assert_gradient(with_penalty[key] - without[key], share, name=f"{key} at lambda = 1 minus {key} at 0")


@check(
    "backward_propagation_with_regularization",
    group="contract",
    hint="Print Y, and the arrays of the cache, before and after the call. Which of them do you write to?",
)
def test_gradients_leave_their_arguments_alone(
    student: Student, reference: Reference, rng: np.random.Generator
) -> None:
    """X, Y and the arrays of the cache are not changed"""
    X, Y = rng.normal(size=(7, SIZES[0])), draw_labels(rng, 7, SIZES[-1])
    _, cache = reference.forward_propagation(X, draw_parameters(rng, *SIZES))
    assert_unchanged(student.backward_propagation_with_regularization.call(X, Y, cache, 0.7))
