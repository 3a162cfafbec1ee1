"""Normalization of images in the style of CS231n: spatial batch normalization by the one-dimensional functions."""

import numpy as np
from batch import batchnorm_backward, batchnorm_forward


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    x_flat = x.transpose(0, 2, 3, 1).reshape(-1, C)
    out_flat, cache = batchnorm_forward(x_flat, gamma, beta, bn_param)
    out = out_flat.reshape(N, H, W, C).transpose(0, 3, 1, 2)
    return out, cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dout_flat = dout.transpose(0, 2, 3, 1).reshape(-1, C)
    dx_flat, dgamma, dbeta = batchnorm_backward(dout_flat, cache)
    dx = dx_flat.reshape(N, H, W, C).transpose(0, 3, 1, 2)
    return dx, dgamma, dbeta


def instancenorm_forward(x, gamma, beta, in_param):
    return spatial_groupnorm_forward(x, gamma, beta, x.shape[1], in_param)


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    if C % G != 0:
        raise ValueError("G must divide C")
    gamma = gamma.reshape((1, C, 1, 1))
    beta = beta.reshape((1, C, 1, 1))
    size = (N * G, C // G * H * W)
    x = x.reshape(size).T
    mu = x.mean(axis=0)
    var = x.var(axis=0)
    std = np.sqrt(var + eps)
    x_norm = (x - mu) / std
    x_norm = x_norm.T.reshape(N, C, H, W)
    out = gamma * x_norm + beta
    cache = {"std": std, "gamma": gamma, "x_norm": x_norm, "size": size}
    return out, cache


def spatial_groupnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    size = cache["size"]
    dbeta = dout.sum(axis=(0, 2, 3))
    dgamma = np.sum(dout * cache["x_norm"], axis=(0, 2, 3))
    x_norm = cache["x_norm"].reshape(size).T
    M = x_norm.shape[0]
    dfdz = (dout * cache["gamma"]).reshape(size).T
    dfdz_sum = np.sum(dfdz, axis=0)
    dx = dfdz - dfdz_sum / M - np.sum(dfdz * x_norm, axis=0) * x_norm / M
    dx = dx / cache["std"]
    return dx.T.reshape(N, C, H, W), dgamma, dbeta
