"""Principal components one after the other, each in the space that the earlier ones leave."""

import numpy as np


def pca_fit(X, n_components):
    N, D = X.shape
    if n_components not in range(1, min(N, D) + 1):
        raise ValueError("too many or too few components")
    mu = np.add.reduce(X) / N
    covariance = np.cov(X, rowvar=False, bias=True).reshape(D, D)
    found = np.zeros((0, D))
    for _ in range(n_components):
        rest = np.eye(D) - found.T @ found
        _, vectors = np.linalg.eigh(rest @ covariance @ rest + 1e-9 * np.trace(covariance) * rest)
        direction = vectors[:, -1]
        direction = direction - found.T @ (found @ direction)
        found = np.vstack([found, direction / np.linalg.norm(direction)])
    variances = np.einsum("ki,ij,kj->k", found, covariance, found)
    return mu, found, variances


def pca_transform(X, mu, components):
    return X @ components.T - mu @ components.T


def whiten(X, mu, components, variances, eps=1e-5, zca=False):
    white = np.einsum("nd,kd,k->nk", X - mu, components, (variances + eps) ** -0.5)
    return np.einsum("nk,kd->nd", white, components) if zca else white
