"""Gram and Schmidt: subtract what is already there, then normalize."""

import numpy as np


def orthogonal(shape, rng, gain=1.0):
    """Take normal vectors one after the other."""
    vectors = []
    for _ in range(min(shape)):
        vector = rng.standard_normal(max(shape))
        for _ in range(2):  # once more, for what rounding has left
            for other in vectors:
                vector = vector - (vector @ other) * other
        vectors.append(vector / np.sqrt(vector @ vector))
    rows = gain * np.array(vectors)
    return rows.T if shape[0] >= shape[1] else rows
