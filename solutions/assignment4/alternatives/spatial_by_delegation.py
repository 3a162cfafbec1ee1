"""Normalization of images where everything is handed to the layers of the other modules."""

import numpy as np
from batch import batchnorm_backward, batchnorm_forward
from layer import layernorm_backward, layernorm_forward


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    flat = np.moveaxis(x, 1, -1)
    out, cache = batchnorm_forward(flat.reshape(-1, x.shape[1]), gamma, beta, bn_param)
    return np.moveaxis(out.reshape(flat.shape), -1, 1), (cache, flat.shape)


def spatial_batchnorm_backward(dout, cache):
    inner, shape = cache
    dx, dgamma, dbeta = batchnorm_backward(np.moveaxis(dout, 1, -1).reshape(-1, shape[-1]), inner)
    return np.moveaxis(dx.reshape(shape), -1, 1), dgamma, dbeta


def instancenorm_forward(x, gamma, beta, in_param):
    N, C, H, W = x.shape
    ones, zeros = np.ones(H * W, x.dtype), np.zeros(H * W, x.dtype)
    xhat, cache = layernorm_forward(x.reshape(N * C, H * W), ones, zeros, in_param)
    return _affine(xhat.reshape(x.shape), gamma, beta), cache


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    if C % G:
        raise ValueError(f"G = {G} must divide C = {C}")
    per_group = C // G * H * W
    ones, zeros = np.ones(per_group, x.dtype), np.zeros(per_group, x.dtype)
    xhat, cache = layernorm_forward(x.reshape(N * G, per_group), ones, zeros, gn_param)
    return _affine(xhat.reshape(x.shape), gamma, beta), (xhat, gamma, cache)


def spatial_groupnorm_backward(dout, cache):
    xhat, gamma, inner = cache
    g = dout * gamma[None, :, None, None]
    dx, _, _ = layernorm_backward(g.reshape(xhat.shape), inner)
    dgamma = (dout * xhat.reshape(dout.shape)).sum(axis=(0, 2, 3))
    return dx.reshape(dout.shape), dgamma, dout.sum(axis=(0, 2, 3))


def _affine(xhat, gamma, beta):
    return (xhat.transpose(0, 2, 3, 1) * gamma + beta).transpose(0, 3, 1, 2)
