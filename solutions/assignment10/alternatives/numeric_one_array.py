"""One array for all points, put back after each; sums of squares in the place of norms."""

import math

import numpy as np


def complex_step(f, x, h=1e-20):
    """Set an imaginary part, read it, take it away."""
    point = np.array(x, dtype=complex)
    grad = np.empty(point.shape)
    for i in range(point.size):
        real = point.flat[i]
        point.flat[i] = complex(real.real, h)
        grad.flat[i] = np.imag(f(point)) / h
        point.flat[i] = real
    return grad


def directional_check(f, grad, theta, n_dirs, rng, h=1e-5):
    """Add up squares as it goes."""
    if n_dirs <= 0:
        raise ValueError("n_dirs <= 0")
    apart = ours = measured = 0.0
    for _ in range(n_dirs):
        v = rng.normal(0.0, 1.0, theta.shape)
        v = v / math.sqrt(np.vdot(v, v))
        behind, ahead = f(theta - h * v), f(theta + h * v)
        slope, claimed = (ahead - behind) / (2 * h), float(np.vdot(grad, v))
        apart += (slope - claimed) ** 2
        ours += claimed**2
        measured += slope**2
    if ours == measured == 0:
        return 0
    return math.sqrt(apart) / (math.sqrt(ours) + math.sqrt(measured))
