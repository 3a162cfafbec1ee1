"""Input statistics in the style of the CS231n notes, in place, but on copies."""

import numpy as np


def normalize_fit(X_train):
    X = X_train.astype(np.float64, copy=True)
    mu = X.mean(0)
    X -= mu
    X *= X
    sigma = X.mean(0)
    np.sqrt(sigma, out=sigma)
    sigma[sigma < 1e-300] = 1.0
    return mu, sigma


def normalize_apply(X, mu, sigma):
    X = np.array(X, dtype=np.result_type(X.dtype, mu.dtype, sigma.dtype))
    X -= mu
    X /= sigma
    return X


def image_center_stats(X, mode):
    if mode == "image":
        mean = np.einsum("nchw->chw", X.astype(float))[None] / X.shape[0]
        return mean, np.ones(mean.shape)
    if mode == "channel" or mode == "channel_std":
        count = X.size // X.shape[1]
        centred = X.astype(float)
        mean = np.einsum("nchw->c", centred).reshape(1, -1, 1, 1) / count
        if mode == "channel":
            return mean, np.array(1.0)
        centred -= mean
        std = np.sqrt(np.einsum("nchw,nchw->c", centred, centred) / count).reshape(1, -1, 1, 1)
        std[std == 0] = 1
        return mean, std
    raise ValueError("unknown mode " + repr(mode))
