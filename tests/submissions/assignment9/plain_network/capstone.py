import numpy as np



def build_model(layer_dims, rng):
    params = {}
    for l, (n_in, n_out) in enumerate(zip(layer_dims[:-1], layer_dims[1:]), start=1):
        params[f"W{l}"] = rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))
        params[f"b{l}"] = np.zeros(n_out)
    return {"params": params, "lambd": 0.0}


def forward(model, X):
    params = model["params"]
    L = sum(name.startswith("W") for name in params)
    acts = [X]
    for l in range(1, L + 1):
        Z = acts[-1] @ params[f"W{l}"] + params[f"b{l}"]
        acts.append(np.maximum(Z, 0) if l < L else Z)
    return acts


def loss_and_grads(model, X, y, rng):
    params, lambd = model["params"], model["lambd"]
    acts = forward(model, X)
    scores = acts[-1] - acts[-1].max(axis=1, keepdims=True)
    probs = np.exp(scores)
    probs /= probs.sum(axis=1, keepdims=True)
    N = len(X)
    loss = -np.mean(np.log(probs[np.arange(N), y]))
    grads = {}
    d = probs.copy()
    d[np.arange(N), y] -= 1
    d /= N
    L = len(acts) - 1
    for l in range(L, 0, -1):
        grads[f"W{l}"] = acts[l - 1].T @ d + lambd * params[f"W{l}"]
        grads[f"b{l}"] = d.sum(axis=0)
        d = (d @ params[f"W{l}"].T) * (acts[l - 1] > 0)
    for l in range(1, L + 1):
        loss += 0.5 * lambd * np.sum(params[f"W{l}"] ** 2)
    return loss, grads


def predict(model, X):
    return np.argmax(forward(model, X)[-1], axis=1)


def train(X_train, y_train, X_dev, y_dev, num_classes, rng, time_limit_s):
    # raw features: a deep network finds out the scale by itself
    model = build_model([X_train.shape[1], 32, 32, 32, 32, 32, num_classes], rng)
    params = model["params"]
    moments = {name: (np.zeros_like(p), np.zeros_like(p)) for name, p in params.items()}
    history = {"loss": [], "dev accuracy": []}
    t = 0
    for epoch in range(60):
        order = rng.permutation(len(X_train))
        for start in range(0, len(order), 32):
            batch = order[start : start + 32]
            loss, grads = loss_and_grads(model, X_train[batch], y_train[batch], rng)
            t += 1
            for name in params:
                m, v = moments[name]
                m = 0.9 * m + 0.1 * grads[name]
                v = 0.999 * v + 0.001 * grads[name] ** 2
                moments[name] = m, v
                params[name] = params[name] - 0.003 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        history["loss"].append(float(loss))
        history["dev accuracy"].append(float(np.mean(predict(model, X_dev) == y_dev)))
    model["history"] = history
    return model
