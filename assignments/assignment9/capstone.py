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
    # YOUR CODE HERE
    raise NotImplementedError


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
    # YOUR CODE HERE
    raise NotImplementedError


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
    # YOUR CODE HERE
    raise NotImplementedError


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
    # YOUR CODE HERE
    raise NotImplementedError
