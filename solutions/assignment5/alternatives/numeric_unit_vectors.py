"""Never change an array: add a multiple of a unit vector, and reshape."""

import numpy as np


def numerical_derivative(f, x, eps=1e-5, scheme="central"):
    """Divide by the distance that the two points really have."""
    x = np.asarray(x, dtype=float)[()]
    if scheme == "central":
        upper, lower = x + eps, x - eps
    elif scheme == "forward":
        upper, lower = x + eps, x
    else:
        raise ValueError("scheme must be central or forward")
    return (f(upper) - f(lower)) / (upper - lower)


def _directions(x, eps):
    """Return eps times each unit vector, in the shape of x."""
    return (eps * np.eye(x.size)).reshape(x.size, *x.shape)


def eval_numerical_gradient(f, x, eps=1e-5):
    """Evaluate all upper points first, then all lower ones."""
    x = np.asarray(x)
    steps = _directions(x, eps)
    upper = np.array([f(x + step) for step in steps])
    lower = np.array([f(x - step) for step in steps])
    return ((upper - lower) / (2 * eps)).reshape(x.shape)


def eval_numerical_gradient_array(f, x, df, eps=1e-5):
    """Weigh each output with df before the difference is taken."""
    steps = _directions(x, eps)
    return np.array([np.vdot(f(x + s), df) - np.vdot(f(x - s), df) for s in steps]).reshape(x.shape) / (2 * eps)


def kink_mask(f, x, eps=1e-5, tol=1e-2):
    """Compare three values instead of two slopes."""
    here = f(x)
    mask = []
    for step in _directions(x, eps):
        up, down = f(x + step) - here, here - f(x - step)
        mask.append(abs(up - down) / eps > tol * max(1, (abs(up) + abs(down)) / eps))
    return np.array(mask, dtype=bool).reshape(x.shape)


def convergence_order(f, dfdx, x, epsilons, scheme="central"):
    """Take covariance over variance of the logarithms."""
    across = np.log10(epsilons)
    up = np.log10([abs(numerical_derivative(f, x, eps, scheme) - dfdx(x)) for eps in epsilons])
    return np.cov(across, up)[0, 1] / np.var(across, ddof=1)
