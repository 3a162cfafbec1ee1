"""Lists and loops: examples are dealt out one by one; statistics feature by feature."""

import math

import numpy as np


def train_dev_test_split(X, y, dev_frac, test_frac, rng, stratify=False):
    """Shuffle a list of indices, and cut it; a class at a time if asked."""
    N = len(X)
    if len(y) != N:
        raise ValueError("X and y must have one length")
    if dev_frac <= 0 or test_frac <= 0 or dev_frac + test_frac >= 1:
        raise ValueError("the fractions leave nothing")
    classes = {}
    for i in range(N):
        classes.setdefault(int(y[i]) if stratify else 0, []).append(i)
    train, dev, test = [], [], []
    for members in classes.values():
        for i in range(len(members) - 1, 0, -1):
            j = int(rng.integers(i + 1))
            members[i], members[j] = members[j], members[i]
        n_dev = math.floor(len(members) * dev_frac + 0.5)
        n_test = math.floor(len(members) * test_frac + 0.5)
        dev += members[:n_dev]
        test += members[n_dev : n_dev + n_test]
        train += members[n_dev + n_test :]
    if not (train and dev and test):
        raise ValueError("an empty part")
    return (
        np.array([X[i] for i in train]),
        np.array([y[i] for i in train]),
        np.array([X[i] for i in dev]),
        np.array([y[i] for i in dev]),
        np.array([X[i] for i in test]),
        np.array([y[i] for i in test]),
    )


def standardize_splits(X_train, X_dev, X_test):
    """Copies, one column at a time."""
    parts = [np.array(part, dtype=float) for part in (X_train, X_dev, X_test)]
    for j in range(X_train.shape[1]):
        mean = sum(X_train[:, j]) / len(X_train)
        deviation = math.sqrt(sum((v - mean) ** 2 for v in X_train[:, j]) / len(X_train))
        for part in parts:
            part[:, j] = (part[:, j] - mean) / (deviation if deviation > 0 else 1.0)
    return parts
