"""Input statistics written with explicit loops over features and channels."""

import math

import numpy as np


def normalize_fit(X_train):
    N, D = X_train.shape
    mu, sigma = np.zeros(D), np.zeros(D)
    for j in range(D):
        column = [float(value) for value in X_train[:, j]]
        mu[j] = math.fsum(column) / N
        sigma[j] = math.sqrt(math.fsum((value - mu[j]) ** 2 for value in column) / N)
        if sigma[j] == 0:
            sigma[j] = 1
    return mu, sigma


def normalize_apply(X, mu, sigma):
    X_norm = np.empty(X.shape, dtype=np.result_type(X, mu, sigma))
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            X_norm[i, j] = (X[i, j] - mu[j]) / sigma[j]
    return X_norm


def image_center_stats(X, mode):
    N, C, H, W = X.shape
    if mode == "image":
        mean = np.zeros((1, C, H, W))
        for n in range(N):
            mean[0] += X[n]
        return mean / N, 1
    if mode not in ("channel", "channel_std"):
        raise ValueError(f"unknown mode: {mode}")
    mean, std = np.zeros((1, C, 1, 1)), np.ones((1, C, 1, 1))
    for c in range(C):
        values = X[:, c].astype(np.float64).ravel()
        mean[0, c, 0, 0] = values.sum() / values.size
        if mode == "channel_std":
            spread = np.linalg.norm(values - mean[0, c, 0, 0]) / math.sqrt(values.size)
            std[0, c, 0, 0] = spread if spread > 0 else 1
    return mean, std
