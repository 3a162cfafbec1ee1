"""Data before the training: three parts that share no example, and one scale for all of them.

Examples are rows: X (N, D), y (N,).
"""

import numpy as np


def train_dev_test_split(
    X: np.ndarray,
    y: np.ndarray,
    dev_frac: float,
    test_frac: float,
    rng: np.random.Generator,
    stratify: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the examples in three parts, drawn at random: each example is in exactly one of them, with its label.

    Args:
        X: examples (N, ...), one a row.
        y: their labels (N,).
        dev_frac: share of the dev set. It gets N * dev_frac examples, rounded up or down.
        test_frac: share of the test set, likewise; the rest is for training.
        rng: source of randomness.
        stratify: whether each class is split in these shares by itself (then each class is rounded by itself).

    Returns:
        X_train, y_train, X_dev, y_dev, X_test, y_test; new arrays.

    Raises:
        ValueError: a fraction is not positive, or both add up to 1 or more; a part would be empty; X and y differ in
            length.

    Example:
        >>> X, y = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]), np.array([0, 1, 2, 3])
        >>> parts = train_dev_test_split(X, y, 0.25, 0.25, np.random.default_rng(0))
        >>> [len(part) for part in parts]
        [2, 2, 1, 1, 1, 1]
        >>> sorted(int(label) for part in parts[1::2] for label in part)
        [0, 1, 2, 3]
    """
    ### BEGIN SOLUTION
    if len(X) != len(y):
        raise ValueError(f"X and y must have the same length, got {len(X)} and {len(y)}")
    if not (dev_frac > 0 and test_frac > 0 and dev_frac + test_frac < 1):
        raise ValueError(
            f"dev_frac and test_frac must be positive and sum to less than 1, got {dev_frac} and {test_frac}"
        )
    groups = [np.flatnonzero(y == label) for label in np.unique(y)] if stratify else [np.arange(len(X))]
    train, dev, test = [], [], []
    for group in groups:
        order = rng.permutation(group)
        n_dev, n_test = round(len(group) * dev_frac), round(len(group) * test_frac)
        dev.append(order[:n_dev])
        test.append(order[n_dev : n_dev + n_test])
        train.append(order[n_dev + n_test :])
    parts = [rng.permutation(np.concatenate(part)) for part in (train, dev, test)]
    if any(len(part) == 0 for part in parts):
        raise ValueError(f"a part would be empty: {[len(part) for part in parts]} of {len(X)} examples")
    X_train, X_dev, X_test = (X[part] for part in parts)
    y_train, y_dev, y_test = (y[part] for part in parts)
    return X_train, y_train, X_dev, y_dev, X_test, y_test
    ### END SOLUTION


def standardize_splits(
    X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the three parts, standardized alike: by the mean and the standard deviation of the training examples.

    Formula: (x - mu) / sigma, mu and sigma of each feature over X_train. Where sigma is 0, it is taken as 1.

    Args:
        X_train: training examples (N, D).
        X_dev: dev examples (N', D).
        X_test: test examples (N'', D).

    Returns:
        The three, as new arrays of the same shapes.

    Example:
        >>> X_train, X_dev = np.array([[1.0, 10.0], [3.0, 30.0]]), np.array([[2.0, 20.0], [4.0, 0.0]])
        >>> train, dev, test = standardize_splits(X_train, X_dev, np.array([[1.0, 50.0]]))
        >>> train
        array([[-1., -1.],
               [ 1.,  1.]])
        >>> dev
        array([[ 0.,  0.],
               [ 2., -2.]])
        >>> test
        array([[-1.,  3.]])
    """
    ### BEGIN SOLUTION
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    # A constant feature has a deviation of rounding size, not exactly 0.
    sigma[X_train.min(axis=0) == X_train.max(axis=0)] = 1
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma
    ### END SOLUTION
