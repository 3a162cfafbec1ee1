"""Dropout as first published, from the inverted version of the other module; the variance from that of the mask."""

from layers import dropout_mask


def vanilla_dropout_forward(x, keep_prob, mode, rng=None):
    """Take the scale off the mask of inverted dropout."""
    if mode not in ("train", "test") or not 0 < keep_prob <= 1:
        raise ValueError(f"there is no mode {mode!r} with keep_prob = {keep_prob}")
    if mode == "test":
        return x * keep_prob
    return x * (dropout_mask(x.shape, keep_prob, rng) != 0)


def dropout_moments(x, keep_prob):
    """Scale the moments of the mask."""
    mask_mean, mask_variance = 1.0, 1 / keep_prob - 1
    return x * mask_mean, x * mask_variance * x
