"""Update rules number by number."""

import numpy as np


def _pairs(w):
    return list(np.ndindex(*w.shape))


def sgd(w, dw, config):
    next_w = np.empty_like(w)
    for i in _pairs(w):
        next_w[i] = w[i] - config.get("learning_rate", 0.01) * dw[i]
    return next_w, config


def sgd_momentum(w, dw, config):
    old = config.get("velocity")
    rate, mu = config.get("learning_rate", 0.01), config.get("momentum", 0.9)
    v, next_w = np.zeros_like(w), np.zeros_like(w)
    for i in _pairs(w):
        v[i] = (0 if old is None else mu * old[i]) - rate * dw[i]
        next_w[i] = w[i] + v[i]
    new = dict(config)
    new["velocity"] = v
    return next_w, new


def nesterov_step(w, v, grad_fn, learning_rate, momentum):
    ahead = np.zeros_like(w)
    for i in _pairs(w):
        ahead[i] = w[i] + momentum * v[i]
    g = grad_fn(ahead)
    next_w, next_v = np.zeros_like(w), np.zeros_like(v)
    for i in _pairs(w):
        next_v[i] = momentum * v[i] - learning_rate * g[i]
        next_w[i] = w[i] + next_v[i]
    return next_w, next_v


def sgd_nesterov(w, dw, config):
    mu = config.get("momentum", 0.9)
    before = config.get("velocity", np.zeros_like(w))
    real = w - mu * before
    next_w, new = nesterov_step(real, before, lambda _: dw, config.get("learning_rate", 0.01), mu)
    return next_w + mu * new, {**config, "velocity": new}


def sgd_momentum_decay(w, dw, config):
    rate, wd = config.get("learning_rate", 0.01), config.get("weight_decay", 0.0)
    coupled = not config.get("decoupled", False)
    next_w, new = sgd_momentum(w, dw + (wd * w if coupled else 0), config)
    if not coupled:
        for i in _pairs(w):
            next_w[i] -= rate * wd * w[i]
    return next_w, new
