"""Early stopping with plain counters, and batches filled one example at a time, drawn from a hat."""

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        if patience < 1:
            raise ValueError("patience")
        if min_delta < 0:
            raise ValueError("min_delta")
        self.patience, self.min_delta = patience, min_delta
        self.counter, self.number = 0, 0
        self.best_value = self.best_epoch = self.best_params = None

    def update(self, value, params):
        improved = not np.isnan(value) and (self.best_value is None or value < self.best_value - self.min_delta)
        if improved:
            self.counter = 0
            self.best_value = value
            self.best_epoch = self.number
            self.best_params = {}
            for key in params:
                self.best_params[key] = params[key].copy()
        else:
            self.counter = self.counter + 1
        self.number = self.number + 1
        return bool(self.counter >= self.patience)


def random_mini_batches(X, Y, batch_size, rng):
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("bad arguments")
    hat = list(range(len(X)))
    for last in range(len(hat) - 1, 0, -1):
        other = int(rng.integers(last + 1))
        hat[last], hat[other] = hat[other], hat[last]
    batches, rows, labels = [], [], []
    for i in hat:
        rows.append(X[i])
        labels.append(Y[i])
        if len(rows) == batch_size:
            batches.append((np.array(rows), np.array(labels)))
            rows, labels = [], []
    if rows:
        batches.append((np.array(rows), np.array(labels)))
    return batches
