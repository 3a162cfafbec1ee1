"""One example at a time, outer products added up; the penalty written out."""

import numpy as np


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
    """Add the examples one by one."""
    N = len(A3)
    total = 0.0
    for n in range(N):
        total += compute_cost(A3[n : n + 1], Y[n : n + 1]) / N
    for name in parameters:
        if name[0] == "W":
            total += lambd * np.linalg.norm(parameters[name]) ** 2 / (2 * N)
    return total


def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Add the outer products of the examples."""
    Z1, A1, W1, b1, Z2, A2, W2, b2, _, A3, W3, b3 = cache
    N = X.shape[0]
    grads = {f"d{name}": lambd / N * W for name, W in (("W1", W1), ("W2", W2), ("W3", W3))}
    grads |= {f"d{name}": np.zeros_like(b) for name, b in (("b1", b1), ("b2", b2), ("b3", b3))}
    for n in range(N):
        dz3 = (A3[n] - Y[n]) / N
        dz2 = W3 @ dz3
        dz2[Z2[n] <= 0] = 0
        dz1 = W2 @ dz2
        dz1[Z1[n] <= 0] = 0
        for layer, a, dz in ((1, X[n], dz1), (2, A1[n], dz2), (3, A2[n], dz3)):
            grads[f"dW{layer}"] += np.outer(a, dz)
            grads[f"db{layer}"] += dz
    return grads
