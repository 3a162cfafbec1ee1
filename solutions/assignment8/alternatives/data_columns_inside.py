"""Examples as columns inside, in the manner of the Deep Learning Specialization."""

import numpy as np


def train_dev_test_split(X, y, dev_frac, test_frac, rng, stratify=False):
    """Permute columns."""
    m = len(X)
    if len(y) != m:
        raise ValueError("X has " + str(m) + " examples, y has " + str(len(y)))
    if not dev_frac > 0 or not test_frac > 0 or not dev_frac + test_frac < 1:
        raise ValueError("dev_frac = " + str(dev_frac) + ", test_frac = " + str(test_frac))
    X_columns, Y = X.T, y.reshape(1, -1)
    permutation = rng.permutation(m)
    if not stratify:
        groups = [permutation]
    else:
        groups = [permutation[Y[0, permutation] == c] for c in sorted(set(Y[0].tolist()))]
    pieces = [
        np.split(group, [round(len(group) * dev_frac), round(len(group) * dev_frac) + round(len(group) * test_frac)])
        for group in groups
    ]
    dev, test, train = (np.hstack([piece[k] for piece in pieces]) for k in range(3))
    if min(len(dev), len(test), len(train)) == 0:
        raise ValueError("m = " + str(m) + " examples are too few")
    return (
        X_columns[:, train].T,
        Y[:, train].ravel(),
        X_columns[:, dev].T,
        Y[:, dev].ravel(),
        X_columns[:, test].T,
        Y[:, test].ravel(),
    )


def standardize_splits(X_train, X_dev, X_test):
    """mu and sigma of shape (n_x, 1)."""
    m = X_train.shape[0]
    mu = np.sum(X_train.T, axis=1, keepdims=True) / m
    sigma_squared = np.sum((X_train.T - mu) ** 2, axis=1, keepdims=True) / m
    sigma = np.where(sigma_squared > 0, np.sqrt(sigma_squared), 1)
    return ((X_train.T - mu) / sigma).T, ((X_dev.T - mu) / sigma).T, ((X_test.T - mu) / sigma).T
