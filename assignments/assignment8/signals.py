"""What becomes of a signal on its way through a deep network, forward and back.

Examples are rows: x (N, n0), weights[l] (n_l, n_{l+1}); there are no biases. Activations: "relu", "tanh" or "linear",
the same after every layer, the last one included.
"""

from collections.abc import Sequence

import numpy as np


def forward_signal(x: np.ndarray, weights: Sequence[np.ndarray], activation: str) -> dict[str, np.ndarray]:
    """Return the size of every layer's activations, and how many of its units are dead.

    Formula: A0 = x, A_l = activation(A_{l-1} @ W_l) for l = 1 ... L.

    Args:
        x: a batch (N, n0).
        weights: W_1 ... W_L.
        activation: "relu", "tanh" or "linear".

    Returns:
        A dictionary of three arrays (L,): "mean" and "std" over all activations of a layer, and "dead", the share of
        its units that are zero for every example.

    Raises:
        ValueError: another activation.

    Example:
        >>> x, W = np.array([[1.0, -1.0], [2.0, -2.0]]), np.array([[2.0, 0.0], [0.0, 2.0]])
        >>> signal = forward_signal(x, [W, W], "relu")
        >>> signal["mean"]
        array([1.5, 3. ])
        >>> signal["dead"]
        array([0.5, 0.5])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def backward_signal(x: np.ndarray, weights: Sequence[np.ndarray], activation: str, dout: np.ndarray) -> np.ndarray:
    """Return the size of every weight matrix's gradient.

    For A_L as in `forward_signal` and the scalar sum(dout * A_L): the Frobenius norm of its gradient by W_1 ... W_L.

    Args:
        x: a batch (N, n0).
        weights: W_1 ... W_L.
        activation: "relu", "tanh" or "linear".
        dout: gradient by A_L, of its shape (N, n_L).

    Returns:
        Norms (L,), the first layer's first.

    Example:
        >>> x, W = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[2.0, 0.0], [0.0, 3.0]])
        >>> backward_signal(x, [W, W], "linear", np.array([[3.0, 0.0], [0.0, 2.0]]))
        array([8.48528137, 8.48528137])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def growth_rate(scales: np.ndarray) -> float:
    """Return the factor by which a signal grows from layer to layer, on average.

    Formula: (s_L / s_1) ** (1 / (L - 1)), the geometric mean of the factors s_{l+1} / s_l.

    Args:
        scales: sizes s_1 ... s_L, none negative.

    Returns:
        The factor; 0.0 if one of the sizes is 0: a signal that is gone does not come back.

    Raises:
        ValueError: fewer than two sizes, or a negative one.

    Example:
        >>> round(growth_rate(np.array([1.0, 2.0, 4.0])), 6)
        2.0
        >>> round(growth_rate(np.array([8.0, 2.0])), 6)
        0.25
    """
    # YOUR CODE HERE
    raise NotImplementedError
