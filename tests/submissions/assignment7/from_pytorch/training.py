import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.counter = 0
        self.epoch = -1
        self.best_value = np.inf
        self.best_epoch = None
        self.best_params = None

    def update(self, value, params):
        self.epoch += 1
        if value < self.best_value - self.min_delta:
            self.best_value = value
            self.best_epoch = self.epoch
            self.best_params = dict(params)
            self.counter = 0
        else:
            self.counter += 1
        return self.counter >= self.patience


def random_mini_batches(X, Y, batch_size, rng):
    indices = rng.permutation(len(X))
    batches = []
    for i in range(0, len(X), batch_size):
        idx = indices[i : i + batch_size]
        batches.append((X[idx], Y[idx]))
    return batches
