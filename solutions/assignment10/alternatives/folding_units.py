"""Unit by unit."""

import math

import numpy as np


def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, eps=1e-5):
    """Fold one column after the other."""
    W_folded, b_folded = np.empty_like(W), np.empty_like(b)
    for j in range(W.shape[1]):
        std = math.sqrt(running_var[j] + eps)
        W_folded[:, j] = W[:, j] * gamma[j] / std
        b_folded[j] = (b[j] - running_mean[j]) * gamma[j] / std + beta[j]
    return W_folded, b_folded
