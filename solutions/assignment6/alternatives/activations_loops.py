"""Activations number by number, with lists as caches."""

import math

import numpy as np


def _each(function, x):
    x = np.asarray(x)
    dtype = x.dtype if x.dtype.kind == "f" else np.float64
    return np.array([function(float(value)) for value in x.ravel()], dtype=dtype).reshape(x.shape)


def _sigmoid(value):
    return 1 / (1 + math.exp(-value)) if value > 0 else math.exp(value) / (1 + math.exp(value))


def sigmoid_forward(x):
    out = _each(_sigmoid, x)
    return out, [out]


def sigmoid_backward(dout, cache):
    (a,) = cache
    return dout * (a - a * a)


def tanh_forward(x):
    out = _each(math.tanh, x)
    return out, [out]


def tanh_backward(dout, cache):
    return dout - dout * cache[0] * cache[0]


def relu_forward(x):
    return _each(lambda value: value if value > 0 else 0.0, x), [x]


def relu_backward(dout, cache):
    slopes = _each(lambda value: 1.0 if value > 0 else 0.0, cache[0])
    return dout * slopes


def leaky_relu_forward(x, alpha=0.01):
    return _each(lambda value: value if value > 0 else alpha * value, x), [x, alpha]


def leaky_relu_backward(dout, cache):
    x, alpha = cache
    return dout * _each(lambda value: 1.0 if value > 0 else alpha, x)


def elu_forward(x, alpha=1.0):
    return _each(lambda value: value if value > 0 else alpha * math.expm1(value), x), [x, alpha]


def elu_backward(dout, cache):
    x, alpha = cache
    return dout * _each(lambda value: 1.0 if value > 0 else alpha * math.exp(value), x)


def prelu_forward(x, alpha):
    out = np.empty_like(x)
    for c in range(x.shape[1]):
        out[:, c] = leaky_relu_forward(x[:, c], float(alpha[c]))[0]
    return out, [x, alpha]


def prelu_backward(dout, cache):
    x, alpha = cache
    dx, dalpha = np.empty_like(dout), np.zeros(len(alpha), dtype=dout.dtype)
    for index in np.ndindex(*x.shape):
        c = index[1]
        if x[index] > 0:
            dx[index] = dout[index]
        else:
            dx[index] = alpha[c] * dout[index]
            dalpha[c] += dout[index] * x[index]
    return dx, dalpha


def maxout_forward(x, W, b):
    N, (D, M, K) = len(x), W.shape
    out, winners = np.empty((N, M), dtype=x.dtype), []
    for i in range(N):
        for m in range(M):
            values = [float(sum(x[i, d] * W[d, m, k] for d in range(D)) + b[m, k]) for k in range(K)]
            out[i, m] = max(values)
            winners.append((i, m, values.index(max(values))))
    return out, [x, W, winners]


def maxout_backward(dout, cache):
    x, W, winners = cache
    dx, dW = np.zeros(x.shape, dout.dtype), np.zeros(W.shape, dout.dtype)
    db = np.zeros(W.shape[1:], dout.dtype)
    for i, m, k in winners:
        dx[i] += dout[i, m] * W[:, m, k]
        dW[:, m, k] += dout[i, m] * x[i]
        db[m, k] += dout[i, m]
    return dx, dW, db
