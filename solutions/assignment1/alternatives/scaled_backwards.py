"""Layers from the last to the first, units in rows internally, float32 draws; one function for both rules."""

import math

import numpy as np


def compute_fans(shape):
    """Move the channels to the end and read a matrix."""
    if len(shape) == 4:
        c_out, c_in, *kernel = shape
        return [math.prod(kernel) * channels for channels in (c_in, c_out)]
    if len(shape) == 2:
        return list(shape)
    raise ValueError(f"shape {shape}: 2 or 4 axes")


def variance_scaling(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Draw the transposed array."""
    fan_in, fan_out = compute_fans(shape)
    try:
        n = dict(fan_in=fan_in, fan_out=fan_out, fan_avg=(fan_in + fan_out) / 2)[mode]  # noqa: C408 - one word a fan
    except KeyError:
        raise ValueError(f"mode {mode!r}") from None
    match distribution:
        case "normal":
            unit = rng.standard_normal(shape[::-1], dtype=np.float32)
        case "uniform":
            unit = math.sqrt(12) * (rng.random(shape[::-1], dtype=np.float32) - 0.5)
        case _:
            raise ValueError(f"distribution {distribution!r}")
    return unit.T.astype(float) * math.sqrt(scale / n)


def _network(layer_dims, rng, **options):
    parameters = {}
    for layer in reversed(range(1, len(layer_dims))):
        shape = layer_dims[layer - 1], layer_dims[layer]
        parameters[f"b{layer}"] = np.zeros(shape[1])
        parameters[f"W{layer}"] = variance_scaling(shape, rng, **options)
    return parameters


def initialize_parameters_xavier(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Leave it to the general function."""
    return _network(layer_dims, rng, mode=mode, distribution=distribution)


def initialize_parameters_he(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Leave it to the general function."""
    return _network(layer_dims, rng, scale=2 / (1 + negative_slope**2), distribution=distribution)
