"""All weights as one long vector, and its gradient cut up again."""

import math

import numpy as np


def frobenius_norm_squared(W):
    """Add with compensated summation."""
    return math.fsum(float(w) ** 2 for w in np.asarray(W).flat)


def _vector(parameters):
    names = sorted(name for name in parameters if name.startswith("W"))
    return names, np.concatenate([parameters[name].reshape(-1) for name in names])


def _cut(names, vector, parameters):
    grads = {"d" + name: np.zeros_like(value) for name, value in parameters.items()}
    start = 0
    for name in names:
        size = parameters[name].size
        grads["d" + name] = vector[start : start + size].reshape(parameters[name].shape)
        start += size
    return grads


def l2_penalty(parameters, lambd, m):
    """Multiply the vector with itself."""
    _, theta = _vector(parameters)
    return (lambd / m) * 0.5 * (theta @ theta)


def l2_penalty_grad(parameters, lambd, m):
    """Scale the vector and cut it up; the parts are views of one array."""
    names, theta = _vector(parameters)
    return _cut(names, theta * lambd / m, parameters)


def l1_penalty(parameters, lambd, m):
    """Compare the vector with zero twice."""
    names, theta = _vector(parameters)
    slope = (theta > 0).astype(theta.dtype) - (theta < 0)
    return (lambd / m) * np.abs(theta).sum(), _cut(names, slope * (lambd / m), parameters)
