import numpy as np


def normalize_fit(X_train):
    m = X_train.shape[1]
    mu = np.sum(X_train, axis=1, keepdims=True) / m
    sigma2 = np.sum((X_train - mu) ** 2, axis=1, keepdims=True) / m
    sigma2[sigma2 == 0] = 1
    return mu, np.sqrt(sigma2)


def normalize_apply(X, mu, sigma):
    n_x = len(mu)
    return (X - mu.reshape(n_x, 1)) / sigma.reshape(n_x, 1)


def image_center_stats(X, mode):
    # YOUR CODE HERE
    raise NotImplementedError
