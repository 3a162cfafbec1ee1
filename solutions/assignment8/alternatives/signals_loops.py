"""Loops over examples and units; the gradient of each matrix as a sum of outer products."""

import math

import numpy as np


def _act(value, activation):
    if activation == "relu":
        return value if value > 0 else 0.0
    if activation == "tanh":
        return math.tanh(value)
    if activation == "linear":
        return value
    raise ValueError(activation)


def _slope(output, activation):
    return {"relu": float(output > 0), "tanh": 1 - output**2, "linear": 1.0}[activation]


def _layer(A, W, activation):
    return np.array([[_act(float(row @ W[:, j]), activation) for j in range(W.shape[1])] for row in A])


def forward_signal(x, weights, activation):
    """Three lists that grow."""
    _act(0.0, activation)
    means, stds, dead = [], [], []
    for W in weights:
        x = _layer(x, W, activation)
        mean = math.fsum(x.ravel()) / x.size
        means.append(mean)
        stds.append(math.sqrt(math.fsum((v - mean) ** 2 for v in x.ravel()) / x.size))
        dead.append(sum(not column.any() for column in x.T) / x.shape[1])
    return {"dead": np.array(dead), "std": np.array(stds), "mean": np.array(means)}


def backward_signal(x, weights, activation, dout):
    """Example by example."""
    outputs = [x]
    for W in weights:
        outputs.append(_layer(outputs[-1], W, activation))
    grads = [np.zeros_like(W) for W in weights]
    for n in range(len(x)):
        d = dout[n].copy()
        for k in range(len(weights) - 1, -1, -1):
            d = d * np.array([_slope(v, activation) for v in outputs[k + 1][n]])
            grads[k] += np.outer(outputs[k][n], d)
            d = weights[k] @ d
    return np.array([math.sqrt((g * g).sum()) for g in grads])


def growth_rate(scales):
    """A power of the ratio."""
    values = [float(s) for s in scales]
    if len(values) < 2:
        raise ValueError("two sizes at least")
    if any(s < 0 for s in values):
        raise ValueError("a negative size")
    return 0.0 if 0.0 in values else (values[-1] / values[0]) ** (1 / (len(values) - 1))
