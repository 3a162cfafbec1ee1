"""Inverted dropout with draws for one row after the other, and entry by entry; the cache is a list."""

import numpy as np


def dropout_mask(shape, keep_prob, rng, dtype=np.float64):
    """Toss the coins of one row after the other."""
    if keep_prob <= 0 or keep_prob > 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    coins = [
        [1.0 / keep_prob if draw < keep_prob else 0.0 for draw in rng.random(shape[1:]).ravel().tolist()]
        for _ in range(shape[0])
    ]
    return np.array(coins, dtype).reshape(shape)


def dropout_forward(x, keep_prob, mode, rng=None):
    """Multiply entry by entry."""
    if mode == "test":
        return x.copy(), ["test"]
    if mode == "train":
        mask = dropout_mask(x.shape, keep_prob, rng)
        return products(x, mask), ["train", mask]
    raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")


def dropout_backward(dout, cache):
    """Multiply entry by entry."""
    if cache[0] == "test":
        return dout.copy()
    return products(dout, cache[1])


def products(a, b):
    """Multiply entry by entry."""
    entries = [x * y for x, y in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)]
    return np.array(entries, a.dtype).reshape(a.shape)
