"""In the style of the Deep Learning Specialization: examples as columns inside, caches, dropout, tanh, mini-batches."""

import numpy as np


def build_model(layer_dims, rng):
    """Xavier's weights, in the course's shapes."""
    params = {}
    for l in range(1, len(layer_dims)):  # noqa: E741 - the letter that the lectures use
        params["W" + str(l)] = rng.normal(size=(layer_dims[l - 1], layer_dims[l])) / np.sqrt(layer_dims[l - 1])
        params["b" + str(l)] = np.zeros(layer_dims[l])
    return {"params": params, "keep_prob": 0.95, "lambd": 0.5, "mu": None, "sigma": None}


def _forward(A, params, keep_prob, rng):
    L = len(params) // 2
    caches = []
    for l in range(1, L):  # noqa: E741 - the letter that the lectures use
        A_prev = A
        T = np.tanh(params["W" + str(l)].T @ A_prev + params["b" + str(l)].reshape(-1, 1))
        D = np.ones(T.shape) if rng is None else (rng.random(T.shape) < keep_prob) / keep_prob
        A = T * D
        caches.append((A_prev, T, D))
    Z = params["W" + str(L)].T @ A + params["b" + str(L)].reshape(-1, 1)
    caches.append((A, None, None))
    return Z, caches


def loss_and_grads(model, X, y, rng):
    """Cost with lambd / (2 m) on the weights; 1 / m in each gradient."""
    params, lambd, m = model["params"], model["lambd"], X.shape[0]
    Z, caches = _forward(X.T, params, model["keep_prob"], rng)
    Z = Z - Z.max(axis=0)
    log_A = Z - np.log(np.exp(Z).sum(axis=0))
    Y = np.zeros(Z.shape)
    Y[y, np.arange(m)] = 1
    cost = -np.sum(Y * log_A) / m
    dZ = np.exp(log_A) - Y
    L = len(caches)
    grads = {}
    for l in range(L, 0, -1):  # noqa: E741 - the letter that the lectures use
        A_prev = caches[l - 1][0]
        W = params["W" + str(l)]
        grads["W" + str(l)] = (dZ @ A_prev.T).T / m + lambd / m * W
        grads["b" + str(l)] = dZ.sum(axis=1) / m
        cost += lambd / (2 * m) * np.sum(np.square(W))
        if l > 1:
            _, T, D = caches[l - 2]
            dZ = (W @ dZ) * D * (1 - T**2)
    return cost, grads


def predict(model, X):
    """Dropout off."""
    if model["mu"] is not None:
        X = (X - model["mu"]) / model["sigma"]
    Z, _ = _forward(X.T, model["params"], 1.0, None)
    return Z.argmax(axis=0)


def _fit(model, X, data, rng, updates, rate):
    X_train, y_train, X_dev, y_dev = data
    v = {key: np.zeros_like(value) for key, value in model["params"].items()}
    s = {key: np.zeros_like(value) for key, value in model["params"].items()}
    best, t = (-1, model["params"]), 0
    while t < updates and best[0] < 1:
        permutation = rng.permutation(len(X))
        for k in range(0, len(X), 64):
            batch = permutation[k : k + 64]
            t += 1
            _, grads = loss_and_grads(model, X[batch], y_train[batch], rng)
            parameters = {}
            for key, value in model["params"].items():
                v[key] = 0.9 * v[key] + 0.1 * grads[key]
                s[key] = 0.99 * s[key] + 0.01 * grads[key] ** 2
                corrected = v[key] / (1 - 0.9**t), s[key] / (1 - 0.99**t)
                parameters[key] = value - rate * corrected[0] / (np.sqrt(corrected[1]) + 1e-8)
            model["params"] = parameters
        accuracy = np.mean(predict(model, X_dev) == y_dev)
        if accuracy > best[0]:
            best = (accuracy, parameters)
    model["params"] = best[1]
    return np.mean(predict(model, X_train) == y_train) - best[0]


def train(X_train, y_train, X_dev, y_dev, num_classes, rng, time_limit_s):
    """First see whether the variance is high, and regularize if it is."""
    mu, sigma = np.mean(X_train, axis=0), np.sqrt(np.var(X_train, axis=0))
    X = (X_train - mu) / sigma
    data = X_train, y_train, X_dev, y_dev
    for keep_prob, lambd, updates in ((1.0, 0.01, 600), (0.8, 1.5, 300)):
        model = build_model([X.shape[1], 20, 20, 20, 20, 20, num_classes], rng)
        model.update(mu=mu, sigma=sigma, keep_prob=keep_prob, lambd=lambd)
        if _fit(model, X, data, rng, updates, 0.006) < 0.08:
            break
    return model
