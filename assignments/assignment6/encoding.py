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
    # YOUR CODE HERE
    raise NotImplementedError
