import numpy as np


def sgd(w, dw, config):
    lr = config.get("learning_rate", 1e-2)
    w -= lr * dw
    return w, config


def sgd_momentum(w, dw, config):
    lr = config.get("learning_rate", 1e-2)
    mu = config.get("momentum", 0.9)
    buf = config.get("velocity", np.zeros_like(w))
    buf = mu * buf + dw
    config["velocity"] = buf
    return w - lr * buf, config


def nesterov_step(w, v, grad_fn, learning_rate, momentum):
    v = momentum * v - learning_rate * grad_fn(w + momentum * v)
    return w + v, v


def sgd_nesterov(w, dw, config):
    lr = config.get("learning_rate", 1e-2)
    mu = config.get("momentum", 0.9)
    buf = mu * config.get("velocity", np.zeros_like(w)) + dw
    config["velocity"] = buf
    return w - lr * (dw + mu * buf), config


def sgd_momentum_decay(w, dw, config):
    lr = config.get("learning_rate", 1e-2)
    mu = config.get("momentum", 0.9)
    wd = config.get("weight_decay", 0.0)
    if config.get("decoupled", False):
        w = w * (1 - lr * wd)
    else:
        dw = dw + wd * w
    v = mu * config.get("velocity", np.zeros_like(w)) - lr * dw
    config["velocity"] = v
    return w + v, config
