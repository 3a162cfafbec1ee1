"""Numbers in lists, and a class for a direction."""

import numpy as np


class Direction:
    """A unit vector of theta's shape."""

    def __init__(self, shape, rng):
        """Draw it."""
        numbers = np.array([rng.normal() for _ in range(int(np.prod(shape)))]).reshape(shape)
        self.vector = numbers / (numbers**2).sum() ** 0.5

    def slopes(self, f, grad, theta, h):
        """Return the claimed and the measured slope."""
        up, down = f(theta + self.vector * h), f(theta - self.vector * h)
        return (grad * self.vector).sum(), (up - down) / (h + h)


def complex_step(f, x, h=1e-20):
    """Use a mask for the entry that moves."""
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for index, _ in np.ndenumerate(x):
        mask = np.zeros(x.shape)
        mask[index] = h
        grad[index] = complex(f(x + 1j * mask)).imag / h
    return grad


def directional_check(f, grad, theta, n_dirs, rng, h=1e-5):
    """Ask each direction."""
    if n_dirs < 1:
        raise ValueError("n_dirs must be positive")
    claimed, measured = zip(
        *(Direction(theta.shape, rng).slopes(f, grad, theta, h) for _ in range(n_dirs)), strict=True
    )
    size = np.linalg.norm(claimed) + np.linalg.norm(measured)
    return float(np.linalg.norm(np.subtract(claimed, measured)) / size) if size > 0 else 0.0
