"""All windows at once as a view, masks by exclusive-or of draws, images assigned by a mask."""

import numpy as np


def random_horizontal_flip(x, p, rng):
    """Assign the mirrored ones in a copy."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"p must lie in [0, 1]: {p}")
    chosen = ~(rng.random(x.shape[0]) >= p)
    out = np.array(x)
    out[chosen] = np.flip(x[chosen], axis=-1)
    return out


def random_crop(x, crop_h, crop_w, rng, padding=0):
    """Choose from the view of all windows."""
    if padding:
        bigger = np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding), x.dtype)
        bigger[..., padding:-padding, padding:-padding] = x
        x = bigger
    if x.shape[2] < crop_h or x.shape[3] < crop_w:
        raise ValueError("too large")
    windows = np.lib.stride_tricks.sliding_window_view(x, (crop_h, crop_w), axis=(2, 3))
    left = np.floor(rng.random(len(x)) * windows.shape[3]).astype(int)
    top = np.floor(rng.random(len(x)) * windows.shape[2]).astype(int)
    return windows[np.arange(len(x)), :, top, left].copy()
