"""Flat views and generators; the largest numbers are taken out before the norms."""

import numpy as np


def complex_step(f, x, h=1e-20):
    """Go through the flat entries."""
    start = np.asarray(x).astype(np.complex128)

    def slope(i):
        moved = start.copy()
        moved.reshape(-1)[i] += h * 1j
        return float(np.imag(f(moved))) / h

    return np.fromiter((slope(i) for i in range(start.size)), dtype=float).reshape(start.shape)


def directional_check(f, grad, theta, n_dirs, rng, h=1e-5):
    """Make directions from pairs of uniform numbers, by Box and Muller."""
    if not n_dirs >= 1:
        raise ValueError(f"n_dirs = {n_dirs}")
    pairs = []
    for _ in range(n_dirs):
        radius = np.sqrt(-2 * np.log(1 - rng.random(theta.shape)))
        v = radius * np.cos(2 * np.pi * rng.random(theta.shape))
        v = v / np.linalg.norm(v.ravel())
        pairs.append((np.tensordot(grad, v, axes=theta.ndim), (f(theta + h * v) - f(theta - h * v)) / 2 / h))
    a, b = np.array(pairs, dtype=float).T
    largest = max(np.abs(a).max(), np.abs(b).max())
    if largest == 0:
        return 0.0
    a, b = a / largest, b / largest
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
