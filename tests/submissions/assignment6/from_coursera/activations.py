import numpy as np


def sigmoid_forward(Z):
    A = 1 / (1 + np.exp(-Z))
    cache = Z
    return A, cache


def sigmoid_backward(dA, cache):
    Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * s * (1 - s)
    assert dZ.shape == Z.shape
    return dZ


def tanh_forward(Z):
    return np.tanh(Z), Z


def tanh_backward(dA, cache):
    return dA * (1 - np.power(np.tanh(cache), 2))


def relu_forward(Z):
    A = np.maximum(0, Z)
    assert A.shape == Z.shape
    cache = Z
    return A, cache


def relu_backward(dA, cache):
    Z = cache
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


def leaky_relu_forward(Z, alpha=0.01):
    return np.maximum(alpha * Z, Z), (Z, alpha)


def leaky_relu_backward(dA, cache):
    Z, alpha = cache
    return np.where(Z > 0, dA, alpha * dA)


def elu_forward(Z, alpha=1.0):
    return np.where(Z > 0, Z, alpha * (np.exp(Z) - 1)), (Z, alpha)


def elu_backward(dA, cache):
    Z, alpha = cache
    return np.where(Z > 0, dA, dA * alpha * np.exp(Z))


def prelu_forward(Z, alpha):
    # YOUR CODE HERE
    raise NotImplementedError


def prelu_backward(dA, cache):
    # YOUR CODE HERE
    raise NotImplementedError


def maxout_forward(x, W, b):
    # YOUR CODE HERE
    raise NotImplementedError


def maxout_backward(dout, cache):
    # YOUR CODE HERE
    raise NotImplementedError
