"""Inverted dropout with binomial draws; the cache is a dictionary, the mask is whole numbers until it is used."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Draw 0 or 1 from the binomial distribution of one trial."""
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    return rng.binomial(1, keep_prob, size=shape).astype(dtype) / dtype(keep_prob)


def dropout_forward(x, keep_prob, mode, rng=None):
    """Zero the dropped entries of a scaled copy."""
    if mode not in {"train", "test"}:
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    if mode == "test":
        return x, {"mode": mode}
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    kept = rng.binomial(1, keep_prob, size=x.shape)
    out = x / keep_prob
    out[kept == 0] = 0
    return out, {"mode": mode, "kept": kept, "keep_prob": keep_prob}


def dropout_backward(dout, cache):
    """Zero the dropped entries of a scaled copy."""
    if cache["mode"] == "test":
        return dout
    dx = dout / cache["keep_prob"]
    dx[cache["kept"] == 0] = 0
    return dx
