"""The dictionary built from pairs of sizes; weights drawn unit by unit from nested lists; units compared one by one."""

from itertools import pairwise

import numpy as np


def initialize_parameters_zeros(layer_dims):
    """Multiply fresh uninitialized arrays away, by filling them."""
    if len(layer_dims) < 2 or any(size <= 0 for size in layer_dims):
        raise ValueError(f"layer_dims needs two or more positive sizes, got {layer_dims}")
    parameters = {}
    for layer, shape in enumerate(pairwise(layer_dims), start=1):
        parameters[f"W{layer}"] = np.full(shape, 0.0)
        parameters[f"b{layer}"] = np.full(shape[1], 0.0)
    return parameters


def initialize_parameters_random(layer_dims, rng, scale=0.01):
    """Draw the weights of one unit after the other: the columns of W."""
    parameters = {}
    for layer, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
        units = [rng.normal(0, scale, n_in) for _ in range(n_out)]
        parameters["W" + str(layer)] = np.array(units).T
        parameters["b" + str(layer)] = np.array([0.0] * n_out)
    return parameters


def count_distinct_units(W, b=None):
    """Keep each unit that equals none kept before."""
    if b is None:
        b = np.zeros(W.shape[1])
    kept = []
    for j in range(W.shape[1]):
        if not any((W[:, j] == W[:, i]).all() and b[j] == b[i] for i in kept):
            kept.append(j)
    return len(kept)
