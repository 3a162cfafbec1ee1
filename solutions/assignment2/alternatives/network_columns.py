"""The network with examples in columns inside, as in the Deep Learning Specialization; the cache is a flat tuple."""

import numpy as np


def forward_propagation_with_dropout(X, parameters, keep_prob, rng):
    """Transpose on the way in and on the way out."""
    keep_prob1, keep_prob2 = keep_prob if np.ndim(keep_prob) else (keep_prob, keep_prob)
    W1, W2, W3 = (parameters[key].T for key in ("W1", "W2", "W3"))
    b1, b2, b3 = (parameters[key].reshape(-1, 1) for key in ("b1", "b2", "b3"))
    Z1 = np.dot(W1, X.T) + b1
    A1 = np.maximum(0, Z1)
    D1 = (rng.random(A1.shape) < keep_prob1).astype(int)
    A1 = A1 * D1 / keep_prob1
    Z2 = np.dot(W2, A1) + b2
    A2 = np.maximum(0, Z2)
    D2 = (rng.random(A2.shape) < keep_prob2).astype(int)
    A2 = A2 * D2 / keep_prob2
    Z3 = np.dot(W3, A2) + b3
    A3 = 1 / (1 + np.exp(-Z3))
    return A3.T, (keep_prob1, keep_prob2, D1, A1, W1, D2, A2, W2, A3, W3)


def backward_propagation_with_dropout(X, Y, cache):
    """Divide by m where dW and db are formed."""
    m = X.shape[0]
    keep_prob1, keep_prob2, D1, A1, _, D2, A2, W2, A3, W3 = cache
    dZ3 = A3 - Y.T
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1)
    dA2 = np.dot(W3.T, dZ3) * D2 / keep_prob2
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, axis=1)
    dA1 = np.dot(W2.T, dZ2) * D1 / keep_prob1
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X)
    db1 = 1.0 / m * np.sum(dZ1, axis=1)
    return {
        "dZ3": dZ3, "dW3": dW3.T, "db3": db3, "dA2": dA2,
        "dZ2": dZ2, "dW2": dW2.T, "db2": db2, "dA1": dA1,
        "dZ1": dZ1, "dW1": dW1.T, "db1": db1,
    }  # fmt: skip
