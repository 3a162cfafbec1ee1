"""Work on dictionaries throughout; the vectors are only made for the report. Nothing is imported from the siblings."""

import heapq

import numpy as np


def relative_difference(grad, gradapprox):
    """Use the Frobenius norm over all axes."""
    if np.shape(grad) != np.shape(gradapprox):
        raise ValueError(f"{np.shape(grad)} against {np.shape(gradapprox)}")
    above = np.sqrt(np.sum(np.square(grad - gradapprox)))
    below = np.sqrt(np.sum(np.square(grad))) + np.sqrt(np.sum(np.square(gradapprox)))
    return 0.0 if below == 0 else above / below


def rel_error(x, y):
    """Loop over the entries."""
    worst = 0.0
    for a, b in zip(np.ravel(x), np.ravel(y), strict=True):
        error = abs(a - b) / max(1e-8, abs(a) + abs(b))
        if np.isnan(a) or np.isnan(b):
            return float("nan")
        worst = max(worst, error)
    return float(worst)


def gradient_check(cost_fn, parameters, gradients, epsilon=1e-5):
    """Move one entry of one array of a copied dictionary; put it back afterwards."""
    keys = sorted(parameters, key=lambda key: (int(key[1:]), key[0]))
    moved = {key: np.array(value, dtype=np.float64) for key, value in parameters.items()}
    approx = []
    for key in keys:
        for index, value in np.ndenumerate(moved[key].copy()):
            costs = []
            for sign in (-1, 1):
                moved[key][index] = value + sign * epsilon
                costs.append(cost_fn({name: array.copy() for name, array in moved.items()}))
            moved[key][index] = value
            approx.append((costs[1] - costs[0]) / 2 / epsilon)
    approx = np.array(approx)
    grad = np.concatenate([gradients["d" + key].ravel() for key in keys])
    spec = [(key, parameters[key].shape) for key in keys]
    return {
        "gradapprox": approx,
        "grad": grad,
        "spec": spec,
        "difference": relative_difference(grad, approx),
        "verdict": gradient_verdict(relative_difference(grad, approx)),
    }


def gradient_check_scales(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Use a comprehension over the scales, largest last."""
    found = {}
    for scale in sorted(scales):
        there = {key: np.multiply(scale, value) for key, value in parameters.items()}
        found[scale] = gradient_check(cost_fn, there, grad_fn(there), epsilon)["difference"]
    return np.array([found[scale] for scale in scales])


def gradient_verdict(difference):
    """Ask from the worst word to the best."""
    if not difference < 1e-3:
        return "wrong"
    if difference > 1e-5:
        return "suspicious"
    if difference > 1e-7:
        return "probably correct"
    return "correct"


def worst_components(grad, gradapprox, spec, k=5):
    """Take the k largest from a heap."""
    names = [(key, list(index)) for key, shape in spec for index in np.ndindex(*shape)]
    errors = [abs(a - n) / max(1e-8, abs(a) + abs(n)) for a, n in zip(grad, gradapprox, strict=True)]
    best = heapq.nlargest(k, range(len(errors)), key=errors.__getitem__)
    return [[names[i][0], names[i][1], grad[i], gradapprox[i], errors[i]] for i in best]
