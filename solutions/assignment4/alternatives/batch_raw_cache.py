"""Batch normalization that keeps only the raw numbers in its cache, and starts anew from them."""

import numpy as np


def _statistics(x, bn_param):
    if bn_param["mode"] == "train":
        mu = x.sum(axis=0) / x.shape[0]
        return mu, ((x - mu) ** 2).sum(axis=0) / x.shape[0]
    if bn_param["mode"] == "test":
        return bn_param["running_mean"], bn_param["running_var"]
    raise ValueError(f'mode {bn_param["mode"]!r} is neither "train" nor "test"')


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    mu, var = _statistics(x, bn_param)
    cache = (x.copy(), gamma.copy(), mu, var, eps, bn_param["mode"])
    if bn_param["mode"] == "train":
        m = bn_param.get("momentum", 0.9)
        bn_param["running_mean"] = bn_param.get("running_mean", 0.0) * m + mu * (1 - m)
        bn_param["running_var"] = bn_param.get("running_var", 1.0) * m + var * (1 - m)
    scale = gamma / np.sqrt(var + eps)
    return (x - mu) * scale + beta, cache


def batchnorm_backward(dout, cache):
    x, gamma, mu, var, eps, mode = cache
    N = x.shape[0]
    power = (var + eps) ** -0.5
    dgamma = np.sum(dout * (x - mu) * power, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxhat = dout * gamma
    if mode == "test":
        return dxhat * power, dgamma, dbeta
    dvar = np.sum(dxhat * (x - mu), axis=0) * -0.5 * power**3
    dmu = -np.sum(dxhat * power, axis=0) + dvar * np.mean(-2 * (x - mu), axis=0)
    return dxhat * power + dvar * 2 * (x - mu) / N + dmu / N, dgamma, dbeta
