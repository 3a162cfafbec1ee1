"""numpy.logaddexp for the logarithm of the sum; labels from the identity matrix."""

import numpy as np


def softmax_loss_smoothed(z, y, eps=0.1):
    """Compare with the rows of a smoothed identity."""
    if not (eps >= 0 and eps < 1):
        raise ValueError(f"eps = {eps}")
    labels = (np.eye(z.shape[1]) * (1 - eps) + eps / z.shape[1])[y]
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    return -np.mean(np.einsum("ij,ij->i", labels, log_p)), (np.exp(log_p) - labels) / z.shape[0]
