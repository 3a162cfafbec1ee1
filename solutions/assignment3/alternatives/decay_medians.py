"""Two dictionaries merged; the soft threshold as the median of three numbers."""

import numpy as np


class NegativeThresholdError(ValueError):
    """A threshold below zero."""


def update_parameters_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    """Decay first, in a dictionary of its own, then step."""
    decayed = {name: value - learning_rate * lambd * value / m for name, value in parameters.items() if "W" in name}
    start = {**parameters, **decayed}
    return {name: np.subtract(start[name], np.multiply(learning_rate, grads[f"d{name}"])) for name in start}


def soft_threshold(w, t):
    """The middle one of w - t, 0 and w + t."""
    if t < 0:
        raise NegativeThresholdError(t)
    return np.median(np.stack([w - t, np.zeros_like(w), w + t]), axis=0)
