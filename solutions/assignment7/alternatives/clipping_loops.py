"""Clipping number by number."""

import math

import numpy as np


def clip_by_value(g, limit):
    if limit <= 0:
        raise ValueError("limit must be above 0")
    cut = [max(-limit, min(limit, value)) for value in g.ravel()]
    return np.array(cut, dtype=g.dtype).reshape(g.shape)


def _length(values):
    total = 0.0
    for value in values:
        if math.isnan(value) or math.isinf(value):
            raise ValueError("non-finite gradient")
        total += float(value) * float(value)
    return math.sqrt(total)


def clip_by_norm(g, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be above 0")
    norm = _length(g.ravel())
    if norm <= max_norm:
        return 1 * g
    return np.array([float(value) * max_norm / norm for value in g.ravel()], dtype=g.dtype).reshape(g.shape)


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be above 0")
    norm = _length([value for g in grads.values() for value in g.ravel()])
    shrink = max_norm / norm if norm > max_norm else 1
    return {name: shrink * g for name, g in grads.items()}, norm
