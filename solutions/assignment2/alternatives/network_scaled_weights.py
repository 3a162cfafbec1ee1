"""The network with 1/keep_prob in the weights of the next layer instead of in the activations; boolean masks."""

import numpy as np


def forward_propagation_with_dropout(X, parameters, keep_prob, rng):
    """Scale W2 and W3, new arrays, instead of A1 and A2."""
    p1, p2 = (keep_prob, keep_prob) if isinstance(keep_prob, float | int) else keep_prob
    W2, W3 = parameters["W2"] / p1, parameters["W3"] / p2
    Z1 = X.dot(parameters["W1"]) + parameters["b1"]
    on1 = (Z1 > 0) & (rng.random(Z1.shape) < p1)
    A1 = np.where(on1, Z1, 0.0)
    Z2 = A1.dot(W2) + parameters["b2"]
    on2 = (Z2 > 0) & (rng.random(Z2.shape) < p2)
    A2 = np.where(on2, Z2, 0.0)
    A3 = 1.0 / (1.0 + np.exp(-A2.dot(W3) - parameters["b3"]))
    return A3, [A1, A2, A3, on1, on2, W2, W3, p1, p2]


def backward_propagation_with_dropout(X, Y, cache):
    """Scale the gradients of W2 and W3 as the weights were."""
    A1, A2, A3, on1, on2, W2, W3, p1, p2 = cache
    delta3 = (A3 - Y) / np.float64(X.shape[0])
    delta2 = np.where(on2, delta3.dot(W3.T), 0.0)
    delta1 = np.where(on1, delta2.dot(W2.T), 0.0)
    return {
        "dW1": X.T.dot(delta1),
        "dW2": A1.T.dot(delta2) / p1,
        "dW3": A2.T.dot(delta3) / p2,
        "db1": np.ones(len(X)) @ delta1,
        "db2": np.ones(len(X)) @ delta2,
        "db3": np.ones(len(X)) @ delta3,
    }
