"""The sigmoid computed again from Z3, and each bias as one more row of its weights."""

import numpy as np
from penalties import l2_penalty, l2_penalty_grad


def forward_propagation(X, parameters):
    """Return A3 and the cache (given)."""
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    A2 = np.maximum(Z2, 0)
    Z3 = A2 @ W3 + b3
    A3 = 0.5 * (1 + np.tanh(0.5 * Z3))
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A, Y):
    """Return the cross-entropy (given)."""
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / len(Y))


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Start from the penalty."""
    cost = l2_penalty(parameters, lambd, len(A3))
    cost += compute_cost(A3, Y)
    return np.float64(cost)


def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Append a column of ones to every input, so that the last row of dW is db."""
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, _, W3, b3 = cache
    ones = np.ones((len(X), 1))
    dZ3 = (1 / (1 + np.exp(-Z3)) - Y) * (1 / len(Y))
    dZ2 = np.zeros_like(Z2)
    dZ2[Z2 > 0] = (dZ3 @ W3.T)[Z2 > 0]
    dZ1 = np.zeros_like(Z1)
    dZ1[Z1 > 0] = (dZ2 @ W2.T)[Z1 > 0]
    penalty = l2_penalty_grad({"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}, lambd, len(X))
    grads = {}
    for layer, (inputs, dZ) in enumerate(((X, dZ1), (A1, dZ2), (A2, dZ3)), start=1):
        both = np.hstack([inputs, ones]).T @ dZ
        grads[f"dW{layer}"] = both[:-1] + penalty[f"dW{layer}"]
        grads[f"db{layer}"] = both[-1] + penalty[f"db{layer}"]
    return grads
