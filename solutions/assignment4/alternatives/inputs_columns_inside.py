"""Input statistics by someone who thinks in columns: features in rows inside, rows outside."""

import numpy as np


def normalize_fit(X_train):
    features = X_train.T.copy()
    m = features.shape[1]
    mu = np.sum(features, axis=1, keepdims=True) / m
    features = features - mu
    variance = np.sum(features**2, axis=1, keepdims=True) / m
    variance[variance == 0] = 1
    return np.squeeze(mu, axis=1), np.sqrt(np.squeeze(variance, axis=1))


def normalize_apply(X, mu, sigma):
    return ((X.T - mu[:, np.newaxis]) / sigma[:, np.newaxis]).T


def image_center_stats(X, mode):
    if mode not in {"image", "channel", "channel_std"}:
        raise ValueError("mode: image, channel or channel_std")
    X = np.asarray(X, dtype=float)
    if mode == "image":
        return np.average(X, axis=0)[np.newaxis], np.ones((1, 1, 1, 1))
    per_channel = X.transpose(1, 0, 2, 3).reshape(X.shape[1], -1)
    mean = per_channel.mean(axis=1)
    std = np.ones_like(mean)
    if mode == "channel_std":
        std = np.sqrt(np.var(per_channel, axis=1))
        std = np.where(std > 0, std, 1.0)
    return mean.reshape(1, -1, 1, 1), std.reshape(1, -1, 1, 1)
