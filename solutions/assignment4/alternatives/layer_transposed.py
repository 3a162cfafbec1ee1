"""Layer normalization as batch normalization of the transposed batch."""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    columns = x.T
    mu = np.mean(columns, axis=0)
    var = np.var(columns, axis=0)
    xhat = ((columns - mu) / np.sqrt(var + eps)).T
    return gamma * xhat + beta, (xhat, var, gamma, eps)


def layernorm_backward(dout, cache):
    xhat, var, gamma, eps = cache
    D = xhat.shape[1]
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxhat, h = (dout * gamma).T, xhat.T
    dx = 1.0 / (D * np.sqrt(var + eps)) * (D * dxhat - dxhat.sum(axis=0) - h * np.sum(dxhat * h, axis=0))
    return dx.T, dgamma, dbeta
