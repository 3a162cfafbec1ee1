"""A network of three layers with an L2 penalty: its cost and its gradient.

LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID. Examples are rows: X (N, n0), Y and A3 (N, n3), `W{l}` has the
shape (n_{l-1}, n_l), `b{l}` the shape (n_l,).
"""

import numpy as np
from penalties import l2_penalty, l2_penalty_grad

Cache = tuple[np.ndarray, ...]
"""(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)"""


def forward_propagation(X: np.ndarray, parameters: dict[str, np.ndarray]) -> tuple[np.ndarray, Cache]:
    """Return A3 (N, n3) and the cache for the backward pass (given)."""
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    A2 = np.maximum(Z2, 0)
    Z3 = A2 @ W3 + b3
    A3 = 0.5 * (1 + np.tanh(0.5 * Z3))  # the sigmoid, in a form that does not overflow
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A: np.ndarray, Y: np.ndarray) -> float:
    """Return the cross-entropy, summed over the outputs and averaged over the N examples (given).

    Probabilities are clipped to [1e-15, 1 - 1e-15], so that a perfect prediction has a finite cost.
    """
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / len(Y))


def compute_cost_with_regularization(
    A3: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray], lambd: float
) -> float:
    """Return the cost of the network with its L2 penalty.

    Formula: J = compute_cost(A3, Y) + l2_penalty(parameters, lambd, N), N the number of examples.

    Args:
        A3: predicted probabilities (N, n3).
        Y: labels 0 or 1, same shape.
        parameters: `W1, b1, ..., W3, b3`.
        lambd: strength of the penalty.

    Returns:
        One number.

    Example:
        >>> A3, Y = np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([[1, 0], [0, 1]])
        >>> parameters = {"W1": np.array([[1.0, -2.0], [3.0, 4.0]]), "b1": np.array([5.0, 6.0])}
        >>> round(compute_cost_with_regularization(A3, Y, parameters, lambd=0.0), 4)
        1.3863
        >>> round(compute_cost_with_regularization(A3, Y, parameters, lambd=0.1), 4)
        2.1363
    """
    N = Y.shape[0]
    return compute_cost(A3, Y) + l2_penalty(parameters, lambd, N)


def backward_propagation_with_regularization(
    X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float
) -> dict[str, np.ndarray]:
    """Return the gradient of `compute_cost_with_regularization` with respect to every parameter.

    Formula: dZ3 = (A3 - Y) / N; dW_l = A_{l-1}^T dZ_l + lambd / N * W_l; db_l = the sum of dZ_l over the examples;
    dZ_{l-1} = (dZ_l W_l^T) where Z_{l-1} > 0, and 0 elsewhere. A_0 is X.

    Args:
        X: inputs (N, n0).
        Y: labels 0 or 1, (N, n3).
        cache: what `forward_propagation(X, parameters)` returned second.
        lambd: strength of the penalty.

    Returns:
        New arrays `dW1, db1, dW2, db2, dW3, db3`, each of the shape of its parameter. Further keys are allowed.

    Example:
        >>> X, Y, eye = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1], [0]]), np.eye(2)
        >>> parameters = {"W1": eye, "b1": np.zeros(2), "W2": eye, "b2": np.zeros(2)}
        >>> parameters |= {"W3": np.zeros((2, 1)), "b3": np.zeros(1)}
        >>> _, cache = forward_propagation(X, parameters)
        >>> grads = backward_propagation_with_regularization(X, Y, cache, lambd=0.5)
        >>> grads["dW3"]
        array([[0.5],
               [0.5]])
        >>> grads["dW1"]
        array([[0.25, 0.  ],
               [0.  , 0.25]])
    """
    N = X.shape[0]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = (A3 - Y) / N
    dW3 = A2.T @ dZ3 + lambd / N * W3
    db3 = dZ3.sum(axis=0)
    dZ2 = (dZ3 @ W3.T) * (Z2 > 0)
    dW2 = A1.T @ dZ2 + lambd / N * W2
    db2 = dZ2.sum(axis=0)
    dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
    dW1 = A1.T @ dZ1 + lambd / N * W1
    db1 = dZ1.sum(axis=0)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
