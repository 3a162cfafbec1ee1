"""Normalization of images: over the batch, over one channel, over a group of channels."""

from typing import Any

import numpy as np


def spatial_batchnorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, bn_param: dict[str, Any]
) -> tuple[np.ndarray, Any]:
    """Normalize every channel over all pixels of all images of the batch (Ioffe & Szegedy 2015).

    This is batch normalization where each pixel of each image counts as one example with C features: mean and
    variance of a channel are taken over its N * H * W values. Modes and running values are those of
    `batchnorm_forward`, which you may import from `batch` and call.

    Args:
        x: images, shape (N, C, H, W).
        gamma: scale of every channel, shape (C,).
        beta: shift of every channel, shape (C,).
        bn_param: as in `batchnorm_forward`; running_mean and running_var have shape (C,).

    Returns:
        out: shape (N, C, H, W), of x's dtype where all arrays have the same.
        cache: whatever `spatial_batchnorm_backward` needs.

    Raises:
        ValueError: the mode is neither "train" nor "test".

    Example:
        One channel of two images with 1 x 2 pixels; mean 3, variance 5:

        >>> x = np.array([[[[0.0, 2.0]]], [[[4.0, 6.0]]]])
        >>> out, _ = spatial_batchnorm_forward(x, np.ones(1), np.zeros(1), {"mode": "train", "eps": 4.0})
        >>> out
        array([[[[-1.        , -0.33333333]]],
        <BLANKLINE>
        <BLANKLINE>
               [[[ 0.33333333,  1.        ]]]])
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.get("running_var", np.ones(x.shape[1], dtype=x.dtype))
    ### BEGIN SOLUTION
    if mode == "train":
        mu = x.mean(axis=(0, 2, 3))
        var = np.mean((x - mu[:, None, None]) ** 2, axis=(0, 2, 3))
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mu
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mu, var = running_mean, running_var
    else:
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    inv_std = 1 / np.sqrt(var[:, None, None] + eps)
    xhat = (x - mu[:, None, None]) * inv_std
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, inv_std, gamma, mode)
    ### END SOLUTION


def spatial_batchnorm_backward(dout: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a scalar, given its gradient with respect to the output.

    The formulas are those of `batchnorm_backward` with means and sums over N, H and W: the N * H * W values of a
    channel are its examples. You may import it from `batch` and call it.

    Args:
        dout: shape (N, C, H, W). It is not modified.
        cache: from `spatial_batchnorm_forward`; it may be used again afterwards.

    Returns:
        dx: shape (N, C, H, W).
        dgamma: shape (C,).
        dbeta: shape (C,).

    Example:
        >>> x = np.array([[[[0.0, 2.0]]], [[[4.0, 6.0]]]])
        >>> _, cache = spatial_batchnorm_forward(x, np.ones(1), np.zeros(1), {"mode": "train", "eps": 4.0})
        >>> dx, dgamma, dbeta = spatial_batchnorm_backward(np.array([[[[1.0, 0.0]]], [[[0.0, 1.0]]]]), cache)
        >>> dgamma, dbeta
        (array([0.]), array([2.]))
        >>> dx.ravel().round(4)
        array([ 0.1667, -0.1667, -0.1667,  0.1667])
    """
    ### BEGIN SOLUTION
    xhat, inv_std, gamma, mode = cache
    dgamma = np.sum(dout * xhat, axis=(0, 2, 3))
    dbeta = np.sum(dout, axis=(0, 2, 3))
    g = dout * gamma[:, None, None]
    if mode == "test":
        return g * inv_std, dgamma, dbeta
    mean_g = g.mean(axis=(0, 2, 3), keepdims=True)
    mean_gx = np.mean(g * xhat, axis=(0, 2, 3), keepdims=True)
    return inv_std * (g - mean_g - xhat * mean_gx), dgamma, dbeta
    ### END SOLUTION


def instancenorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, in_param: dict[str, Any]
) -> tuple[np.ndarray, Any]:
    """Normalize every channel of every image over its own pixels (Ulyanov, Vedaldi & Lempitsky 2016).

        mu_nc   = 1/(H*W) * sum_hw x_nchw
        var_nc  = 1/(H*W) * sum_hw (x_nchw - mu_nc)^2
        out     = gamma_c * (x - mu_nc) / sqrt(var_nc + eps) + beta_c

    Brightness and contrast of an image disappear, whatever the other images are. An image of one pixel gives beta.

    Args:
        x: images, shape (N, C, H, W).
        gamma: scale of every channel, shape (C,).
        beta: shift of every channel, shape (C,).
        in_param: if present "eps" (1e-5).

    Returns:
        out: shape (N, C, H, W), of x's dtype where all arrays have the same.
        cache: anything; this course asks for no backward pass of it.

    Example:
        Two images of one channel and 1 x 2 pixels: each ends with the same contrast.

        >>> x = np.array([[[[0.0, 2.0]]], [[[10.0, 30.0]]]])
        >>> out, _ = instancenorm_forward(x, np.array([3.0]), np.array([1.0]), {"eps": 0.0})
        >>> out.ravel()
        array([-2.,  4., -2.,  4.])
    """
    eps = in_param.get("eps", 1e-5)
    ### BEGIN SOLUTION
    mu = x.mean(axis=(2, 3), keepdims=True)
    var = np.mean((x - mu) ** 2, axis=(2, 3), keepdims=True)
    inv_std = 1 / np.sqrt(var + eps)
    xhat = (x - mu) * inv_std
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, inv_std, gamma)
    ### END SOLUTION


