"""Clipping that divides by the largest entry first, so that no square can overflow in any type."""

import math

import numpy as np


def clip_by_value(g, limit):
    if limit <= 0:
        raise ValueError("limit")
    return np.sign(g) * np.minimum(np.abs(g), limit)


def _norm(g):
    top = np.abs(g).max(initial=0.0)
    if not math.isfinite(top):
        raise ValueError("gradient is not finite")
    if top == 0:
        return 0.0
    return float(top) * math.sqrt(float(((g / top) ** 2).sum()))


def clip_by_norm(g, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm")
    norm = _norm(g)
    return g.copy() if norm <= max_norm else g / norm * max_norm


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm")
    norm = math.hypot(*(_norm(g) for g in grads.values()))
    clipped = {}
    for name, g in grads.items():
        clipped[name] = g.copy()
        if norm > max_norm:
            clipped[name] *= max_norm / norm
    return clipped, norm
