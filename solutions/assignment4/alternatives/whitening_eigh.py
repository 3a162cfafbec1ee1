"""Principal components from the eigenvectors of the covariance matrix."""

import numpy as np


def pca_fit(X, n_components):
    N, D = X.shape
    if n_components < 1 or n_components > min(N, D):
        raise ValueError(f"n_components = {n_components} is not in 1..{min(N, D)}")
    mu = X.mean(axis=0)
    centred = X - mu
    values, vectors = np.linalg.eigh(centred.T @ centred / N)
    largest = np.argsort(values)[::-1][:n_components]
    return mu, vectors[:, largest].T, np.maximum(values[largest], 0)


def pca_transform(X, mu, components):
    return np.dot(X - mu, components.T)


def whiten(X, mu, components, variances, eps=1e-5, zca=False):
    T = pca_transform(X, mu, components)
    T = T / np.sqrt(variances + eps)
    if zca:
        T = T.dot(components)
    return T
