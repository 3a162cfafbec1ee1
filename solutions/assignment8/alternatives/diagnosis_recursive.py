"""Recursion over the layers, the bias as a weight of a constant input; an ordered diagnosis."""

from collections import OrderedDict


def diagnose(train_error, dev_error, target_error=0.0, tol=0.02):
    """The same entries in another order."""
    if not (min(train_error, dev_error, target_error) >= 0 and max(train_error, dev_error, target_error) <= 1):
        raise ValueError("an error is outside of [0, 1]")
    found = OrderedDict()
    found["high_variance"] = dev_error - train_error > tol
    found["high_bias"] = train_error - target_error > tol
    found["variance"] = dev_error - train_error
    found["bias"] = train_error - target_error
    return dict(found)


def count_parameters(layer_dims, batchnorm=False):
    """The first layer, and the rest."""
    first, second, *rest = layer_dims
    here = (first + 1) * second
    if not rest:
        return here
    return here + (2 * second if batchnorm else 0) + count_parameters([second, *rest], batchnorm)
