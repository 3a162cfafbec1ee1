"""Inverted dropout with one draw for each entry in turn; the cache is a list."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Toss one coin after the other."""
    if keep_prob <= 0 or keep_prob > 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    mask = np.zeros(shape, dtype)
    for i in range(mask.size):
        if rng.random() < keep_prob:
            mask.flat[i] = 1.0 / keep_prob
    return mask


def dropout_forward(x, keep_prob, mode, rng=None):
    """Multiply entry by entry."""
    if mode == "test":
        return x.copy(), ["test"]
    if mode == "train":
        mask = dropout_mask(x.shape, keep_prob, rng)
        out = np.empty_like(x)
        for i in range(x.size):
            out.flat[i] = x.flat[i] * mask.flat[i]
        return out, ["train", mask]
    raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")


def dropout_backward(dout, cache):
    """Multiply entry by entry."""
    if cache[0] == "test":
        return dout.copy()
    dx = np.empty_like(dout)
    for i in range(dout.size):
        dx.flat[i] = dout.flat[i] * cache[1].flat[i]
    return dx
