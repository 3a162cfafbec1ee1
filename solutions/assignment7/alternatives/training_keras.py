"""Early stopping in the words of Keras, and batches by fancy indexing."""

import copy

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0):
        if patience < 1 or min_delta < 0:
            raise ValueError("patience >= 1 and min_delta >= 0, please")
        self.patience = patience
        self.min_delta = -min_delta
        self.wait = 0
        self.stopped_epoch = 0
        self.epoch = -1
        self.best = np.inf
        self.best_epoch = 0
        self.best_weights = None

    @property
    def best_value(self):
        return self.best

    @property
    def best_params(self):
        return self.best_weights

    def update(self, value, params):
        self.epoch += 1
        self.wait += 1
        if np.less(value - self.min_delta, self.best):
            self.best = value
            self.best_epoch = self.epoch
            self.best_weights = copy.deepcopy(params)
            self.wait = 0
        if self.wait >= self.patience and self.epoch > 0:
            self.stopped_epoch = self.epoch
            return True
        return False


def random_mini_batches(X, Y, batch_size, rng):
    if X.shape[0] != Y.shape[0]:
        raise ValueError("X and Y")
    if batch_size <= 0:
        raise ValueError("batch_size")
    index = np.arange(X.shape[0])
    rng.shuffle(index)
    return [
        (np.take(X, part, axis=0), np.take(Y, part, axis=0))
        for part in np.split(index, range(batch_size, len(index), batch_size))
    ]
