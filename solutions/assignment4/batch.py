"""Batch normalization: every feature is normalized over the examples of the batch."""

from typing import Any

import numpy as np


def batchnorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, bn_param: dict[str, Any]
) -> tuple[np.ndarray, Any]:
    """Normalize every feature over the batch, then scale and shift it (Ioffe & Szegedy 2015, Algorithm 1).

        mu_j    = 1/N * sum_i x_ij
        var_j   = 1/N * sum_i (x_ij - mu_j)^2
        xhat_ij = (x_ij - mu_j) / sqrt(var_j + eps)
        out_ij  = gamma_j * xhat_ij + beta_j

    In mode "train" mu and var are the batch's, and the running values move a little towards them:

        running <- momentum * running + (1 - momentum) * batch

    for the mean and for the variance, the same var as above (the paper's Algorithm 2 and PyTorch keep the unbiased
    one). Both are written to bn_param as new arrays; the arrays that were there stay as they are. In mode "test"
    mu and var are the running values, and nothing is written.

    A feature that is constant in the batch, or a batch of one example, gives out = beta in mode "train".

    Args:
        x: shape (N, D).
        gamma: scale, shape (D,).
        beta: shift, shape (D,).
        bn_param: "mode" ("train" or "test"); if present also "eps" (1e-5), "momentum" (0.9, the share of the old
            value), "running_mean" and "running_var" (shape (D,); zeros and ones).

    Returns:
        out: shape (N, D), of x's dtype where all arrays have the same.
        cache: whatever `batchnorm_backward` needs.

    Raises:
        ValueError: the mode is neither "train" nor "test".

    Example:
        >>> bn_param = {"mode": "train", "eps": 0.0}
        >>> x = np.array([[1.0, 2.0], [3.0, 6.0]])
        >>> out, _ = batchnorm_forward(x, np.array([2.0, 1.0]), np.array([0.0, 10.0]), bn_param)
        >>> out
        array([[-2.,  9.],
               [ 2., 11.]])
        >>> bn_param["running_mean"].round(4), bn_param["running_var"].round(4)
        (array([0.2, 0.4]), array([1. , 1.3]))
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.get("running_var", np.ones(x.shape[1], dtype=x.dtype))
    ### BEGIN SOLUTION
    if mode == "train":
        mu = x.mean(axis=0)
        var = np.mean((x - mu) ** 2, axis=0)
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mu
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mu, var = running_mean, running_var
    else:
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    inv_std = 1 / np.sqrt(var + eps)
    xhat = (x - mu) * inv_std
    return gamma * xhat + beta, (xhat, inv_std, gamma, mode)
    ### END SOLUTION


def batchnorm_backward(dout: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a scalar, given its gradient with respect to the output.

    With g = dout * gamma, and means over the N examples of the batch:

        dx     = (g - mean(g) - xhat * mean(g * xhat)) / sqrt(var + eps)
        dgamma = sum_i dout_ij * xhat_ij
        dbeta  = sum_i dout_ij

    The two means are there because moving one example moves the batch's mean and variance as well. After a forward
    pass in mode "test" those are fixed, and dx = g / sqrt(running_var + eps). A batch of one example in mode "train"
    has dx = 0: its output is beta, whatever x is.

    Args:
        dout: shape (N, D). It is not modified.
        cache: from `batchnorm_forward`; it may be used again afterwards.

    Returns:
        dx: shape (N, D).
        dgamma: shape (D,).
        dbeta: shape (D,).

    Example:
        Two examples: with eps = 0 their outputs are gamma * (-1, 1) + beta wherever the two inputs lie, so dx is 0.

        >>> x = np.array([[1.0, 2.0], [3.0, 6.0]])
        >>> _, cache = batchnorm_forward(x, np.ones(2), np.zeros(2), {"mode": "train", "eps": 0.0})
        >>> dx, dgamma, dbeta = batchnorm_backward(np.array([[1.0, 2.0], [5.0, 3.0]]), cache)
        >>> dx
        array([[0., 0.],
               [0., 0.]])
        >>> dgamma, dbeta
        (array([4., 1.]), array([6., 5.]))
    """
    ### BEGIN SOLUTION
    xhat, inv_std, gamma, mode = cache
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    g = dout * gamma
    if mode == "test":
        return g * inv_std, dgamma, dbeta
    dx = inv_std * (g - g.mean(axis=0) - xhat * np.mean(g * xhat, axis=0))
    return dx, dgamma, dbeta
    ### END SOLUTION
