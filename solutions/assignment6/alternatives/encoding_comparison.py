"""One-hot rows by comparing every label with every class."""

import numpy as np


def one_hot(y, num_classes):
    labels = np.arange(num_classes)
    rows = y.reshape(-1, 1) == labels.reshape(1, -1)
    if not rows.any(axis=1).all():
        raise ValueError("there is a label that is no class")
    return rows.astype(float)
