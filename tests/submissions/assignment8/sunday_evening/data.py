import numpy as np


def train_dev_test_split(X, y, dev_frac, test_frac, rng, stratify=False):
    if dev_frac <= 0 or test_frac <= 0 or dev_frac + test_frac >= 1:
        raise ValueError("fractions must be positive and leave something for training")
    if len(X) != len(y):
        raise ValueError("X and y must have the same length")
    if stratify:
        raise NotImplementedError  # tomorrow
    N = len(X)
    n_dev, n_test = int(round(N * dev_frac)), int(round(N * test_frac))
    if n_dev == 0 or n_test == 0 or n_dev + n_test >= N:
        raise ValueError("empty part")
    idx = rng.permutation(N)
    dev, test, train = idx[:n_dev], idx[n_dev : n_dev + n_test], idx[n_dev + n_test :]
    return X[train], y[train], X[dev], y[dev], X[test], y[test]


def standardize_splits(X_train, X_dev, X_test):
    def standardize(X):
        sigma = X.std(axis=0)
        sigma[sigma == 0] = 1
        return (X - X.mean(axis=0)) / sigma

    return standardize(X_train), standardize(X_dev), standardize(X_test)
