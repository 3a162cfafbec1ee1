"""The network built from the functions of layers.py; the cache is a list of layers' caches."""

import numpy as np
from layers import dropout_backward, dropout_forward


def forward_propagation_with_dropout(X, parameters, keep_prob, rng):
    """Call dropout_forward for each hidden layer."""
    if not isinstance(keep_prob, tuple | list):
        keep_prob = (keep_prob, keep_prob)
    A, caches = X, []
    for layer in (1, 2):
        A_prev, Z = A, A @ parameters[f"W{layer}"] + parameters[f"b{layer}"]
        A, dropped = dropout_forward(np.maximum(0, Z), keep_prob[layer - 1], "train", rng)
        caches.append((A_prev, Z, dropped, parameters[f"W{layer}"]))
    A3 = 1 / (1 + np.exp(-(A @ parameters["W3"] + parameters["b3"])))
    caches.append((A, A3, parameters["W3"]))
    return A3, caches


def backward_propagation_with_dropout(X, Y, cache):
    """Call dropout_backward for each hidden layer, the last first."""
    A, A3, W = cache[2]
    dZ = (A3 - Y) / len(Y)
    grads = {"dW3": A.T @ dZ, "db3": dZ.sum(axis=0)}
    for layer in (2, 1):
        dA = dZ @ W.T
        A_prev, Z, dropped, W = cache[layer - 1]
        dZ = dropout_backward(dA, dropped) * (Z > 0)
        grads |= {f"dW{layer}": A_prev.T @ dZ, f"db{layer}": dZ.sum(axis=0)}
    return grads
