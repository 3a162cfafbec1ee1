"""The way of CS231n: walk through x itself with nditer, put every entry back."""

import numpy as np


def numerical_derivative(f, x, eps=1e-5, scheme="central"):
    """Look the scheme up in a table of points and weights."""
    table = {"central": ((1, 0.5), (-1, -0.5)), "forward": ((1, 1.0), (0, -1.0))}
    if scheme not in table:
        raise ValueError(f"unknown scheme {scheme}")
    x = np.float64(x)
    return sum(weight * f(x + step * eps) for step, weight in table[scheme]) / eps


def eval_numerical_gradient(f, x, eps=1e-5):
    """Move entries of x in place where x holds float64, of a copy otherwise."""
    if x.dtype != np.float64:
        x = x.astype(np.float64)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        try:
            x[ix] = oldval + eps
            fxph = f(x)
            x[ix] = oldval - eps
            fxmh = f(x)
        finally:
            x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * eps)
        it.iternext()
    return grad


def eval_numerical_gradient_array(f, x, df, eps=1e-5):
    """Move entries of x in place, where it can hold them, and copy both outputs."""
    if x.dtype != np.float64:
        x = x.astype(np.float64)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + eps
        pos = f(x).copy()
        x[ix] = oldval - eps
        neg = f(x).copy()
        x[ix] = oldval
        grad[ix] = np.sum((pos - neg) * df) / (2 * eps)
        it.iternext()
    return grad


def kink_mask(f, x, eps=1e-5, tol=1e-2):
    """Move entries of x in place, collect both slopes, compare once at the end."""
    right, left = np.zeros_like(x), np.zeros_like(x)
    base = f(x)
    for ix, oldval in np.ndenumerate(x.copy()):
        x[ix] = oldval + eps
        right[ix] = (f(x) - base) / eps
        x[ix] = oldval - eps
        left[ix] = (base - f(x)) / eps
        x[ix] = oldval
    return np.abs(right - left) > tol * np.maximum(1.0, np.abs(right) + np.abs(left))


def convergence_order(f, dfdx, x, epsilons, scheme="central"):
    """Solve the least-squares problem with a column of ones."""
    errors = np.array([numerical_derivative(f, x, eps, scheme) for eps in epsilons]) - dfdx(x)
    A = np.stack([np.log(epsilons), np.ones(len(epsilons))], axis=1)
    return np.linalg.lstsq(A, np.log(np.abs(errors)), rcond=None)[0][0]
