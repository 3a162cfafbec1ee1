"""Update rules sorted in other ways: by the short form of Nesterov's step, and by factors of w."""

import numpy as np


def sgd(w, dw, config):
    return w + dw * -config.get("learning_rate", 1e-2), config


def sgd_momentum(w, dw, config):
    u = -config.get("velocity", np.zeros_like(w))
    u = u * config.get("momentum", 0.9) + dw * config.get("learning_rate", 1e-2)
    return w - u, config | {"velocity": -u}


def nesterov_step(w, v, grad_fn, learning_rate, momentum):
    drift = momentum * v
    g = grad_fn(w + drift)
    next_w = w + drift - learning_rate * g
    return next_w, next_w - w


def sgd_nesterov(w, dw, config):
    rate, mu = config.get("learning_rate", 1e-2), config.get("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w)) * mu - rate * dw
    return w + mu * v - rate * dw, config | {"velocity": v}


def sgd_momentum_decay(w, dw, config):
    rate, wd = config.get("learning_rate", 1e-2), config.get("weight_decay", 0)
    carried = config.get("momentum", 0.9) * config.get("velocity", np.zeros_like(w))
    if config.get("decoupled"):
        v = carried - rate * dw
        keep = 1 - rate * wd
    else:
        v = carried - rate * dw - rate * wd * w
        keep = 1
    config = config.copy()
    config.update(velocity=v)
    return keep * w + v, config
