"""Normalization of images where one function serves all three: they differ in their axes only."""

import numpy as np


def _normalize(x, axes, eps, statistics=None):
    mu, var = statistics or (np.mean(x, axis=axes, keepdims=True), np.var(x, axis=axes, keepdims=True))
    return (x - mu) / np.sqrt(var + eps), np.sqrt(var + eps)


def _denormalize(g, xhat, std, axes):
    return (g - np.mean(g, axis=axes, keepdims=True) - xhat * np.mean(g * xhat, axis=axes, keepdims=True)) / std


def _affine(xhat, gamma, beta):
    return np.expand_dims(gamma, (1, 2)) * xhat + np.expand_dims(beta, (1, 2))


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    axes, C = (0, 2, 3), len(gamma)
    if bn_param["mode"] == "train":
        xhat, std = _normalize(x, axes, eps)
        mu, var = x.mean(axis=axes), x.var(axis=axes)
        bn_param["running_mean"] = momentum * bn_param.get("running_mean", np.zeros(C)) + (1 - momentum) * mu
        bn_param["running_var"] = momentum * bn_param.get("running_var", np.ones(C)) + (1 - momentum) * var
        return _affine(xhat, gamma, beta), {"xhat": xhat, "std": std, "gamma": gamma, "axes": axes}
    if bn_param["mode"] == "test":
        running = tuple(bn_param[key].reshape(1, C, 1, 1) for key in ("running_mean", "running_var"))
        xhat, std = _normalize(x, axes, eps, running)
        return _affine(xhat, gamma, beta), {"xhat": xhat, "std": std, "gamma": gamma, "axes": None}
    raise ValueError(f"mode {bn_param['mode']}")


def spatial_batchnorm_backward(dout, cache):
    g = dout * cache["gamma"].reshape(1, -1, 1, 1)
    dx = g / cache["std"] if cache["axes"] is None else _denormalize(g, cache["xhat"], cache["std"], cache["axes"])
    return dx, np.einsum("nchw,nchw->c", dout, cache["xhat"]), np.einsum("nchw->c", dout)


def instancenorm_forward(x, gamma, beta, in_param):
    xhat, std = _normalize(x, (2, 3), in_param.get("eps", 1e-5))
    return _affine(xhat, gamma, beta), (xhat, std, gamma)


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    groups, rest = divmod(C, G)
    if rest:
        raise ValueError("G does not divide C")
    xhat, std = _normalize(x.reshape(N, G, groups * H * W), 2, gn_param.get("eps", 1e-5))
    return _affine(xhat.reshape(x.shape), gamma, beta), (xhat, std, gamma)


def spatial_groupnorm_backward(dout, cache):
    xhat, std, gamma = cache
    g = (dout * gamma.reshape(1, -1, 1, 1)).reshape(xhat.shape)
    dx = _denormalize(g, xhat, std, 2).reshape(dout.shape)
    per_channel = np.moveaxis(dout * xhat.reshape(dout.shape), 1, 0).reshape(len(gamma), -1)
    return dx, per_channel.sum(axis=1), dout.sum(axis=3).sum(axis=2).sum(axis=0)
