"""A network of three layers with dropout on its two hidden ones: forward and backward."""

import numpy as np
from layers import dropout_mask


def relu(Z: np.ndarray) -> np.ndarray:
    """Return max(Z, 0), entry by entry. Given."""
    return np.maximum(Z, 0.0)


def sigmoid(Z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-Z)), entry by entry, for Z of any size. Given."""
    return 0.5 * (1.0 + np.tanh(0.5 * Z))


def forward_propagation_with_dropout(
    X: np.ndarray,
    parameters: dict[str, np.ndarray],
    keep_prob: float | tuple[float, float],
    rng: np.random.Generator,
) -> tuple[np.ndarray, object]:
    """Run LINEAR -> RELU -> DROPOUT -> LINEAR -> RELU -> DROPOUT -> LINEAR -> SIGMOID.

    LINEAR is Z = A_prev @ W + b. DROPOUT multiplies the activations of a hidden layer by a new mask of inverted
    dropout, with one coin for every example and unit. The input X and the output A3 are not dropped.

    Arguments:
        X: the examples, shape (N, n0), one per row.
        parameters: "W1" (n0, n1), "b1" (n1,), "W2" (n1, n2), "b2" (n2,), "W3" (n2, n3), "b3" (n3,).
        keep_prob: the probability that a hidden unit is kept: one number for both hidden layers, or a pair with
            the first hidden layer's first.
        rng: the only source of random numbers.

    Returns:
        A3: the predictions, shape (N, n3), each between 0 and 1.
        cache: whatever your `backward_propagation_with_dropout` needs; any object.

    A 2 x 2 example: N = 2 examples, all layers of size 2, every W the identity, every b zero, keep_prob = (0.5, 1):

        X = A1 before dropout    mask 1 (one of 16)    Z3           A3 = sigmoid(Z3)
        [[1., 0.],               [[2., 0.],            [[2., 0.],   [[0.8808, 0.5   ],
         [0., 3.]]                [2., 2.]]             [0., 6.]]    [0.5   , 0.9975]]

    >>> parameters = {"W1": np.eye(2), "W2": np.eye(2), "W3": np.eye(2), "b1": np.zeros(2), "b2": np.zeros(2),
    ...               "b3": np.zeros(2)}
    >>> X = np.array([[1.0, 0.0], [0.0, 3.0]])
    >>> A3, cache = forward_propagation_with_dropout(X, parameters, 1.0, np.random.default_rng(0))
    >>> A3.round(4)
    array([[0.7311, 0.5   ],
           [0.5   , 0.9526]])
    """
    ### BEGIN SOLUTION
    keep_prob1, keep_prob2 = np.broadcast_to(keep_prob, 2)
    Z1 = X @ parameters["W1"] + parameters["b1"]
    D1 = dropout_mask(Z1.shape, keep_prob1, rng, dtype=Z1.dtype)
    A1 = relu(Z1) * D1
    Z2 = A1 @ parameters["W2"] + parameters["b2"]
    D2 = dropout_mask(Z2.shape, keep_prob2, rng, dtype=Z2.dtype)
    A2 = relu(Z2) * D2
    A3 = sigmoid(A2 @ parameters["W3"] + parameters["b3"])
    return A3, (Z1, D1, A1, Z2, D2, A2, A3, parameters)
    ### END SOLUTION


def backward_propagation_with_dropout(X: np.ndarray, Y: np.ndarray, cache: object) -> dict[str, np.ndarray]:
    """Return the gradients of the cost of the network above.

    The cost is the cross-entropy, summed over the outputs and averaged over the examples:

        J = -1/N * sum over examples and outputs of (Y log A3 + (1 - Y) log(1 - A3))

    Together, sigmoid and cross-entropy have the gradient dJ/dZ3 = (A3 - Y) / N. This is the only place where 1/N
    appears.

    Arguments:
        X: the examples of the forward pass, shape (N, n0).
        Y: the labels, shape (N, n3), zeros and ones.
        cache: what your `forward_propagation_with_dropout` returned for this X.

    Returns:
        The gradients "dW1", "db1", "dW2", "db2", "dW3", "db3", each of the shape of its parameter. Other keys may be
        there too.

    A 2 x 2 example: the network of the example above without dropout, and two examples of two labels each:

        A3 = [[0.7311, 0.5   ],    Y = [[1., 0.],    dZ3 = [[-0.1345,  0.25  ],
              [0.5   , 0.9526]]         [0., 1.]]           [ 0.25  , -0.0237]]

    >>> parameters = {"W1": np.eye(2), "W2": np.eye(2), "W3": np.eye(2), "b1": np.zeros(2), "b2": np.zeros(2),
    ...               "b3": np.zeros(2)}
    >>> X, Y = np.array([[1.0, 0.0], [0.0, 3.0]]), np.eye(2)
    >>> A3, cache = forward_propagation_with_dropout(X, parameters, 1.0, np.random.default_rng(0))
    >>> grads = backward_propagation_with_dropout(X, Y, cache)
    >>> grads["db3"].round(4)
    array([0.1155, 0.2263])
    """
    ### BEGIN SOLUTION
    Z1, D1, A1, Z2, D2, A2, A3, parameters = cache
    dZ3 = (A3 - Y) / X.shape[0]
    dZ2 = dZ3 @ parameters["W3"].T * D2 * (Z2 > 0)
    dZ1 = dZ2 @ parameters["W2"].T * D1 * (Z1 > 0)
    return {
        "dW1": X.T @ dZ1,
        "db1": dZ1.sum(axis=0),
        "dW2": A1.T @ dZ2,
        "db2": dZ2.sum(axis=0),
        "dW3": A2.T @ dZ3,
        "db3": dZ3.sum(axis=0),
    }
    ### END SOLUTION
