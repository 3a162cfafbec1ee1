"""Example by example, feature by feature; the cache is a dictionary."""

import math

import numpy as np


def rmsnorm_forward(x, gamma, eps=1e-5):
    """Normalize one row after the other."""
    out = np.zeros_like(x)
    roots = []
    for i, row in enumerate(x):
        root = math.sqrt(sum(float(value) ** 2 for value in row) / len(row) + eps)
        roots.append(root)
        for j, value in enumerate(row):
            out[i, j] = gamma[j] * value / root
    return out, {"x": x.copy(), "roots": roots, "gamma": gamma}


def rmsnorm_backward(dout, cache):
    """Sum the slopes of each output with respect to each input of its row."""
    x, gamma = cache["x"], cache["gamma"]
    dx, dgamma = np.zeros(x.shape), np.zeros(gamma.shape)
    n_features = x.shape[1]
    for i, root in enumerate(cache["roots"]):
        for j in range(n_features):
            dgamma[j] += dout[i, j] * x[i, j] / root
            for k in range(n_features):
                slope = (j == k) / root - x[i, j] * x[i, k] / (n_features * root**3)
                dx[i, k] += dout[i, j] * gamma[j] * slope
    return dx, dgamma
