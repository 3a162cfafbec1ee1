"""Dropout as first published in place on copies, drawn backwards with float32 numbers; the variance from a coin's."""

import numpy as np


def vanilla_dropout_forward(x, keep_prob, mode, rng=None):
    """Zero the dropped entries of a copy."""
    if mode not in ("train", "test") or not 0 < keep_prob <= 1:
        raise ValueError(f"there is no mode {mode!r} with keep_prob = {keep_prob}")
    out = np.array(x)
    if mode == "test":
        out *= keep_prob
    else:
        out[rng.random(x.shape, dtype=np.float32)[::-1] > keep_prob] = 0.0
    return out


def dropout_moments(x, keep_prob):
    """Scale the variance of a coin, keep_prob (1 - keep_prob), by the square of the factor x / keep_prob."""
    coin_variance = keep_prob * (1 - keep_prob)
    return np.array(x), np.square(x / keep_prob) * coin_variance
