"""einsum, and the constant parts added up one by one."""

import numpy as np


def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, eps=1e-5):
    """Scale and shift as broadcasting does not."""
    factor = np.divide(gamma, np.sqrt(np.add(running_var, eps)))
    shift = beta - factor * running_mean
    return np.einsum("ij,j->ij", W, factor), shift + np.einsum("j,j->j", factor, b)
