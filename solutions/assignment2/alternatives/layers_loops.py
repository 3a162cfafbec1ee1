"""Inverted dropout with one draw for each entry in turn; the cache is a list."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Toss one coin after the other."""
    if keep_prob <= 0 or keep_prob > 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    mask = np.zeros(shape, dtype)
    for index in np.ndindex(mask.shape):
        if rng.random() < keep_prob:
            mask[index] = 1.0 / keep_prob
    return mask


def dropout_forward(x, keep_prob, mode, rng=None):
    """Multiply entry by entry."""
    if mode == "test":
        return x.copy(), ["test"]
    if mode == "train":
        mask = dropout_mask(x.shape, keep_prob, rng)
        out = np.empty_like(x)
        for index in np.ndindex(x.shape):
            out[index] = x[index] * mask[index]
        return out, ["train", mask]
    raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")


def dropout_backward(dout, cache):
    """Multiply entry by entry."""
    if cache[0] == "test":
        return dout.copy()
    dx = np.empty_like(dout)
    for index in np.ndindex(dout.shape):
        dx[index] = dout[index] * cache[1][index]
    return dx
