"""numpy scalars instead of Python's; a vector of errors is checked at once."""

import numpy as np


def diagnose(train_error, dev_error, target_error=0.0, tol=0.02):
    """Differences of a vector."""
    errors = np.array([target_error, train_error, dev_error])
    if np.any((errors < 0) | (errors > 1)):
        raise ValueError(f"fractions are expected: {errors}")
    bias, variance = np.diff(errors)
    return {"bias": bias, "variance": variance, "high_bias": bias > tol, "high_variance": variance > tol}


def count_parameters(layer_dims, batchnorm=False):
    """A dot product of neighbouring sizes."""
    dims = np.array(layer_dims)
    count = dims[:-1] @ dims[1:] + dims[1:].sum()
    return count + 2 * dims[1:-1].sum() * batchnorm
