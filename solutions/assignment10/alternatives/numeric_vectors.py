"""Points from the rows of the identity; all directions at once."""

import numpy as np


def complex_step(f, x, h=1e-20):
    """Add i h times each row of the identity."""
    x = np.asarray(x, dtype=float)
    steps = np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([f(x + 1j * h * step).imag / h for step in steps]).reshape(x.shape)


def directional_check(f, grad, theta, n_dirs, rng, h=1e-5):
    """Draw a matrix of directions and normalize its rows."""
    if n_dirs < 1:
        raise ValueError("at least one direction is needed")
    directions = rng.standard_normal((n_dirs, theta.size))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    a = directions @ grad.ravel()
    steps = h * directions.reshape(n_dirs, *theta.shape)
    b = np.array([f(theta + step) - f(theta - step) for step in steps]) / (2 * h)
    size = np.sqrt(a @ a) + np.sqrt(b @ b)
    return 0.0 if size == 0 else np.sqrt((a - b) @ (a - b)) / size
