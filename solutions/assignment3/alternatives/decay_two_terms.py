"""The L2 gradient added to copies of the gradients; the soft threshold as two ramps."""

import numpy as np


def update_parameters_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    """Step along the sum of the two gradients."""
    new = {}
    for layer in range(1, len(parameters) // 2 + 1):
        dW = grads[f"dW{layer}"] + lambd / m * parameters[f"W{layer}"]
        new[f"W{layer}"] = parameters[f"W{layer}"] - learning_rate * dW
        new[f"b{layer}"] = parameters[f"b{layer}"] - learning_rate * grads[f"db{layer}"]
    return new


def soft_threshold(w, t):
    """Subtract a ramp on the left from a ramp on the right."""
    if t < 0:
        raise ValueError(f"t = {t:g} is negative")
    return np.maximum(w - t, 0) - np.maximum(-w - t, 0)
