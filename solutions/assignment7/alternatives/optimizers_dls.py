"""Update rules in the words of the Deep Learning Specialization: averages of gradients, with the rates adapted."""

import numpy as np


def sgd(w, dw, config):
    alpha = config.get("learning_rate", 0.01)
    return np.subtract(w, np.multiply(alpha, dw)), dict(config)


def _average(w, dw, config):
    """Return the average of gradients whose step, alpha / (1 - beta) times it, is the velocity."""
    beta, alpha = config.get("momentum", 0.9), config.get("learning_rate", 0.01)
    scale = alpha / (1 - beta)
    before = -config.get("velocity", np.zeros(w.shape)) / scale
    return scale, beta * before + (1 - beta) * dw


def sgd_momentum(w, dw, config):
    scale, v = _average(w, dw, config)
    return w - scale * v, {**config, "velocity": -scale * v}


def nesterov_step(w, v, grad_fn, learning_rate, momentum):
    g = np.asarray(grad_fn(np.add(w, np.multiply(momentum, v))))
    new = np.copy(v)
    new *= momentum
    new -= learning_rate * g
    moved = np.copy(w)
    moved += new
    return moved, new


def sgd_nesterov(w, dw, config):
    beta = config.get("momentum", 0.9)
    where = w - beta * config.get("velocity", 0.0)
    scale, v = _average(w, dw, config)
    step = -scale * v
    return where + step + beta * step, dict(config, velocity=step)


def sgd_momentum_decay(w, dw, config):
    alpha, lambd = config.get("learning_rate", 0.01), config.get("weight_decay", 0.0)
    if not config.get("decoupled", False):
        return sgd_momentum(w, dw + lambd * w, config)
    next_w, new = sgd_momentum(w, dw, config)
    return next_w - alpha * lambd * w, new
