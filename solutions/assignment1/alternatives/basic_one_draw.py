"""All weights drawn at once and cut into layers; units counted from a table of all pairs."""

import numpy as np


def initialize_parameters_zeros(layer_dims):
    """Take the sizes as an array."""
    sizes = np.asarray(layer_dims, dtype=int)
    if sizes.size < 2 or not (sizes > 0).all():
        raise ValueError(f"not the sizes of a network: {layer_dims}")
    weights = {f"W{i}": np.zeros(tuple(sizes[i - 1 : i + 1])) for i in range(1, sizes.size)}
    biases = {f"b{i}": np.zeros(sizes[i]) for i in range(1, sizes.size)}
    return weights | biases


def initialize_parameters_random(layer_dims, rng, scale=0.01):
    """Draw one long vector and reshape its parts."""
    sizes = np.array(layer_dims)
    counts = sizes[:-1] * sizes[1:]
    parts = np.split(rng.normal(scale=scale, size=counts.sum()), np.cumsum(counts)[:-1])
    parameters = {f"b{i}": np.zeros(sizes[i]) for i in range(1, len(sizes))}
    for i, part in enumerate(parts, start=1):
        parameters[f"W{i}"] = part.reshape(sizes[i - 1], sizes[i])
    return parameters


def count_distinct_units(W, b=None):
    """Count the units that equal no unit to their left."""
    units = W if b is None else np.concatenate([W, b[np.newaxis]])
    equal = (units[:, :, np.newaxis] == units[:, np.newaxis, :]).all(axis=0)
    return int(np.sum(~np.triu(equal, k=1).any(axis=0)))
