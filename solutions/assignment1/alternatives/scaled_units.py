"""Weights drawn unit by unit, number by number where there are few; He's rule from Xavier's."""

import numpy as np


def compute_fans(shape):
    """Count the connections of one unit by making it."""
    if len(shape) == 2:
        return np.ones(shape)[:, 0].size, np.ones(shape)[0].size
    if len(shape) == 4:
        kernels = np.ones(shape)
        return kernels[0].size, kernels[:, 0].size
    raise ValueError(f"neither a matrix nor kernels: {shape}")


def variance_scaling(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Fill the array slice by slice."""
    if mode not in ("fan_in", "fan_out", "fan_avg") or distribution not in ("normal", "uniform"):
        raise ValueError(f"unknown mode or distribution: {mode}, {distribution}")
    fans = compute_fans(shape)
    n = np.mean(fans) if mode == "fan_avg" else fans[mode == "fan_out"]
    std = np.sqrt(scale / n)
    W = np.zeros(shape)
    for i in range(shape[0]):
        if distribution == "normal":
            W[i] = rng.normal(scale=std, size=shape[1:])
        else:
            W[i] = rng.uniform(low=-std * 3**0.5, high=std * 3**0.5, size=shape[1:])
    return W


def initialize_parameters_xavier(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Draw the weights of each unit with a call of their own."""
    parameters = {}
    for layer, n_out in enumerate(layer_dims[1:], start=1):
        n_in = layer_dims[layer - 1]
        variance = 1 / n_in if mode == "fan_in" else 2 / (n_in + n_out)
        columns = [variance_scaling((n_in, 1), rng, variance * n_in, "fan_in", distribution) for _ in range(n_out)]
        parameters[f"W{layer}"] = np.hstack(columns)
        parameters[f"b{layer}"] = np.zeros(n_out)
    return parameters


def initialize_parameters_he(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Enlarge the weights of the other rule."""
    parameters = initialize_parameters_xavier(layer_dims, rng, distribution, mode="fan_in")
    gain = np.sqrt(2.0 / (1.0 + negative_slope**2))
    return {name: value * gain if name[0] == "W" else value for name, value in parameters.items()}
