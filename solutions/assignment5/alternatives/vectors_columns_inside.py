"""Columns inside, as in the Deep Learning Specialization, and plain vectors outside."""

import numpy as np


def dictionary_to_vector(parameters):
    """Stack columns of shape (n, 1), weights and biases of each layer in turn."""
    layers = sorted({int(key[1:]) for key in parameters})
    keys = [name + str(layer) for layer in layers for name in "Wb" if name + str(layer) in parameters]
    theta = np.concatenate([np.reshape(parameters[key], (-1, 1)) for key in keys], axis=0)
    return theta[:, 0].copy(), [(key, parameters[key].shape) for key in keys]


def vector_to_dictionary(theta, spec):
    """Let numpy split and complain."""
    sizes = [int(np.prod(shape)) for _, shape in spec]
    column = np.reshape(theta, (sum(sizes), 1))
    pieces = np.vsplit(column, np.cumsum(sizes)[:-1])
    return {key: np.array(piece).reshape(shape) for (key, shape), piece in zip(spec, pieces, strict=True)}


def gradients_to_vector(gradients, spec):
    """Stack columns, then squeeze."""
    if any(gradients["d" + key].shape != shape for key, shape in spec):
        raise ValueError("a gradient has another shape than its parameter")
    return np.vstack([gradients["d" + key].reshape(-1, 1) for key, _ in spec]).squeeze(axis=1)
