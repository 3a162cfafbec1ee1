import numpy as np


def batchnorm_forward(Z, gamma, beta, bn_param):
    mode = bn_param["mode"]
    epsilon = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    if mode == "train":
        mu = np.mean(Z, axis=1, keepdims=True)
        sigma2 = np.mean((Z - mu) ** 2, axis=1, keepdims=True)
        bn_param["running_mean"] = momentum * bn_param.get("running_mean", 0) + (1 - momentum) * mu
        bn_param["running_var"] = momentum * bn_param.get("running_var", 1) + (1 - momentum) * sigma2
    elif mode == "test":
        mu, sigma2 = bn_param["running_mean"], bn_param["running_var"]
    else:
        raise ValueError("mode must be train or test")
    Z_norm = (Z - mu) / np.sqrt(sigma2 + epsilon)
    Z_tilde = gamma * Z_norm + beta
    return Z_tilde, (Z_norm, sigma2, epsilon, gamma, mode)


def batchnorm_backward(dout, cache):
    # YOUR CODE HERE
    raise NotImplementedError
