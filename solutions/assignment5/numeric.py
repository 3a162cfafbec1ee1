"""Slopes measured with finite differences, and what limits them: kinks and the order of the error.

Everything here is computed in float64: a step of 1e-5 is below the resolution of float32.
"""

from collections.abc import Callable, Sequence

import numpy as np


def numerical_derivative(f: Callable[[float], float], x: float, eps: float = 1e-5, scheme: str = "central") -> float:
    """Return the slope of f at x, measured with a small step.

    Formula: "central" (f(x + eps) - f(x - eps)) / (2 eps), with an error of order eps^2;
    "forward" (f(x + eps) - f(x)) / eps, with an error of order eps.

    Args:
        f: a function of one number.
        x: where to measure; an integer or a float32 is taken as the same number in float64.
        eps: the step.
        scheme: "central" or "forward".

    Returns:
        One number.

    Raises:
        ValueError: scheme is another word.

    Example, for f(x) = x^2 at 3, where the slope is 6, with a step that shows the error of the one-sided formula:
        >>> numerical_derivative(lambda x: x * x, 3.0, eps=0.5)
        6.0
        >>> numerical_derivative(lambda x: x * x, 3.0, eps=0.5, scheme="forward")
        6.5
    """
    ### BEGIN SOLUTION
    x = float(x)
    if scheme == "central":
        return float((f(x + eps) - f(x - eps)) / (2 * eps))
    if scheme == "forward":
        return float((f(x + eps) - f(x)) / eps)
    raise ValueError(f"scheme must be 'central' or 'forward', got '{scheme}'")
    ### END SOLUTION


def eval_numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """Return the gradient of f at x, measured entry by entry with central differences.

    Formula: grad[i] = (f(x + eps e_i) - f(x - eps e_i)) / (2 eps), where e_i is 1 at entry i and 0 elsewhere.
    So f is evaluated twice for each entry of x.

    Args:
        f: a function of an array of the shape of x, with a number as its value.
        x: array of any shape and memory layout; integers are taken as the same numbers in float64. It is the same
            afterwards, to the last bit.
        eps: the step.

    Returns:
        A float64 array of the shape of x.

    Example, for the sum of squares, whose gradient is 2 x:
        >>> x = np.array([[1.0, -2.0], [3.0, 4.0]])
        >>> grad = eval_numerical_gradient(lambda x: float(np.sum(x**2)), x, eps=0.5)
        >>> grad
        array([[ 2., -4.],
               [ 6.,  8.]])
    """
    ### BEGIN SOLUTION
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        above = f(point)
        point[index] = original - eps
        below = f(point)
        point[index] = original
        grad[index] = (above - below) / (2 * eps)
    return grad
    ### END SOLUTION


def eval_numerical_gradient_array(
    f: Callable[[np.ndarray], np.ndarray], x: np.ndarray, df: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """Return the gradient of the scalar sum(f(x) * df) at x, measured with central differences.

    This is what the backward pass of a layer f returns for the upstream gradient df.

    Formula: grad[i] = sum((f(x + eps e_i) - f(x - eps e_i)) * df) / (2 eps).

    Args:
        f: a function of an array of the shape of x, with an array as its value. It may write every result into one and
            the same array, so look at one result before you ask for the next, or copy it.
        x: array of any shape. It is the same afterwards, to the last bit.
        df: upstream gradient, of the shape of f(x).
        eps: the step.

    Returns:
        A float64 array of the shape of x.

    Example, for the squares of the entries, whose gradient is 2 x * df:
        >>> x = np.array([[1.0, -2.0], [3.0, 4.0]])
        >>> df = np.array([[1.0, 0.0], [0.5, -1.0]])
        >>> grad = eval_numerical_gradient_array(lambda x: x**2, x, df, eps=0.5)
        >>> grad
        array([[ 2.,  0.],
               [ 3., -8.]])
    """
    ### BEGIN SOLUTION
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        above = np.array(f(point))
        point[index] = original - eps
        below = np.array(f(point))
        point[index] = original
        grad[index] = np.sum((above - below) * df) / (2 * eps)
    return grad
    ### END SOLUTION


def kink_mask(f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-5, tol: float = 1e-2) -> np.ndarray:
    """Return which entries of x lie so close to a kink of f that a difference cannot be trusted there.

    At a kink the slope jumps, as that of ReLU does at 0, so the slopes to the right and to the left differ.

    Formula: right = (f(x + eps e_i) - f(x)) / eps, left = (f(x) - f(x - eps e_i)) / eps,
    mask[i] = |right - left| > tol * max(1, |right| + |left|).

    Args:
        f: a function of an array of the shape of x, with a number as its value.
        x: array of any shape. It is the same afterwards, to the last bit.
        eps: the step.
        tol: the largest relative jump that a smooth function may show.

    Returns:
        An array of booleans of the shape of x.

    Example:
        >>> x = np.array([[1.0, 0.0], [-3.0, 2.0]])
        >>> kink_mask(lambda x: float(np.sum(np.maximum(x, 0.0))), x)
        array([[False,  True],
               [False, False]])
    """
    ### BEGIN SOLUTION
    point = np.array(x, dtype=np.float64)
    mask = np.zeros(point.shape, dtype=bool)
    here = f(point)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        right = (f(point) - here) / eps
        point[index] = original - eps
        left = (here - f(point)) / eps
        point[index] = original
        mask[index] = abs(right - left) > tol * max(1.0, abs(right) + abs(left))
    return mask
    ### END SOLUTION


def convergence_order(
    f: Callable[[float], float],
    dfdx: Callable[[float], float],
    x: float,
    epsilons: Sequence[float],
    scheme: str = "central",
) -> float:
    """Return the order with which the error of a difference formula shrinks as the step does.

    An error of about c * eps^p is a straight line of slope p when log(error) is drawn over log(eps).

    Formula: the slope of the straight line that fits best (least squares) through the points
    (log(eps), log(|numerical_derivative(f, x, eps, scheme) - dfdx(x)|)).

    Args:
        f: a smooth function of one number.
        dfdx: its derivative, also a function of one number.
        x: where to measure.
        epsilons: the steps, two or more; all errors are above zero.
        scheme: "central" or "forward".

    Returns:
        One number, near 2 for "central" and near 1 for "forward".

    Example:
        >>> order = convergence_order(lambda x: x**3, lambda x: 3 * x**2, 1.0, [0.25, 0.5])
        >>> round(order, 6)
        2.0
    """
    ### BEGIN SOLUTION
    exact = dfdx(x)
    errors = [abs(numerical_derivative(f, x, eps, scheme) - exact) for eps in epsilons]
    slope, _ = np.polyfit(np.log(epsilons), np.log(errors), 1)
    return float(slope)
    ### END SOLUTION
