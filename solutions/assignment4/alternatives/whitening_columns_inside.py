"""Principal components with examples in columns inside, and loops over the components."""

import numpy as np


def pca_fit(X, n_components):
    A = np.asarray(X, dtype=float).T
    D, m = A.shape
    if n_components <= 0 or n_components > D or n_components > m:
        raise ValueError(f"cannot find {n_components} components of {m} examples with {D} features")
    mu = A.mean(axis=1, keepdims=True)
    U, s, _ = np.linalg.svd((A - mu) / np.sqrt(m), full_matrices=False)
    order = np.argsort(-s, kind="stable")[:n_components]
    return mu.ravel(), np.array([U[:, k] for k in order]), np.array([s[k] * s[k] for k in order])


def pca_transform(X, mu, components):
    return (components @ (X.T - mu.reshape(-1, 1))).T.copy()


def whiten(X, mu, components, variances, eps=1e-5, zca=False):
    columns = [(X - mu) @ c / (v + eps) ** 0.5 for c, v in zip(components, variances, strict=True)]
    if not zca:
        return np.stack(columns, axis=1)
    back = np.zeros(X.shape)
    for column, c in zip(columns, components, strict=True):
        back += np.outer(column, c)
    return back
