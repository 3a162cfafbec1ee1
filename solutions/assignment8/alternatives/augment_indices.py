"""Fancy indices instead of slices, binomial draws, one number for both coordinates of a window."""

import numpy as np


def random_horizontal_flip(x, p, rng):
    """Columns are taken from the right where a coin says so."""
    if not (p >= 0 and p <= 1):
        raise ValueError("p is a probability")
    W = x.shape[3]
    coins = rng.binomial(1, p, size=len(x))
    columns = np.where(coins[:, None] == 1, np.arange(W)[::-1], np.arange(W))
    return np.take_along_axis(x, columns[:, None, None, :], axis=3)


def random_crop(x, crop_h, crop_w, rng, padding=0):
    """A place is a number from 0 to rows * columns - 1."""
    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    rows, columns = padded.shape[2] - crop_h + 1, padded.shape[3] - crop_w + 1
    if min(rows, columns) <= 0:
        raise ValueError("the window does not fit")
    top, left = np.divmod(rng.integers(rows * columns, size=len(x)), columns)
    i = top[:, None, None, None] + np.arange(crop_h)[None, None, :, None]
    j = left[:, None, None, None] + np.arange(crop_w)[None, None, None, :]
    return padded[np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[None, :, None, None], i, j]
