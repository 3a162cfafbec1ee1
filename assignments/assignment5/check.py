"""Does backpropagation compute the gradient of the cost? The comparison, its scale, and where to look."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary

Parameters = dict[str, np.ndarray]
Spec = list[tuple[str, tuple[int, ...]]]


def relative_difference(grad: np.ndarray, gradapprox: np.ndarray) -> float:
    """Return how far two gradients are apart, as a share of their size.

    Formula: ||a - b|| / (||a|| + ||b||), with the Euclidean norm over all entries, ||a|| = sqrt(sum a_i^2).
    Two gradients that are zero everywhere agree: 0.

    Args:
        grad, gradapprox: arrays of one shape, of any rank.

    Returns:
        One number from 0 (equal) to 1 (opposite, or one of them zero).

    Raises:
        ValueError: the shapes differ.

    Example:
        >>> grad = np.array([[3.0, 0.0], [0.0, 4.0]])
        >>> relative_difference(grad, 3 * grad)
        0.5
    """
    # YOUR CODE HERE
    raise NotImplementedError


def rel_error(x: np.ndarray, y: np.ndarray) -> float:
    """Return the largest relative error between two arrays, entry by entry.

    Formula: max_i |x_i - y_i| / max(1e-8, |x_i| + |y_i|). The floor of 1e-8 keeps two zeros from giving 0/0, and
    keeps rounding noise around zero from looking like a mistake.

    Args:
        x, y: arrays of one shape. An entry that is not a number (nan) makes the result nan.

    Returns:
        One number.

    Example:
        >>> rel_error(np.array([[1.0, 2.0], [0.0, -4.0]]), np.array([[1.0, 6.0], [0.0, -4.0]]))
        0.5
    """
    # YOUR CODE HERE
    raise NotImplementedError


def gradient_check(
    cost_fn: Callable[[Parameters], float],
    parameters: Parameters,
    gradients: dict[str, np.ndarray],
    epsilon: float = 1e-5,
) -> dict[str, Any]:
    """Compare the gradients of a network with central differences of its cost.

    Formula: gradapprox[i] = (J(theta + epsilon e_i) - J(theta - epsilon e_i)) / (2 epsilon), for every entry i of the
    vector theta of all parameters; then the relative difference of both vectors.

    The cost is evaluated in float64, also when the parameters are float32.

    Args:
        cost_fn: the cost J; takes a dictionary like `parameters` and returns a number.
        parameters: `W1` (n_0, n_1), `b1` (n_1,), ...; they are left as they are.
        gradients: `dW1, db1, ...`, what backpropagation says; the order of the keys is free, other keys are left aside.
        epsilon: the step.

    Returns:
        "difference": `relative_difference` of the next two, a number.
        "grad": what backpropagation says, as a vector (n,).
        "gradapprox": what the differences say, as a vector (n,).
        "spec": the plan of both vectors, as `dictionary_to_vector` returns it.

    Example, with the cost sum(W1^2), whose gradient 2 W1 somebody forgot to double:
        >>> W1 = np.array([[1.0, -2.0], [3.0, 4.0]])
        >>> report = gradient_check(lambda p: float(np.sum(p["W1"] ** 2)), {"W1": W1}, {"dW1": W1}, epsilon=0.5)
        >>> report["gradapprox"]
        array([ 2., -4.,  6.,  8.])
        >>> round(report["difference"], 6)
        0.333333
    """
    # YOUR CODE HERE
    raise NotImplementedError


def gradient_check_scales(
    cost_fn: Callable[[Parameters], float],
    grad_fn: Callable[[Parameters], dict[str, np.ndarray]],
    parameters: Parameters,
    scales: Sequence[float],
    epsilon: float = 1e-5,
) -> np.ndarray:
    """Repeat the gradient check with all parameters multiplied by each scale.

    Near zero weights a network is almost linear, and a mistake in the slope of an activation does not show. It shows
    once the weights are larger, as they are after some training.

    Formula: the "difference" of `gradient_check` at the parameters s * theta, with the gradients that `grad_fn` gives
    there, for every s in scales.

    Args:
        cost_fn, parameters, epsilon: as in `gradient_check`.
        grad_fn: backpropagation; takes a dictionary like `parameters` and returns the gradients there.
        scales: the numbers s.

    Returns:
        Array (len(scales),) of differences, in the order of scales.

    Example, with the cost sum(W1^3) and a gradient 3 W1 that forgot a square; it is right where all weights are 1:
        >>> parameters = {"W1": np.ones((2, 2))}
        >>> cost_fn, grad_fn = lambda p: float(np.sum(p["W1"] ** 3)), lambda p: {"dW1": 3 * p["W1"]}
        >>> gradient_check_scales(cost_fn, grad_fn, parameters, [1.0, 3.0]).round(6)
        array([0. , 0.5])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def gradient_verdict(difference: float) -> str:
    """Return what a relative difference between two gradients means.

    Rule: at most 1e-7 "correct"; at most 1e-5 "probably correct"; below 1e-3 "suspicious"; anything else, and nan,
    "wrong".

    Args:
        difference: what `relative_difference` returned.

    Returns:
        One of the four texts.

    Example:
        >>> [gradient_verdict(difference) for difference in (3e-9, 2e-6, 4e-4, 0.5)]
        ['correct', 'probably correct', 'suspicious', 'wrong']
    """
    # YOUR CODE HERE
    raise NotImplementedError


def worst_components(
    grad: np.ndarray, gradapprox: np.ndarray, spec: Spec, k: int = 5
) -> list[tuple[str, tuple[int, ...], float, float, float]]:
    """Return the k entries at which two gradients disagree most, by the relative error of each entry.

    Formula: rel_i = |a_i - b_i| / max(1e-8, |a_i| + |b_i|), sorted from the largest down.

    Args:
        grad: what backpropagation says, vector (n,).
        gradapprox: what the differences say, vector (n,).
        spec: list of (key, shape), in the order of both vectors.
        k: how many to return; all of them if there are fewer.

    Returns:
        A list of (key, index, analytic, numeric, rel): the parameter, the place inside its array as a tuple, both
        numbers, and the relative error.

    Example:
        >>> grad, gradapprox = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([1.0, 2.0, 9.0, 4.0, 5.0])
        >>> worst_components(grad, gradapprox, [("W1", (2, 2)), ("b1", (1,))], k=1)
        [('W1', (1, 0), 3.0, 9.0, 0.5)]
    """
    # YOUR CODE HERE
    raise NotImplementedError
