"""Adam with decoupled weight decay, and a learning rate that rises and falls."""

import math
from typing import Any

import numpy as np


def adamw(w: np.ndarray, dw: np.ndarray, config: dict[str, Any]) -> tuple[np.ndarray, dict[str, Any]]:
    """Make one step of AdamW (Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithm 2).

        t = t + 1
        m = beta1 * m + (1 - beta1) * dw             v = beta2 * v + (1 - beta2) * dw^2
        mhat = m / (1 - beta1^t)                     vhat = v / (1 - beta2^t)
        next_w = w - learning_rate * (mhat / (sqrt(vhat) + epsilon) + weight_decay * w)

    The decay is that of the weights before the step. It is scaled by the learning rate, as in PyTorch.

    Args:
        w: the weights, any shape. They are not modified.
        dw: the gradient of the loss without any penalty, of the shape of w. It is not modified.
        config: what is read of it stands below; t, m and v are those after the step before. Bind the keys "t", "m" and
            "v" to new values; arrays that stood there stay as they are.

    Returns:
        next_w: the weights after the step, a new array.
        config: the dictionary with the new t, m and v, to be passed to the next step.

    Example:
        >>> w, config = adamw(np.array([1.0, -2.0]), np.array([0.5, 0.1]), {"learning_rate": 0.1, "epsilon": 0.0})
        >>> w
        array([ 0.9, -2.1])
        >>> config["t"]
        1
    """
    learning_rate = config.get("learning_rate", 1e-3)
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    epsilon, weight_decay = config.get("epsilon", 1e-8), config.get("weight_decay", 0.0)
    t = config.get("t", 0)
    m, v = config.get("m", np.zeros_like(w)), config.get("v", np.zeros_like(w))
    ### BEGIN SOLUTION
    t = t + 1
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    mhat, vhat = m / (1 - beta1**t), v / (1 - beta2**t)
    config.update(t=t, m=m, v=v)
    return w - learning_rate * (mhat / (np.sqrt(vhat) + epsilon) + weight_decay * w), config
    ### END SOLUTION


def warmup_cosine(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Return the learning rate of a step: a straight rise, then half a cosine down (Loshchilov & Hutter 2017).

        step < warmup:            base * (step + 1) / warmup
        warmup <= step < total:   final + (base - final) * (1 + cos(pi * (step - warmup) / (total - warmup))) / 2
        total <= step:            final

    Args:
        step: number of the step, from 0.
        warmup: how many steps the rise takes; with 0 there is none.
        total: the step at which `final` is reached, 0 <= warmup < total.
        base: the largest learning rate.
        final: the last one.

    Raises:
        ValueError: not 0 <= warmup < total.

    Example:
        >>> [warmup_cosine(step, 2, 6, base=1.0) for step in (0, 1, 2, 4, 6)]
        [0.5, 1.0, 1.0, 0.5, 0.0]
    """
    ### BEGIN SOLUTION
    if not 0 <= warmup < total:
        raise ValueError(f"0 <= warmup < total must hold, got warmup {warmup} and total {total}")
    if step < warmup:
        return base * (step + 1) / warmup
    progress = min(1.0, (step - warmup) / (total - warmup))
    return final + (base - final) * (1 + math.cos(math.pi * progress)) / 2
    ### END SOLUTION