def spatial_groupnorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, G: int, gn_param: dict[str, Any]
) -> tuple[np.ndarray, Any]:
    """Normalize groups of neighbouring channels of every image (Wu & He 2018).

    The C channels are cut into G groups of C/G neighbours: with C = 6 and G = 2 the groups are the channels 0, 1, 2 and
    3, 4, 5. Mean and variance are taken over the C/G * H * W values of a group in one image; scale and shift belong
    to channels. G = 1 is layer normalization over (C, H, W), G = C is instance normalization.

    Args:
        x: images, shape (N, C, H, W).
        gamma: scale of every channel, shape (C,).
        beta: shift of every channel, shape (C,).
        G: number of groups; it divides C.
        gn_param: if present "eps" (1e-5).

    Returns:
        out: shape (N, C, H, W), of x's dtype where all arrays have the same.
        cache: whatever `spatial_groupnorm_backward` needs.

    Raises:
        ValueError: G does not divide C.

    Example:
        One image, two channels of 1 x 2 pixels. Two groups: each channel for itself. One group: both together, with
        mean 2 and variance 6.

        >>> x = np.array([[[[0.0, 2.0]], [[0.0, 6.0]]]])
        >>> out, _ = spatial_groupnorm_forward(x, np.ones(2), np.zeros(2), 2, {"eps": 0.0})
        >>> out.ravel()
        array([-1.,  1., -1.,  1.])
        >>> out, _ = spatial_groupnorm_forward(x, np.ones(2), np.zeros(2), 1, {"eps": 10.0})
        >>> out.ravel()
        array([-0.5,  0. , -0.5,  1. ])
    """
    eps = gn_param.get("eps", 1e-5)
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    if G < 1 or C % G:
        raise ValueError(f"G = {G} does not divide C = {C}")
    grouped = x.reshape(N, G, C // G, H, W)
    mu = grouped.mean(axis=(2, 3, 4), keepdims=True)
    var = np.mean((grouped - mu) ** 2, axis=(2, 3, 4), keepdims=True)
    inv_std = 1 / np.sqrt(var + eps)
    xhat = ((grouped - mu) * inv_std).reshape(x.shape)
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, inv_std, gamma)
    ### END SOLUTION


def spatial_groupnorm_backward(dout: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a scalar, given its gradient with respect to the output.

    With g = dout * gamma, and means over the C/G * H * W values of a group in one image:

        dx     = (g - mean(g) - xhat * mean(g * xhat)) / sqrt(var + eps)
        dgamma = sum over N, H, W of dout * xhat
        dbeta  = sum over N, H, W of dout

    Args:
        dout: shape (N, C, H, W). It is not modified.
        cache: from `spatial_groupnorm_forward`; it may be used again afterwards.

    Returns:
        dx: shape (N, C, H, W).
        dgamma: shape (C,).
        dbeta: shape (C,).

    Example:
        >>> x = np.array([[[[0.0, 2.0]], [[0.0, 6.0]]]])
        >>> _, cache = spatial_groupnorm_forward(x, np.ones(2), np.zeros(2), 1, {"eps": 10.0})
        >>> dx, dgamma, dbeta = spatial_groupnorm_backward(np.array([[[[0.0, 4.0]], [[0.0, 4.0]]]]), cache)
        >>> dgamma, dbeta
        (array([0., 4.]), array([4., 4.]))
        >>> dx.ravel()
        array([-0.375,  0.5  , -0.375,  0.25 ])
    """
    ### BEGIN SOLUTION
    xhat, inv_std, gamma = cache
    N, C, H, W = dout.shape
    G = inv_std.shape[1]
    g = (dout * gamma[:, None, None]).reshape(N, G, C // G, H, W)
    grouped = xhat.reshape(g.shape)
    mean_g = g.mean(axis=(2, 3, 4), keepdims=True)
    mean_gx = np.mean(g * grouped, axis=(2, 3, 4), keepdims=True)
    dx = inv_std * (g - mean_g - grouped * mean_gx)
    return dx.reshape(dout.shape), np.sum(dout * xhat, axis=(0, 2, 3)), np.sum(dout, axis=(0, 2, 3))
    ### END SOLUTION
