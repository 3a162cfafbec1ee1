"""What the errors of a network say about it, and how much there is of it to fit."""

from collections.abc import Sequence
from itertools import pairwise


def diagnose(
    train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02
) -> dict[str, float | bool]:
    """Return the bias and the variance that two errors show, and whether they are high.

    Formula: bias = train_error - target_error, variance = dev_error - train_error; each is high above tol, and both may
    be.

    Args:
        train_error: error on the training set, a fraction between 0 and 1.
        dev_error: error on the dev set, likewise.
        target_error: the error that one could hope for, e.g. that of people.
        tol: differences up to this are small.

    Returns:
        A dictionary with "bias", "variance" (numbers), "high_bias" and "high_variance" (True or False).

    Raises:
        ValueError: an error is not between 0 and 1.

    Example:
        >>> diagnosis = diagnose(0.15, 0.30)
        >>> round(diagnosis["bias"], 4), round(diagnosis["variance"], 4)
        (0.15, 0.15)
        >>> diagnosis["high_bias"], diagnosis["high_variance"]
        (True, True)
    """
    # YOUR CODE HERE
    raise NotImplementedError


def count_parameters(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """Return how many numbers a fully connected network learns.

    Every layer has a weight for each pair of its inputs and units, and a bias for each unit. With batch normalization,
    each unit of a hidden layer has a scale and a shift as well.

    Args:
        layer_dims: sizes of the input, the hidden layers and the output.
        batchnorm: whether the hidden layers are batch-normalized (their biases are counted all the same).

    Returns:
        The number.

    Example:
        >>> count_parameters([2, 2, 1])
        9
        >>> count_parameters([2, 2, 1], batchnorm=True)
        13
    """
    # YOUR CODE HERE
    raise NotImplementedError
