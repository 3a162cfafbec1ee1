"""Activations in the style of CS231n: caches are the inputs, and everything is computed again on the way back."""

import numpy as np


def sigmoid_forward(x):
    z = np.exp(-np.abs(x))
    out = np.where(x < 0, z, np.ones_like(z)) / (1 + z)
    cache = x
    return out, cache


def sigmoid_backward(dout, cache):
    out, _ = sigmoid_forward(cache)
    return dout * (1 - out) * out


def tanh_forward(x):
    return np.tanh(x), x


def tanh_backward(dout, cache):
    return dout * (1 - np.tanh(cache) ** 2)


def relu_forward(x):
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    return dout * (x > 0)


def leaky_relu_forward(x, alpha=0.01):
    out = np.maximum(0, x) + alpha * np.minimum(0, x)
    return out, (x, alpha)


def leaky_relu_backward(dout, cache):
    x, alpha = cache
    dx = np.ones_like(x)
    dx[x <= 0] = alpha
    return dx * dout


def elu_forward(x, alpha=1.0):
    out = np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))
    return out, (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return np.where(x > 0, dout, dout * alpha * np.exp(np.minimum(x, 0)))


def prelu_forward(x, alpha):
    a = alpha.reshape(1, -1, 1, 1) if x.ndim == 4 else alpha[None, :]
    return np.maximum(0, x) + a * np.minimum(0, x), (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    if x.ndim == 4:
        N, C, H, W = x.shape
        flat = x.transpose(0, 2, 3, 1).reshape(-1, C)
        flat_dout = dout.transpose(0, 2, 3, 1).reshape(-1, C)
        dx, dalpha = prelu_backward(flat_dout, (flat, alpha))
        return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dalpha
    dx = dout * np.where(x > 0, np.ones_like(x), alpha)
    dalpha = np.sum(dout * x * (x <= 0), axis=0)
    return dx, dalpha


def maxout_forward(x, W, b):
    N, D = x.shape
    _, M, K = W.shape
    scores = x.dot(W.reshape(D, M * K)).reshape(N, M, K) + b
    idx = np.argmax(scores, axis=-1)
    out = scores[np.arange(N)[:, None], np.arange(M), idx]
    return out, (x, W, b, idx)


def maxout_backward(dout, cache):
    x, W, _b, idx = cache
    N, D = x.shape
    _, M, K = W.shape
    dscores = np.zeros((N, M, K), dtype=x.dtype)
    dscores[np.arange(N)[:, None], np.arange(M), idx] = dout
    dflat = dscores.reshape(N, M * K)
    dW = x.T.dot(dflat).reshape(D, M, K)
    db = dflat.sum(axis=0).reshape(M, K)
    dx = dflat.dot(W.reshape(D, M * K).T)
    return dx, dW, db
