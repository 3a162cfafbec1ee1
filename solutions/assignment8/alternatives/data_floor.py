"""Sizes are rounded down, draws without replacement, a class for standardization as a library would have it."""

import numpy as np


class _Scaler:
    def fit(self, X):
        """Remember mean and scale."""
        self.mean_ = X.mean(0)
        self.scale_ = np.sqrt(X.var(0))
        self.scale_[self.scale_ == 0] = 1
        return self

    def transform(self, X):
        """Apply them."""
        return (X - self.mean_) / self.scale_


def train_dev_test_split(X, y, dev_frac, test_frac, rng, stratify=False):
    """Choose the test set, then the dev set of what is left."""
    if X.shape[0] != y.shape[0]:
        raise ValueError(f"{X.shape[0]} examples and {y.shape[0]} labels")
    if min(dev_frac, test_frac) <= 0 or dev_frac + test_frac >= 1.0:
        raise ValueError(f"fractions {dev_frac}, {test_frac}")
    part_of = np.zeros(len(X), dtype=int)
    for label in np.unique(y) if stratify else [None]:
        members = np.arange(len(X)) if label is None else np.nonzero(y == label)[0]
        n_test, n_dev = int(test_frac * len(members) + 1e-9), int(dev_frac * len(members) + 1e-9)
        test = rng.choice(members, size=n_test, replace=False)
        dev = rng.choice(np.setdiff1d(members, test), size=n_dev, replace=False)
        part_of[test], part_of[dev] = 2, 1
    masks = [part_of == k for k in range(3)]
    if not all(mask.any() for mask in masks):
        raise ValueError("a part is empty")
    return tuple(array[mask] for mask in masks for array in (X, y))


def standardize_splits(X_train, X_dev, X_test):
    """Fit on the training set."""
    scaler = _Scaler().fit(X_train)
    return tuple(map(scaler.transform, (X_train, X_dev, X_test)))
