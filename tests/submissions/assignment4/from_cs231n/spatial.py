import numpy as np
from batch import *


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    x = x.transpose(0, 2, 3, 1).reshape(N * H * W, C)
    out, cache = batchnorm_forward(x, gamma, beta, bn_param)
    out = out.reshape(N, H, W, C).transpose(0, 3, 1, 2)
    return out, cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dout = dout.transpose(0, 2, 3, 1).reshape(N * H * W, C)
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    dx = dx.reshape(N, H, W, C).transpose(0, 3, 1, 2)
    return dx, dgamma, dbeta


def instancenorm_forward(x, gamma, beta, in_param):
    # not part of CS231n
    raise NotImplementedError


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    if C % G != 0:
        raise ValueError("G must divide C")
    groups = x.reshape(N, G, C // G, H, W)
    mean = groups.mean(axis=(2, 3, 4), keepdims=True)
    std = np.sqrt(groups.var(axis=(2, 3, 4), keepdims=True) + eps)
    x_norm = ((groups - mean) / std).reshape(N, C, H, W)
    out = x_norm * gamma.reshape(1, C, 1, 1) + beta.reshape(1, C, 1, 1)
    cache = (x_norm, gamma, std, G)
    return out, cache


def spatial_groupnorm_backward(dout, cache):
    x_norm, gamma, std, G = cache
    N, C, H, W = dout.shape
    # in CS231n gamma has shape (1, C, 1, 1), so I kept the axes
    dgamma = np.sum(dout * x_norm, axis=(0, 2, 3), keepdims=True)
    dbeta = np.sum(dout, axis=(0, 2, 3), keepdims=True)
    d = (dout * gamma.reshape(1, C, 1, 1)).reshape(N, G, C // G, H, W)
    x_norm = x_norm.reshape(N, G, C // G, H, W)
    m = C // G * H * W
    d_sum = d.sum(axis=(2, 3, 4), keepdims=True)
    dx_sum = (d * x_norm).sum(axis=(2, 3, 4), keepdims=True)
    dx = (m * d - d_sum - x_norm * dx_sum) / (m * std)
    return dx.reshape(N, C, H, W), dgamma, dbeta
