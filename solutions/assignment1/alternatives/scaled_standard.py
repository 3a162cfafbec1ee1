"""Standard draws, scaled afterwards; each rule with its own formula."""

import numpy as np


def compute_fans(shape):
    """Multiply the channels by the receptive field."""
    if len(shape) not in (2, 4):
        raise ValueError(f"no fans of shape {shape}")
    if len(shape) == 2:
        return tuple(shape)
    field = np.prod(shape[2:])
    return shape[1] * field, shape[0] * field


def variance_scaling(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Divide by the root of n."""
    fan_in, fan_out = compute_fans(shape)
    if mode == "fan_in":
        n = fan_in
    elif mode == "fan_out":
        n = fan_out
    elif mode == "fan_avg":
        n = 0.5 * (fan_in + fan_out)
    else:
        raise ValueError(f"unknown mode {mode}")
    if distribution == "normal":
        return rng.standard_normal(shape) * np.sqrt(scale / n)
    if distribution == "uniform":
        return (2 * rng.random(shape) - 1) * np.sqrt(3 * scale / n)
    raise ValueError(f"unknown distribution {distribution}")


def initialize_parameters_xavier(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Write the formulas of the papers down, one by one."""
    parameters = {}
    for i in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[i - 1], layer_dims[i]
        if distribution == "uniform":
            limit = np.sqrt(6 / (n_in + n_out)) if mode == "fan_avg" else np.sqrt(3 / n_in)
            parameters[f"W{i}"] = rng.uniform(-limit, limit, (n_in, n_out))
        else:
            std = np.sqrt(2 / (n_in + n_out)) if mode == "fan_avg" else np.sqrt(1 / n_in)
            parameters[f"W{i}"] = rng.standard_normal((n_in, n_out)) * std
        parameters[f"b{i}"] = np.zeros(n_out)
    return parameters


def initialize_parameters_he(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Take the gain apart."""
    gain = np.sqrt(2 / (1 + negative_slope**2))
    parameters = {}
    for i in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[i - 1], layer_dims[i]
        std = gain / np.sqrt(n_in)
        if distribution == "uniform":
            parameters[f"W{i}"] = rng.uniform(-1, 1, (n_in, n_out)) * np.sqrt(3) * std
        else:
            parameters[f"W{i}"] = rng.standard_normal((n_in, n_out)) * std
        parameters[f"b{i}"] = np.zeros((n_out,))
    return parameters
