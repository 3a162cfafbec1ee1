"""Dropout as first published, entry by entry; the moments as sums over the two outcomes of the coin."""

import numpy as np


def vanilla_dropout_forward(x, keep_prob, mode, rng=None):
    """Go from coin to coin."""
    if mode not in ("train", "test") or not 0 < keep_prob <= 1:
        raise ValueError(f"there is no mode {mode!r} with keep_prob = {keep_prob}")
    if mode == "test":
        out = [keep_prob * value for value in x.ravel().tolist()]
    else:
        draws = rng.random(x.size).tolist()
        out = [value if draw < keep_prob else 0.0 for value, draw in zip(x.ravel().tolist(), draws, strict=True)]
    return np.array(out, x.dtype).reshape(x.shape)


def dropout_moments(x, keep_prob):
    """Weigh the outcomes with their probabilities."""
    outcomes = ((x / keep_prob, keep_prob), (0.0 * x, 1 - keep_prob))
    mean = sum(value * probability for value, probability in outcomes)
    var = sum((value - mean) ** 2 * probability for value, probability in outcomes)
    return mean, var
