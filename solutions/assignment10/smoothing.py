"""Cross-entropy with labels that are not quite certain."""

import numpy as np


def softmax_loss_smoothed(z: np.ndarray, y: np.ndarray, eps: float = 0.1) -> tuple[float, np.ndarray]:
    """Return the softmax cross-entropy against smoothed labels, and its gradient (Szegedy et al. 2016, section 7).

        q_ij = (1 - eps) * [j = y_i] + eps / C
        loss = -1/N * sum_i sum_j q_ij * log p_ij          p_i = softmax(z_i)
        dz   = (p - q) / N

    The share eps is spread over all C classes, the right one included.

    Args:
        z: scores, shape (N, C); any size of numbers. It is not modified.
        y: the class of every example, shape (N,), integers.
        eps: the share that is spread, 0 <= eps < 1.

    Returns:
        loss: one number, mean over the examples, natural logarithm.
        dz: shape (N, C).

    Raises:
        ValueError: eps is not in [0, 1).

    Example:
        >>> loss, dz = softmax_loss_smoothed(np.zeros((2, 2)), np.array([0, 1]), eps=0.2)
        >>> round(loss, 6)
        0.693147
        >>> dz
        array([[-0.2,  0.2],
               [ 0.2, -0.2]])
    """
    ### BEGIN SOLUTION
    if not 0 <= eps < 1:
        raise ValueError(f"eps must be in [0, 1), got {eps}")
    n, classes = z.shape
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    q = np.full(z.shape, eps / classes)
    q[np.arange(n), y] += 1 - eps
    return float(-np.sum(q * log_p) / n), (np.exp(log_p) - q) / n
    ### END SOLUTION
