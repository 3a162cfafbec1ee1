"""Layers as small objects; the geometric mean as a product of factors."""

import numpy as np


class _Layer:
    def __init__(self, W, activation):
        if activation not in ("relu", "tanh", "linear"):
            raise ValueError(f"no activation {activation}")
        self.W, self.activation = W, activation

    def __call__(self, x):
        self.x = x
        self.z = x @ self.W
        self.a = {"relu": self.z.clip(min=0), "tanh": np.tanh(self.z), "linear": self.z}[self.activation]
        return self.a

    def back(self, g):
        g = g * {"relu": np.heaviside(self.z, 0), "tanh": np.cosh(self.z) ** -2.0, "linear": 1}[self.activation]
        self.dW = np.einsum("ni,nj->ij", self.x, g)
        return np.einsum("nj,ij->ni", g, self.W)


def forward_signal(x, weights, activation):
    """Run the layers."""
    layers = [_Layer(W, activation) for W in weights]
    for layer in layers:
        x = layer(x)
    return {
        "mean": np.array([layer.a.mean() for layer in layers]),
        "std": np.array([layer.a.var() ** 0.5 for layer in layers]),
        "dead": np.array([1 - np.count_nonzero(layer.a.any(axis=0)) / layer.a.shape[1] for layer in layers]),
    }


def backward_signal(x, weights, activation, dout):
    """Run them back."""
    layers = [_Layer(W, activation) for W in weights]
    for layer in layers:
        x = layer(x)
    for layer in layers[::-1]:
        dout = layer.back(dout)
    return np.fromiter((np.linalg.norm(layer.dW.ravel()) for layer in layers), float)


def growth_rate(scales):
    """The root of the product of the factors."""
    scales = np.asarray(scales, dtype=float)
    if scales.ndim != 1 or len(scales) < 2 or (scales < 0).any():
        raise ValueError("sizes are at least two and none is negative")
    if not scales.all():
        return 0.0
    return float(np.prod(scales[1:] / scales[:-1]) ** (1 / (len(scales) - 1)))
