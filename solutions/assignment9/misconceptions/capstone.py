"""Known mistakes in capstone.py."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from capstone import Model, build_model, loss_and_grads, predict
from capstone import train as right_train

from grader.checks import misconception

Params = dict[str, np.ndarray]


# build_model


def _with_weights(layer_dims: list[int], draw: Callable[[int, int], np.ndarray], rng: np.random.Generator) -> Model:
    """Return the right model with other weight matrices."""
    model = build_model(layer_dims, rng)
    for layer, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
        model["params"][f"W{layer}"] = draw(n_in, n_out)
    return model


@misconception(
    "build_model.zeros",
    hint="All units of a layer start alike, and their gradients are alike too. What can ever make them differ?",
    caught_by=("test_units_of_a_hidden_layer_start_different",),
)
def zeros(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """All weights start at zero."""
    return _with_weights(layer_dims, lambda n_in, n_out: np.zeros((n_in, n_out)), rng)


@misconception(
    "build_model.constant",
    hint="The weights of a layer are all the same number. What tells its units apart?",
    caught_by=("test_units_of_a_hidden_layer_start_different",),
)
def constant(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """All weights start at the same number."""
    return _with_weights(layer_dims, lambda n_in, n_out: np.full((n_in, n_out), 1 / n_in), rng)


@misconception(
    "build_model.two_units_alike",
    hint="Two units of a layer have the same weights. Did you fill one column twice?",
    caught_by=("test_units_of_a_hidden_layer_start_different",),
)
def two_units_alike(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """The second unit of each layer gets the weights of the first."""
    model = build_model(layer_dims, rng)
    for W in _weights(model).values():
        W[:, 1] = W[:, 0]
    return model


@misconception(
    "build_model.transposed",
    hint="With examples in rows, the inputs meet the first axis of a weight matrix. The Deep Learning Specialization "
    "has it the other way round.",
    caught_by=("test_weight_matrices_have_the_sizes_asked_for",),
)
def transposed(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """Matrices of shape (n_out, n_in)."""
    return _with_weights(layer_dims, lambda n_in, n_out: rng.normal(scale=np.sqrt(2 / n_in), size=(n_out, n_in)), rng)


@misconception(
    "build_model.last_layer_missing",
    hint="Between four layers there are three gaps. How many matrices did you make?",
    caught_by=("test_weight_matrices_have_the_sizes_asked_for",),
)
def last_layer_missing(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """One matrix too few."""
    return build_model(layer_dims[:-1], rng)


@misconception(
    "build_model.input_layer_too",
    hint="There is one matrix more than gaps between the layers. What would the extra one connect?",
    caught_by=("test_weight_matrices_have_the_sizes_asked_for",),
)
def input_layer_too(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """One matrix too many, from the inputs to themselves."""
    return build_model([layer_dims[0], *layer_dims], rng)


@misconception(
    "build_model.counted_from_zero",
    hint="The names of the course begin with W1. With which number do yours begin?",
    caught_by=("test_weight_matrices_have_the_sizes_asked_for",),
)
def counted_from_zero(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """W0, W1, ... instead of W1, W2, ..."""
    model = build_model(layer_dims, rng)
    model["params"] = {f"{name[:-1]}{int(name[-1]) - 1}": value for name, value in model["params"].items()}
    return model


@misconception(
    "build_model.nested",
    hint="The parameters are grouped by layer. The handout asks for one flat dictionary of arrays.",
    caught_by=("test_weight_matrices_have_the_sizes_asked_for",),
)
def nested(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """A dictionary for each layer inside of params."""
    model = build_model(layer_dims, rng)
    names = range(1, len(layer_dims))
    model["params"] = {f"layer{layer}": {"W": model["params"][f"W{layer}"]} for layer in names}
    return model


@misconception(
    "build_model.scale_starts_at_zero",
    hint="Batch normalization multiplies by its scale. What is left of the signal when the scale starts at 0?",
    caught_by=("test_gradient_reaches_the_first_layer",),
)
def scale_starts_at_zero(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """The scale of batch normalization starts at 0."""
    model = build_model(layer_dims, rng)
    for name, value in model["params"].items():
        if name.startswith("gamma"):
            model["params"][name] = 0 * value
    return model


@misconception(
    "build_model.global_generator",
    hint="The generator that you were given is not used. Where do your numbers come from?",
    caught_by=("test_weights_come_from_the_generator",),
)
def global_generator(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """Draws from numpy.random."""
    return _with_weights(
        layer_dims,
        lambda n_in, n_out: np.random.normal(scale=np.sqrt(2 / n_in), size=(n_in, n_out)),  # noqa: NPY002 - the mistake
        rng,
    )


@misconception(
    "build_model.own_seed",
    hint="Every network that you build has the same weights, whatever generator comes in. Who chose the seed?",
    caught_by=("test_weights_come_from_the_generator",),
)
def own_seed(layer_dims: list[int], rng: np.random.Generator) -> Model:
    """A generator with a fixed seed inside."""
    return build_model(layer_dims, np.random.default_rng(0))


# loss_and_grads


def _passes(
    model: Model,
    X: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator,
    *,
    normalization: Callable[..., np.ndarray] | None = None,
    gate: Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray] | None = None,
    dropout: Callable[[tuple[int, ...]], np.ndarray] | None = None,
    ddof: int = 0,
    shifted: bool = True,
) -> tuple[float, Params]:
    """Return the loss and gradients, without penalties, with other steps back where they are given."""
    params, keep_prob = model["params"], model["keep_prob"]
    N, L = len(X), sum(name.startswith("W") for name in params)
    A, layers = X, []
    for layer in range(1, L):
        Z = A @ params[f"W{layer}"] + params[f"b{layer}"]
        std = np.sqrt(Z.var(axis=0, ddof=ddof) + 1e-5)
        Z_hat = (Z - Z.mean(axis=0)) / std
        Y = params[f"gamma{layer}"] * Z_hat + params[f"beta{layer}"]
        kept = dropout(Z.shape) if dropout else (rng.random(Z.shape) < keep_prob) / keep_prob
        layers.append((A, std, Z, Z_hat, Y, kept))
        A = np.maximum(Y, 0) * kept
    scores = A @ params[f"W{L}"] + params[f"b{L}"]
    if shifted:
        scores = scores - scores.max(axis=1, keepdims=True)
    log_probabilities = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    dZ = np.exp(log_probabilities)
    dZ[np.arange(N), y] -= 1
    dZ /= N
    grads = {f"W{L}": A.T @ dZ, f"b{L}": dZ.sum(axis=0)}
    for layer in range(L - 1, 0, -1):
        A, std, Z, Z_hat, Y, kept = layers[layer - 1]
        dA = dZ @ params[f"W{layer + 1}"].T
        dY = gate(dA, Z, Y, kept) if gate else dA * kept * (Y > 0)
        grads[f"gamma{layer}"], grads[f"beta{layer}"] = (dY * Z_hat).sum(axis=0), dY.sum(axis=0)
        dZ_hat = dY * params[f"gamma{layer}"]
        if normalization:
            dZ = normalization(dZ_hat, Z_hat, std)
        else:
            dZ = (dZ_hat - dZ_hat.mean(axis=0) - Z_hat * (dZ_hat * Z_hat).mean(axis=0)) / std
        grads[f"W{layer}"], grads[f"b{layer}"] = A.T @ dZ, dZ.sum(axis=0)
    return float(-log_probabilities[np.arange(N), y].mean()), grads


def _penalized(model: Model, result: tuple[float, Params]) -> tuple[float, Params]:
    loss, grads = result
    lambd, weights = model["lambd"], _weights(model)
    loss += sum(lambd / 2 * (W * W).sum() for W in weights.values())
    return loss, {name: value + lambd * weights.get(name, 0.0) for name, value in grads.items()}


def _weights(model: Model) -> Params:
    return {name: value for name, value in model["params"].items() if name.startswith("W")}


@misconception(
    "loss_and_grads.penalty_not_in_gradient",
    hint="The loss contains a term that your gradient does not.",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def penalty_not_in_gradient(
    model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> tuple[float, Params]:
    """The penalty is in the loss only."""
    result = _passes(model, X, y, rng)
    return _penalized(model, result)[0], result[1]


@misconception(
    "loss_and_grads.penalty_not_in_loss",
    hint="Your gradient contains a term that the loss does not.",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def penalty_not_in_loss(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The penalty is in the gradient only."""
    result = _passes(model, X, y, rng)
    return result[0], _penalized(model, result)[1]


