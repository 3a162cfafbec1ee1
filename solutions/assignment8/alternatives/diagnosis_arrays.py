"""Counts the entries of arrays that it makes; compares sums instead of differences."""

from itertools import pairwise

import numpy as np


def diagnose(train_error, dev_error, target_error=0.0, tol=0.02):
    """A dictionary made of a table."""
    if any(not (0 <= error <= 1) for error in (train_error, dev_error, target_error)):
        raise ValueError("errors are fractions")
    table = (("bias", train_error, target_error), ("variance", dev_error, train_error))
    numbers = {name: float(np.subtract(upper, lower)) for name, upper, lower in table}
    flags = {"high_" + name: bool(np.greater(value, tol)) for name, value in numbers.items()}
    return numbers | flags


def count_parameters(layer_dims, batchnorm=False):
    """Build the network, then ask numpy for the sizes."""
    arrays = []
    for n_in, n_out in pairwise(layer_dims):
        arrays += [np.empty((n_in, n_out)), np.empty(n_out)]
    for n_hidden in layer_dims[1:-1] if batchnorm else []:
        arrays += [np.empty(n_hidden), np.empty(n_hidden)]
    return sum(array.size for array in arrays)
