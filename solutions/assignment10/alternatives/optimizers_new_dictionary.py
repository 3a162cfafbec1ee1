"""The step's numbers in a new dictionary; the decay first."""

import numpy as np


def adamw(w, dw, config):
    """Shrink the weights, then move them."""
    settings = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.0, **config}
    lr, b1, b2 = settings["learning_rate"], settings["beta1"], settings["beta2"]
    t = settings.get("t", 0) + 1
    m = settings.get("m", 0.0) * b1 + dw * (1 - b1)
    v = settings.get("v", 0.0) * b2 + np.square(dw) * (1 - b2)
    shrunk = w * (1 - lr * settings["weight_decay"])
    step = (m / (1 - np.power(b1, t))) / (np.sqrt(v / (1 - np.power(b2, t))) + settings["epsilon"])
    return shrunk - lr * step, {**settings, "t": t, "m": m, "v": v}


def warmup_cosine(step, warmup, total, base, final=0.0):
    """Use sin^2: (1 + cos 2a) / 2 = cos^2 a."""
    if warmup < 0 or warmup >= total:
        raise ValueError("warmup must be at least 0 and less than total")
    if step < warmup:
        return (step + 1) * (base / warmup)
    if step >= total:
        return final
    angle = np.pi / 2 * (step - warmup) / (total - warmup)
    return base * np.cos(angle) ** 2 + final * np.sin(angle) ** 2
