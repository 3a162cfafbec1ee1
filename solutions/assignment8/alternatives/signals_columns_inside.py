"""Columns inside, in the manner of the Deep Learning Specialization; einsum for the norms."""

import numpy as np


def _g(Z, activation):
    if activation == "relu":
        return np.where(Z > 0, Z, 0.0), np.where(Z > 0, 1.0, 0.0)
    if activation == "tanh":
        A = np.tanh(Z)
        return A, 1 - np.square(A)
    if activation == "linear":
        return Z.copy(), np.ones(Z.shape)
    raise ValueError("activation = " + str(activation))


def forward_signal(x, weights, activation):
    """A of shape (n, m)."""
    A = x.T
    table = np.zeros((3, len(weights)))
    for l, W in enumerate(weights):  # noqa: E741 - the letter that the lectures use
        A, _ = _g(W.T @ A, activation)
        table[:, l] = A.mean(), np.sqrt(np.mean((A - A.mean()) ** 2)), np.mean(np.all(A == 0, axis=1))
    return {"mean": table[0], "std": table[1], "dead": table[2]}


def backward_signal(x, weights, activation, dout):
    """dZ of shape (n, m)."""
    A, caches = x.T, []
    for W in weights:
        A_prev = A
        A, slope = _g(W.T @ A_prev, activation)
        caches.append((A_prev, slope))
    dA, norms = dout.T, []
    for (A_prev, slope), W in zip(caches[::-1], weights[::-1], strict=True):
        dZ = dA * slope
        # || A dZ^T ||^2 without making the matrix.
        norms.insert(0, np.sqrt(np.einsum("ij,ij->", A_prev.T @ A_prev, dZ.T @ dZ)))
        dA = W @ dZ
    return np.array(norms)


def growth_rate(scales):
    """A polynomial of degree one through the ends, in logarithms."""
    s = np.array(scales, dtype=np.float64).ravel()
    if len(s) <= 1 or np.any(s < 0):
        raise ValueError("scales = " + str(s))
    if np.any(s == 0):
        return np.float64(0)
    return np.exp2(np.log2(s[-1] / s[0]) / (len(s) - 1))