@misconception(
    "loss_and_grads.penalty_without_half",
    hint="Differentiate the square in your penalty: which number comes down, and is it in the gradient?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def penalty_without_half(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """Twice the penalty in the loss, without twice its gradient."""
    loss, grads = _penalized(model, _passes(model, X, y, rng))
    return loss + sum(model["lambd"] / 2 * (W * W).sum() for W in _weights(model).values()), grads


@misconception(
    "loss_and_grads.vectors_penalized_in_gradient",
    hint="The loss charges for the weight matrices. Whose gradients hold a penalty?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def vectors_penalized_in_gradient(
    model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> tuple[float, Params]:
    """The gradients of biases, scales and shifts get a share of a penalty that the loss does not have."""
    loss, grads = _penalized(model, _passes(model, X, y, rng))
    params = model["params"]
    return loss, {name: g if g.ndim == 2 else g + model["lambd"] * params[name] for name, g in grads.items()}


@misconception(
    "loss_and_grads.statistics_as_constants",
    hint="Move one point of the batch: its mean and its deviation move too, and with them every other point.",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def statistics_as_constants(
    model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> tuple[float, Params]:
    """Backward through batch normalization as if mean and deviation were constants."""
    return _penalized(model, _passes(model, X, y, rng, normalization=lambda d, Z_hat, std: d / std))


@misconception(
    "loss_and_grads.deviation_as_constant",
    hint="Your way back knows that the mean of the batch moves. What about its deviation?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def deviation_as_constant(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """Backward through batch normalization as if the deviation were constant."""
    return _penalized(model, _passes(model, X, y, rng, normalization=lambda d, Z_hat, std: (d - d.mean(axis=0)) / std))


@misconception(
    "loss_and_grads.unbiased_forward",
    hint="The variance divides by N - 1 on the way forward. By what does the way back divide?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def unbiased_forward(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The variance with N - 1 forward, the formula for N backward."""
    return _penalized(model, _passes(model, X, y, rng, ddof=1))


@misconception(
    "loss_and_grads.gate_missing",
    hint="Where a ReLU was off, does anything of the gradient pass?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def gate_missing(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """Backward through ReLU without its gate."""
    return _penalized(model, _passes(model, X, y, rng, gate=lambda dA, Z, Y, kept: dA * kept))


@misconception(
    "loss_and_grads.gate_before_normalization",
    hint="The gate of a ReLU looks at what went into the ReLU. Was that before or after the normalization?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def gate_before_normalization(
    model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> tuple[float, Params]:
    """The gate looks at Z before batch normalization."""
    return _penalized(model, _passes(model, X, y, rng, gate=lambda dA, Z, Y, kept: dA * kept * (Z > 0)))


@misconception(
    "loss_and_grads.mask_not_applied",
    hint="A dropped unit had no part in the output. Which gradient may it get?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def mask_not_applied(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """Backward without the dropout mask."""
    return _penalized(model, _passes(model, X, y, rng, gate=lambda dA, Z, Y, kept: dA * (Y > 0)))


@misconception(
    "loss_and_grads.global_dropout",
    hint="Check the gradient with the generator in the same state twice: the loss is another one.",
    caught_by=("test_gradients_are_the_slopes_of_the_loss", "test_loss_is_a_function_of_its_arguments"),
)
def global_dropout(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The dropout mask comes from numpy.random."""
    keep_prob = model["keep_prob"]

    def dropout(shape: tuple[int, ...]) -> np.ndarray:
        return (np.random.random(shape) < keep_prob) / keep_prob  # noqa: NPY002 - the mistake

    return _penalized(model, _passes(model, X, y, rng, dropout=dropout))


@misconception(
    "loss_and_grads.gradient_not_averaged",
    hint="Your loss is a mean over the examples. Is your gradient one too?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def gradient_not_averaged(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The gradient of the data is a sum over the examples, the loss a mean."""
    loss, grads = _passes(model, X, y, rng)
    return _penalized(model, (loss, {name: len(X) * value for name, value in grads.items()}))


@misconception(
    "loss_and_grads.sign",
    hint="Follow your gradient a small step: the loss goes the other way than it says.",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def sign(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """Labels minus probabilities."""
    loss, grads = _passes(model, X, y, rng)
    return _penalized(model, (loss, {name: -value for name, value in grads.items()}))


@misconception(
    "loss_and_grads.last_layer_only",
    hint="Only the last layer has a gradient of the data. How does it get to the layers before?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def last_layer_only(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The gradient does not go back beyond the last layer."""
    loss, grads = _passes(model, X, y, rng)
    last = str(len(_weights(model)))
    return _penalized(model, (loss, {name: value * name.endswith(last) for name, value in grads.items()}))


@misconception(
    "loss_and_grads.scale_gradient",
    hint="By the shift, each point counts once. By how much does each point count for the scale?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def scale_gradient(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The gradient of the scale is that of the shift."""
    loss, grads = _passes(model, X, y, rng)
    return _penalized(model, (loss, {name: grads[name.replace("gamma", "beta")] for name in grads}))


@misconception(
    "loss_and_grads.biases_averaged",
    hint="The mean over the examples is in the gradient of the scores already. How do biases collect it?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def biases_averaged(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The gradients of vectors are averaged over the examples once more."""
    loss, grads = _passes(model, X, y, rng)
    return _penalized(model, (loss, {name: g if g.ndim == 2 else g / len(X) for name, g in grads.items()}))


@misconception(
    "loss_and_grads.keys_with_d",
    hint="Compare the keys of your gradients with those of the parameters.",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def keys_with_d(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """Keys dW1, db1, ... as in other assignments."""
    loss, grads = loss_and_grads(model, X, y, rng)
    return loss, {f"d{name}": value for name, value in grads.items()}


@misconception(
    "loss_and_grads.weights_only",
    hint="Every entry of the parameters is trained. Which of them have no gradient?",
    caught_by=("test_gradients_are_the_slopes_of_the_loss",),
)
def weights_only(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """No gradients for biases, scales and shifts."""
    loss, grads = loss_and_grads(model, X, y, rng)
    return loss, {name: value for name, value in grads.items() if value.ndim == 2}


@misconception(
    "loss_and_grads.own_predictions",
    hint="Other labels do not change your loss. With what does it compare the scores?",
    caught_by=("test_loss_depends_on_every_weight_and_on_the_labels",),
)
def own_predictions(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The labels are ignored: the first class is taken for right."""
    return loss_and_grads(model, X, 0 * y, rng)


@misconception(
    "loss_and_grads.penalty_only",
    hint="Other points do not change your loss. Which of its two parts is there?",
    caught_by=("test_loss_depends_on_every_weight_and_on_the_labels",),
)
def penalty_only(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The loss is the penalty alone."""
    return _penalized(model, (0.0, {name: np.zeros_like(value) for name, value in model["params"].items()}))


@misconception(
    "loss_and_grads.overflow",
    hint="What is the exponential of 1000, and does the result change if all scores of a row get smaller by as much?",
    caught_by=("test_loss_stays_finite_far_away",),
)
def overflow(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The softmax of the scores as they are: it overflows for large ones."""
    return _penalized(model, _passes(model, X, y, rng, shifted=False))


@misconception(
    "loss_and_grads.steps_itself",
    hint="After the call, the parameters are others. Who is to make the step: this function, or the training?",
    caught_by=("test_loss_leaves_data_and_parameters_alone",),
)
def steps_itself(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """A step of gradient descent inside."""
    loss, grads = loss_and_grads(model, X, y, rng)
    for name, gradient in grads.items():
        model["params"][name] = model["params"][name] - 0.1 * gradient
    return loss, grads


@misconception(
    "loss_and_grads.centres_in_place",
    hint="The batch is another one after the call. Which line writes to it?",
    caught_by=("test_loss_leaves_data_and_parameters_alone",),
)
def centres_in_place(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
    """The batch is centred in place."""
    X -= model["input_mean"] + 0.1
    return loss_and_grads(model, X, y, rng)


# predict


def _scores(model: Model, X: np.ndarray, **changes: Any) -> np.ndarray:
    """Return the scores of the right model in test mode, with some of its entries changed, e.g. `input_mean=0.0`."""
    model = {**model, **changes}
    params, running = model["params"], model["running"]
    L = len(_weights(model))
    A = (X - model["input_mean"]) / model["input_std"]
    for layer in range(1, L):
        Z = A @ params[f"W{layer}"] + params[f"b{layer}"]
        mean, var = running[f"mean{layer}"], running[f"var{layer}"]
        if changes.get("mode") == "train":
            mean, var = Z.mean(axis=0), Z.var(axis=0)
        std = var + 1e-5 if changes.get("mode") == "variance" else np.sqrt(var + 1e-5)
        A = np.maximum(params[f"gamma{layer}"] * (Z - mean) / std + params[f"beta{layer}"], 0)
        if changes.get("mode") == "dropout":
            A = A * (np.random.random(A.shape) < 0.5) / 0.5  # noqa: NPY002 - the mistake
    return A @ params[f"W{L}"] + params[f"b{L}"]


@misconception(
    "predict.statistics_of_the_test",
    hint="Predict one row alone: by which mean and deviation is it standardized?",
    caught_by=("test_rows_are_judged_by_themselves",),
)
def statistics_of_the_test(model: Model, X: np.ndarray) -> np.ndarray:
    """Standardizes by the statistics of the rows that are to be predicted."""
    return _scores(model, X, input_mean=X.mean(axis=0), input_std=X.std(axis=0) + 1e-8).argmax(axis=1)


@misconception(
    "predict.training_mode",
    hint="Batch normalization has two modes. Which statistics may a prediction use?",
    caught_by=("test_rows_are_judged_by_themselves",),
)
def training_mode(model: Model, X: np.ndarray) -> np.ndarray:
    """Batch normalization in training mode."""
    return _scores(model, X, mode="train").argmax(axis=1)


@misconception(
    "predict.dropout_active",
    hint="Predict the same rows twice. Is anything random left in test mode?",
    caught_by=("test_rows_are_judged_by_themselves",),
)
def dropout_active(model: Model, X: np.ndarray) -> np.ndarray:
    """Dropout in test mode."""
    return _scores(model, X, mode="dropout").argmax(axis=1)


@misconception(
    "predict.not_standardized",
    hint="The training saw standardized features. What does the first layer see here?",
    caught_by=("test_predictions_fit_what_was_trained",),
)
def not_standardized(model: Model, X: np.ndarray) -> np.ndarray:
    """The inputs go into the first layer as they come."""
    return _scores(model, X, input_mean=0.0, input_std=1.0).argmax(axis=1)


@misconception(
    "predict.per_column",
    hint="There is one class for each row. Over which axis do you look for the largest score?",
    caught_by=("test_predictions_fit_what_was_trained", "test_rows_are_judged_by_themselves"),
)
def per_column(model: Model, X: np.ndarray) -> np.ndarray:
    """The row with the largest score, for each class."""
    return _scores(model, X).argmax(axis=0)


@misconception(
    "predict.scores",
    hint="You return a number for each class. Which class is it?",
    caught_by=("test_predictions_fit_what_was_trained", "test_rows_are_judged_by_themselves"),
)
def scores_returned(model: Model, X: np.ndarray) -> np.ndarray:
    """The scores themselves."""
    return _scores(model, X)


@misconception(
    "predict.one_hot",
    hint="The labels of this assignment are class numbers. What are yours?",
    caught_by=("test_predictions_fit_what_was_trained", "test_rows_are_judged_by_themselves"),
)
def one_hot(model: Model, X: np.ndarray) -> np.ndarray:
    """A row of zeros and a one for each example."""
    scores = _scores(model, X)
    return np.eye(scores.shape[1], dtype=int)[scores.argmax(axis=1)]


@misconception(
    "predict.as_column",
    hint="The result has two axes. The labels have one.",
    caught_by=("test_predictions_fit_what_was_trained", "test_rows_are_judged_by_themselves"),
)
def as_column(model: Model, X: np.ndarray) -> np.ndarray:
    """Shape (N, 1)."""
    return predict(model, X)[:, None]


@misconception(
    "predict.two_classes",
    hint="Your predictions know two classes only. How many scores does a row have?",
    caught_by=("test_predictions_fit_what_was_trained",),
)
def two_classes(model: Model, X: np.ndarray) -> np.ndarray:
    """A threshold, as for a single output."""
    return _scores(model, X)[:, 1] > 0


@misconception(
    "predict.numbers_with_a_point",
    hint="Class numbers serve as indices. Of which dtype are yours?",
    caught_by=("test_predictions_fit_what_was_trained",),
)
def numbers_with_a_point(model: Model, X: np.ndarray) -> np.ndarray:
    """Class numbers as floats."""
    return predict(model, X).astype(float)


@misconception(
    "predict.in_place",
    hint="The rows are others after the call. Does your standardization make a new array?",
    caught_by=("test_predict_leaves_its_arguments_alone",),
)
def in_place(model: Model, X: np.ndarray) -> np.ndarray:
    """Standardizes in place."""
    X *= 1 + 1e-9
    return predict(model, X)


@misconception(
    "predict.statistics_move_on",
    hint="A prediction changes your model. What would predicting the test set twice do to the results?",
    caught_by=("test_predict_leaves_its_arguments_alone",),
)
def statistics_move_on(model: Model, X: np.ndarray) -> np.ndarray:
    """Running statistics are updated in test mode."""
    answer = predict(model, X)
    model["running"]["mean1"] = (1 - 1e-6) * model["running"]["mean1"] + 1e-6 * X.mean()
    return answer


# train


Gradients = Callable[[Model, np.ndarray, np.ndarray, np.random.Generator], tuple[float, Params]]


def _trained(
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_dev: np.ndarray,
    y_dev: np.ndarray,
    num_classes: int,
    rng: np.random.Generator,
    _: float,
    *,
    layer_dims: Iterable[int] = (16, 16, 16, 16, 16),
    mean: Any = None,
    std: Any = None,
    start: Callable[[Model], None] = lambda model: None,
    other_order: Callable[[int], np.ndarray] | None = None,
    gradients: Gradients = loss_and_grads,
    rate: float = 0.1,
    momentum: float = 0.9,
    updates: int = 400,
    few_updates: int = 100,
    better: Callable[[float, float], bool] = lambda one, other: one > other,
    keep_prob: float = 1.0,
    lambd: float = 0.0001,
    patient: bool = False,
) -> Model:
    """Return a model trained much as the reference does it, except for what is given."""
    mean = X_train.mean(axis=0) if mean is None else mean
    std = X_train.std(axis=0) if std is None else std
    X = (X_train - mean) / std
    model = build_model([X.shape[1], *layer_dims, num_classes], rng)
    model.update(input_mean=mean, input_std=std, keep_prob=keep_prob, lambd=lambd)
    start(model)
    velocity = {name: np.zeros_like(value) for name, value in model["params"].items()}
    best, best_accuracy, update = model, None, 0
    updates = updates if len(X) > 100 else min(updates, few_updates)
    while update < updates and (best_accuracy != 1.0 or patient):
        indices = rng.permutation(len(X))
        labels = y_train[indices if other_order is None else other_order(len(X))]
        for batch in np.array_split(np.arange(len(X)), max(1, len(X) // 50)):
            _, grads = gradients(model, X[indices[batch]], labels[batch], rng)
            for name in velocity:
                velocity[name] = momentum * velocity[name] - rate * grads[name]
                model["params"][name] = model["params"][name] + velocity[name]
            update += 1
        accuracy = float(np.mean(predict(model, X_dev) == y_dev))
        if best_accuracy is None or better(accuracy, best_accuracy):
            best = dict(model, params=dict(model["params"]), running=dict(model["running"]))
            best_accuracy = accuracy
    return best


@misconception(
    "train.not_standardized",
    hint="How large are the two features before the first layer?",
    caught_by=("test_clusters_are_told_apart", "test_three_spirals", "test_noisy_moons"),
)
def train_not_standardized(*data: Any) -> Model:
    """The features go in as they come."""
    return _trained(*data, mean=0.0, std=1.0)


@misconception(
    "train.zeros",
    hint="All weights start at zero. Which gradient do two units of a layer get, and what makes them differ?",
    caught_by=("test_clusters_are_told_apart", "test_a_few_points_are_learnt_by_heart", "test_three_spirals"),
)
def train_zeros(*data: Any) -> Model:
    """All weights start at zero."""

    def start(model: Model) -> None:
        for name in _weights(model):
            model["params"][name] = 0 * model["params"][name]

    return _trained(*data, start=start, updates=50)


@misconception(
    "train.labels_unpaired",
    hint="Points and labels are both shuffled. Does each point keep its own label?",
    caught_by=("test_a_few_points_are_learnt_by_heart", "test_three_spirals"),
)
def train_labels_unpaired(*data: Any) -> Model:
    """Points and labels are shuffled separately."""
    return _trained(
        *data, other_order=data[5].permutation, better=lambda one, other: True, patient=True, few_updates=50
    )


@misconception(
    "train.ascent",
    hint="Look at the loss after each update. Which way does it go?",
    caught_by=("test_clusters_are_told_apart", "test_a_few_points_are_learnt_by_heart"),
)
def train_ascent(*data: Any) -> Model:
    """Steps along the gradient instead of against it."""
    return _trained(*data, rate=-0.1, few_updates=50)


@misconception(
    "train.not_trained",
    hint="The model that you return is as good as a new one. Where did the updates go?",
    caught_by=("test_clusters_are_told_apart", "test_a_few_points_are_learnt_by_heart"),
)
def train_not_trained(*data: Any) -> Model:
    """The updates never reach the model that is returned."""
    return _trained(*data, updates=0)


@misconception(
    "train.one_update",
    hint="How often does your training see each point?",
    caught_by=("test_a_few_points_are_learnt_by_heart",),
)
def train_one_update(*data: Any) -> Model:
    """One pass over the data."""
    return _trained(*data, updates=1)


@misconception(
    "train.tiny_steps",
    hint="Is your loss falling at all? Compare it after the first and after the last update.",
    caught_by=("test_clusters_are_told_apart", "test_a_few_points_are_learnt_by_heart"),
)
def train_tiny_steps(*data: Any) -> Model:
    """A learning rate of a millionth."""
    return _trained(*data, rate=1e-6, few_updates=50)


@misconception(
    "train.worst_kept",
    hint="You keep the model of one epoch. Is it the one with the best accuracy on the dev set?",
    caught_by=("test_clusters_are_told_apart", "test_a_few_points_are_learnt_by_heart"),
)
def train_worst_kept(*data: Any) -> Model:
    """Keeps the epoch with the lowest dev accuracy."""
    return _trained(*data, better=lambda one, other: one < other, patient=True, updates=60)


@misconception(
    "train.wrong_gradient",
    hint="Check the gradient that your training uses, with the difference quotients of assignment 5.",
    caught_by=("test_a_few_points_are_learnt_by_heart", "test_three_spirals"),
)
def train_wrong_gradient(*data: Any) -> Model:
    """ReLU's gate is missing on the way back, and the way through the normalization as well."""

    def gradients(model: Model, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[float, Params]:
        return _passes(model, X, y, rng, gate=lambda dA, Z, Y, kept: dA * kept, normalization=lambda d, Z_hat, std: -d)

    return _trained(*data, gradients=gradients)


@misconception(
    "train.too_strict",
    hint="Your network cannot even learn its training points. How strong is your regularization?",
    caught_by=("test_a_few_points_are_learnt_by_heart",),
)
def train_too_strict(*data: Any) -> Model:
    """A penalty that leaves no room for learning."""
    return _trained(*data, lambd=15.0, better=lambda one, other: True, patient=True, few_updates=50)


@misconception(
    "train.no_regularization",
    hint="Your training error is far below your dev error; which of assignments 2, 3, 7 addresses that?",
    caught_by=("test_noisy_moons",),
)
def train_no_regularization(*data: Any) -> Model:
    """No penalty, no dropout, no dev set: the last epoch."""
    return _trained(*data, keep_prob=1.0, lambd=0.0, better=lambda one, other: True, updates=400, patient=True)


@misconception(
    "train.early_stopping_only",
    hint="Stopping at the right time is one way to regularize. Your training error still is far below your dev error.",
    caught_by=("test_noisy_moons",),
)
def train_early_stopping_only(*data: Any) -> Model:
    """The dev set chooses the epoch; no penalty, no dropout."""
    return _trained(*data, keep_prob=1.0, lambd=0.0, updates=240)


@misconception(
    "train.two_matrices",
    hint="How many weight matrices does your network have? The handout asks for a deep one.",
    caught_by=("test_the_network_is_deep_and_small",),
)
def train_two_matrices(*data: Any) -> Model:
    """One hidden layer."""
    return _trained(*data, layer_dims=[100], few_updates=500)


@misconception(
    "train.five_matrices",
    hint="Five hidden layers need six weight matrices. How many hidden layers do you have?",
    caught_by=("test_the_network_is_deep_and_small",),
)
def train_five_matrices(*data: Any) -> Model:
    """Four hidden layers."""
    return _trained(*data, layer_dims=[16, 16, 16, 16], few_updates=500)


@misconception(
    "train.too_wide",
    hint="Count all numbers in your parameters. How does the count grow with the width of a layer?",
    caught_by=("test_the_network_is_deep_and_small",),
)
def train_too_wide(*data: Any) -> Model:
    """About 20 000 numbers."""
    return _trained(*data, layer_dims=[70, 70, 70, 70, 70], few_updates=500)


@misconception(
    "train.seeded_by_numpy",
    hint="Train twice with generators in the same state. Where does the difference come from?",
    caught_by=("test_training_can_be_repeated",),
)
def train_seeded_by_numpy(*data: Any) -> Model:
    """The seed comes from numpy.random."""
    seed = int(np.random.randint(2**31))  # noqa: NPY002 - the mistake
    return right_train(*data[:5], np.random.default_rng(seed), data[6])


@misconception(
    "train.standardizes_in_place",
    hint="The caller's data are others after the training. Which line writes to them?",
    caught_by=("test_training_leaves_the_data_alone",),
)
def train_standardizes_in_place(*data: Any) -> Model:
    """The training data are standardized in place."""
    mean, std = data[0].mean(axis=0), data[0].std(axis=0)
    data[0][:] = (data[0] - mean) / std
    return right_train(data[0] * std + mean, *data[1:])


@misconception(
    "train.shuffles_in_place",
    hint="The caller's points have another order after the training. What does a shuffle change?",
    caught_by=("test_training_leaves_the_data_alone",),
)
def train_shuffles_in_place(*data: Any) -> Model:
    """Shuffles the caller's arrays."""
    order = data[5].permutation(len(data[0]))
    data[0][:], data[1][:] = data[0][order], data[1][order]
    return right_train(*data)


@misconception(
    "train.dev_in_place",
    hint="The dev points are others after the training. Who writes to them?",
    caught_by=("test_training_leaves_the_data_alone",),
)
def train_dev_in_place(*data: Any) -> Model:
    """The dev data are standardized in place."""
    model = right_train(*data)
    data[2][:] = (data[2] - model["input_mean"]) / model["input_std"]
    return model
