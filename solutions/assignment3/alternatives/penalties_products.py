"""Inner products and einsum; weights told from biases by their rank; numbers returned as numpy scalars."""

import numpy as np


def frobenius_norm_squared(W):
    """Multiply the flattened array with itself."""
    return np.vdot(W, W)


def l2_penalty(parameters, lambd, m):
    """Multiply and add all weight matrices with einsum."""
    squares = [np.einsum("ij,ij->", value, value) for value in parameters.values() if value.ndim == 2]
    return np.divide(lambd * np.sum(squares), 2 * m)


def l2_penalty_grad(parameters, lambd, m):
    """Multiply with the factor or with 0."""
    return {"d" + name: value * (lambd / m if value.ndim == 2 else 0) for name, value in parameters.items()}


def l1_penalty(parameters, lambd, m):
    """Use |w| = w sign(w)."""
    signs = {name: np.sign(value) for name, value in parameters.items() if value.ndim == 2}
    penalty = lambd * np.sum([np.vdot(signs[name], parameters[name]) for name in signs]) / m
    grads = {"d" + name: signs[name] * lambd / m if name in signs else 0 * value for name, value in parameters.items()}
    return penalty, grads
