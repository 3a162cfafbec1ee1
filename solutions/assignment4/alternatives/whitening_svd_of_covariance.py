"""Principal components in the style of the CS231n notes: the SVD of the covariance."""

import numpy as np


def pca_fit(X, n_components):
    if not (1 <= n_components <= X.shape[0] and n_components <= X.shape[1]):
        raise ValueError("n_components must be between 1 and min(N, D)")
    mu = np.mean(X, axis=0)
    X = X - mu
    U, S, _ = np.linalg.svd(np.dot(X.T, X) / X.shape[0])
    return mu, -U[:, :n_components].T, S[:n_components]


def pca_transform(X, mu, components):
    rotated = np.zeros((len(X), len(components)))
    for i, row in enumerate(X):
        for k, component in enumerate(components):
            rotated[i, k] = np.sum((row - mu) * component)
    return rotated


def whiten(X, mu, components, variances, eps=1e-5, zca=False):
    W = components / np.sqrt(variances + eps)[:, None]
    if zca:
        W = components.T @ W
    return (X - mu) @ W.T
