"""The capstone: a deep network that is built, differentiated, trained and used on data that is not kind to it.

Examples are rows: X (N, D), y (N,) class numbers 0 to C - 1. A model is a dictionary of plain data: numbers, texts,
lists, dictionaries and numpy arrays, so that it could be written to a file. `model["params"]` holds every array that is
trained; what else a model holds is up to you.
"""

import time
from itertools import pairwise

import numpy as np

Model = dict[str, object]
Split = tuple[np.ndarray, np.ndarray]
"""X (N, D) and y (N,)"""


def make_spirals(seed: int) -> tuple[Split, Split, Split]:
    """Return 900 training, 300 dev and 900 test points on three spiral arms (given).

    The first feature lies near 1 to 1000, the second near 0 to 1.
    """
    rng = np.random.default_rng(seed)

    def draw(n: int) -> Split:
        y = rng.permutation(np.arange(n) % 3)
        radius = rng.uniform(0.05, 1.0, size=n)
        angle = 4.0 * y + 4.0 * radius + rng.normal(scale=0.2, size=n)
        plane = radius[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
        return np.array([500.5, 0.5]) + np.array([499.5, 0.5]) * plane, y

    return draw(900), draw(300), draw(900)


def make_noisy_moons(seed: int) -> tuple[Split, Split, Split]:
    """Return 300 training, 300 dev and 2000 test points of two interlocking half circles (given).

    Two small features tell the classes apart; 18 features of scale 1 to 1000 are noise. Of the training and dev labels
    15 % are flipped, of the test labels none.
    """
    rng = np.random.default_rng(seed)

    def draw(n: int, flipped: float) -> Split:
        y = rng.permutation(np.arange(n) % 2)
        angle = rng.uniform(0.0, np.pi, size=n)
        sign = np.where(y == 0, 1.0, -1.0)
        moons = np.column_stack([np.where(y == 0, 0.0, 1.0) + sign * np.cos(angle), 0.5 * y + sign * np.sin(angle)])
        moons += rng.normal(scale=0.1, size=(n, 2))
        noise = rng.normal(size=(n, 18)) * np.logspace(0, 3, 18)
        return np.column_stack([0.01 * moons, noise]), np.where(rng.random(n) < flipped, 1 - y, y)

    return draw(300, 0.15), draw(300, 0.15), draw(2000, 0.0)


def build_model(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """Return a new network with layers of the given sizes, ready to be trained.

    `model["params"]` is a flat dictionary of every array that is trained. `W1, ..., WL` are the weight matrices, `W{l}`
    of shape (layer_dims[l-1], layer_dims[l]), drawn so that the units of a hidden layer differ and that signals and
    gradients survive many layers. Biases, scales and shifts are vectors, under names of your choice.

    Args:
        layer_dims: sizes of the input, of every hidden layer, and of the output (the number of classes).
        rng: source of randomness.

    Returns:
        The model: a dictionary of plain data with the key "params".

    Example:
        >>> model = build_model([2, 2, 2], np.random.default_rng(0))
        >>> model["params"]["W1"].shape, model["params"]["W2"].shape
        ((2, 2), (2, 2))
    """
    ### BEGIN SOLUTION
    params, running = {}, {}
    L = len(layer_dims) - 1
    for layer, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
        params[f"W{layer}"] = rng.normal(scale=np.sqrt(2 / n_in), size=(n_in, n_out))  # He et al. 2015
        params[f"b{layer}"] = np.zeros(n_out)
        if layer < L:
            params[f"gamma{layer}"], params[f"beta{layer}"] = np.ones(n_out), np.zeros(n_out)
            running[f"mean{layer}"], running[f"var{layer}"] = np.zeros(n_out), np.ones(n_out)
    return {
        "params": params,
        "running": running,
        "input_mean": np.zeros(layer_dims[0]),
        "input_std": np.ones(layer_dims[0]),
        "keep_prob": 0.8,
        "lambd": 0.01,
        "history": {"loss": [], "train accuracy": [], "dev accuracy": []},
    }
    ### END SOLUTION


def loss_and_grads(
    model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> tuple[float, dict[str, np.ndarray]]:
    """Return the loss of a batch in training mode, penalties included, and its gradient by every parameter.

    The loss is a function of the arguments: whatever is random comes from `rng`, and the same state of it gives the
    same loss. The parameters are read from `model["params"]` at every call. Statistics that are carried along (running
    means) may be updated in other entries of the model; the parameters, X and y stay as they are.

    Args:
        model: as `build_model` returns it.
        X: a batch of inputs (N, D).
        y: their classes (N,), integers.
        rng: source of randomness, e.g. for dropout.

    Returns:
        The loss, one finite number, and a dictionary with a gradient for each entry of `model["params"]`: the same
        keys, the same shapes.

    Example:
        >>> model = build_model([2, 2, 2], np.random.default_rng(0))
        >>> X, y = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([0, 1])
        >>> loss, grads = loss_and_grads(model, X, y, np.random.default_rng(1))
        >>> loss > 0, grads.keys() == model["params"].keys(), grads["W1"].shape
        (True, True, (2, 2))
    """
    ### BEGIN SOLUTION
    params, running, keep_prob, lambd = model["params"], model["running"], model["keep_prob"], model["lambd"]
    N, L = len(X), sum(name.startswith("W") for name in params)
    A, layers = X, []
    for layer in range(1, L):
        Z = A @ params[f"W{layer}"] + params[f"b{layer}"]
        mean, var = Z.mean(axis=0), Z.var(axis=0)
        std = np.sqrt(var + 1e-5)
        Z_hat = (Z - mean) / std
        gate = params[f"gamma{layer}"] * Z_hat + params[f"beta{layer}"] > 0
        kept = (rng.random(Z.shape) < keep_prob) / keep_prob if keep_prob < 1 else 1.0
        layers.append((A, std, Z_hat, gate * kept))
        A = (params[f"gamma{layer}"] * Z_hat + params[f"beta{layer}"]) * gate * kept
        running[f"mean{layer}"] = 0.9 * running[f"mean{layer}"] + 0.1 * mean
        running[f"var{layer}"] = 0.9 * running[f"var{layer}"] + 0.1 * var
    scores = A @ params[f"W{L}"] + params[f"b{L}"]
    scores = scores - scores.max(axis=1, keepdims=True)
    log_probabilities = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -log_probabilities[np.arange(N), y].mean()

    dZ = np.exp(log_probabilities)
    dZ[np.arange(N), y] -= 1
    dZ /= N
    grads = {f"W{L}": A.T @ dZ, f"b{L}": dZ.sum(axis=0)}
    for layer in range(L - 1, 0, -1):
        A, std, Z_hat, passed = layers[layer - 1]
        dZ = dZ @ params[f"W{layer + 1}"].T * passed
        grads[f"gamma{layer}"], grads[f"beta{layer}"] = (dZ * Z_hat).sum(axis=0), dZ.sum(axis=0)
        # Batch normalization (Ioffe and Szegedy 2015): the mean and the deviation of the batch move with every input.
        dZ = params[f"gamma{layer}"] / std * (dZ - dZ.mean(axis=0) - Z_hat * (dZ * Z_hat).mean(axis=0))
        grads[f"W{layer}"], grads[f"b{layer}"] = A.T @ dZ, dZ.sum(axis=0)
    for layer in range(1, L + 1):
        W = params[f"W{layer}"]
        loss += lambd / 2 * (W * W).sum()
        grads[f"W{layer}"] += lambd * W
    return float(loss), grads
    ### END SOLUTION


def predict(model: Model, X: np.ndarray) -> np.ndarray:
    """Return the class of each row, in test mode: nothing is random, and each row is judged by itself.

    Args:
        model: as `build_model` or `train` returns it.
        X: inputs (N, D) as they come, on the scale of the training data.

    Returns:
        Class numbers (N,), integers.

    Example:
        >>> model = build_model([2, 2, 2], np.random.default_rng(0))
        >>> predict(model, np.array([[1.0, -1.0], [-1.0, 1.0]])).shape
        (2,)
    """
    ### BEGIN SOLUTION
    params, running = model["params"], model["running"]
    L = sum(name.startswith("W") for name in params)
    A = (X - model["input_mean"]) / model["input_std"]
    for layer in range(1, L):
        Z = A @ params[f"W{layer}"] + params[f"b{layer}"]
        Z_hat = (Z - running[f"mean{layer}"]) / np.sqrt(running[f"var{layer}"] + 1e-5)
        A = np.maximum(params[f"gamma{layer}"] * Z_hat + params[f"beta{layer}"], 0)
    return np.argmax(A @ params[f"W{L}"] + params[f"b{L}"], axis=1)
    ### END SOLUTION


def train(
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_dev: np.ndarray,
    y_dev: np.ndarray,
    num_classes: int,
    rng: np.random.Generator,
    time_limit_s: float,
) -> Model:
    """Build a network, train it, and return it ready for `predict`.

    At least 6 weight matrices, at most 10 000 numbers in `model["params"]`. Features may be of any scale. The data stay
    as they are; the same data and the same state of `rng` give the same predictions.

    A record of the training in `model["history"]`, e.g. {"loss": [2.3, 1.9], "dev accuracy": [0.4, 0.6]}, is drawn in
    the report.

    Args:
        X_train: inputs (N, D).
        y_train: their classes (N,), 0 to num_classes - 1.
        X_dev: inputs to choose by: when to stop, how strongly to regularize.
        y_dev: their classes.
        num_classes: how many classes there are.
        rng: source of all randomness.
        time_limit_s: seconds after which the model must be there.

    Returns:
        The model.

    Example:
        >>> X, y = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([0, 1])
        >>> model = train(X, y, X, y, 2, np.random.default_rng(0), time_limit_s=1.0)
        >>> sum(name.startswith("W") for name in model["params"]) >= 6
        True
    """
    ### BEGIN SOLUTION
    deadline = time.monotonic() + 0.8 * time_limit_s
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std > 0, std, 1.0)
    X = (X_train - mean) / std

    def fit(keep_prob: float, lambd: float, updates: int) -> tuple[Model, float]:
        model = build_model([X.shape[1], 16, 16, 16, 16, 16, num_classes], rng)
        model.update(input_mean=mean, input_std=std, keep_prob=keep_prob, lambd=lambd)
        params, history = model["params"], model["history"]
        velocity = {name: np.zeros_like(value) for name, value in params.items()}
        best, best_accuracy, best_update, update = model, -1.0, 0, 0
        while best_accuracy < 1.0 and update < min(updates, best_update + 120) and time.monotonic() < deadline:
            losses = []
            for batch in np.array_split(rng.permutation(len(X)), max(1, len(X) // 50)):
                loss, grads = loss_and_grads(model, X[batch], y_train[batch], rng)
                losses.append(loss)
                rate = 0.05 * (1 + np.cos(np.pi * min(1.0, update / updates)))
                for name, gradient in grads.items():
                    velocity[name] = 0.9 * velocity[name] - rate * gradient
                    params[name] = params[name] + velocity[name]
                update += 1
            accuracy = np.mean(predict(model, X_dev) == y_dev)
            history["loss"].append(float(np.mean(losses)))
            history["train accuracy"].append(float(np.mean(predict(model, X_train) == y_train)))
            history["dev accuracy"].append(float(accuracy))
            if accuracy > best_accuracy:
                best = dict(model, params=dict(params), running=dict(model["running"]))
                best_accuracy, best_update = accuracy, update
        return best, max(history["train accuracy"]) - best_accuracy

    model, variance = fit(keep_prob=1.0, lambd=0.001, updates=500)
    if variance > 0.05:  # far better on the training data than on new ones
        model, _ = fit(keep_prob=0.7, lambd=0.1, updates=240)
    return model
    ### END SOLUTION
