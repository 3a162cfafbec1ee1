"""In place, on a deep copy; the soft threshold as what clipping leaves."""

import copy

import numpy as np


def update_parameters_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    """Shrink and step in place on a copy."""
    new = copy.deepcopy(parameters)
    for name in new:
        if name[0] == "W":
            new[name] *= 1.0 - (learning_rate * lambd) / m
        new[name] -= learning_rate * grads["d" + name]
    return new


def soft_threshold(w, t):
    """Take away the part between -t and t."""
    if not t >= 0:
        raise ValueError(f"t must be 0 or more, got {t!r}")
    return w - np.clip(w, -t, t)
