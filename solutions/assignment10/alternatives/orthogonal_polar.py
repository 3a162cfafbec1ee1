"""The nearest orthogonal matrix to a normal one, from the singular value decomposition."""

import numpy as np


def orthogonal(shape, rng, gain=1.0):
    """Set all singular values to the gain."""
    u, _, vt = np.linalg.svd(rng.normal(size=shape), full_matrices=False)
    return gain * (u @ vt)
