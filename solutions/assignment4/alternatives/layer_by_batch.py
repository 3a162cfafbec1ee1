"""Layer normalization as batch normalization of the transposed examples, done by the module of that name."""

import numpy as np
from batch import batchnorm_backward, batchnorm_forward


def layernorm_forward(x, gamma, beta, ln_param):
    ones, zeros = np.ones(len(x), x.dtype), np.zeros(len(x), x.dtype)
    columns, cache = batchnorm_forward(x.T, ones, zeros, {"mode": "train", **ln_param})
    xhat = columns.T
    return gamma * xhat + beta, {"xhat": xhat, "gamma": gamma, "inner": cache}


def layernorm_backward(dout, cache):
    dx, _, _ = batchnorm_backward((dout * cache["gamma"]).T, cache["inner"])
    return dx.T, (dout * cache["xhat"]).sum(axis=0), dout.sum(axis=0)
