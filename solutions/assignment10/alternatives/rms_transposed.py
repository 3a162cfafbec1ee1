"""Examples as columns inside; einsum; the cache is an object."""

import numpy as np


class Cache:
    """What the backward pass needs."""

    def __init__(self, **values):
        """Keep the values."""
        self.__dict__.update(values)


def rmsnorm_forward(x, gamma, eps=1e-5):
    """Work on the transposed array."""
    columns = x.T
    scale = (np.einsum("dn,dn->n", columns, columns) / len(columns) + eps) ** -0.5
    return (columns * scale * gamma[:, None]).T.astype(x.dtype), Cache(columns=columns, scale=scale, gamma=gamma)


def rmsnorm_backward(dout, cache):
    """Project the gradient, and scale it."""
    unit = cache.columns * cache.scale
    g = dout.T * cache.gamma[:, None]
    along = np.einsum("dn,dn->n", g, unit) / len(unit)
    return ((g - unit * along) * cache.scale).T, np.einsum("nd,dn->d", dout, unit)
