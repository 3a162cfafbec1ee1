"""A small reverse-mode tape, as an autograd library keeps one: the loss is written forward only."""

from itertools import pairwise

import numpy as np


class _Node:
    """A value and how its gradient goes on to what it was made of."""

    def __init__(self, value, back=None):
        self.value, self.back, self.grad = value, back, 0.0


class _Tape:
    """Operations in the order in which they were made."""

    def __init__(self):
        self.nodes = []

    def make(self, value, back):
        """Note an operation."""
        node = _Node(value, back)
        self.nodes.append(node)
        return node

    def affine(self, a, w, b):
        """a @ w + b."""

        def back(g):
            a.grad = a.grad + g @ w.value.T
            w.grad = w.grad + a.value.T @ g
            b.grad = b.grad + g.sum(axis=0)

        return self.make(a.value @ w.value + b.value, back)

    def relu(self, a):
        """max(a, 0)."""

        def back(g):
            a.grad = a.grad + np.where(a.value > 0, g, 0.0)

        return self.make(np.clip(a.value, 0, None), back)

    def times(self, a, constant):
        """A product with a constant."""

        def back(g):
            a.grad = a.grad + g * constant

        return self.make(a.value * constant, back)

    def square_sum(self, a):
        """The sum of the squares."""

        def back(g):
            a.grad = a.grad + 2 * g * a.value

        return self.make((a.value**2).sum(), back)

    def cross_entropy(self, a, y):
        """The mean over the rows."""
        rows = np.arange(len(y))
        shifted = a.value - a.value.max(axis=1)[:, None]
        p = np.exp(shifted) / np.exp(shifted).sum(axis=1)[:, None]

        def back(g):
            d = p.copy()
            d[rows, y] -= 1
            a.grad = a.grad + g * d / len(y)

        return self.make(-np.mean(shifted[rows, y] - np.log(np.exp(shifted).sum(axis=1))), back)

    def add(self, a, b):
        """a + b."""

        def back(g):
            a.grad, b.grad = a.grad + g, b.grad + g

        return self.make(a.value + b.value, back)

    def run_back(self):
        """Go back from the last node."""
        self.nodes[-1].grad = 1.0
        for node in reversed(self.nodes):
            node.back(node.grad)


def build_model(layer_dims, rng):
    """Orthogonal columns where they fit, scaled for ReLU."""
    params = {}
    for k, (rows, columns) in enumerate(pairwise(layer_dims)):
        q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
        q = q * np.sign(np.diag(r))
        params[f"W{k + 1}"] = np.sqrt(2 * max(1.0, columns / rows)) * (q if rows >= columns else q.T)
        params[f"b{k + 1}"] = np.zeros(columns)
    return {"params": params, "p": 0.1, "l2": 1e-3, "center": np.zeros(layer_dims[0]), "spread": np.ones(layer_dims[0])}


def loss_and_grads(model, X, y, rng):
    """Forward on the tape, and back."""
    tape, nodes = _Tape(), {name: _Node(value) for name, value in model["params"].items()}
    L = len(nodes) // 2
    a = _Node(X)
    for k in range(1, L + 1):
        a = tape.affine(a, nodes[f"W{k}"], nodes[f"b{k}"])
        if k < L:
            a = tape.relu(a)
            a = tape.times(a, rng.binomial(1, 1 - model["p"], size=a.value.shape) / (1 - model["p"]))
    loss = tape.cross_entropy(a, y)
    for k in range(1, L + 1):
        loss = tape.add(loss, tape.times(tape.square_sum(nodes[f"W{k}"]), model["l2"]))
    tape.run_back()
    return loss.value, {name: node.grad for name, node in nodes.items()}


def predict(model, X):
    """Forward without the tape."""
    a, params = (X - model["center"]) / model["spread"], model["params"]
    L = len(params) // 2
    for k in range(1, L):
        a = np.maximum(0, a @ params[f"W{k}"] + params[f"b{k}"])
    return np.argmax(a @ params[f"W{L}"] + params[f"b{L}"], axis=-1)


def train(X_train, y_train, X_dev, y_dev, num_classes, rng, time_limit_s):
    """RMSProp; the strength of the regularization follows the gap between training and dev accuracy."""
    center, spread = X_train.mean(axis=0), X_train.std(axis=0)
    X = (X_train - center) / spread
    for p, l2, updates in ((0.0, 1e-5, 600), (0.2, 0.006, 300)):
        model = build_model([X.shape[1], 24, 24, 24, 24, 24, num_classes], rng)
        model.update(center=center, spread=spread, p=p, l2=l2)
        squares = dict.fromkeys(model["params"], 0.0)
        kept, top, update = dict(model["params"]), -1.0, 0
        curve = []
        while update < updates and top < 1:
            for rows in np.array_split(rng.permutation(len(X)), max(1, len(X) // 50)):
                loss, grads = loss_and_grads(model, X[rows], y_train[rows], rng)
                update += 1
                rate = 0.004 * (1 - 0.9 * min(update / updates, 1))
                for name, g in grads.items():
                    squares[name] = 0.95 * squares[name] + 0.05 * g * g
                    model["params"][name] = model["params"][name] - rate * g / (np.sqrt(squares[name]) + 1e-7)
            score = (predict(model, X_dev) == y_dev).mean()
            curve.append(float(loss))
            if score > top:
                top, kept = score, dict(model["params"])
        model["params"], model["history"] = kept, {"loss": curve}
        if (predict(model, X_train) == y_train).mean() - top < 0.06:
            break
    return model
