"""Reflections at random hyperplanes (Stewart 1980)."""

import numpy as np


def orthogonal(shape, rng, gain=1.0):
    """Multiply reflections of growing size."""
    size = max(shape)
    q = np.eye(size)
    for k in range(size):
        v = rng.normal(size=size - k)
        sign = 1.0 if v[0] >= 0 else -1.0
        v[0] += sign * np.linalg.norm(v)
        v /= np.linalg.norm(v)
        reflected = q[:, k:] - 2 * np.outer(q[:, k:] @ v, v)
        q[:, k:] = reflected
        q[:, k] *= -sign
    return gain * q[: shape[0], : shape[1]] if shape[0] >= shape[1] else gain * q[:, : shape[0]].T
