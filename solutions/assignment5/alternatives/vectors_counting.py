"""Count the layers up as long as there is one; fill arrays made in advance."""

import numpy as np


def dictionary_to_vector(parameters):
    """Ask for W1, b1, W2, ... until one is missing."""
    pieces, spec, layer = [], [], 1
    while f"W{layer}" in parameters or f"b{layer}" in parameters:
        for key in (f"W{layer}", f"b{layer}"):
            if key in parameters:
                pieces.extend(parameters[key].flatten())
                spec.append((key, parameters[key].shape))
        layer += 1
    return np.array(pieces), spec


def vector_to_dictionary(theta, spec):
    """Cut pieces off the front."""
    parameters, rest = {}, list(theta)
    for key, shape in spec:
        size = int(np.prod(shape))
        piece, rest = rest[:size], rest[size:]
        if len(piece) < size:
            raise ValueError("theta is too short")
        parameters[key] = np.array(piece).reshape(shape)
    if rest:
        raise ValueError("theta is too long")
    return parameters


def gradients_to_vector(gradients, spec):
    """Fill a vector made in advance."""
    vector = np.empty(sum(int(np.prod(shape)) for _, shape in spec))
    start = 0
    for key, shape in spec:
        gradient = gradients["d" + key]
        if gradient.shape != shape:
            raise ValueError(f"d{key} has shape {gradient.shape}, {key} has {shape}")
        vector[start : start + gradient.size] = gradient.flatten()
        start += gradient.size
    return vector
