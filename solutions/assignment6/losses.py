"""Probabilities from scores, and the losses that compare them with labels.

A loss returns `(loss, gradient)`: one number, added up over the outputs of an example and averaged over the N examples,
and its gradient with respect to the first argument. All logarithms are natural.
"""

import numpy as np


def softmax(z: np.ndarray) -> np.ndarray:
    """Return the probabilities that belong to the scores of each example.

    Formula: p_ij = exp(z_ij) / sum_k exp(z_ik), for scores of any size.

    Args:
        z: scores, shape (N, C), one row for each example.

    Returns:
        p: shape (N, C), float32 if z is; each row adds up to 1.

    Example:
        >>> softmax(np.array([[0.0, np.log(3)], [1000.0, 1000.0]])).round(4)
        array([[0.25, 0.75],
               [0.5 , 0.5 ]])
    """
    ### BEGIN SOLUTION
    odds = np.exp(z - z.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)
    ### END SOLUTION


def log_softmax(z: np.ndarray) -> np.ndarray:
    """Return the natural logarithm of `softmax(z)`, also where the probability itself is too small to be told from 0.

    Formula: z_ij - log( sum_k exp(z_ik) ), for scores of any size.

    Args:
        z: scores, shape (N, C), one row for each example.

    Returns:
        Array of shape (N, C), float32 if z is.

    Example:
        >>> log_softmax(np.array([[0.0, 0.0], [0.0, 1000.0]])).round(4)
        array([[-6.931e-01, -6.931e-01],
               [-1.000e+03,  0.000e+00]])
    """
    ### BEGIN SOLUTION
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    ### END SOLUTION


def mse_loss(o: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the squared error of outputs and its gradient.

    Formulas: loss = 1 / (2 N) * sum over all entries of (o - y)^2; do = (o - y) / N.

    Args:
        o: outputs, shape (N, D).
        y: targets, shape (N, D).

    Returns:
        loss: one number.
        do: gradient with respect to o, shape (N, D).

    Raises:
        ValueError: o and y do not have the same shape.

    Example:
        >>> loss, do = mse_loss(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 4.0]]))
        >>> loss
        3.25
        >>> do
        array([[0. , 1. ],
               [1.5, 0. ]])
    """
    ### BEGIN SOLUTION
    if o.shape != y.shape:
        raise ValueError(f"o {o.shape} and y {y.shape} must have the same shape")
    error = o - y
    return float(np.sum(error**2)) / (2 * len(o)), error / len(o)
    ### END SOLUTION


def bce_with_logits(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the binary cross-entropy of scores ("logits") and its gradient.

    Formulas, with a = 1 / (1 + exp(-z)): loss = -1/N * sum over all entries of ( y log a + (1 - y) log(1 - a) );
    dz = (a - y) / N. The loss of one entry is also

        max(z, 0) - z y + log(1 + exp(-|z|)),

    which is right for scores of any size: z = 1000 with y = 0 costs 1000.

    Args:
        z: scores before the sigmoid, shape (N,) or (N, D).
        y: labels 0 or 1, of z's shape.

    Returns:
        loss: one number.
        dz: gradient with respect to z, of z's shape.

    Raises:
        ValueError: z and y do not have the same shape.

    Example:
        >>> loss, dz = bce_with_logits(np.array([[0.0], [np.log(3)]]), np.array([[1.0], [0.0]]))
        >>> round(loss, 4)
        1.0397
        >>> dz.round(4)
        array([[-0.25 ],
               [ 0.375]])
    """
    ### BEGIN SOLUTION
    if z.shape != y.shape:
        raise ValueError(f"z {z.shape} and y {y.shape} must have the same shape")
    decay = np.exp(-np.abs(z))
    losses = np.maximum(z, 0) - z * y + np.log1p(decay)
    a = np.where(z >= 0, 1, decay) / (1 + decay)
    return float(np.sum(losses)) / len(z), (a - y) / len(z)
    ### END SOLUTION


def softmax_loss(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the cross-entropy of softmax probabilities and its gradient.

    Formulas, with p the softmax of z: loss = -1/N * sum_i log p[i, y_i]; dz = (p - one_hot(y)) / N, for scores of
    any size.

    Args:
        z: scores, shape (N, C).
        y: labels, shape (N,), whole numbers from 0 to C - 1.

    Returns:
        loss: one number.
        dz: gradient with respect to z, shape (N, C).

    Example:
        >>> loss, dz = softmax_loss(np.array([[0.0, np.log(3)], [5.0, 5.0]]), np.array([0, 1]))
        >>> round(loss, 4)
        1.0397
        >>> dz.round(4)
        array([[-0.375,  0.375],
               [ 0.25 , -0.25 ]])
    """
    ### BEGIN SOLUTION
    log_p = log_softmax(z)
    rows = np.arange(len(z))
    dz = np.exp(log_p)
    dz[rows, y] -= 1
    return -float(np.sum(log_p[rows, y])) / len(z), dz / len(z)
    ### END SOLUTION


def output_delta(z: np.ndarray, y: np.ndarray, loss: str) -> np.ndarray:
    """Return the gradient of each example's own loss with respect to the score of a sigmoid output.

    With a = 1 / (1 + exp(-z)): for the squared error (a - y)^2 / 2 it is (a - y) a (1 - a); for the binary
    cross-entropy it is a - y. There is no mean over examples.

    Args:
        z: scores before the sigmoid, any shape.
        y: labels 0 or 1, of z's shape.
        loss: "mse" or "bce".

    Returns:
        delta: array of z's shape.

    Raises:
        ValueError: the loss is neither "mse" nor "bce".

    Example:
        A score of -12 for an example of class 1, and one of 0 for an example of class 0:

        >>> z, y = np.array([-12.0, 0.0]), np.array([1.0, 0.0])
        >>> output_delta(z, y, "bce").round(4)
        array([-1. ,  0.5])
        >>> output_delta(z, y, "mse").round(4)
        array([-0.   ,  0.125])
    """
    ### BEGIN SOLUTION
    if loss not in ("mse", "bce"):
        raise ValueError(f"loss must be 'mse' or 'bce', got '{loss}'")
    decay = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1, decay) / (1 + decay)
    return (a - y) * a * (1 - a) if loss == "mse" else a - y
    ### END SOLUTION
