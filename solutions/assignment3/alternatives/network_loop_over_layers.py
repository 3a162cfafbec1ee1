"""A loop over any number of layers, einsum, and the penalty's gradient from penalties.py."""

import numpy as np
import penalties


def forward_propagation(X, parameters):
    """Return A3 and the cache (given)."""
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    A2 = np.maximum(Z2, 0)
    Z3 = A2 @ W3 + b3
    A3 = 0.5 * (1 + np.tanh(0.5 * Z3))
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A, Y):
    """Return the cross-entropy (given)."""
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / len(Y))


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Round no label and no probability: 0 log 0 is left out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.nan_to_num(Y * np.log(A3), neginf=-40.0) + np.nan_to_num((1 - Y) * np.log1p(-A3), neginf=-40.0)
    return np.mean(-terms.sum(axis=1)) + penalties.l2_penalty(parameters, lambd=lambd, m=Y.shape[0])


def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Walk the cache from its end, four entries at a time."""
    layers = [cache[i : i + 4] for i in range(0, len(cache), 4)]
    weights = {f"{kind}{i}": layer[2 if kind == "W" else 3] for i, layer in enumerate(layers, 1) for kind in "Wb"}
    grads = penalties.l2_penalty_grad(weights, lambd, len(X))
    dZ = np.true_divide(layers[-1][1] - Y, len(Y))
    for i in range(len(layers), 0, -1):
        before = X if i == 1 else layers[i - 2][1]
        grads[f"dW{i}"] = grads[f"dW{i}"] + np.einsum("ni,nj->ij", before, dZ)
        grads[f"db{i}"] = np.einsum("nj->j", dZ)
        if i > 1:
            dZ = np.einsum("nj,ij->ni", dZ, layers[i - 1][2]) * np.heaviside(layers[i - 2][0], 0)
    return grads
