"""Example by example, with Python's own functions."""

import math

import numpy as np


def softmax_loss_smoothed(z, y, eps=0.1):
    """Add up the losses of the examples."""
    if not 0.0 <= eps < 1.0:
        raise ValueError("eps is the share that is spread, so it must be in [0, 1)")
    n, classes = z.shape
    total, dz = 0.0, np.zeros((n, classes))
    for i in range(n):
        top = max(z[i])
        log_sum = math.log(sum(math.exp(score - top) for score in z[i]))
        for j in range(classes):
            label = (1 - eps if j == y[i] else 0.0) + eps / classes
            log_p = z[i, j] - top - log_sum
            total -= label * log_p
            dz[i, j] = (math.exp(log_p) - label) / n
    return total / n, dz
