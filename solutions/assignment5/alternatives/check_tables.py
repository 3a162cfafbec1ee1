"""Tables instead of branches, dictionaries instead of vectors where they are handier."""

import numpy as np
from vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary


def relative_difference(grad, gradapprox):
    """Stack the three vectors and take all norms at once."""
    if grad.shape != gradapprox.shape:
        raise ValueError("the shapes differ")
    rows = np.stack([(grad - gradapprox).ravel(), grad.ravel(), gradapprox.ravel()])
    distance, one, other = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return float(np.divide(distance, one + other, out=np.zeros(()), where=one + other > 0))


def rel_error(x, y):
    """Look at the worst entry by its place."""
    errors = np.abs(x - y) / np.where(np.abs(x) + np.abs(y) > 1e-8, np.abs(x) + np.abs(y), 1e-8)
    return float(errors.flat[np.argmax(errors)])


def gradient_check(cost_fn, parameters, gradients, epsilon=1e-5):
    """Move theta itself and put each number back."""
    theta, spec = dictionary_to_vector({k: v.astype(np.float64) for k, v in parameters.items()})
    gradapprox = np.empty_like(theta)
    for i, number in enumerate(theta.tolist()):
        cost = []
        for moved in (number + epsilon, number - epsilon):
            theta[i] = moved
            cost.append(cost_fn(vector_to_dictionary(theta, spec)))
        theta[i] = number
        gradapprox[i] = 0.5 * (cost[0] - cost[1]) / epsilon
    grad = gradients_to_vector(gradients, spec)
    return {
        "difference": relative_difference(grad, gradapprox),
        "grad": grad,
        "gradapprox": gradapprox,
        "spec": tuple(spec),
    }


def gradient_check_scales(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Scale the vector instead of the dictionary."""
    theta, spec = dictionary_to_vector(parameters)
    points = [vector_to_dictionary(scale * theta, spec) for scale in scales]
    return np.fromiter((gradient_check(cost_fn, p, grad_fn(p), epsilon)["difference"] for p in points), dtype=float)


def gradient_verdict(difference):
    """Look the range up among its upper ends."""
    limits = [1e-7, 1e-5, np.nextafter(1e-3, 0)]
    words = ["correct", "probably correct", "suspicious", "wrong"]
    return words[int(np.searchsorted(limits, difference, side="left"))]


def worst_components(grad, gradapprox, spec, k=5):
    """Go parameter by parameter, then choose among all."""
    analytic, numeric = vector_to_dictionary(grad, spec), vector_to_dictionary(gradapprox, spec)
    rows = [
        (key, index, a, numeric[key][index], rel_error(np.array([a]), np.array([numeric[key][index]])))
        for key, _ in spec
        for index, a in np.ndenumerate(analytic[key])
    ]
    rows.sort(key=lambda row: row[-1], reverse=True)
    return rows[:k]
