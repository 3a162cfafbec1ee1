"""Send the zero vector and the unit vectors through both steps, and read the folded layer off."""

import numpy as np


def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, eps=1e-5):
    """A linear layer is known by what it does to a basis."""

    def both(x):
        return gamma * (x @ W + b - running_mean) / np.sqrt(running_var + eps) + beta

    bias = both(np.zeros(W.shape[0]))
    return both(np.eye(W.shape[0])) - bias, bias
