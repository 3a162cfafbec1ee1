"""Batch normalization with features in rows inside, as in the Deep Learning Specialization, and a dict as cache."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] not in ("train", "test"):
        raise ValueError("mode is " + str(bn_param["mode"]))
    training = bn_param["mode"] == "train"
    epsilon, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    Z = x.T
    n, m = Z.shape
    old_mean = bn_param["running_mean"] if "running_mean" in bn_param else np.zeros(n)
    old_var = bn_param["running_var"] if "running_var" in bn_param else np.ones(n)
    if training:
        mu = np.mean(Z, axis=1, keepdims=True)
        sigma2 = np.sum((Z - mu) * (Z - mu), axis=1, keepdims=True) / m
        bn_param.update(
            running_mean=old_mean + (1 - momentum) * (mu[:, 0] - old_mean),
            running_var=old_var + (1 - momentum) * (sigma2[:, 0] - old_var),
        )
    else:
        mu, sigma2 = old_mean.reshape(n, 1), old_var.reshape(n, 1)
    Z_norm = (Z - mu) / np.sqrt(sigma2 + epsilon)
    Z_tilde = gamma.reshape(n, 1) * Z_norm + beta.reshape(n, 1)
    cache = {"Z_norm": Z_norm, "sigma2": sigma2, "epsilon": epsilon, "gamma": gamma, "training": training}
    return Z_tilde.T, cache


def batchnorm_backward(dout, cache):
    dZ_tilde, Z_norm = dout.T, cache["Z_norm"]
    m = dZ_tilde.shape[1]
    dgamma = (dZ_tilde * Z_norm).sum(axis=1)
    dbeta = dZ_tilde.sum(axis=1)
    scale = cache["gamma"].reshape(-1, 1) / np.sqrt(cache["sigma2"] + cache["epsilon"])
    dZ = scale * dZ_tilde
    if cache["training"]:
        dZ = scale / m * (m * dZ_tilde - dbeta.reshape(-1, 1) - Z_norm * dgamma.reshape(-1, 1))
    return dZ.T, dgamma, dbeta
