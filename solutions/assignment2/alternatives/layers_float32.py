"""Inverted dropout with float32 draws and work in place on copies; the cache is a bare array."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Drop where a float32 draw is large, in place."""
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    mask = np.full(shape, 1 / keep_prob, dtype=dtype)
    mask[rng.random(shape, dtype=np.float32) >= keep_prob] = 0
    return mask


def dropout_forward(x, keep_prob, mode, rng=None):
    """Multiply a copy in place."""
    out = x.copy()
    if mode == "test":
        return out, np.ones(())
    if mode != "train":
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    mask = dropout_mask(x.shape, keep_prob, rng, dtype=x.dtype)
    out *= mask
    return out, mask


def dropout_backward(dout, cache):
    """Multiply a copy in place."""
    dx = dout.copy()
    dx *= cache
    return dx
