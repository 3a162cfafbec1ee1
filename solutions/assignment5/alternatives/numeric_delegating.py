"""Everything is a derivative of one number, or a gradient of one number."""

import math
from itertools import pairwise

import numpy as np


def numerical_derivative(f, x, eps=1e-5, scheme="central"):
    """Refuse first, then keep the two formulas apart."""
    if scheme not in {"central", "forward"}:
        raise ValueError(f"scheme {scheme!r} is neither 'central' nor 'forward'")
    x = float(x)
    back = eps if scheme == "central" else 0.0
    rise = f(x + eps) - f(x - back)
    return rise / (eps + back)


def eval_numerical_gradient(f, x, eps=1e-5):
    """Differentiate along each entry with `numerical_derivative`."""
    flat = [float(value) for value in np.asarray(x).ravel()]

    def along(i):
        return lambda t: f(np.array([*flat[:i], t, *flat[i + 1 :]]).reshape(np.shape(x)))

    return np.array([numerical_derivative(along(i), flat[i], eps) for i in range(len(flat))]).reshape(np.shape(x))


def eval_numerical_gradient_array(f, x, df, eps=1e-5):
    """Differentiate the scalar sum(f * df)."""
    return eval_numerical_gradient(lambda point: float(np.sum(f(point) * df)), x, eps)


def kink_mask(f, x, eps=1e-5, tol=1e-2):
    """Take the one-sided slope forwards, and backwards through the mirrored function."""
    mask = np.zeros(x.shape, dtype=bool)
    for i in np.ndindex(*x.shape):

        def along(t, i=i):
            point = x.copy()
            point[i] = t
            return f(point)

        right = numerical_derivative(along, x[i], eps, "forward")
        left = -numerical_derivative(lambda t, along=along: along(-t), -x[i], eps, "forward")
        mask[i] = math.fabs(right - left) > tol * max(1.0, math.fabs(right) + math.fabs(left))
    return mask


def convergence_order(f, dfdx, x, epsilons, scheme="central"):
    """Average the slopes between neighbouring steps."""
    points = sorted((math.log(e), math.log(abs(numerical_derivative(f, x, e, scheme) - dfdx(x)))) for e in epsilons)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    return sum(slopes) / len(slopes)
