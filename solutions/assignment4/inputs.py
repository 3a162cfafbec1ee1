"""Prepare inputs: standardize features, centre images."""

import numpy as np


def normalize_fit(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Measure the mean and the standard deviation of every feature of the training set.

        mu_j    = 1/N * sum_i x_ij
        sigma_j = sqrt(1/N * sum_i (x_ij - mu_j)^2)

    The sum of squares is divided by N, and the mean is removed before squaring: with features such as 1e8 + noise,
    the difference of two huge squares has no correct digit left. A feature that is constant in the training set gets
    sigma = 1, so that dividing by it does nothing.

    Args:
        X_train: examples in rows, shape (N, D). It is not modified.

    Returns:
        mu: shape (D,).
        sigma: shape (D,).

    Example:
        >>> mu, sigma = normalize_fit(np.array([[1.0, 10.0], [3.0, 10.0]]))
        >>> mu
        array([ 2., 10.])
        >>> sigma
        array([1., 1.])
    """
    ### BEGIN SOLUTION
    mu = X_train.mean(axis=0)
    sigma = np.sqrt(np.mean((X_train - mu) ** 2, axis=0))
    # The mean of equal numbers may be rounded, so sigma of a constant feature need not be exactly 0.
    sigma[X_train.max(axis=0) == X_train.min(axis=0)] = 1.0
    return mu, sigma
    ### END SOLUTION


def normalize_apply(X: np.ndarray, mu: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    """Standardize data with the numbers measured on the training set.

        x_norm_ij = (x_ij - mu_j) / sigma_j

    Training, dev and test data all go through the same mu and sigma: an example must not change because of the
    examples it happens to arrive with.

    Args:
        X: examples in rows, shape (N, D). It is not modified.
        mu: shape (D,).
        sigma: shape (D,), no zeros.

    Returns:
        X_norm: shape (N, D), of X's dtype where all arrays have the same.

    Example:
        >>> normalize_apply(np.array([[1.0, 10.0], [4.0, 11.0]]), np.array([2.0, 10.0]), np.array([1.0, 0.5]))
        array([[-1.,  0.],
               [ 2.,  2.]])
    """
    ### BEGIN SOLUTION
    return (X - mu) / sigma
    ### END SOLUTION


def image_center_stats(X: np.ndarray, mode: str) -> tuple[np.ndarray, np.ndarray]:
    """Measure what to subtract from images, and what to divide them by.

        mode "image"        mean over the examples, for every pixel of every channel: (1, C, H, W); std is 1
        mode "channel"      mean over examples and pixels, one for every channel:      (1, C, 1, 1); std is 1
        mode "channel_std"  mean and standard deviation of every channel:             (1, C, 1, 1) each

    The first is what AlexNet subtracts (Krizhevsky et al. 2012), the second VGG (Simonyan & Zisserman 2015), the
    third public implementations of ResNet. Both results broadcast against X: `(X - mean) / std` is the prepared batch.
    The deviation divides by the number of values; a channel that is constant gets std = 1.

    Args:
        X: images, shape (N, C, H, W); floating-point or integer, such as uint8. Integers are computed in float64.
        mode: "image", "channel" or "channel_std".

    Returns:
        mean: shape as above.
        std: shape (1, C, 1, 1) for "channel_std"; otherwise 1, as a number or as any array that broadcasts.

    Raises:
        ValueError: `mode` is none of the three.

    Example:
        Two images of one channel and 1 x 2 pixels:

        >>> X = np.array([[[[0.0, 2.0]]], [[[4.0, 6.0]]]])
        >>> mean, std = image_center_stats(X, "image")
        >>> mean
        array([[[[2., 4.]]]])
        >>> mean, std = image_center_stats(X, "channel")
        >>> mean
        array([[[[3.]]]])
    """
    ### BEGIN SOLUTION
    if mode not in ("image", "channel", "channel_std"):
        raise ValueError(f"mode must be 'image', 'channel' or 'channel_std', got '{mode}'")
    if mode == "image":
        mean = X.mean(axis=0, keepdims=True)
        return mean, np.ones_like(mean)
    per_channel = (0, 2, 3)
    mean = X.mean(axis=per_channel, keepdims=True)
    if mode == "channel":
        return mean, np.ones_like(mean)
    std = np.sqrt(np.mean((X - mean) ** 2, axis=per_channel, keepdims=True))
    std[X.max(axis=per_channel, keepdims=True) == X.min(axis=per_channel, keepdims=True)] = 1.0
    return mean, std
    ### END SOLUTION
