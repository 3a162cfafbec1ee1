"""Use what numeric.py and vectors.py already do."""

import math

import numpy as np
from numeric import eval_numerical_gradient
from vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary


def relative_difference(grad, gradapprox):
    """Use dot products."""
    if grad.shape != gradapprox.shape:
        raise ValueError("shapes")
    distance = math.sqrt(np.vdot(grad - gradapprox, grad - gradapprox))
    size = math.sqrt(np.vdot(grad, grad)) + math.sqrt(np.vdot(gradapprox, gradapprox))
    return distance / size if size else 0.0


def rel_error(x, y):
    """Is CS231n's."""
    return np.max(np.abs(x - y) / (np.maximum(1e-8, np.abs(x) + np.abs(y))))


def gradient_check(cost_fn, parameters, gradients, epsilon=1e-5):
    """Differentiate the cost as a function of the vector."""
    theta, spec = dictionary_to_vector(parameters)
    theta = theta.astype(np.float64)
    approx = eval_numerical_gradient(lambda vector: cost_fn(vector_to_dictionary(vector, spec)), theta, epsilon)
    grad = gradients_to_vector(gradients, spec)
    return {"difference": relative_difference(grad, approx), "grad": grad, "gradapprox": approx, "spec": spec}


def gradient_check_scales(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Fill an array made in advance."""
    result = np.zeros(len(scales))
    for i, s in enumerate(scales):
        p = {k: v * s for k, v in parameters.items()}
        result[i] = gradient_check(cost_fn, p, grad_fn(p), epsilon=epsilon)["difference"]
    return result


def gradient_verdict(difference):
    """Walk through a table."""
    if math.isnan(difference):
        return "wrong"
    words = ["correct", "probably correct", "suspicious", "wrong"]
    return words[int(difference > 1e-7) + int(difference > 1e-5) + int(difference >= 1e-3)]


def worst_components(grad, gradapprox, spec, k=5):
    """Sort Python tuples; ask rel_error for each entry."""
    rows, start = [], 0
    for key, shape in spec:
        for offset in range(int(np.prod(shape))):
            a, n = grad[start + offset], gradapprox[start + offset]
            rows.append((key, np.unravel_index(offset, shape), a, n, rel_error(a, n)))
        start += int(np.prod(shape))
    return sorted(rows, key=lambda row: -row[4])[:k]
