import numpy as np


def numerical_derivative(f, x, eps=1e-5, scheme="central"):
    J_plus = f(x + eps)
    J_minus = f(x - eps)
    return (J_plus - J_minus) / (2 * eps)


def eval_numerical_gradient(f, x, verbose=False, h=1e-5):
    grad = np.zeros_like(x)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        i = walk.multi_index
        old = x[i]
        x[i] = old + h
        above = f(x)
        x[i] = old - h
        below = f(x)
        x[i] = old
        grad[i] = (above - below) / (2 * h)
        if verbose:
            print(i, grad[i])
        walk.iternext()
    return grad


def eval_numerical_gradient_array(f, x, df, h=1e-5):
    grad = np.zeros_like(x)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        i = walk.multi_index
        old = x[i]
        x[i] = old + h
        above = f(x).copy()
        x[i] = old - h
        below = f(x).copy()
        x[i] = old
        grad[i] = np.sum((above - below) * df) / (2 * h)
        walk.iternext()
    return grad


def kink_mask(f, x, eps=1e-5, tol=1e-2):
    # YOUR CODE HERE
    raise NotImplementedError


def convergence_order(f, dfdx, x, epsilons, scheme="central"):
    # YOUR CODE HERE
    raise NotImplementedError
