"""Two more ways to check a gradient: without a difference, and without looking at every entry."""

from collections.abc import Callable

import numpy as np


def complex_step(f: Callable[[np.ndarray], complex], x: np.ndarray, h: float = 1e-20) -> np.ndarray:
    """Return the gradient of f at x by steps in the imaginary direction (Squire & Trapp 1998).

        grad_k = Im f(x + i h e_k) / h                  e_k: 1 at entry k, 0 elsewhere

    No two nearly equal numbers are subtracted, so h may be tiny and nothing is lost to rounding. f has to be one that
    also takes complex numbers: polynomials, exp, sin, tanh, matrix products; not abs or max.

    Args:
        f: takes a complex array of x's shape and returns one complex number. One call for each entry.
        x: any shape, real; integers and float32 count as float64. It is not modified.
        h: the step.

    Returns:
        The gradient: float64, of x's shape.

    Example:
        >>> complex_step(lambda z: (z[0, 0] ** 3 + z[0, 1] * z[1, 0]), np.array([[2.0, 5.0], [7.0, 1.0]]))
        array([[12.,  7.],
               [ 5.,  0.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def directional_check(
    f: Callable[[np.ndarray], float],
    grad: np.ndarray,
    theta: np.ndarray,
    n_dirs: int,
    rng: np.random.Generator,
    h: float = 1e-5,
) -> float:
    """Compare a gradient with slopes of f in random directions: 2 n_dirs evaluations, however long theta is.

        v_k: a vector of standard normal numbers, divided by its length         k = 1 ... n_dirs
        a_k = sum of grad * v_k                b_k = (f(theta + h v_k) - f(theta - h v_k)) / (2 h)
        difference = ||a - b|| / (||a|| + ||b||)

    Args:
        f: takes an array of theta's shape and returns one number.
        grad: what is to be checked, of theta's shape.
        theta: the point, any shape, float64. It is not modified.
        n_dirs: how many directions, at least 1.
        rng: draws the directions; the only source of chance.
        h: the step.

    Returns:
        The difference: about 1e-9 for a right gradient, 0 where both sides are zero in every direction.

    Raises:
        ValueError: n_dirs is less than 1.

    Example:
        >>> theta = np.array([[1.0, 2.0], [3.0, 4.0]])
        >>> right = directional_check(lambda t: float(np.sum(t**2)), 2 * theta, theta, 5, np.random.default_rng(0))
        >>> half = directional_check(lambda t: float(np.sum(t**2)), theta, theta, 5, np.random.default_rng(0))
        >>> right < 1e-8, round(half, 6)
        (True, 0.333333)
    """
    # YOUR CODE HERE
    raise NotImplementedError
