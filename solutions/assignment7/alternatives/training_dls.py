"""Early stopping by a list of errors, and batches in the style of the Deep Learning Specialization, by rows."""

import math


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        if patience < 1:
            raise ValueError("patience must be at least 1")
        if min_delta < 0:
            raise ValueError("min_delta must be at least 0")
        self.patience = patience
        self.min_delta = min_delta
        self.values = []
        self.best_value, self.best_epoch, self.best_params = math.inf, -1, {}

    def update(self, value, params):
        self.values.append(value)
        if value < self.best_value - self.min_delta:
            self.best_value = float(value)
            self.best_epoch = len(self.values) - 1
            self.best_params = {key: array * 1.0 for key, array in params.items()}
        return len(self.values) - 1 - self.best_epoch >= self.patience


def random_mini_batches(X, Y, batch_size, rng):
    m = X.shape[0]
    if m != Y.shape[0] or batch_size < 1:
        raise ValueError("X and Y need as many rows, and batch_size must be 1 or more")
    mini_batches = []
    permutation = list(rng.permutation(m))
    shuffled_X = X[permutation]
    shuffled_Y = Y[permutation]
    num_complete_minibatches = math.floor(m / batch_size)
    for k in range(num_complete_minibatches):
        mini_batch_X = shuffled_X[k * batch_size : (k + 1) * batch_size]
        mini_batch_Y = shuffled_Y[k * batch_size : (k + 1) * batch_size]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    if m % batch_size != 0:
        mini_batches.append(
            (shuffled_X[num_complete_minibatches * batch_size :], shuffled_Y[num_complete_minibatches * batch_size :])
        )
    return mini_batches
