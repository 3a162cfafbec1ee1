"""Flat indices through .flat, which reaches the array itself whatever its layout; f(x) is evaluated once in advance."""

import numpy as np


def numerical_derivative(f, x, eps=1e-5, scheme="central"):
    """Evaluate f(x) once, whichever scheme."""
    x = np.float64(x)
    here = f(x)
    if scheme == "forward":
        return np.float64((f(x + eps) - here) / eps)
    if scheme == "central":
        return np.float64(0.5 * (f(x + eps) - f(x - eps)) / eps)
    raise ValueError(scheme)


def eval_numerical_gradient(f, x, eps=1e-5):
    """Walk through a copy with .flat; average both one-sided slopes."""
    point = np.array(x, dtype=float)
    here = f(point)
    grad = np.empty(point.shape)
    for i in range(point.size):
        old = point.flat[i]
        point.flat[i] = old + eps
        right = f(point) - here
        point.flat[i] = old - eps
        left = here - f(point)
        point.flat[i] = old
        grad.flat[i] = (right + left) / (2 * eps)
    return grad


def eval_numerical_gradient_array(f, x, df, eps=1e-5):
    """Build the Jacobian matrix, then multiply it with df."""
    point = np.array(x, dtype=float)
    columns = []
    for i in range(point.size):
        old = point.flat[i]
        point.flat[i] = old + eps
        up = np.array(f(point), copy=True).ravel()
        point.flat[i] = old - eps
        down = np.array(f(point), copy=True).ravel()
        point.flat[i] = old
        columns.append((up - down) / (2 * eps))
    return np.einsum("io,o->i", np.array(columns), np.ravel(df)).reshape(point.shape)


def kink_mask(f, x, eps=1e-5, tol=1e-2):
    """Walk through a copy with .flat and append."""
    point = np.array(x, dtype=float)
    here, found = f(point), []
    for i in range(point.size):
        old = point.flat[i]
        point.flat[i] = old + eps
        right = (f(point) - here) / eps
        point.flat[i] = old - eps
        left = (here - f(point)) / eps
        point.flat[i] = old
        size = abs(right) + abs(left)
        found.append(bool(abs(right - left) > tol * (size if size > 1 else 1)))
    return np.array(found).reshape(point.shape)


def convergence_order(f, dfdx, x, epsilons, scheme="central"):
    """Compare the largest step with the smallest one."""
    errors = {e: abs(numerical_derivative(f, x, e, scheme) - dfdx(x)) for e in epsilons}
    large, small = max(errors), min(errors)
    return np.log(errors[large] / errors[small]) / np.log(large / small)
