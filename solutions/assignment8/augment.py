"""More images from those there are: mirrored and shifted copies, drawn anew in every epoch.

Images are arrays (N, C, H, W): N images, C channels, H rows, W columns.
"""

import numpy as np


def random_horizontal_flip(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Return the images, each mirrored left to right with probability p, independently of the others.

    Args:
        x: images (N, C, H, W).
        p: probability that an image is mirrored.
        rng: source of randomness.

    Returns:
        A new array of the same shape and dtype.

    Raises:
        ValueError: p is not in [0, 1].

    Example:
        >>> x = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
        >>> random_horizontal_flip(x, 1.0, np.random.default_rng(0))[0, 0]
        array([[2., 1.],
               [4., 3.]])
        >>> random_horizontal_flip(x, 0.0, np.random.default_rng(0))[0, 0]
        array([[1., 2.],
               [3., 4.]])
    """
    ### BEGIN SOLUTION
    if not 0 <= p <= 1:
        raise ValueError(f"p must be in [0, 1], got {p}")
    mirrored = rng.random(len(x)) < p
    return np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    ### END SOLUTION


def random_crop(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """Return a window of each image, at a place of its own.

    The images are first surrounded by `padding` rows and columns of zeros. Each of the
    (H + 2 padding - crop_h + 1) (W + 2 padding - crop_w + 1) places is equally likely, for each image independently.

    Args:
        x: images (N, C, H, W).
        crop_h: rows of the window.
        crop_w: columns of the window.
        rng: source of randomness.
        padding: how many rows and columns of zeros are added on each side.

    Returns:
        A new array (N, C, crop_h, crop_w) of the same dtype.

    Raises:
        ValueError: the window is larger than the padded image.

    Example:
        >>> x = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
        >>> random_crop(x, 2, 2, np.random.default_rng(0))[0, 0]
        array([[1., 2.],
               [3., 4.]])
        >>> float(random_crop(x, 1, 1, np.random.default_rng(0))[0, 0, 0, 0]) in (1.0, 2.0, 3.0, 4.0)
        True
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    rows, columns = H + 2 * padding - crop_h + 1, W + 2 * padding - crop_w + 1
    if rows < 1 or columns < 1:
        raise ValueError(
            f"a window of {crop_h} x {crop_w} does not fit into {H + 2 * padding} x {W + 2 * padding} pixels"
        )
    padded = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    padded[:, :, padding : padding + H, padding : padding + W] = x
    top, left = rng.integers(rows, size=N), rng.integers(columns, size=N)
    out = np.empty((N, C, crop_h, crop_w), dtype=x.dtype)
    for n in range(N):
        out[n] = padded[n, :, top[n] : top[n] + crop_h, left[n] : left[n] + crop_w]
    return out
    ### END SOLUTION
