"""Averages as a correction towards the newest value; epsilon carried through the corrections."""

import math

import numpy as np


def adamw(w, dw, config):
    """Correct with one factor, and epsilon with it."""
    lr, eps = config.get("learning_rate", 1e-3), config.get("epsilon", 1e-8)
    b1, b2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    m, v = config.get("m", np.zeros(w.shape)), config.get("v", np.zeros(w.shape))
    config["t"] = config.get("t", 0) + 1
    config["m"] = m + (1 - b1) * (dw - m)
    config["v"] = v + (1 - b2) * (dw * dw - v)
    root = math.sqrt(1 - b2 ** config["t"])
    step = config["m"] * root / ((1 - b1 ** config["t"]) * (np.sqrt(config["v"]) + eps * root))
    decay = config.get("weight_decay", 0.0) * w
    new = w.copy()
    new -= lr * (step + decay)
    return new, config


def warmup_cosine(step, warmup, total, base, final=0.0):
    """Clip the progress on both sides."""
    if not (warmup >= 0 and total > warmup):
        raise ValueError(f"warmup {warmup}, total {total}")
    progress = np.clip((step - warmup) / (total - warmup), 0, 1)
    if step < warmup:
        return base * (step + 1) / warmup
    return float(final + 0.5 * (base - final) * (1 + np.cos(np.pi * progress)))
