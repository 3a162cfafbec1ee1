"""One draw for a whole network; normal numbers by Box and Muller, uniform ones as differences from the middle."""

import numpy as np


def compute_fans(shape):
    """Count by dividing the number of weights."""
    weights = int(np.prod(shape))
    if len(shape) == 2:
        return weights // shape[1], weights // shape[0]
    if len(shape) == 4:
        return weights // shape[0], weights // shape[1]
    raise ValueError(f"cannot count the connections of shape {shape}")


def _unit(size, rng, distribution):
    """Draw numbers of mean 0 and variance 1."""
    if distribution == "uniform":
        return (rng.random(size) - 0.5) / (1 / np.sqrt(12))
    if distribution == "normal":
        return np.sqrt(-2 * np.log(1 - rng.random(size))) * np.sin(2 * np.pi * rng.random(size))
    raise ValueError(f"neither normal nor uniform: {distribution}")


def variance_scaling(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Scale a flat draw of variance 1."""
    weights = {"fan_in": (1, 0), "fan_out": (0, 1), "fan_avg": (0.5, 0.5)}
    if mode not in weights:
        raise ValueError(f"no such mode: {mode}")
    n = np.dot(weights[mode], compute_fans(shape))
    return (_unit(int(np.prod(shape)), rng, distribution) * (scale / n) ** 0.5).reshape(shape)


def _cut(layer_dims, rng, distribution, variances):
    """Cut one draw into layers and scale each."""
    sizes = np.array(layer_dims)
    counts = sizes[1:] * sizes[:-1]
    parts = np.split(_unit(counts.sum(), rng, distribution), np.cumsum(counts[:-1]))
    weights = {
        f"W{i}": (part * np.sqrt(variance)).reshape(sizes[i - 1], sizes[i])
        for i, (part, variance) in enumerate(zip(parts, variances, strict=True), start=1)
    }
    return weights | {f"b{i}": np.zeros(sizes[i]) for i in range(1, len(sizes))}


def initialize_parameters_xavier(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Compute the variances of all layers at once."""
    sizes = np.array(layer_dims, dtype=float)
    variances = 1 / sizes[:-1] if mode == "fan_in" else 2 / (sizes[:-1] + sizes[1:])
    return _cut(layer_dims, rng, distribution, variances)


def initialize_parameters_he(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Compute the variances of all layers at once."""
    variances = 2 / (1 + negative_slope * negative_slope) / np.array(layer_dims[:-1])
    return _cut(layer_dims, rng, distribution, variances)
