"""Clipping as PyTorch does it: a factor that is limited to 1, with a small number added to the norm."""

import numpy as np


def clip_by_value(g, limit):
    if not limit > 0:
        raise ValueError("clip_value must be positive")
    return np.minimum(np.maximum(g, -limit), limit)


def _total(arrays):
    norms = [np.linalg.norm(each.astype(np.float64).ravel()) for each in arrays]
    total = np.linalg.norm(np.stack(norms))
    if np.isnan(total) or np.isinf(total):
        raise ValueError("the total norm is non-finite, so it cannot be clipped")
    return total


def clip_by_norm(g, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be positive")
    coefficient = max_norm / (_total([g]) + 1e-6)
    return (g * min(coefficient, 1.0)).astype(g.dtype)


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be positive")
    total = _total(list(grads.values()))
    coefficient = np.clip(max_norm / (total + 1e-6), None, 1.0)
    return {key: g * coefficient for key, g in grads.items()}, total
