"""The 1/N in each dW and db instead of dZ3, one line per quantity, and all intermediate gradients returned."""

import numpy as np
from penalties import l2_penalty


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
    """Add the two parts."""
    m = Y.shape[0]
    cross_entropy_cost = compute_cost(A3, Y)
    regularization_cost = l2_penalty(parameters, lambd, m)
    return cross_entropy_cost + regularization_cost


def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Go back layer by layer."""
    m = X.shape[0]
    _, A1, W1, _, _, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(A2.T, dZ3) + lambd / m * W3
    db3 = 1.0 / m * np.sum(dZ3, axis=0)
    dA2 = np.dot(dZ3, W3.T)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(A1.T, dZ2) + lambd / m * W2
    db2 = 1.0 / m * np.sum(dZ2, axis=0)
    dA1 = np.dot(dZ2, W2.T)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(X.T, dZ1) + lambd / m * W1
    db1 = 1.0 / m * np.sum(dZ1, axis=0)
    grads = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2}
    grads.update({"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1})
    return grads
