"""One-hot rows through positions in the flattened table, checked by a set."""

import numpy as np


def one_hot(y, num_classes):
    if not set(np.unique(y).tolist()) <= set(range(num_classes)):
        raise ValueError("labels out of range")
    flat = np.zeros(len(y) * num_classes)
    np.put(flat, np.arange(len(y)) * num_classes + np.asarray(y, dtype=int), 1)
    return flat.reshape(len(y), num_classes)
