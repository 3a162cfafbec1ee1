"""One image after the other."""

import numpy as np


def random_horizontal_flip(x, p, rng):
    """Draw for each image, mirror by fliplr."""
    if p < 0 or p > 1:
        raise ValueError(f"p = {p:g}")
    out = x.copy()
    for i in range(x.shape[0]):
        if rng.uniform() < p:
            for c in range(x.shape[1]):
                out[i, c] = np.fliplr(x[i, c])
    return out


def random_crop(x, crop_h, crop_w, rng, padding=0):
    """Pad each image, draw its corner, copy."""
    images = []
    for image in x:
        padded = np.pad(image, ((0, 0), (padding, padding), (padding, padding)), mode="constant")
        _, H, W = padded.shape
        if crop_h > H or crop_w > W:
            raise ValueError(f"{crop_h} x {crop_w} from {H} x {W}")
        i = rng.integers(0, H - crop_h, endpoint=True)
        j = rng.integers(0, W - crop_w, endpoint=True)
        images.append(padded[:, i : i + crop_h, j : j + crop_w])
    return np.stack(images)
