"""All parameters of a network as one vector, and back.

`parameters` is a dictionary with `W1, b1, W2, b2, ...`: `W{l}` has the shape (n_{l-1}, n_l), `b{l}` the shape (n_l,).
`spec` is the plan of the vector: a list of (key, shape), in the order in which the arrays stand in it.
"""

import numpy as np

Spec = list[tuple[str, tuple[int, ...]]]


def dictionary_to_vector(parameters: dict[str, np.ndarray]) -> tuple[np.ndarray, Spec]:
    """Return all parameters in one vector, and the plan to take it apart again.

    The order is W1, b1, W2, b2, ..., W10, b10, ...: by the number of the layer, whatever the order of the dictionary.
    Each array is read row by row.

    Args:
        parameters: `W1` (n_0, n_1), `b1` (n_1,), ..., as many layers as there are.

    Returns:
        theta: vector of shape (n,), n numbers in all; memory of its own, so that changing it changes no parameter.
        spec: list of (key, shape), in the order of theta.

    Example:
        >>> W1 = np.array([[1.0, 2.0], [3.0, 4.0]])
        >>> theta, spec = dictionary_to_vector({"b1": np.array([5.0, 6.0]), "W1": W1})
        >>> theta
        array([1., 2., 3., 4., 5., 6.])
        >>> spec
        [('W1', (2, 2)), ('b1', (2,))]
    """
    # YOUR CODE HERE
    raise NotImplementedError


def vector_to_dictionary(theta: np.ndarray, spec: Spec) -> dict[str, np.ndarray]:
    """Return the arrays that stand in a vector, by name: the inverse of `dictionary_to_vector`.

    Args:
        theta: vector of shape (n,).
        spec: list of (key, shape), in the order of theta.

    Returns:
        A dictionary with the keys of spec; every array has the shape that spec gives, and memory of its own, so that
        changing it does not change theta.

    Raises:
        ValueError: theta is longer or shorter than the shapes of spec say.

    Example:
        >>> theta = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
        >>> parameters = vector_to_dictionary(theta, [("W1", (2, 2)), ("b1", (2,))])
        >>> parameters["W1"]
        array([[1., 2.],
               [3., 4.]])
        >>> parameters["b1"]
        array([5., 6.])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def gradients_to_vector(gradients: dict[str, np.ndarray], spec: Spec) -> np.ndarray:
    """Return the gradients in one vector, entry for entry in the order of the parameters' vector.

    Args:
        gradients: `dW1, db1, ...`, each of the shape of its parameter, in any order. Other keys, such as `dZ1`, are
            left aside.
        spec: list of (key, shape) as `dictionary_to_vector` returns it; the gradient of `key` is `"d" + key`.

    Returns:
        Vector of shape (n,).

    Raises:
        ValueError: a gradient has another shape than its parameter.

    Example:
        >>> gradients = {"db1": np.array([5.0, 6.0]), "dW1": np.array([[1.0, 2.0], [3.0, 4.0]])}
        >>> gradients_to_vector(gradients, [("W1", (2, 2)), ("b1", (2,))])
        array([1., 2., 3., 4., 5., 6.])
    """
    # YOUR CODE HERE
    raise NotImplementedError
