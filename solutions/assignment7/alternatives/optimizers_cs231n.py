"""Update rules in the style of CS231n: the config is changed and handed back."""

import numpy as np


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    next_w = w - config["learning_rate"] * dw
    return next_w, config


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))
    v = config["momentum"] * v - config["learning_rate"] * dw
    next_w = w + v
    config["velocity"] = v
    return next_w, config


def nesterov_step(w, v, grad_fn, learning_rate, momentum):
    w_ahead = w + momentum * v
    dw = grad_fn(w_ahead)
    v = momentum * v - learning_rate * dw
    return w + v, v


def sgd_nesterov(w, dw, config=None):
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    mu = config["momentum"]
    v_prev = config.get("velocity", np.zeros_like(w))
    v = mu * v_prev - config["learning_rate"] * dw
    next_w = w + (-mu * v_prev + (1 + mu) * v)
    config["velocity"] = v
    return next_w, config


def sgd_momentum_decay(w, dw, config=None):
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    config.setdefault("weight_decay", 0.0)
    config.setdefault("decoupled", False)
    config.setdefault("velocity", np.zeros_like(w))
    lr, wd = config["learning_rate"], config["weight_decay"]
    if config["decoupled"]:
        config["velocity"] = config["momentum"] * config["velocity"] - lr * dw
        return (1 - lr * wd) * w + config["velocity"], config
    config["velocity"] = config["momentum"] * config["velocity"] - lr * (dw + wd * w)
    return w + config["velocity"], config
