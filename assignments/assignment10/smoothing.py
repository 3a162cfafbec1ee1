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
    # YOUR CODE HERE
    raise NotImplementedError
