"""A computational graph, one step after the other and back again; the cache is a list."""

import numpy as np


def rmsnorm_forward(x, gamma, eps=1e-5):
    """Square, average, add, root, divide, scale."""
    squares = x * x
    mean = squares.sum(axis=1, keepdims=True) / x.shape[1]
    root = np.sqrt(mean + eps)
    xhat = x / root
    return xhat * gamma, [x, root, xhat, gamma]


def rmsnorm_backward(dout, cache):
    """Go back through the same steps."""
    x, root, xhat, gamma = cache
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    dx = dxhat / root
    droot = -(dxhat * x).sum(axis=1, keepdims=True) / root**2
    dmean = droot / (2 * root)
    dx += 2 * x * dmean / x.shape[1]
    return dx, dgamma
