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
    ### BEGIN SOLUTION
    activations = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "linear": lambda z: z}
    if activation not in activations:
        raise ValueError(f"activation must be 'relu', 'tanh' or 'linear', got '{activation}'")
    A, mean, std, dead = x, [], [], []
    for W in weights:
        A = activations[activation](A @ W)
        mean.append(A.mean())
        std.append(A.std())
        dead.append((A == 0).all(axis=0).mean())
    return {"mean": np.array(mean), "std": np.array(std), "dead": np.array(dead)}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    inputs, outputs = [], []
    A = x
    for W in weights:
        inputs.append(A)
        Z = A @ W
        A = {"relu": np.maximum(Z, 0), "tanh": np.tanh(Z), "linear": Z}[activation]
        outputs.append(A)
    norms, dA = [], dout
    for W, A_in, A_out in zip(reversed(weights), reversed(inputs), reversed(outputs), strict=True):
        slopes = {"relu": A_out > 0, "tanh": 1 - A_out**2, "linear": 1.0}[activation]
        dZ = dA * slopes
        norms.append(np.linalg.norm(A_in.T @ dZ))
        dA = dZ @ W.T
    return np.array(norms[::-1])
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    scales = np.asarray(scales, dtype=np.float64)
    if len(scales) < 2 or (scales < 0).any():
        raise ValueError(f"scales must be at least two numbers, none negative, got {scales}")
    if (scales == 0).any():
        return 0.0
    return float(np.exp((np.log(scales[-1]) - np.log(scales[0])) / (len(scales) - 1)))
    ### END SOLUTION
