"""Inverted dropout with draws from the two values of the mask; the cache is an object."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Dropped:
    """What the backward pass needs."""

    factors: np.ndarray


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Choose between the two values."""
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    values = np.array([0.0, 1.0 / keep_prob], dtype=dtype)
    return rng.choice(values, size=shape, p=[1 - keep_prob, keep_prob])


def dropout_forward(x, keep_prob, mode, rng=None):
    """Multiply by factors, which are ones in mode "test"."""
    if mode == "train":
        factors = dropout_mask(x.shape, keep_prob, rng, x.dtype)
    elif mode == "test":
        factors = np.ones_like(x)
    else:
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    return np.multiply(factors, x), Dropped(factors)


def dropout_backward(dout, cache):
    """Multiply by the same factors."""
    return np.multiply(cache.factors, dout)
