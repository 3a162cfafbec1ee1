"""Root mean square normalization: layer normalization without the mean."""

from typing import Any

import numpy as np


def rmsnorm_forward(x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5) -> tuple[np.ndarray, Any]:
    """Divide every example by the root mean square of its features, then scale (Zhang & Sennrich 2019).

        rms_i   = sqrt(1/D * sum_j x_ij^2 + eps)
        xhat_ij = x_ij / rms_i
        out_ij  = gamma_j * xhat_ij

    Nothing is subtracted, and nothing is added at the end: where layer normalization moves and stretches, this only
    stretches.

    Args:
        x: shape (N, D). It is not modified.
        gamma: scale of every feature, shape (D,).
        eps: added to the mean square, under the root.

    Returns:
        out: shape (N, D), float32 where x and gamma are float32.
        cache: whatever `rmsnorm_backward` needs.

    Example:
        >>> out, _ = rmsnorm_forward(np.array([[1.0, 7.0], [-2.0, 14.0]]), np.array([5.0, 10.0]), eps=0.0)
        >>> out
        array([[ 1., 14.],
               [-1., 14.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def rmsnorm_backward(dout: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients of a scalar, given its gradient with respect to the output.

    With g = dout * gamma, and the mean over the D features of each example:

        dx     = (g - xhat * mean(g * xhat)) / rms
        dgamma = sum_i dout_ij * xhat_ij

    Args:
        dout: shape (N, D). It is not modified.
        cache: from `rmsnorm_forward`; it may be used again afterwards.

    Returns:
        dx: shape (N, D).
        dgamma: shape (D,).

    Example:
        >>> _, cache = rmsnorm_forward(np.array([[1.0, 7.0], [-2.0, 14.0]]), np.array([5.0, 10.0]), eps=0.0)
        >>> dx, dgamma = rmsnorm_backward(np.array([[10.0, 0.0], [0.0, 10.0]]), cache)
        >>> dx
        array([[ 9.8, -1.4],
               [ 1.4,  0.2]])
        >>> dgamma
        array([ 2., 14.])
    """
    # YOUR CODE HERE
    raise NotImplementedError
