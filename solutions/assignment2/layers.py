"""Inverted dropout as a layer: the mask, the forward pass, the backward pass."""

import numpy as np


def dropout_mask(
    shape: int | tuple[int, ...], keep_prob: float, rng: np.random.Generator, dtype: type = np.float64
) -> np.ndarray:
    """Draw a mask of inverted dropout.

    Each entry is 1/keep_prob with probability `keep_prob`, otherwise 0, independently of all others. With keep_prob = 1
    every entry is 1. (Srivastava et al. 2014, section 4 for the mask and section 10 for the scaling.)

    Arguments:
        shape: the shape of the mask: that of the activations it will multiply.
        keep_prob: the probability that a unit is KEPT, in (0, 1].
        rng: the only source of random numbers. How many you draw, and with which of its methods, is free, as long as
            it depends on `shape` only.
        dtype: the type of the result's entries.

    Returns:
        An array of this shape and dtype.

    Raises:
        ValueError: keep_prob is not in (0, 1].

    A 2 x 2 example: with keep_prob = 0.5 the entries are 0 and 2. One of the 16 possible masks is

        [[2., 0.],
         [2., 2.]]

    >>> mask = dropout_mask((2, 2), 0.5, np.random.default_rng(0))
    >>> mask.shape, set(mask.ravel().tolist()) <= {0.0, 2.0}
    ((2, 2), True)
    >>> dropout_mask((2, 2), 1.0, np.random.default_rng(0))
    array([[1., 1.],
           [1., 1.]])
    """
    ### BEGIN SOLUTION
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    kept = rng.random(shape) < keep_prob
    return (kept / keep_prob).astype(dtype)
    ### END SOLUTION


def dropout_forward(
    x: np.ndarray, keep_prob: float, mode: str, rng: np.random.Generator | None = None
) -> tuple[np.ndarray, object]:
    """Apply inverted dropout to activations.

    In mode "train" the result is x * mask, entry by entry, with a new `dropout_mask` for every call. In mode "test" it
    is x, and nothing is drawn. (Srivastava et al. 2014, section 10.)

    Arguments:
        x: activations, floating-point numbers, of any shape. They stay as they are.
        keep_prob: the probability that a unit is kept, in (0, 1].
        mode: "train" or "test".
        rng: the source of random numbers; needed in mode "train" only.

    Returns:
        out: an array of the shape and dtype of x.
        cache: whatever your `dropout_backward` needs; any object.

    Raises:
        ValueError: mode is neither "train" nor "test", or keep_prob is not in (0, 1].

    A 2 x 2 example: with keep_prob = 0.5 and the mask [[2, 0], [2, 2]],

        x = [[1., -3.],        out = [[2., 0.],
             [0.,  4.]]               [0., 8.]]

    >>> x = np.array([[1.0, -3.0], [0.0, 4.0]])
    >>> out, cache = dropout_forward(x, 0.5, "train", np.random.default_rng(0))
    >>> bool(np.all((out == 0.0) | (out == 2.0 * x)))
    True
    >>> out, cache = dropout_forward(x, 0.5, "test")
    >>> out
    array([[ 1., -3.],
           [ 0.,  4.]])
    """
    ### BEGIN SOLUTION
    if mode == "test":
        return x, None
    if mode != "train":
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
    mask = dropout_mask(x.shape, keep_prob, rng, dtype=x.dtype)
    return x * mask, mask
    ### END SOLUTION


def dropout_backward(dout: np.ndarray, cache: object) -> np.ndarray:
    """Return the gradient of the loss with respect to the x of `dropout_forward`.

    Dropout multiplies every entry of x by a number that does not depend on x, so the chain rule is short.

    Arguments:
        dout: the gradient with respect to `out`; same shape as x. It stays as it is.
        cache: what your `dropout_forward` returned, in either mode.

    Returns:
        dx: the gradient with respect to x; same shape.

    A 2 x 2 example: if the forward pass used the mask [[2, 0], [2, 2]],

        dout = [[1., 1.],        dx = [[2., 0.],
                [3., 5.]]              [6., 10.]]

    >>> ones, dout = np.ones((2, 2)), np.array([[1.0, 1.0], [3.0, 5.0]])
    >>> mask, cache = dropout_forward(ones, 0.5, "train", np.random.default_rng(0))
    >>> bool(np.all(dropout_backward(dout, cache) == dout * mask))
    True
    >>> out, cache = dropout_forward(ones, 0.5, "test")
    >>> dropout_backward(dout, cache)
    array([[1., 1.],
           [3., 5.]])
    """
    ### BEGIN SOLUTION
    mask = cache
    return dout if mask is None else dout * mask
    ### END SOLUTION
