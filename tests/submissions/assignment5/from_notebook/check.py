import numpy as np

from vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary


def relative_difference(grad, gradapprox):
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


def rel_error(x, y):
    return np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y)))


def gradient_check(cost_fn, parameters, gradients, epsilon=1e-7):
    values, keys = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients, keys)
    n = values.shape[0]
    J_plus, J_minus, gradapprox = np.zeros((n, 1)), np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(n):
        theta_plus = np.copy(values)
        theta_plus[i] = theta_plus[i] + epsilon
        J_plus[i] = cost_fn(vector_to_dictionary(theta_plus, keys))
        theta_minus = np.copy(values)
        theta_minus[i] = theta_minus[i] - epsilon
        J_minus[i] = cost_fn(vector_to_dictionary(theta_minus, keys))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)
    difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    if difference > 2e-7:
        print("backpropagation has a mistake:", difference)
    else:
        print("backpropagation works:", difference)
    return difference


def gradient_check_scales(cost_fn, grad_fn, parameters, scales, epsilon=1e-7):
    # YOUR CODE HERE
    raise NotImplementedError


def gradient_verdict(difference):
    # YOUR CODE HERE
    raise NotImplementedError


def worst_components(grad, gradapprox, spec, k=5):
    # YOUR CODE HERE
    raise NotImplementedError
