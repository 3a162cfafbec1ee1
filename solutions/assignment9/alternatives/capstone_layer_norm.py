"""Layer normalization after each hidden layer, small objects for the layers, plain momentum, early stopping, L2."""

import time

import numpy as np


class _Layer:
    """One hidden layer: linear, layer normalization, leaky ReLU, dropout."""

    def __init__(self, params, number, keep, rng):
        self.W, self.b = params[f"W{number}"], params[f"b{number}"]
        self.g, self.s = params[f"scale{number}"], params[f"shift{number}"]
        self.number, self.keep, self.rng = number, keep, rng

    def forward(self, A):
        """Keep what the way back needs."""
        self.A = A
        Z = A @ self.W + self.b
        Z = Z - Z.mean(axis=1, keepdims=True)
        self.std = np.sqrt((Z**2).mean(axis=1, keepdims=True) + 1e-6)
        self.hat = Z / self.std
        Y = self.g * self.hat + self.s
        self.slope = np.where(Y > 0, 1.0, 0.1)
        self.mask = 1.0
        if self.rng is not None:
            self.mask = (self.rng.uniform(size=Y.shape) < self.keep) / self.keep
        return Y * self.slope * self.mask

    def backward(self, dA):
        """Return the gradient by the input and those by the parameters."""
        dY = dA * self.mask * self.slope
        n = str(self.number)
        grads = {"scale" + n: np.einsum("ij,ij->j", dY, self.hat), "shift" + n: np.einsum("ij->j", dY)}
        d = dY * self.g
        dZ = (d - d.mean(axis=1, keepdims=True) - self.hat * (d * self.hat).mean(axis=1, keepdims=True)) / self.std
        grads.update({"W" + n: np.einsum("ij,ik->jk", self.A, dZ), "b" + n: np.einsum("ij->j", dZ)})
        return dZ @ self.W.T, grads


def _network(model, rng):
    return [_Layer(model["params"], number, model["keep"], rng) for number in range(1, model["depth"])]


def _apply(model, layers, A):
    for layer in layers:
        A = layer.forward(A)
    return A, A @ model["params"][f"W{model['depth']}"] + model["params"][f"b{model['depth']}"]


def build_model(layer_dims, rng):
    """Glorot's weights, a last matrix of zeros."""
    params, depth = {}, len(layer_dims) - 1
    for number in range(1, depth + 1):
        n_in, n_out = layer_dims[number - 1 : number + 1]
        bound = np.sqrt(6 / (n_in + n_out)) * (number < depth)
        params[f"W{number}"] = rng.uniform(-1, 1, size=(n_in, n_out)) * bound
        params[f"b{number}"] = np.zeros(n_out)
        if number < depth:
            params[f"scale{number}"], params[f"shift{number}"] = np.ones(n_out), np.zeros(n_out)
    return {"params": params, "depth": depth, "keep": 0.9, "decay": 1e-3, "lows": None, "widths": None}


def loss_and_grads(model, X, y, rng):
    """Cross-entropy with a penalty on all parameters."""
    layers = _network(model, rng)
    A, scores = _apply(model, layers, X)
    scores = scores - np.max(scores, axis=1, keepdims=True)
    P = np.exp(scores)
    P /= P.sum(axis=1, keepdims=True)
    one_hot = np.eye(scores.shape[1])[y]
    log_P = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -(one_hot * log_P).sum() / len(X)
    d = (P - one_hot) / len(X)
    depth = model["depth"]
    grads = {f"W{depth}": A.T @ d, f"b{depth}": d.sum(axis=0)}
    dA = d @ model["params"][f"W{depth}"].T
    for layer in layers[::-1]:
        dA, more = layer.backward(dA)
        grads.update(more)
    for name, value in model["params"].items():
        if name[0] == "W":
            loss += 0.5 * model["decay"] * np.vdot(value, value)
            grads[name] = grads[name] + model["decay"] * value
    return loss, grads


def _scaled(model, X):
    return X if model["lows"] is None else (X - model["lows"]) / model["widths"]


def predict(model, X):
    """No dropout; each row has its own statistics."""
    return np.argmax(_apply(model, _network(model, None), _scaled(model, X))[1], axis=1)


def train(X_train, y_train, X_dev, y_dev, num_classes, rng, time_limit_s):
    """Scale to -2 ... 2; few noisy features ask for more dropout, so two strengths are tried."""
    begun, candidates = time.time(), []
    for keep, decay, updates, width in ((1.0, 1e-5, 700, 28), (0.7, 0.03, 240, 16)):
        model = build_model((X_train.shape[1], *[width] * 5, num_classes), rng)
        model.update(lows=X_train.mean(axis=0), widths=X_train.std(axis=0) + 1e-9, keep=keep, decay=decay)
        X = _scaled(model, X_train)
        speed = dict.fromkeys(model["params"], 0.0)
        best, done = (0.0, model["params"]), 0
        while done < updates and best[0] < 1 and time.time() - begun < 0.7 * time_limit_s:
            order = rng.permutation(len(X))
            for rows in np.array_split(order, -(-len(X) // 50)):
                _, grads = loss_and_grads(model, X[rows], y_train[rows], rng)
                step = 0.05 * (1 - done / (updates + 20))
                new = {}
                for name, value in model["params"].items():
                    speed[name] = 0.9 * speed[name] - step * grads[name]
                    new[name] = value + speed[name]
                model["params"], done = new, done + 1
            share = float(np.mean(predict(model, X_dev) == y_dev))
            if share >= best[0]:
                best = (share, model["params"])
        model["params"] = best[1]
        candidates.append(model)
        if best[0] >= 0.9:
            break
    return candidates[-1]
