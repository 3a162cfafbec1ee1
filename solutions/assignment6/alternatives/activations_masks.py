"""Activations by masks and copies that are changed in place, with dictionaries as caches."""

import numpy as np


def sigmoid_forward(x):
    out = np.empty(np.shape(x), dtype=np.result_type(x, np.float32) if np.asarray(x).dtype.kind == "f" else np.float64)
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    out[~positive] = e / (1 + e)
    return out, {"a": out.copy()}


def sigmoid_backward(dout, cache):
    dx = dout.copy()
    dx *= cache["a"]
    dx *= 1 - cache["a"]
    return dx


def tanh_forward(x):
    out = np.sign(x) * -np.expm1(-2 * np.abs(x)) / (1 + np.exp(-2 * np.abs(x)))
    return out, {"slope": (1 - out) * (1 + out)}


def tanh_backward(dout, cache):
    return dout * cache["slope"]


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out, {"mask": x > 0}


def relu_backward(dout, cache):
    dx = dout.copy()
    dx[~cache["mask"]] = 0
    return dx


def leaky_relu_forward(x, alpha=0.01):
    out = x.astype(x.dtype if x.dtype.kind == "f" else float)
    out[out < 0] *= alpha
    return out, {"mask": x <= 0, "alpha": alpha}


def leaky_relu_backward(dout, cache):
    dx = dout.copy()
    dx[cache["mask"]] *= cache["alpha"]
    return dx


def elu_forward(x, alpha=1.0):
    out = x.astype(x.dtype if x.dtype.kind == "f" else float)
    negative = x <= 0
    out[negative] = alpha * np.expm1(out[negative])
    slope = np.ones_like(out)
    slope[negative] = out[negative] + alpha
    return out, {"slope": slope}


def elu_backward(dout, cache):
    return dout * cache["slope"]


def prelu_forward(x, alpha):
    out = x.copy()
    for c, slope in enumerate(alpha):
        channel = out[:, c]
        channel[channel < 0] *= slope
    return out, {"x": x.copy(), "alpha": alpha}


def prelu_backward(dout, cache):
    x, alpha = cache["x"], cache["alpha"]
    dx, dalpha = dout.copy(), np.zeros_like(alpha)
    for c, slope in enumerate(alpha):
        negative = x[:, c] <= 0
        dalpha[c] = np.sum(dout[:, c][negative] * x[:, c][negative])
        dx[:, c][negative] *= slope
    return dx, dalpha


def maxout_forward(x, W, b):
    pieces = [x @ W[:, :, k] + b[:, k] for k in range(W.shape[2])]
    out, owner = pieces[0].copy(), np.zeros(pieces[0].shape, dtype=int)
    for k, piece in enumerate(pieces[1:], start=1):
        better = piece > out
        out[better], owner[better] = piece[better], k
    return out, {"x": x, "W": W, "owner": owner}


def maxout_backward(dout, cache):
    x, W, owner = cache["x"], cache["W"], cache["owner"]
    dx, dW, db = np.zeros_like(x), np.zeros_like(W), np.zeros_like(W[0])
    for k in range(W.shape[2]):
        share = dout * (owner == k)
        dx += share @ W[:, :, k].T
        dW[:, :, k] = x.T @ share
        db[:, k] = share.sum(axis=0)
    return dx, dW, db
