import numpy as np


def clip_by_value(g, limit):
    np.clip(g, -limit, limit, out=g)
    return g


def clip_by_norm(g, max_norm):
    total_norm = np.linalg.norm(g)
    clip_coef = max_norm / (total_norm + 1e-6)
    return g * min(1.0, clip_coef)


def clip_by_global_norm(grads, max_norm):
    total_norm = np.sqrt(sum(np.linalg.norm(g) ** 2 for g in grads.values()))
    clip_coef = min(1.0, max_norm / (total_norm + 1e-6))
    for g in grads.values():
        g *= clip_coef
    return grads, total_norm
