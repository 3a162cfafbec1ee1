"""Penalties on the weights of a network, and their gradients.

`parameters` is a dictionary with `W1, b1, W2, b2, ...`: `W{l}` has the shape (n_{l-1}, n_l), `b{l}` the shape (n_l,).
`m` is the number of examples that the cost is averaged over, `lambd` the strength of the penalty.
"""

import numpy as np


def frobenius_norm_squared(W: np.ndarray) -> float:
    """Return the sum of the squares of all entries of W: the squared Frobenius norm.

    Formula: ||W||_F^2 = sum_i sum_j W_ij^2, and in the same way over all axes of an array of any rank.

    Args:
        W: array of any shape.

    Returns:
        One number, 0 for an array of zeros.

    Example:
        >>> frobenius_norm_squared(np.array([[1.0, -2.0], [3.0, 4.0]]))
        30.0
    """
    ### BEGIN SOLUTION
    return float(np.sum(np.square(W, dtype=np.float64)))
    ### END SOLUTION


def l2_penalty(parameters: dict[str, np.ndarray], lambd: float, m: int) -> float:
    """Return the L2 penalty of a network with any number of layers.

    Formula: lambd / (2 m) * sum_l ||W_l||_F^2. Only the weights are penalised, the biases are not.

    Args:
        parameters: `W1` (n_0, n_1), `b1` (n_1,), ..., as many layers as there are.
        lambd: strength of the penalty.
        m: number of examples.

    Returns:
        One number.

    Example:
        >>> W1 = np.array([[1.0, -2.0], [3.0, 4.0]])
        >>> l2_penalty({"W1": W1, "b1": np.array([5.0, 6.0])}, lambd=0.5, m=3)
        2.5
    """
    ### BEGIN SOLUTION
    weights = [value for name, value in parameters.items() if name.startswith("W")]
    return lambd / (2 * m) * sum(frobenius_norm_squared(W) for W in weights)
    ### END SOLUTION


def l2_penalty_grad(parameters: dict[str, np.ndarray], lambd: float, m: int) -> dict[str, np.ndarray]:
    """Return the gradient of `l2_penalty` with respect to every parameter.

    Formula: dW_l = lambd / m * W_l, db_l = 0.

    Args:
        parameters, lambd, m: as in `l2_penalty`.

    Returns:
        New arrays `dW1, db1, dW2, db2, ...`, each of the shape of its parameter; the biases have one too.

    Example:
        >>> W1 = np.array([[1.0, -2.0], [3.0, 4.0]])
        >>> grads = l2_penalty_grad({"W1": W1, "b1": np.array([5.0, 6.0])}, lambd=0.5, m=2)
        >>> grads["dW1"]
        array([[ 0.25, -0.5 ],
               [ 0.75,  1.  ]])
        >>> grads["db1"]
        array([0., 0.])
    """
    ### BEGIN SOLUTION
    return {
        f"d{name}": lambd / m * value if name.startswith("W") else np.zeros_like(value)
        for name, value in parameters.items()
    }
    ### END SOLUTION


def l1_penalty(parameters: dict[str, np.ndarray], lambd: float, m: int) -> tuple[float, dict[str, np.ndarray]]:
    """Return the L1 penalty of a network and its gradient.

    Formula: lambd / m * sum_l sum_ij |W_l,ij|; dW_l = lambd / m * sign(W_l), db_l = 0. At a weight of exactly zero,
    where |w| has a kink, the gradient is 0.

    Args:
        parameters, lambd, m: as in `l2_penalty`.

    Returns:
        penalty: one number.
        grads: new arrays `dW1, db1, dW2, db2, ...`, each of the shape of its parameter.

    Example:
        >>> W1 = np.array([[1.0, -2.0], [0.0, 4.0]])
        >>> penalty, grads = l1_penalty({"W1": W1, "b1": np.array([5.0, 6.0])}, lambd=0.5, m=2)
        >>> penalty
        1.75
        >>> grads["dW1"]
        array([[ 0.25, -0.25],
               [ 0.  ,  0.25]])
    """
    ### BEGIN SOLUTION
    weights = [value for name, value in parameters.items() if name.startswith("W")]
    penalty = lambd / m * sum(float(np.sum(np.abs(W))) for W in weights)
    grads = {
        f"d{name}": lambd / m * np.sign(value) if name.startswith("W") else np.zeros_like(value)
        for name, value in parameters.items()
    }
    return penalty, grads
    ### END SOLUTION
