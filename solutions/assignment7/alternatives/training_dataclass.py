"""Early stopping as a dataclass, and batches by sorting random numbers."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(slots=True)
class EarlyStopping:
    patience: int
    min_delta: float = 0.0
    best_value: float = float("inf")
    best_epoch: int = 0
    best_params: dict = field(default_factory=dict)
    left: int = 0
    epoch: int = 0

    def __post_init__(self):
        if self.patience <= 0:
            raise ValueError(f"patience {self.patience}")
        if self.min_delta < 0:
            raise ValueError(f"min_delta {self.min_delta}")
        self.left = self.patience

    def update(self, value, params):
        better = self.best_value - value > self.min_delta
        if better:
            self.best_value, self.best_epoch = value, self.epoch
            self.best_params = {key: np.array(array) for key, array in params.items()}
        self.left = self.patience if better else self.left - 1
        self.epoch += 1
        return self.left <= 0


def random_mini_batches(X, Y, batch_size, rng):
    if len(X) != len(Y):
        raise ValueError(f"{len(X)} != {len(Y)}")
    if batch_size < 1:
        raise ValueError(f"batch_size {batch_size}")
    order = np.argsort(rng.random(len(X)))
    batches = []
    while len(order):
        part, order = order[:batch_size], order[batch_size:]
        batches.append([X[part], Y[part]])
    return batches
