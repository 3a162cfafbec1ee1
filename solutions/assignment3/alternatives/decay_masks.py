"""Boolean masks and in-place work on fresh arrays; the dtype of the input is kept."""

import numpy as np


def update_parameters_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    """Shrink weights by a factor that is 1 for biases."""
    factor = {True: 1 - learning_rate * lambd / m, False: 1.0}
    return {
        name: np.add(factor[value.ndim == 2] * value, -learning_rate * grads[f"d{name}"])
        for name, value in reversed(parameters.items())
    }


def soft_threshold(w, t):
    """Move the entries beyond the threshold and leave zeros elsewhere."""
    if t < 0:
        raise ValueError(f"t must be at least 0, got {t}")
    out = np.zeros_like(w)
    right, left = w > t, w < -t
    out[right] = w[right] - t
    out[left] = w[left] + t
    return out
