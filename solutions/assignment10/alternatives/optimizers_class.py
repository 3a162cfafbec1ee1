"""A class does the work; the config is its state."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass
class Averages:
    """The moments of the gradients so far."""

    m: np.ndarray
    v: np.ndarray
    t: int = 0

    def after(self, dw, beta1, beta2):
        """Return the moments after one more gradient."""
        return Averages(beta1 * self.m + (1 - beta1) * dw, beta2 * self.v + (1 - beta2) * dw**2, self.t + 1)

    def direction(self, beta1, beta2, epsilon):
        """Return the corrected direction."""
        return self.m / (1 - beta1**self.t) / (np.sqrt(self.v / (1 - beta2**self.t)) + epsilon)


def adamw(w, dw, config):
    """Read the state, go on, write it back."""
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    before = Averages(config.get("m", np.zeros_like(w)), config.get("v", np.zeros_like(w)), config.get("t", 0))
    now = before.after(dw, beta1, beta2)
    rate = config.get("learning_rate", 1e-3)
    new = w - rate * now.direction(beta1, beta2, config.get("epsilon", 1e-8))
    new = new - rate * config.get("weight_decay", 0.0) * w
    config["t"], config["m"], config["v"] = now.t, now.m, now.v
    return new, config


def warmup_cosine(step, warmup, total, base, final=0.0):
    """Rise, fall, stay."""
    if not 0 <= warmup < total:
        raise ValueError("the warm-up must be shorter than the training")
    if step < warmup:
        return base / warmup * (step + 1)
    done = (min(step, total) - warmup) / (total - warmup)
    return final + (base - final) * (0.5 + 0.5 * math.cos(done * math.pi))
