"""One-hot rows label by label."""

import numpy as np


def one_hot(y, num_classes):
    rows = np.zeros((len(y), num_classes))
    for i, label in enumerate(y):
        if label not in range(num_classes):
            raise ValueError(f"label {label} is not one of {num_classes} classes")
        rows[i, int(label)] = 1.0
    return rows
