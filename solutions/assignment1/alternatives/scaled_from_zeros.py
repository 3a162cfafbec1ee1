"""The zeros of the other module with weights put in; normal numbers as differences, uniform ones by choice of sign."""

import numpy as np
from basic import initialize_parameters_zeros


def compute_fans(shape):
    """Unpack with a default kernel."""
    match tuple(shape):
        case (n_in, n_out):
            return n_in, n_out
        case (c_out, c_in, height, width):
            return c_in * height * width, c_out * height * width
        case _:
            raise ValueError(f"expected 2 or 4 axes, got {len(shape)}")


def variance_scaling(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Halve the variance of each of two draws; give a sign to numbers from 0 to L."""
    fan_in, fan_out = compute_fans(shape)
    if mode not in ("fan_in", "fan_out", "fan_avg"):
        raise ValueError(mode)
    variance = {"fan_in": scale / fan_in, "fan_out": scale / fan_out, "fan_avg": 2 * scale / (fan_in + fan_out)}[mode]
    if distribution == "normal":
        half = np.sqrt(variance / 2)
        return half * (rng.standard_normal(shape) - rng.standard_normal(shape))
    if distribution == "uniform":
        return np.sqrt(3 * variance) * rng.choice([-1.0, 1.0], shape) * rng.random(shape)
    raise ValueError(distribution)


def initialize_parameters_xavier(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Replace the weights of a network of zeros."""
    parameters = initialize_parameters_zeros(layer_dims)
    for name in [name for name in parameters if name[0] == "W"]:
        parameters[name] = variance_scaling(parameters[name].shape, rng, 1.0, mode, distribution)
    return parameters


def initialize_parameters_he(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Add weights to a network of zeros."""
    parameters = initialize_parameters_zeros(layer_dims)
    for name in [name for name in parameters if name[0] == "W"]:
        scale = 2 / (negative_slope**2 + 1)
        parameters[name] += variance_scaling(parameters[name].shape, rng, scale, "fan_in", distribution)
    return parameters
