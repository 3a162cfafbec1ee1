"""Inverted dropout with a draw for each example, the last example first; the cache is a tuple with a boolean mask."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Fill the mask from its last row to its first."""
    _require_probability(keep_prob)
    return np.where(_kept(shape, keep_prob, rng), dtype(1 / keep_prob), dtype(0))


def dropout_forward(x, keep_prob, mode, rng=None):
    """Choose between x / keep_prob and zero."""
    if mode == "test":
        return x + 0, (None, 1.0)
    if mode != "train":
        raise ValueError(f"there is no mode {mode}")
    _require_probability(keep_prob)
    kept = _kept(x.shape, keep_prob, rng)
    return np.where(kept, x / keep_prob, np.zeros_like(x)), (kept, keep_prob)


def dropout_backward(dout, cache):
    """Choose between dout / keep_prob and zero."""
    kept, keep_prob = cache
    return dout + 0 if kept is None else np.where(kept, dout / keep_prob, np.zeros_like(dout))


def _kept(shape, keep_prob, rng):
    kept = np.zeros(shape, dtype=bool)
    for row in range(shape[0] - 1, -1, -1):
        kept[row] = rng.uniform(0, 1, size=shape[1:]) < keep_prob
    return kept


def _require_probability(keep_prob):
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob = {keep_prob} is not a probability above 0")
