"""AdamW entry by entry."""

import math

import numpy as np


def adamw(w, dw, config):
    """Treat each weight as if it were alone."""
    config = dict(config)
    lr, eps = config.get("learning_rate", 1e-3), config.get("epsilon", 1e-8)
    b1, b2, decay = config.get("beta1", 0.9), config.get("beta2", 0.999), config.get("weight_decay", 0.0)
    t = config.get("t", 0) + 1
    m = np.array(config.get("m", np.zeros(w.shape)), dtype=float)
    v = np.array(config.get("v", np.zeros(w.shape)), dtype=float)
    new = np.array(w, dtype=float)
    for index, gradient in np.ndenumerate(dw):
        m[index] = b1 * m[index] + (1 - b1) * gradient
        v[index] = b2 * v[index] + (1 - b2) * gradient**2
        size = math.sqrt(v[index] / (1 - b2**t)) + eps
        new[index] -= lr * (m[index] / (1 - b1**t) / size + decay * w[index])
    config.update(t=t, m=m, v=v)
    return new, config


def warmup_cosine(step, warmup, total, base, final=0.0):
    """Look the rate up in a table of the whole training."""
    if warmup < 0 or total <= warmup:
        raise ValueError("0 <= warmup < total")
    rising = [base * (k + 1) / warmup for k in range(warmup)]
    length = total - warmup
    falling = [final + (base - final) / 2 * (1 + math.cos(math.pi * k / length)) for k in range(length)]
    return [*rising, *falling, final][min(step, total)]
