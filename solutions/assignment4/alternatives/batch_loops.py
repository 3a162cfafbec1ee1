"""Batch normalization feature by feature and number by number, with a list as cache."""

import math

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum = bn_param["mode"], bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if mode != "train" and mode != "test":
        raise ValueError("mode must be train or test")
    N, D = x.shape
    means = np.array(bn_param.get("running_mean", np.zeros(D)))
    variances = np.array(bn_param.get("running_var", np.ones(D)))
    out = np.empty((N, D), dtype=x.dtype)
    cache = [mode, N]
    for j in range(D):
        column = [float(value) for value in x[:, j]]
        if mode == "train":
            mu = math.fsum(column) / N
            var = math.fsum((value - mu) ** 2 for value in column) / N
            means[j] = momentum * means[j] + (1 - momentum) * mu
            variances[j] = momentum * variances[j] + (1 - momentum) * var
        else:
            mu, var = float(means[j]), float(variances[j])
        root = math.sqrt(var + eps)
        normalized = [(value - mu) / root for value in column]
        for i in range(N):
            out[i, j] = float(gamma[j]) * normalized[i] + float(beta[j])
        cache.append((normalized, root, float(gamma[j])))
    if mode == "train":
        bn_param["running_mean"], bn_param["running_var"] = means, variances
    return out, cache


def batchnorm_backward(dout, cache):
    mode, N, *features = cache
    D = len(features)
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for j, (normalized, root, gamma) in enumerate(features):
        column = [float(value) for value in dout[:, j]]
        dbeta[j] = math.fsum(column)
        dgamma[j] = math.fsum(d * h for d, h in zip(column, normalized, strict=True))
        for i in range(N):
            shared = (dbeta[j] + normalized[i] * dgamma[j]) / N if mode == "train" else 0.0
            dx[i, j] = gamma / root * (column[i] - shared)
    return dx, dgamma, dbeta
