"""Arrays made first and filled by the generator; distinct rows of the transposed matrix."""

import numpy as np


def initialize_parameters_zeros(layer_dims):
    """Take what the random version makes, without its numbers."""
    if len(layer_dims) < 2 or min(layer_dims) < 1:
        raise ValueError(f"layer_dims: {layer_dims}")
    drawn = initialize_parameters_random(layer_dims, np.random.default_rng(0))
    return {name: np.zeros_like(value) for name, value in drawn.items()}


def initialize_parameters_random(layer_dims, rng, scale=0.01):
    """Fill arrays, then scale them in place; biases are drawn as well, and forgotten."""
    parameters = {}
    for layer in range(1, len(layer_dims)):
        W = np.empty((layer_dims[layer - 1], layer_dims[layer]))
        rng.standard_normal(out=W)
        W *= scale
        parameters["W%d" % layer] = W  # noqa: UP031 - as in the notebooks
        parameters["b%d" % layer] = 0.0 * rng.standard_normal(layer_dims[layer])  # noqa: UP031 - the same
    return parameters


def count_distinct_units(W, b=None):
    """Put the bias in front of the weights of its unit."""
    rows = W.T if b is None else np.column_stack((b, W.T))
    return np.int64(len(np.unique(rows, axis=0)))
