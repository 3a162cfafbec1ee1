"""Dropout as first published, and what the noise of dropout does to an activation."""

import numpy as np


def vanilla_dropout_forward(
    x: np.ndarray, keep_prob: float, mode: str, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Apply dropout as first published: the scaling happens at test time.

    In mode "train" every entry of x is kept as it is with probability `keep_prob` and set to 0 otherwise, independently
    of all others. In mode "test" the result is keep_prob * x, the average of what training gives, and nothing is
    drawn. (Srivastava et al. 2014, sections 4 and 10.)

    Arguments:
        x: activations, floating-point numbers, of any shape. They stay as they are.
        keep_prob: the probability that a unit is kept, in (0, 1].
        mode: "train" or "test".
        rng: the source of random numbers; needed in mode "train" only.

    Returns:
        An array of the shape and dtype of x.

    Raises:
        ValueError: mode is neither "train" nor "test", or keep_prob is not in (0, 1].

    A 2 x 2 example with keep_prob = 0.5:

        x = [[1., -3.],        train, one of 16: [[1., 0.],        test: [[0.5, -1.5],
             [0.,  4.]]                           [0., 4.]]               [0. ,  2. ]]

    >>> x = np.array([[1.0, -3.0], [0.0, 4.0]])
    >>> out = vanilla_dropout_forward(x, 0.5, "train", np.random.default_rng(0))
    >>> bool(np.all((out == 0.0) | (out == x)))
    True
    >>> vanilla_dropout_forward(x, 0.5, "test")
    array([[ 0.5, -1.5],
           [ 0. ,  2. ]])
    """
    ### BEGIN SOLUTION
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    if mode == "test":
        return x * keep_prob
    if mode != "train":
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    return x * (rng.random(x.shape) < keep_prob)
    ### END SOLUTION


def dropout_moments(x: np.ndarray, keep_prob: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean and the variance, over all masks, of inverted dropout applied to x.

    x itself is fixed; only the mask is random: each entry of it is 1/keep_prob with probability `keep_prob`, otherwise
    0. The variance is the noise from which Wager, Wang and Liang (2013) derive the penalty that dropout amounts to.

    Arguments:
        x: activations, floating-point numbers, of any shape. They stay as they are.
        keep_prob: the probability that a unit is kept, in (0, 1].

    Returns:
        mean: the mean of x * mask, entry by entry; same shape as x.
        var: the variance of x * mask, entry by entry; same shape as x.

    A 2 x 2 example with keep_prob = 0.5: an activation of 4 becomes 0 or 8, each half of the time. Its mean is 4, its
    distance from the mean is always 4, so its variance is 16.

    >>> mean, var = dropout_moments(np.array([[1.0, -3.0], [0.0, 4.0]]), 0.5)
    >>> mean
    array([[ 1., -3.],
           [ 0.,  4.]])
    >>> var
    array([[ 1.,  9.],
           [ 0., 16.]])
    """
    ### BEGIN SOLUTION
    return x.copy(), x**2 * (1 - keep_prob) / keep_prob
    ### END SOLUTION
