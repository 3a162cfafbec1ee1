"""Sort by a regular expression; the plan is a tuple of lists."""

import re
from itertools import accumulate, pairwise

import numpy as np


def _layer_and_kind(key):
    kind, layer = re.fullmatch(r"([A-Za-z]+)(\d+)", key).groups()
    return int(layer), 0 if kind == "W" else 1


def dictionary_to_vector(parameters):
    """Join with np.hstack."""
    keys = sorted(parameters, key=_layer_and_kind)
    return np.hstack([parameters[key].ravel() for key in keys]), tuple(
        [key, list(parameters[key].shape)] for key in keys
    )


def vector_to_dictionary(theta, spec):
    """Slice between the running totals of the sizes, from a copy made once."""
    theta = np.array(theta)
    ends = list(accumulate((int(np.prod(shape)) for _, shape in spec), initial=0))
    if ends[-1] != len(theta):
        raise ValueError(f"spec describes {ends[-1]} numbers and theta has {len(theta)}")
    return {
        key: theta[start:stop].reshape(tuple(shape))
        for (key, shape), (start, stop) in zip(spec, pairwise(ends), strict=True)
    }


def gradients_to_vector(gradients, spec):
    """Check first, then join with np.r_."""
    chosen = [np.asarray(gradients["d" + key]) for key, _ in spec]
    for gradient, (key, shape) in zip(chosen, spec, strict=True):
        if list(gradient.shape) != list(shape):
            raise ValueError(f"gradient of {key}")
    return np.r_[tuple(gradient.reshape(-1) for gradient in chosen)]
