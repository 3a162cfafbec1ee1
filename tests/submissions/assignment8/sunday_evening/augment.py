import numpy as np


def random_horizontal_flip(x, p, rng):
    # one coin for the batch is enough I think?
    if rng.random() < p:
        return x[:, :, :, ::-1].copy()
    return x.copy()


def random_crop(x, crop_h, crop_w, rng, padding=0):
    N, C, H, W = x.shape
    if padding > 0:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        H, W = H + 2 * padding, W + 2 * padding
    if crop_h > H or crop_w > W:
        raise ValueError("crop too large")
    out = np.zeros((N, C, crop_h, crop_w), dtype=x.dtype)
    for n in range(N):
        # rng.integers(a, b) never gives b, so this is safe
        top = rng.integers(0, max(1, H - crop_h))
        left = rng.integers(0, max(1, W - crop_w))
        out[n] = x[n, :, top : top + crop_h, left : left + crop_w]
    return out
