"""Plain comprehensions over all numbers, one at a time."""

import numpy as np


def dictionary_to_vector(parameters):
    """Walk through every index of every array."""
    spec = [(key, parameters[key].shape) for key in sorted(parameters, key=lambda key: (int(key[1:]), key[0] == "b"))]
    return np.array([parameters[key][index] for key, shape in spec for index in np.ndindex(shape)]), spec


def vector_to_dictionary(theta, spec):
    """Hand the numbers out one by one."""
    numbers = iter(theta.tolist())
    try:
        parameters = {key: np.array([next(numbers) for _ in np.ndindex(shape)]).reshape(shape) for key, shape in spec}
    except (StopIteration, RuntimeError):
        raise ValueError("theta is too short") from None
    if next(numbers, None) is not None:
        raise ValueError("theta is too long")
    return parameters


def gradients_to_vector(gradients, spec):
    """Walk through every index that spec has."""
    for key, shape in spec:
        if np.shape(gradients[f"d{key}"]) != shape:
            raise ValueError(f"d{key}")
    return np.array([gradients[f"d{key}"][index] for key, shape in spec for index in np.ndindex(shape)])
