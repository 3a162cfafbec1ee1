"""Parts of a training loop: when to stop, and in which portions to go through the data."""

import numpy as np


class EarlyStopping:
    """Tell when the error on the dev set has stopped falling, and keep the best parameters.

    Call `update` once for each epoch. An error is an improvement if it is below `best_value` by more than
    `min_delta`: value < best_value - min_delta. The first one always is, and nan never is. Training should stop when
    `patience` epochs in a row brought no improvement.

    Attributes:
        best_value: error of the last improvement.
        best_epoch: which epoch that was; the first call of `update` is epoch 0.
        best_params: copies of that epoch's parameters. They stay as they are when the caller trains on.

    Raises:
        ValueError: patience is below 1, or min_delta is negative.

    Example:
        >>> stopping = EarlyStopping(patience=2)
        >>> [stopping.update(value, {"W": np.full((2, 2), value)}) for value in (3.0, 1.0, 2.0, 1.5)]
        [False, False, False, True]
        >>> stopping.best_value, stopping.best_epoch
        (1.0, 1)
        >>> stopping.best_params["W"]
        array([[1., 1.],
               [1., 1.]])
    """

    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        # YOUR CODE HERE
        raise NotImplementedError

    def update(self, value: float, params: dict[str, np.ndarray]) -> bool:
        """Take note of one epoch's dev error and parameters; return True when training should stop."""
        # YOUR CODE HERE
        raise NotImplementedError


def random_mini_batches(
    X: np.ndarray, Y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the examples in random order, cut into batches.

    Every example is in exactly one batch, together with its label. All batches have batch_size examples but the last,
    which has what is left, at least one.

    Args:
        X: examples, shape (N, ...), one example along axis 0.
        Y: labels, shape (N, ...).
        batch_size: 1 or more.
        rng: the only source of random numbers.

    Returns:
        List of pairs (X_batch, Y_batch).

    Raises:
        ValueError: X and Y differ in length, or batch_size is below 1.

    Example:
        >>> X, Y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0, 1])
        >>> batches = random_mini_batches(X, Y, 1, np.random.default_rng(0))
        >>> sorted((X_batch.tolist(), Y_batch.tolist()) for X_batch, Y_batch in batches)
        [([[1.0, 2.0]], [0]), ([[3.0, 4.0]], [1])]
    """
    # YOUR CODE HERE
    raise NotImplementedError
