"""Labels as vectors."""

import numpy as np


def one_hot(y: np.ndarray, num_classes: int) -> np.ndarray:
    """Return one row for each label: 1 in the column of its class, 0 elsewhere.

    Args:
        y: labels, shape (N,), whole numbers from 0 to num_classes - 1; N may be 0.
        num_classes: number of columns, C; not every class needs to occur.

    Returns:
        float64 array of shape (N, C).

    Raises:
        ValueError: a label is negative, not below num_classes, or not a whole number.

    Example:
        >>> one_hot(np.array([1, 0]), 2)
        array([[0., 1.],
               [1., 0.]])
    """
    ### BEGIN SOLUTION
    y = np.asarray(y)
    bad = (y < 0) | (y >= num_classes) | (y != np.floor(y))
    if bad.any():
        raise ValueError(f"labels must be whole numbers from 0 to {num_classes - 1}, got {y[bad][0]}")
    return np.eye(num_classes)[y.astype(np.int64)]
    ### END SOLUTION
