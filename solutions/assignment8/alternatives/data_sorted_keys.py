"""Random keys are sorted; everything is done on one table that holds the labels' positions, too."""

import numpy as np


def train_dev_test_split(X, y, dev_frac, test_frac, rng, stratify=False):
    """Rank random keys within each class: low ranks are dev, the next ones test."""
    if len(y) != len(X) or not 0 < dev_frac < 1 or not 0 < test_frac < 1 or not dev_frac + test_frac < 1:
        raise ValueError("no split")
    keys = rng.random(len(X))
    groups = np.unique(y, return_inverse=True)[1].ravel() if stratify else np.zeros(len(X), dtype=int)
    order = np.lexsort((keys, groups))
    sizes = np.bincount(groups)
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    ranks = np.empty(len(X))
    ranks[order] = np.arange(len(X)) - starts
    of_group = sizes[groups]
    dev = ranks < np.ceil(of_group * dev_frac - 1e-9)
    test = ~dev & (ranks >= of_group - np.round(of_group * test_frac))
    train = ~dev & ~test
    if not (train.any() and dev.any() and test.any()):
        raise ValueError("an empty part")
    by_key = np.argsort(keys)
    chosen = [by_key[part[by_key]] for part in (train, dev, test)]
    return X[chosen[0]], y[chosen[0]], X[chosen[1]], y[chosen[1]], X[chosen[2]], y[chosen[2]]


def standardize_splits(X_train, X_dev, X_test):
    """One matrix product for all: scale times (x, 1)."""
    mean = np.add.reduce(X_train) / X_train.shape[0]
    centred = X_train - mean
    deviation = np.sqrt(np.einsum("ij,ij->j", centred, centred) / X_train.shape[0])
    scale = np.divide(1.0, deviation, out=np.ones_like(deviation), where=deviation > 0)
    together = (np.vstack([X_train, X_dev, X_test]) - mean) * scale
    a, b = len(X_train), len(X_train) + len(X_dev)
    return [together[:a], together[a:b], together[b:]]
