"""The way of the Coursera notebook: two lists of costs, columns inside."""

import numpy as np
from vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary


def relative_difference(grad, gradapprox):
    """Use np.linalg.norm of columns."""
    if not np.array_equal(np.shape(grad), np.shape(gradapprox)):
        raise ValueError("grad and gradapprox differ in shape")
    grad, gradapprox = grad.reshape(-1, 1), gradapprox.reshape(-1, 1)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator if denominator > 0 else np.float64(0)


def rel_error(x, y):
    """Take the maximum by sorting, which puts nan last."""
    size = np.clip(np.abs(x) + np.abs(y), 1e-8, None)
    return np.sort((np.abs(x - y) / size).ravel())[-1]


def gradient_check(cost_fn, parameters, gradients, epsilon=1e-5):
    """Fill J_plus and J_minus, then subtract the columns."""
    parameters_values, spec = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients, spec)
    values = np.array(parameters_values, dtype=np.float64).reshape(-1, 1)
    J_plus, J_minus = np.zeros(values.shape), np.zeros(values.shape)
    for i in range(len(values)):
        theta_plus = np.copy(values)
        theta_plus[i][0] += epsilon
        J_plus[i] = cost_fn(vector_to_dictionary(theta_plus.ravel(), spec))
    for i in range(len(values)):
        theta_minus = np.copy(values)
        theta_minus[i][0] -= epsilon
        J_minus[i] = cost_fn(vector_to_dictionary(theta_minus.ravel(), spec))
    gradapprox = ((J_plus - J_minus) / (2 * epsilon)).ravel()
    difference = relative_difference(grad, gradapprox)
    return {"difference": difference, "grad": grad, "gradapprox": gradapprox, "spec": spec}


def gradient_check_scales(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Compute all gradients first."""
    networks = [{key: s * parameters[key] for key in parameters} for s in scales]
    gradients = [grad_fn(network) for network in networks]
    reports = [gradient_check(cost_fn, n, g, epsilon) for n, g in zip(networks, gradients, strict=True)]
    return np.asarray([report["difference"] for report in reports])


def gradient_verdict(difference):
    """Use a chain of conditions."""
    if difference <= 1e-7:
        verdict = "correct"
    elif difference <= 1e-5:
        verdict = "probably correct"
    elif difference < 1e-3:
        verdict = "suspicious"
    else:
        verdict = "wrong"
    return verdict


def worst_components(grad, gradapprox, spec, k=5):
    """Find each place again from the running total of the sizes."""
    errors = np.abs(grad - gradapprox) / np.maximum(1e-8, np.abs(grad) + np.abs(gradapprox))
    ends = np.cumsum([int(np.prod(shape)) for _, shape in spec])
    rows = []
    for i in np.argsort(errors)[::-1][: min(k, errors.size)]:
        which = int(np.searchsorted(ends, i, side="right"))
        key, shape = spec[which]
        start = ends[which - 1] if which else 0
        rows.append((key, np.unravel_index(i - start, shape), grad[i], gradapprox[i], errors[i]))
    return rows
