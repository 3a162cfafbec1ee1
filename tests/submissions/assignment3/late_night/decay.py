"""Steps that make weights smaller: weight decay for L2, soft thresholding for L1."""

import numpy as np


def update_parameters_with_weight_decay(
    parameters: dict[str, np.ndarray], grads: dict[str, np.ndarray], learning_rate: float, lambd: float, m: int
) -> dict[str, np.ndarray]:
    """Return the parameters after one step of gradient descent with weight decay.

    Formula: W <- (1 - learning_rate * lambd / m) W - learning_rate * dW; b <- b - learning_rate * db. For plain
    gradient descent, and only there, this is the step on the cost with the L2 penalty (Loshchilov and Hutter 2019).

    Args:
        parameters: `W1` (n_0, n_1), `b1` (n_1,), ..., as many layers as there are.
        grads: `dW1, db1, ...`, the gradient of the cost of the data alone, without the penalty.
        learning_rate: size of the step.
        lambd: strength of the decay.
        m: number of examples.

    Returns:
        New arrays under the keys of `parameters`; the arguments are left as they are.

    Example:
        >>> parameters = {"W1": np.array([[1.0, -2.0], [3.0, 4.0]]), "b1": np.array([1.0, 2.0])}
        >>> grads = {"dW1": np.ones((2, 2)), "db1": np.array([2.0, -2.0])}
        >>> new = update_parameters_with_weight_decay(parameters, grads, learning_rate=0.5, lambd=1.0, m=2)
        >>> new["W1"]
        array([[ 0.25, -2.  ],
               [ 1.75,  2.5 ]])
        >>> new["b1"]
        array([0., 3.])
    """
    for name in parameters:
        if name.startswith("W"):
            parameters[name] *= 1 - learning_rate * lambd / m
        parameters[name] -= learning_rate * grads["d" + name]
    return parameters


def soft_threshold(w: np.ndarray, t: float) -> np.ndarray:
    """Return w moved towards zero by t, entry by entry, and stopped at zero.

    Formula: sign(w) * max(|w| - t, 0), which is the v that makes (v - w)^2 / 2 + t |v| smallest.

    Args:
        w: array of any shape.
        t: how far to move, 0 or more.

    Returns:
        A new array of the shape of w.

    Raises:
        ValueError: t is negative.

    Example:
        >>> soft_threshold(np.array([[3.0, -2.0], [0.5, -4.0]]), 1.0)
        array([[ 2., -1.],
               [ 0., -3.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError
