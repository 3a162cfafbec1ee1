"""Layer normalization whose cache is one bare array, rows of raw numbers; everything is computed anew."""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    cache = np.vstack([x, gamma, np.full(x.shape[1], eps)])
    xhat, _ = _normalize(x, eps)
    return xhat * gamma + beta, cache


def layernorm_backward(dout, cache):
    x, gamma, eps = cache[:-2], cache[-2], cache[-1, 0]
    xhat, root = _normalize(x, eps)
    N, D = x.shape
    dgamma, dbeta = np.zeros(D), np.zeros(D)
    for i in range(N):
        dgamma = dgamma + dout[i] * xhat[i]
        dbeta = dbeta + dout[i]
    dxhat = dout * gamma
    centred = xhat * root
    dvar = np.sum(dxhat * centred, axis=1, keepdims=True) * -0.5 / root**3
    dmu = -np.sum(dxhat, axis=1, keepdims=True) / root
    return dxhat / root + 2 * centred * dvar / D + dmu / D, dgamma, dbeta


def _normalize(x, eps):
    mu = x.mean(axis=-1)[:, np.newaxis]
    root = np.sqrt(np.mean(np.square(x - mu), axis=-1)[:, np.newaxis] + eps)
    return (x - mu) / root, root
