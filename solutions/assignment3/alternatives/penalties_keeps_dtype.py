"""float32 parameters give float32 gradients, whatever the type of lambd; weights and biases handled in pairs."""

import numpy as np


def frobenius_norm_squared(W):
    """Sum over one axis after the other until a number is left."""
    squares = np.multiply(W, W)
    while np.ndim(squares):
        squares = squares.sum(axis=-1)
    return squares


def _layers(parameters):
    layer = 1
    while f"W{layer}" in parameters:
        yield layer, parameters[f"W{layer}"], parameters[f"b{layer}"]
        layer += 1


def l2_penalty(parameters, lambd, m):
    """Average the penalties that the m examples would have."""
    return lambd * sum(frobenius_norm_squared(W) for _, W, _ in _layers(parameters)) / (m + m)


def l2_penalty_grad(parameters, lambd, m):
    """Scale by a number of the weights' own dtype."""
    grads = {}
    for layer, W, b in _layers(parameters):
        grads.update({f"dW{layer}": W.dtype.type(lambd / m) * W, f"db{layer}": b * b.dtype.type(0)})
    return grads


def l1_penalty(parameters, lambd, m):
    """Divide by |w| where that is possible."""
    penalty, grads = 0.0, {}
    for layer, W, b in _layers(parameters):
        size = np.sqrt(W * W)
        penalty += size.sum() * lambd / m
        sign = np.divide(W, size, out=np.zeros_like(W), where=size > 0)
        grads.update({f"dW{layer}": W.dtype.type(lambd / m) * sign, f"db{layer}": np.zeros_like(b)})
    return penalty, grads
