"""Keeping gradients within bounds: entry by entry, or by their length."""

import numpy as np


def clip_by_value(g: np.ndarray, limit: float) -> np.ndarray:
    """Return the gradient with every entry cut to the range from -limit to limit.

    Args:
        g: array of any shape.
        limit: a positive number.

    Returns:
        A new array of g's shape.

    Raises:
        ValueError: limit is not positive.

    Example:
        >>> clip_by_value(np.array([[0.5, -3.0], [2.0, 1.0]]), 1.0)
        array([[ 0.5, -1. ],
               [ 1. ,  1. ]])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def clip_by_norm(g: np.ndarray, max_norm: float) -> np.ndarray:
    """Return the gradient, shortened to the length max_norm if it is longer (Pascanu, Mikolov and Bengio 2013).

    Formula: g * max_norm / ||g|| if ||g|| > max_norm, otherwise g. ||g|| is the root of the sum of the squares of all
    entries, whatever the number of axes, added up in float64: the squares of float32 numbers may overflow.

    Args:
        g: array of any shape.
        max_norm: a positive number.

    Returns:
        A new array of g's shape and dtype.

    Raises:
        ValueError: max_norm is not positive, or an entry of g is infinite or not a number.

    Example:
        >>> clip_by_norm(np.array([[3.0, 0.0], [0.0, -4.0]]), 2.5)
        array([[ 1.5,  0. ],
               [ 0. , -2. ]])
        >>> clip_by_norm(np.array([[3.0, 0.0], [0.0, -4.0]]), 10.0)
        array([[ 3.,  0.],
               [ 0., -4.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def clip_by_global_norm(grads: dict[str, np.ndarray], max_norm: float) -> tuple[dict[str, np.ndarray], float]:
    """Return all gradients, shortened together if they are longer than max_norm together, and their length before.

    The gradients are taken for one long vector: norm = root of the sum of the squares of all entries of all arrays.
    If it is above max_norm every array is multiplied by the same factor, max_norm / norm.

    Args:
        grads: arrays by name.
        max_norm: a positive number.

    Returns:
        clipped: new arrays under the names of grads.
        norm: the length before clipping.

    Raises:
        ValueError: max_norm is not positive, or an entry is infinite or not a number.

    Example:
        >>> grads = {"dW1": np.array([[2.0, 0.0], [0.0, 1.0]]), "db1": np.array([2.0, 0.0])}
        >>> clipped, norm = clip_by_global_norm(grads, 1.5)
        >>> norm
        3.0
        >>> clipped["dW1"]
        array([[1. , 0. ],
               [0. , 0.5]])
        >>> clipped["db1"]
        array([1., 0.])
    """
    # YOUR CODE HERE
    raise NotImplementedError
