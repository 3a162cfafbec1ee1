"""Dropout as first published with binomial draws; the variance as mean of the square minus square of the mean."""


def vanilla_dropout_forward(x, keep_prob, mode, rng=None):
    """Use the expected number of successes at test time."""
    if mode == "test":
        return keep_prob * x
    if mode == "train":
        return x * rng.binomial(1, keep_prob, x.shape)
    raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")


def dropout_moments(x, keep_prob):
    """Use E[y^2] - E[y]^2."""
    mean = 1.0 * x
    return mean, keep_prob * (x / keep_prob) ** 2 - mean**2
