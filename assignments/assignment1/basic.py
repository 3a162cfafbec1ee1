"""The first weights of a network: zeros, small random numbers, and a count of the units that are not twins.

A network is described by `layer_dims`, the sizes of its layers with the input first; layer l computes
`Z = A_prev @ W{l} + b{l}` with one example in each row of `A_prev`.
"""

from collections.abc import Sequence

import numpy as np


def initialize_parameters_zeros(layer_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Return weights and biases that are all zero.

    Every unit of a layer then computes the same, receives the same gradient and stays like its neighbours: the start
    that the other functions of this assignment improve on.

    Arguments:
        layer_dims: the sizes n_0 (input), n_1, ..., n_L (output), whole numbers.

    Returns:
        `W1` of shape (n_0, n_1), `b1` of shape (n_1,), `W2` (n_1, n_2), `b2` (n_2,), ..., `W{L}`, `b{L}`: zeros in
        float64, each array with memory of its own.

    Raises:
        ValueError: there are fewer than two sizes, or one of them is below 1.

    A 2 x 2 example:

    >>> initialize_parameters_zeros([2, 2])
    {'W1': array([[0., 0.],
           [0., 0.]]), 'b1': array([0., 0.])}
    """
    # YOUR CODE HERE
    raise NotImplementedError


def initialize_parameters_random(
    layer_dims: Sequence[int], rng: np.random.Generator, scale: float = 0.01
) -> dict[str, np.ndarray]:
    """Return small random weights, and biases that are zero.

    Every weight is an independent draw of N(0, scale^2), a normal distribution with mean 0 and standard deviation
    `scale`. How many numbers are drawn from rng, and in which order, is free.

    Arguments:
        layer_dims: the sizes n_0, n_1, ..., n_L, as in `initialize_parameters_zeros`.
        rng: the only source of random numbers.
        scale: the standard deviation of the weights.

    Returns:
        `W1` of shape (n_0, n_1), `b1` of shape (n_1,), ..., `W{L}`, `b{L}`, in float64.

    A 2 x 2 example:

    >>> parameters = initialize_parameters_random([2, 2], np.random.default_rng(1), scale=0.01)
    >>> parameters["W1"].round(4)
    array([[ 0.0035,  0.0082],
           [ 0.0033, -0.013 ]])
    >>> parameters["b1"]
    array([0., 0.])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def count_distinct_units(W: np.ndarray, b: np.ndarray | None = None) -> int:
    """Return how many units of a layer start out different from each other.

    A unit owns one column of W and, if b is given, one entry of b. Two units are twins when both agree exactly: they
    compute the same, receive the same gradient and never part. The result is the number of different columns of W with
    b below it. Numbers are compared exactly, without rounding.

    Arguments:
        W: weights of shape (n_in, n_out).
        b: biases of shape (n_out,), or None for a layer without biases.

    Returns:
        A whole number from 1 to n_out.

    A 2 x 2 example: both units have the weights 1 and 3, and only their biases tell them apart.

    >>> W = np.array([[1.0, 1.0], [3.0, 3.0]])
    >>> count_distinct_units(W)
    1
    >>> count_distinct_units(W, np.array([0.0, 0.5]))
    2
    """
    # YOUR CODE HERE
    raise NotImplementedError
