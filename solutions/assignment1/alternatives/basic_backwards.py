"""Layers made from the last to the first, biases first, with float32 draws; units counted as a set of tuples."""

import numpy as np


def initialize_parameters_zeros(layer_dims):
    """Walk from the output to the input."""
    sizes = list(layer_dims)
    if len(sizes) <= 1:
        raise ValueError("layer_dims needs an input and an output")
    if min(sizes) <= 0:
        raise ValueError(f"every layer needs a unit, got {sizes}")
    parameters = {}
    while len(sizes) > 1:
        layer, n_out = len(sizes) - 1, sizes.pop()
        parameters[f"b{layer}"] = np.zeros((n_out,), dtype=float)
        parameters[f"W{layer}"] = np.zeros((sizes[-1], n_out), dtype=float)
    return parameters


def initialize_parameters_random(layer_dims, rng, scale=0.01):
    """Replace the weights, in the order of the dictionary; precision is added after the draw."""
    parameters = initialize_parameters_zeros(layer_dims)
    for name, value in parameters.items():
        if name.startswith("W"):
            parameters[name] = scale * rng.standard_normal(value.shape, dtype=np.float32).astype(np.float64)
    return parameters


def count_distinct_units(W, b=None):
    """Collect the columns, each with its bias, in a set."""
    columns = zip(*W.tolist(), strict=True)
    biases = [None] * W.shape[1] if b is None else b.tolist()
    return len(set(zip(columns, biases, strict=True)))
