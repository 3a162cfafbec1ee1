"""numpy's norms; gradients made in place on copies; 0-d arrays returned."""

import copy
import re

import numpy as np


def frobenius_norm_squared(W):
    """Square the norm of the flattened array."""
    return np.asarray(np.linalg.norm(np.ravel(W)) ** 2)


def l2_penalty(parameters, lambd, m):
    """Square one norm over all weights."""
    norms = [np.linalg.norm(parameters[name]) for name in parameters if re.fullmatch(r"W\d+", name)]
    return np.asarray(0.5 * lambd / m * np.linalg.norm(norms) ** 2)


def l2_penalty_grad(parameters, lambd, m):
    """Scale a deep copy."""
    own = copy.deepcopy(parameters)
    for name, value in own.items():
        value *= lambd / m if name[0] == "W" else 0.0
    return {f"d{name}": value for name, value in own.items()}


def l1_penalty(parameters, lambd, m):
    """Take the norm of order 1 of each flattened weight matrix."""
    penalty = 0
    grads = dict.fromkeys(f"d{name}" for name in parameters)
    for name, value in parameters.items():
        grads[f"d{name}"] = np.zeros(value.shape, dtype=value.dtype)
        if "W" in name:
            penalty = penalty + np.linalg.norm(value.ravel(), ord=1)
            grads[f"d{name}"][value > 0] += lambd / m
            grads[f"d{name}"][value < 0] -= lambd / m
    return np.asarray(penalty * lambd / m), grads
