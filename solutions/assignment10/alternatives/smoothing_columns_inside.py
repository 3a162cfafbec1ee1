"""Classes as rows inside, as in courses whose examples are columns."""

import numpy as np


def softmax_loss_smoothed(z, y, eps=0.1):
    """Transpose, compute, transpose back."""
    if eps < 0 or eps >= 1:
        raise ValueError("eps outside [0, 1)")
    Z = z.T - z.T.max(axis=0)
    C, m = Z.shape
    Y = np.full((C, m), eps / C)
    Y[y, range(m)] = 1 - eps + eps / C
    log_A = Z - np.log(np.exp(Z).sum(axis=0))
    cost = -(Y * log_A).sum() / m
    return np.float64(cost), ((np.exp(log_A) - Y) / m).T
