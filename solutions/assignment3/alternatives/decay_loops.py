"""Plain loops over entries; the soft threshold by cases."""

import numpy as np


def update_parameters_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    """Update entry by entry."""
    new = {}
    for name, value in parameters.items():
        decay = lambd / m if name.startswith("W") else 0.0
        flat = [
            w - learning_rate * (g + decay * w)
            for w, g in zip(value.ravel().tolist(), grads["d" + name].ravel().tolist(), strict=True)
        ]
        new[name] = np.array(flat).reshape(value.shape)
    return new


def soft_threshold(w, t):
    """Decide for each entry."""
    if t < 0:
        raise ValueError("a threshold cannot be negative")
    result = np.zeros(np.shape(w))
    for index, value in np.ndenumerate(w):
        if value > t:
            result[index] = value - t
        elif value < -t:
            result[index] = value + t
    return result
