"""The square root of a dot product for each row; the cache is a closure."""

import numpy as np


def rmsnorm_forward(x, gamma, eps=1e-5):
    """Divide by the length over the root of D, with eps inside."""
    inverse = 1.0 / np.sqrt(np.array([[row @ row] for row in x], dtype=x.dtype) / x.dtype.type(x.shape[1]) + eps)
    unit = x * inverse.astype(x.dtype)

    def backward(dout):
        g = dout * gamma
        return inverse * (g - unit * (g * unit).mean(axis=1)[:, None]), np.einsum("ij,ij->j", dout, unit)

    return gamma * unit, backward


def rmsnorm_backward(dout, cache):
    """Ask the forward pass."""
    return cache(dout)
