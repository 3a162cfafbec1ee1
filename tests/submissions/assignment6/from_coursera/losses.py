import numpy as np


def softmax(z):
    odds = np.exp(z - np.max(z, axis=0))
    return odds / np.sum(odds, axis=0)


def log_softmax(z):
    return np.log(softmax(z))


def mse_loss(o, y):
    m = y.shape[1]
    loss = np.sum((o - y) ** 2) / (2 * m)
    return loss, (o - y) / m


def bce_with_logits(z, y):
    m = len(z)
    AL = 1 / (1 + np.exp(-z))
    cost = -1 / m * np.sum(y * np.log(AL) + (1 - y) * np.log(1 - AL))
    cost = np.squeeze(cost)
    return cost, AL - y


def softmax_loss(z, y):
    m = len(y)
    A = np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
    cost = -np.sum(np.log(A[range(m), y])) / m
    A[range(m), y] -= 1
    return cost, A


def output_delta(z, y, loss):
    a = 1 / (1 + np.exp(-z))
    if loss == "mse":
        return (a - y) * a * (1 - a)
    return a - y
