"""Inverted dropout with exponential draws: one exceeds -log(keep_prob) with probability keep_prob."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Keep where the waiting time is long."""
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    kept = rng.standard_exponential(size=shape) >= -np.log(keep_prob)
    return np.divide(kept, keep_prob, dtype=np.float64).astype(dtype)


def dropout_forward(x, keep_prob, mode, rng=None):
    """Multiply by an outer function's mask; the cache is the backward pass itself."""
    if mode == "test":
        return x, lambda dout: dout
    if mode != "train":
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    mask = dropout_mask(x.shape, keep_prob, rng, dtype=x.dtype.type)
    return x * mask, lambda dout: mask * dout


def dropout_backward(dout, cache):
    """Call the function that the forward pass left."""
    return cache(dout)
