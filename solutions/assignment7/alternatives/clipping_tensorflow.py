"""Clipping as TensorFlow writes it: times the limit, over the larger of norm and limit."""

import numpy as np


def clip_by_value(g, limit):
    if limit <= 0:
        raise ValueError(f"limit {limit}")
    out = np.array(g)
    out[out > limit] = limit
    out[out < -limit] = -limit
    return out


def clip_by_norm(g, max_norm):
    if max_norm <= 0:
        raise ValueError(f"max_norm {max_norm}")
    if not np.all(np.isfinite(g)):
        raise ValueError("g has nan or inf")
    l2norm = np.sqrt(np.sum(g.astype("float64") ** 2))
    return (g * (max_norm / np.maximum(l2norm, max_norm))).astype(g.dtype)


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError(f"max_norm {max_norm}")
    for name, g in grads.items():
        if not np.isfinite(g).all():
            raise ValueError(f"{name} has nan or inf")
    theta = np.concatenate([g.ravel() for g in grads.values()])
    norm = np.sqrt(theta @ theta)
    return {name: max_norm * g / max(norm, max_norm) for name, g in grads.items()}, norm
