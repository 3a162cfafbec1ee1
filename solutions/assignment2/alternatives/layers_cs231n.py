"""Inverted dropout in the manner of CS231n's second assignment: the cache is (parameters, mask)."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Compare from the other side: drop the first 1 - keep_prob."""
    if keep_prob <= 0 or keep_prob > 1:
        raise ValueError("keep_prob must be in (0, 1]")
    return ((rng.random(size=shape) >= 1 - keep_prob) / keep_prob).astype(dtype, copy=False)


def dropout_forward(x, keep_prob, mode, rng=None):
    """Keep the parameters beside the mask."""
    dropout_param = {"p": keep_prob, "mode": mode}
    mask = None
    if mode == "train":
        mask = dropout_mask(x.shape, dropout_param["p"], rng)
        out = x * mask
    elif mode == "test":
        out = x
    else:
        raise ValueError("unknown mode " + mode)
    cache = (dropout_param, mask)
    return out.astype(x.dtype, copy=False), cache


def dropout_backward(dout, cache):
    """Look at the mode of the forward pass."""
    dropout_param, mask = cache
    if dropout_param["mode"] == "train":
        dx = dout * mask
    elif dropout_param["mode"] == "test":
        dx = dout
    return dx
