"""Normal weights made of uniform numbers; units counted after sorting."""

import numpy as np


def initialize_parameters_zeros(layer_dims):
    """Let numpy make zeros like what will stand there later."""
    if len(layer_dims) < 2:
        raise ValueError("too few layers")
    for size in layer_dims:
        if size < 1:
            raise ValueError(f"a layer of size {size}")
    return {
        name: np.zeros(shape)
        for i in range(len(layer_dims) - 1)
        for name, shape in ((f"W{i + 1}", (layer_dims[i], layer_dims[i + 1])), (f"b{i + 1}", layer_dims[i + 1]))
    }


def initialize_parameters_random(layer_dims, rng, scale=0.01):
    """Use the method of Box and Muller."""
    parameters = initialize_parameters_zeros(layer_dims)
    for name in [name for name in parameters if "W" in name]:
        shape = parameters[name].shape
        radius = np.sqrt(-2 * np.log1p(-rng.random(shape)))
        parameters[name] += scale * radius * np.cos(2 * np.pi * rng.random(shape))
    return parameters


def count_distinct_units(W, b=None):
    """Sort the units and count where a new one begins."""
    units = np.array(W) if b is None else np.r_[W, b.reshape(1, -1)]
    ordered = units[:, np.lexsort(units)]
    return 1 + int((ordered[:, 1:] != ordered[:, :-1]).any(axis=0).sum())
