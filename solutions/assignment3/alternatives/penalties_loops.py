"""Plain loops over entries, and layers counted from the dictionary's size."""

import numpy as np


def frobenius_norm_squared(W):
    """Add the squares one by one."""
    total = 0.0
    for entry in np.nditer(W):
        total += float(entry) * float(entry)
    return total


def l2_penalty(parameters, lambd, m):
    """Add layer by layer."""
    total = 0.0
    for layer in range(1, len(parameters) // 2 + 1):
        total += frobenius_norm_squared(parameters["W" + str(layer)])
    return total * lambd / 2 / m


def l2_penalty_grad(parameters, lambd, m):
    """Fill arrays entry by entry."""
    grads = {}
    for layer in range(1, len(parameters) // 2 + 1):
        W = parameters["W" + str(layer)]
        dW = np.empty_like(W)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                dW[i, j] = W[i, j] * lambd / m
        grads["db" + str(layer)] = np.zeros(W.shape[1])
        grads["dW" + str(layer)] = dW
    return grads


def l1_penalty(parameters, lambd, m):
    """Look at the sign of each entry."""
    total = 0.0
    grads = {}
    for layer in range(1, len(parameters) // 2 + 1):
        W = parameters["W" + str(layer)]
        dW = np.zeros(W.shape)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                if W[i, j] > 0:
                    total += W[i, j]
                    dW[i, j] = lambd / m
                elif W[i, j] < 0:
                    total -= W[i, j]
                    dW[i, j] = -lambd / m
        grads["dW" + str(layer)] = dW
        grads["db" + str(layer)] = np.zeros_like(parameters["b" + str(layer)])
    return total * lambd / m, grads
