import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    x_T = x.T
    mu = x_T.mean(axis=0)
    var = x_T.var(axis=0)
    x_norm = ((x_T - mu) / np.sqrt(var + eps)).T
    out = gamma * x_norm + beta
    cache = (x_norm, gamma, np.sqrt(var + eps))
    return out, cache


def layernorm_backward(dout, cache):
    x_norm, gamma, std = cache
    dgamma = (dout * x_norm).sum(axis=0)
    dbeta = dout.sum(axis=0)
    d = (dout * gamma).T
    x_norm = x_norm.T
    D = d.shape[0]
    dx = (D * d - d.sum(axis=0) - x_norm * (d * x_norm).sum(axis=0)) / (D * std)
    return dx.T, dgamma, dbeta
