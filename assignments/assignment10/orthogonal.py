"""Initial weights that neither shrink nor stretch."""

import numpy as np


def orthogonal(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """Return a random matrix with orthogonal columns, or rows, of length `gain` (Saxe, McClelland & Ganguli 2014).

    Of a tall matrix (n_in >= n_out) the columns are orthogonal: W.T @ W = gain^2 * I. Of a wide one the rows are:
    W @ W.T = gain^2 * I. All such matrices are equally likely (the Haar measure).

    The QR decomposition of a normal matrix gives orthogonal columns, but an implementation may choose their signs by a
    rule of its own: multiply each column of Q by the sign of R's entry on the diagonal, and the choice is gone
    (Mezzadri 2007, “A Correct and Efficient Algorithm”).

    Args:
        shape: (n_in, n_out).
        rng: draws the normal numbers; the only source of chance.
        gain: length of the columns, or rows.

    Returns:
        An array of this shape, float64.

    Example:
        >>> W = orthogonal((2, 2), np.random.default_rng(0), gain=2.0)
        >>> np.round(W.T @ W, 9) + 0.0
        array([[4., 0.],
               [0., 4.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError
