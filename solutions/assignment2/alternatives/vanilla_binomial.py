"""Dropout as first published with binomial draws; the variance as mean of the square minus square of the mean."""

from typing import NamedTuple

import numpy as np


class Moments(NamedTuple):
    """A tuple with names is a tuple too."""

    mean: np.ndarray
    var: np.ndarray


def vanilla_dropout_forward(x, keep_prob, mode, rng=None):
    """Use the expected number of successes at test time."""
    if mode not in ("train", "test") or not 0 < keep_prob <= 1:
        raise ValueError(f"there is no mode {mode!r} with keep_prob = {keep_prob}")
    if mode == "test":
        return keep_prob * x
    return x * rng.binomial(1, keep_prob, x.shape).astype(x.dtype)


def dropout_moments(x, keep_prob):
    """Use E[y^2] - E[y]^2."""
    mean = 1.0 * x
    return Moments(mean=mean, var=keep_prob * (x / keep_prob) ** 2 - mean**2)
