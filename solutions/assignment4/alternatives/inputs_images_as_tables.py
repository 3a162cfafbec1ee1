"""Images are laid out as tables of pixels or of channels, which normalize_fit measures; ones are whole numbers."""

import numpy as np


def normalize_fit(X_train):
    mu = np.average(X_train, axis=0)
    sigma = np.linalg.norm(X_train - mu, axis=0) / np.sqrt(len(X_train))
    return mu, np.where(np.ptp(X_train, axis=0) == 0, 1.0, sigma)


def normalize_apply(X, mu, sigma):
    return np.stack([(row - mu) / sigma for row in X])


def image_center_stats(X, mode):
    if mode not in ("image", "channel", "channel_std"):
        raise ValueError(f"unknown mode {mode!r}")
    _, C, H, W = X.shape
    if mode == "image":
        mu, _ = normalize_fit(X.reshape(len(X), -1).astype(np.float64))
        return mu.reshape(1, C, H, W), np.ones((H, W), dtype=int)
    mu, sigma = normalize_fit(np.moveaxis(X, 1, -1).reshape(-1, C).astype(np.float64))
    if mode == "channel":
        sigma = np.ones(C, dtype=int)
    return mu.reshape(1, C, 1, 1), sigma.reshape(1, C, 1, 1)
