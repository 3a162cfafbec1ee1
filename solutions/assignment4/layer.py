"""Layer normalization: every example is normalized over its own features."""

from typing import Any

import numpy as np


def layernorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, ln_param: dict[str, Any]
) -> tuple[np.ndarray, Any]:
    """Normalize every example over its features, then scale and shift (Ba, Kiros & Hinton 2016).

        mu_i    = 1/D * sum_j x_ij
        var_i   = 1/D * sum_j (x_ij - mu_i)^2
        xhat_ij = (x_ij - mu_i) / sqrt(var_i + eps)
        out_ij  = gamma_j * xhat_ij + beta_j

    An example's output depends on that example alone. So there are no modes and no running values.

    Args:
        x: shape (N, D).
        gamma: scale of every feature, shape (D,).
        beta: shift of every feature, shape (D,).
        ln_param: if present "eps" (1e-5).

    Returns:
        out: shape (N, D), of x's dtype where all arrays have the same.
        cache: whatever `layernorm_backward` needs.

    Example:
        >>> x = np.array([[1.0, 3.0], [10.0, 30.0]])
        >>> out, _ = layernorm_forward(x, np.array([2.0, 1.0]), np.array([0.0, 10.0]), {"eps": 0.0})
        >>> out
        array([[-2., 11.],
               [-2., 11.]])
    """
    eps = ln_param.get("eps", 1e-5)
    ### BEGIN SOLUTION
    mu = x.mean(axis=1, keepdims=True)
    var = np.mean((x - mu) ** 2, axis=1, keepdims=True)
    inv_std = 1 / np.sqrt(var + eps)
    xhat = (x - mu) * inv_std
    return gamma * xhat + beta, (xhat, inv_std, gamma)
    ### END SOLUTION


def layernorm_backward(dout: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a scalar, given its gradient with respect to the output.

    With g = dout * gamma, and means over the D features of each example:

        dx     = (g - mean(g) - xhat * mean(g * xhat)) / sqrt(var + eps)
        dgamma = sum_i dout_ij * xhat_ij
        dbeta  = sum_i dout_ij

    gamma and beta belong to features, whatever the statistics are taken over; their gradients add up the examples.

    Args:
        dout: shape (N, D). It is not modified.
        cache: from `layernorm_forward`; it may be used again afterwards.

    Returns:
        dx: shape (N, D).
        dgamma: shape (D,).
        dbeta: shape (D,).

    Example:
        >>> x = np.array([[1.0, 3.0], [10.0, 30.0]])
        >>> _, cache = layernorm_forward(x, np.ones(2), np.zeros(2), {"eps": 0.0})
        >>> dx, dgamma, dbeta = layernorm_backward(np.array([[1.0, 2.0], [5.0, 3.0]]), cache)
        >>> dx
        array([[0., 0.],
               [0., 0.]])
        >>> dgamma, dbeta
        (array([-6.,  5.]), array([6., 5.]))
    """
    ### BEGIN SOLUTION
    xhat, inv_std, gamma = cache
    g = dout * gamma
    dx = inv_std * (g - g.mean(axis=1, keepdims=True) - xhat * np.mean(g * xhat, axis=1, keepdims=True))
    return dx, np.sum(dout * xhat, axis=0), np.sum(dout, axis=0)
    ### END SOLUTION
