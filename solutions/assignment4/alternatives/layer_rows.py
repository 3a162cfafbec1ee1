"""Layer normalization row by row, with a list of rows as cache."""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    out, cache = [], []
    for row in x:
        centred = row - row.mean()
        root = np.sqrt(np.dot(centred, centred) / len(row) + eps)
        out.append(gamma * centred / root + beta)
        cache.append((centred / root, root, gamma))
    return np.array(out), cache


def layernorm_backward(dout, cache):
    dx = np.zeros_like(dout)
    dgamma, dbeta = np.zeros(dout.shape[1]), np.zeros(dout.shape[1])
    for i, (h, root, gamma) in enumerate(cache):
        D = len(h)
        jacobian = (np.eye(D) - np.ones((D, D)) / D - np.outer(h, h) / D) / root
        dx[i] = jacobian @ (gamma * dout[i])
        dgamma += dout[i] * h
        dbeta += dout[i]
    return dx, dgamma, dbeta
