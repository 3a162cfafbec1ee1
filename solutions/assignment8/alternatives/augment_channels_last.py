"""Images as (N, H, W, C) inside, in the manner of other libraries; rolled instead of sliced."""

import numpy as np


def random_horizontal_flip(x, p, rng):
    """Choose between the two copies of each image."""
    if np.isnan(p) or p < 0 or p > 1:
        raise ValueError("p out of range")
    nhwc = np.moveaxis(x, 1, -1)
    both = np.stack([nhwc, nhwc[:, :, ::-1]])
    choice = rng.choice(2, size=len(x), p=[1 - p, p])
    return np.ascontiguousarray(np.moveaxis(both[choice, np.arange(len(x))], -1, 1))


def random_crop(x, crop_h, crop_w, rng, padding=0):
    """Roll the corner to the origin, then cut."""
    nhwc = np.moveaxis(np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)), 1, -1)
    N, H, W, _ = nhwc.shape
    if not (crop_h <= H and crop_w <= W):
        raise ValueError("the crop is larger than the image")
    corners = rng.integers([H - crop_h + 1, W - crop_w + 1], size=(N, 2))
    out = [np.roll(image, (-i, -j), axis=(0, 1))[:crop_h, :crop_w] for image, (i, j) in zip(nhwc, corners, strict=True)]
    return np.moveaxis(np.array(out), -1, 1).copy()
