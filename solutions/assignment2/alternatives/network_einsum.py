"""The network with einsum, the second mask drawn first; the cache is a dictionary."""

import numpy as np


def forward_propagation_with_dropout(X, parameters, keep_prob, rng):
    """Know the shapes of both masks before anything is computed."""
    keep_probs = [keep_prob] * 2 if np.isscalar(keep_prob) else list(keep_prob)
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    D2 = rng.binomial(1, keep_probs[1], (len(X), W2.shape[1])) / keep_probs[1]
    D1 = rng.binomial(1, keep_probs[0], (len(X), W1.shape[1])) / keep_probs[0]
    Z1 = np.einsum("ni,ij->nj", X, W1) + parameters["b1"]
    A1 = np.einsum("nj,nj,nj->nj", Z1, D1, Z1 > 0)
    Z2 = np.einsum("ni,ij->nj", A1, W2) + parameters["b2"]
    A2 = np.einsum("nj,nj,nj->nj", Z2, D2, Z2 > 0)
    scores = np.einsum("ni,ij->nj", A2, W3) + parameters["b3"]
    A3 = np.where(scores >= 0, 1 / (1 + np.exp(-np.abs(scores))), 1 - 1 / (1 + np.exp(-np.abs(scores))))
    cache = {"A1": A1, "A2": A2, "A3": A3, "G1": D1 * (Z1 > 0), "G2": D2 * (Z2 > 0), "W2": W2, "W3": W3}
    return A3, cache


def backward_propagation_with_dropout(X, Y, cache):
    """Contract over the examples with weights 1/N."""
    N = np.full(len(X), 1 / len(X))
    dZ3 = cache["A3"] - Y
    dZ2 = np.einsum("nk,jk,nj->nj", dZ3, cache["W3"], cache["G2"])
    dZ1 = np.einsum("nk,jk,nj->nj", dZ2, cache["W2"], cache["G1"])
    grads = {}
    for layer, (A, dZ) in enumerate(((X, dZ1), (cache["A1"], dZ2), (cache["A2"], dZ3)), start=1):
        grads[f"dW{layer}"] = np.einsum("ni,nj,n->ij", A, dZ, N)
        grads[f"db{layer}"] = np.einsum("nj,n->j", dZ, N)
    return grads
