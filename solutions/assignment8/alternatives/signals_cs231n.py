"""In the style of CS231n: lists of layers, a dictionary of functions, logs for the growth."""

import numpy as np


def forward_signal(x, weights, activation):
    """Hs[i] is the output of layer i."""
    act = {"relu": lambda x: np.maximum(0, x), "tanh": lambda x: np.tanh(x), "linear": lambda x: 1.0 * x}
    if activation not in act:
        raise ValueError("unknown activation " + activation)
    Hs = {}
    for i in range(len(weights)):
        X = x if i == 0 else Hs[i - 1]
        Hs[i] = act[activation](np.dot(X, weights[i]))
    return {
        "mean": np.array([np.mean(H) for H in Hs.values()]),
        "std": np.array([np.std(H) for H in Hs.values()]),
        "dead": np.array([np.mean(np.max(np.abs(H), axis=0) == 0) for H in Hs.values()]),
    }


def backward_signal(x, weights, activation, dout):
    """Caches of (X, W, H)."""
    caches, H = [], x
    for W in weights:
        X, H = H, H.dot(W)
        if activation == "relu":
            H = H * (H > 0)
        elif activation == "tanh":
            H = np.tanh(H)
        caches.append((X, W, H))
    norms = np.zeros(len(weights))
    for i in reversed(range(len(weights))):
        X, W, H = caches[i]
        if activation == "relu":
            dout = dout * (H > 0)
        elif activation == "tanh":
            dout = dout * (1 - H * H)
        dW = X.T.dot(dout)
        norms[i] = np.sqrt(np.sum(dW * dW))
        dout = dout.dot(W.T)
    return norms


def growth_rate(scales):
    """The mean of the log factors."""
    scales = np.asarray(scales, dtype=float)
    if scales.size < 2 or scales.min() < 0:
        raise ValueError("no growth")
    if scales.min() == 0:
        return 0.0
    return np.exp(np.mean(np.diff(np.log(scales))))
