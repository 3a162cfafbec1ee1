"""Signs by the toss of a coin, in the place of R's."""

import numpy as np


def orthogonal(shape, rng, gain=1.0):
    """Decompose, and turn each column with probability one half."""
    tall = shape if shape[0] >= shape[1] else shape[::-1]
    q = np.linalg.qr(rng.normal(size=tall))[0]
    q *= rng.choice([-1.0, 1.0], size=tall[1])
    return gain * q if tall == shape else gain * q.T
