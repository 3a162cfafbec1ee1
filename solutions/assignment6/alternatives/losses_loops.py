"""Losses example by example, in plain Python."""

import math

import numpy as np


def softmax(z):
    rows = np.empty_like(z)
    for i, row in enumerate(z):
        odds = [math.exp(score - max(row)) for score in row]
        rows[i] = [each / sum(odds) for each in odds]
    return rows


def log_softmax(z):
    rows = np.empty_like(z)
    for i, row in enumerate(z):
        top = max(row)
        rows[i] = row - top - math.log(math.fsum(math.exp(score - top) for score in row))
    return rows


def mse_loss(o, y):
    if o.shape != y.shape:
        raise ValueError("o and y must have the same shape")
    loss, do = 0.0, np.zeros(o.shape)
    for index in np.ndindex(*o.shape):
        error = o[index] - y[index]
        loss += error * error / 2
        do[index] = error / o.shape[0]
    return loss / o.shape[0], do


def _sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("z and y must have the same shape")
    loss, dz = 0.0, np.zeros(z.shape)
    for index in np.ndindex(*z.shape):
        score, label = float(z[index]), float(y[index])
        loss += max(score, 0) - score * label + math.log1p(math.exp(-abs(score)))
        dz[index] = (_sigmoid(score) - label) / len(z)
    return loss / len(z), dz


def softmax_loss(z, y):
    log_p = log_softmax(z)
    dz = np.zeros(z.shape)
    loss = 0.0
    for i, label in enumerate(y):
        loss -= log_p[i, label]
        for j in range(z.shape[1]):
            dz[i, j] = (math.exp(log_p[i, j]) - (j == label)) / len(y)
    return loss / len(y), dz


def output_delta(z, y, loss):
    if loss != "mse" and loss != "bce":
        raise ValueError("loss is mse or bce")
    delta = np.zeros(z.shape)
    for index in np.ndindex(*z.shape):
        a = _sigmoid(float(z[index]))
        delta[index] = a - y[index]
        if loss == "mse":
            delta[index] *= a * (1 - a)
    return delta
