"""Checks of capstone.py: a model, its gradient, its predictions, and what training makes of it."""

from itertools import pairwise
from typing import Any

import numpy as np

from grader.checks import (
    CheckFailure,
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_random,
    assert_reaches,
    assert_unchanged,
    check,
    curve_evidence,
    regions_evidence,
)

Params = dict[str, np.ndarray]

SMALL = [4, 6, 5, 3]
TIME_LIMIT = 20.0
STEP, RTOL, ATOL = 1e-6, 1e-5, 1e-8
"""Of a central difference, and how closely a gradient is compared with it."""
POINTS, POINTS_NEEDED = 5, 3
"""A step across the kink of a ReLU spoils a point now and then."""
CLUSTERS = 5
"""So many that a model which has learnt nothing of the labels is not right by luck."""
GRID = 48
"""Cells of a picture, in each direction."""


def params_of(model: Any) -> Params:
    """Return `model["params"]`, or say what is not as the handout says."""
    params = model.get("params") if isinstance(model, dict) else None
    if not isinstance(params, dict):
        raise CheckFailure('the model has no model["params"]; expected a dictionary with every array that is trained')
    for name, value in params.items():
        if type(value) is not np.ndarray or value.dtype.kind != "f" or value.ndim not in (1, 2):
            raise CheckFailure(
                f'model["params"]["{name}"] is not a matrix or a vector of floating-point numbers; '
                "what is not trained goes into other entries of the model"
            )
    return params


def weights_of(params: Params) -> list[np.ndarray]:
    """Return W1, W2, ... as far as they go."""
    weights: list[np.ndarray] = []
    while f"W{len(weights) + 1}" in params:
        weights.append(params[f"W{len(weights) + 1}"])
    return weights


def with_params(model: Any, params: Params) -> Any:
    """Return the model with other parameters."""
    return {**model, "params": params}


def characteristic(params: Params, rng: np.random.Generator) -> Params:
    """Return a point at which gradients are of ordinary size: matrices of He's size, vectors moved a little."""
    return {
        name: rng.normal(scale=np.sqrt(2 / len(value)), size=value.shape)
        if value.ndim == 2
        else value + rng.normal(scale=0.1, size=value.shape)
        for name, value in params.items()
    }


def draw_batch(rng: np.random.Generator, N: int, D: int, C: int) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and classes, each class at least once."""
    return rng.normal(size=(N, D)), rng.permutation(np.arange(N) % C)


def draw_clusters(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return 60 points in five clusters far from each other, on very different scales."""
    y = rng.permutation(np.arange(60) % CLUSTERS)
    centres = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0], [4.0, 4.0], [8.0, 2.0]])
    X = centres[y] + rng.normal(scale=0.3, size=(60, 2))
    return np.array([5000.0, -0.3]) + np.array([1000.0, 0.01]) * X, y


def train_on_clusters(student: Student, rng: np.random.Generator) -> tuple[Any, np.ndarray, np.ndarray]:
    """Return a model of the student's training, and fresh points with their classes."""
    train, dev, test = draw_clusters(rng), draw_clusters(rng), draw_clusters(rng)
    model = student.train(*train, *dev, CLUSTERS, np.random.default_rng(rng.integers(2**32)), TIME_LIMIT)
    return model, *test


def accuracy_of(student: Student, model: Any, X: np.ndarray, y: np.ndarray) -> float:
    """Return the share of rows whose class is predicted."""
    predicted = student.predict(model, X)
    assert_array(predicted, shape=y.shape, name="the predictions")
    return float(np.mean(predicted == y))


@check("build_model", hint="Go through the list of sizes in pairs: the layer before, and the layer after.")
def test_weight_matrices_have_the_sizes_asked_for(student: Student, rng: np.random.Generator) -> None:
    """Between every two layers there is a weight matrix of their sizes"""
    for layer_dims in (SMALL, [3, 3, 3, 3], [2, 7, 2, 5, 4, 6, 3]):
        params = params_of(student.build_model(layer_dims, np.random.default_rng(rng.integers(2**32))))
        for layer, shape in enumerate(pairwise(layer_dims), start=1):
            if f"W{layer}" not in params:
                raise CheckFailure(f'model["params"] has no "W{layer}" for the layers {layer_dims}')
            assert_array(params[f"W{layer}"], shape=shape, name=f"W{layer}")
        if f"W{len(layer_dims)}" in params:
            raise CheckFailure(f"there is a W{len(layer_dims)} for {len(layer_dims)} layers, {layer_dims}")


@check("build_model", hint="Units that start alike get the same gradient and stay alike. Assignment 1 shows it.")
def test_units_of_a_hidden_layer_start_different(student: Student, rng: np.random.Generator) -> None:
    """No two units of a hidden layer start with the same weights"""
    params = params_of(student.build_model([6, 8, 8, 8, 4], np.random.default_rng(rng.integers(2**32))))
    for layer, W in enumerate(weights_of(params)[:-1], start=1):
        different = len(np.unique(W, axis=1).T)
        assert different == W.shape[1], (
            f"of the {W.shape[1]} units of hidden layer {layer}, {different} have weights of their own; "
            f"expected all {W.shape[1]}"
        )


@check(
    "build_model", hint="Compare the sizes of the activations, layer by layer. What does each layer multiply them by?"
)
def test_gradient_reaches_the_first_layer(student: Student, rng: np.random.Generator) -> None:
    """In a network of nine layers the gradient still reaches the first one"""
    layer_dims = [10] * 9 + [3]
    model = student.build_model(layer_dims, np.random.default_rng(rng.integers(2**32)))
    params = params_of(model)
    # The last matrix may start at zero, and does not have to carry a signal: it gets an ordinary one.
    last = {f"W{len(layer_dims) - 1}": rng.normal(scale=np.sqrt(1 / 10), size=(10, 3))}
    X, y = draw_batch(rng, 30, 10, 3)
    here = with_params(model, params | last)
    # Other labels, other gradients: a penalty is the same in both.
    (_, grads), (_, others) = student.loss_and_grads.many(
        [(here, X, labels, np.random.default_rng(1)) for labels in (y, (y + 1) % 3)]
    )
    first, final = (size_of_difference(grads, others, f"W{layer}") for layer in (1, len(layer_dims) - 1))
    assert 1e-4 * final < first < 1e4 * final, (
        f"with other labels, the gradient of W1 changes by {first:.3g}, that of W{len(layer_dims) - 1} by {final:.3g}; "
        "expected them within a factor of 10000"
    )


def size_of_difference(grads: Params, others: Params, name: str) -> float:
    """Return by how much a gradient differs in two dictionaries; 0 if one of them lacks it."""
    if name not in grads or name not in others or np.shape(grads[name]) != np.shape(others[name]):
        return 0.0
    return float(np.linalg.norm(grads[name] - others[name]))


@check("build_model", group="contract", hint="Everything random is drawn from the generator that you are given.")
def test_weights_come_from_the_generator(student: Student, rng: np.random.Generator) -> None:
    """The weights come from the generator: the same state gives the same weights"""

    def draw(generator: np.random.Generator) -> np.ndarray:
        weights = weights_of(params_of(student.build_model(SMALL, generator)))
        return np.concatenate([np.ravel(W) for W in weights]) if weights else np.empty(0)

    assert_random(draw, name="W1, W2, ...")


@check(
    "loss_and_grads",
    weight=3,
    hint="Check one parameter at a time, from the last layer to the first, with the difference quotients of "
    "assignment 5.",
)
def test_gradients_are_the_slopes_of_the_loss(student: Student, rng: np.random.Generator) -> None:
    """Every gradient is the slope of the loss, measured with small steps"""
    model = student.build_model(SMALL, np.random.default_rng(rng.integers(2**32)))
    params = params_of(model)
    problems: list[str] = []
    for point in range(POINTS):
        problem = slope_problem(student, model, characteristic(params, rng), rng)
        problems += [problem] if problem else []
        if len(problems) > POINTS - POINTS_NEEDED:
            raise CheckFailure(problems[0])
        if point + 1 - len(problems) == POINTS_NEEDED:
            return


def slope_problem(student: Student, model: Any, params: Params, rng: np.random.Generator) -> str:
    """Compare the gradient with the slope of the loss along a random direction; return what differs, or nothing.

    One direction moves all parameters. Only where it does not fit, each of them is moved alone, to say which it is.
    """
    X, y = draw_batch(rng, 8, SMALL[0], SMALL[-1])
    generator = np.random.default_rng(rng.integers(2**32))
    state = generator.bit_generator.state
    _, grads = student.loss_and_grads(with_params(model, params), X, y, generator)
    assert_close(zeros_like(grads), zeros_like(params), name="grads")
    generator.bit_generator.state = state
    directions = {name: unit(rng.normal(size=value.shape)) for name, value in params.items()}

    def slopes(moves: list[list[str]]) -> list[float]:
        moved = [
            with_params(model, params | {name: params[name] + step * directions[name] for name in names})
            for names in moves
            for step in (STEP, -STEP)
        ]
        losses = [loss for loss, _ in student.loss_and_grads.many([(point, X, y, generator) for point in moved])]
        return [(up - down) / (2 * STEP) for up, down in zip(losses[::2], losses[1::2], strict=True)]

    stated = {name: float(np.sum(grads[name] * directions[name])) for name in params}
    [slope] = slopes([list(params)])
    if agree(slope, sum(stated.values())):
        return ""
    for name, alone in zip(params, slopes([[name] for name in params]), strict=True):
        if not agree(alone, stated[name]):
            return (
                f"a small step of {name} in a random direction changes the loss by {alone:.6g} per unit; "
                f"by grads['{name}'] it would be {stated[name]:.6g}"
            )
    return (
        f"a small step of all parameters in a random direction changes the loss by {slope:.6g} per unit; "
        f"by grads it would be {sum(stated.values()):.6g}"
    )


def agree(slope: float, stated: float) -> bool:
    """Tell whether a measured slope and a stated one are the same."""
    return abs(slope - stated) <= RTOL * (abs(slope) + abs(stated)) + ATOL


def zeros_like(params: Params) -> Params:
    """Return arrays of zeros: to compare keys and shapes."""
    return {name: np.zeros_like(value) for name, value in params.items()}


def unit(direction: np.ndarray) -> np.ndarray:
    """Return a direction of length 1."""
    return direction / np.linalg.norm(direction)


@check("loss_and_grads", hint="Change one input of the loss at a time: which of them does not reach it?")
def test_loss_depends_on_every_weight_and_on_the_labels(student: Student, rng: np.random.Generator) -> None:
    """The loss depends on every weight matrix, on the points and on their labels"""
    model = student.build_model(SMALL, np.random.default_rng(rng.integers(2**32)))
    params = characteristic(params_of(model), rng)
    X, y = draw_batch(rng, 30, SMALL[0], SMALL[-1])
    generator = np.random.default_rng(rng.integers(2**32))
    here = with_params(model, params)
    others = {f"W{layer}": np.roll(W, 1, axis=1) for layer, W in enumerate(weights_of(params), start=1)}
    inputs = [
        (here, X, y, generator),
        (here, rng.permutation(X), y, generator),
        (here, X, (y + 1) % SMALL[-1], generator),
        *((with_params(model, params | {name: W}), X, y, generator) for name, W in others.items()),
    ]
    loss, *losses = (loss for loss, _ in student.loss_and_grads.many(inputs))
    for what, other in zip(("the points", "the labels", *others), losses, strict=True):
        assert abs(other - loss) > 1e-9 * abs(loss), f"with other values in {what} the loss stays {loss:.6g}"


@check(
    "loss_and_grads", group="edge", hint="Which function grows out of bounds first, and what can be taken off before?"
)
def test_loss_stays_finite_far_away(student: Student, rng: np.random.Generator) -> None:
    """Large scores give a finite loss and finite gradients"""
    model = student.build_model(SMALL, np.random.default_rng(rng.integers(2**32)))
    params = characteristic(params_of(model), rng)
    for name in [f"W{len(SMALL) - 1}"]:
        params[name] = 1e4 * params[name]
    X, y = draw_batch(rng, 12, SMALL[0], SMALL[-1])
    loss, grads = student.loss_and_grads(with_params(model, params), X, y, np.random.default_rng(1))
    assert np.isfinite(loss), f"the loss is {loss}; expected a finite number"
    for name, gradient in grads.items():
        assert np.isfinite(gradient).all(), f"grads['{name}'] holds values that are not finite"


@check(
    "loss_and_grads", group="contract", hint="Draw from the generator that comes as an argument, at every call anew."
)
def test_loss_is_a_function_of_its_arguments(student: Student, rng: np.random.Generator) -> None:
    """The same arguments, the generator's state included, give the same loss and gradients"""
    model = student.build_model(SMALL, np.random.default_rng(rng.integers(2**32)))
    X, y = draw_batch(rng, 12, SMALL[0], SMALL[-1])
    here = with_params(model, characteristic(params_of(model), rng))
    seed = int(rng.integers(2**32))
    first, second = (student.loss_and_grads(here, X, y, np.random.default_rng(seed)) for _ in range(2))
    assert_close(second[0], first[0], name="the loss of the second call")
    assert_close(second[1], first[1], name="grads of the second call")


@check("loss_and_grads", group="contract", hint="Print X and the parameters before and after the call.")
def test_loss_leaves_data_and_parameters_alone(student: Student, rng: np.random.Generator) -> None:
    """X, y and the parameters are not changed"""
    model = student.build_model(SMALL, np.random.default_rng(rng.integers(2**32)))
    X, y = draw_batch(rng, 12, SMALL[0], SMALL[-1])
    record = student.loss_and_grads.call(model, X, y, np.random.default_rng(1))
    assert_unchanged(record, "X", "y", "model['params']")


@check("predict", hint="Predict the same row alone and inside a batch: do you get the same label?")
def test_rows_are_judged_by_themselves(student: Student, rng: np.random.Generator) -> None:
    """A row gets the same class again, alone, and in another order"""
    model = student.build_model([4, 8, 8, 8, 6], np.random.default_rng(rng.integers(2**32)))
    here = with_params(model, characteristic(params_of(model), rng))
    X = rng.normal(loc=0.5, scale=2.0, size=(40, 4))
    order = rng.permutation(len(X))
    together, again = student.predict(here, X), student.predict(here, X)
    shuffled, *alone = student.predict.many([(here, X[order]), *((here, row[None]) for row in X)])
    for answer, rows in ((together, len(X)), (again, len(X)), (shuffled, len(X)), *((each, 1) for each in alone)):
        assert_array(answer, shape=(rows,), name="the predictions")
    differ = np.count_nonzero(again != together)
    assert not differ, f"{differ} of {len(X)} rows get another class when they are predicted again"
    differ = np.count_nonzero(np.concatenate(alone) != together)
    assert not differ, f"{differ} of {len(X)} rows get another class alone than in the batch"
    assert np.array_equal(shuffled, together[order]), "rows get other classes when they come in another order"


@check(
    "predict",
    hint="Predict the points that you trained on. If train fails on the clusters as well, begin there. If not, where "
    "in predict is the way of a point not that in training?",
)
def test_predictions_fit_what_was_trained(student: Student, rng: np.random.Generator) -> None:
    """A model trained on clusters far apart tells new points of them apart"""
    model, X, y = train_on_clusters(student, rng)
    predicted = student.predict(model, X)
    assert_array(predicted, shape=y.shape, name="the predictions")
    assert predicted.dtype.kind in "iu", f"the predictions have dtype {predicted.dtype}; expected integers"
    assert set(predicted.tolist()) <= set(range(CLUSTERS)), (
        f"the predictions go from {predicted.min()} to {predicted.max()}; the classes are 0 to {CLUSTERS - 1}"
    )
    accuracy = float(np.mean(predicted == y))
    assert accuracy >= 0.8, f"{accuracy:.0%} of the points get their class; expected at least 80%"


@check("predict", group="contract", hint="Print X before and after the call. The caller may want to predict it again.")
def test_predict_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """X and the model are not changed"""
    model = student.build_model(SMALL, np.random.default_rng(rng.integers(2**32)))
    assert_unchanged(student.predict.call(model, rng.normal(size=(12, 4))))


@check(
    "train",
    weight=5,
    hint="One feature is in the thousands here, the other near 0.3. What does your first layer see of each? If it sees "
    "both, print the loss after every update.",
)
def test_clusters_are_told_apart(student: Student, rng: np.random.Generator) -> None:
    """Five clusters far apart are learnt, whatever the scale of their features"""
    model, X, y = train_on_clusters(student, rng)
    assert_reaches(
        accuracy_of(student, model, X, y),
        nothing_at=0.7,
        all_at=0.85,
        name="the accuracy on new points of the clusters",
    )


@check(
    "train",
    weight=10,
    hint="A network that cannot learn 24 points by heart: too small, too much regularized, or stopped too soon?",
)
def test_a_few_points_are_learnt_by_heart(student: Student, rng: np.random.Generator) -> None:
    """24 points with random labels can be learnt by heart"""
    X, y = rng.normal(size=(24, 2)), rng.permutation(np.arange(24) % 3)
    model = student.train(X, y, X, y, 3, np.random.default_rng(rng.integers(2**32)), TIME_LIMIT)
    assert_reaches(
        accuracy_of(student, model, X, y), nothing_at=0.6, all_at=0.9, name="the accuracy on the points of the training"
    )


@check("train", group="contract", hint="Count the weight matrices, and the numbers in all parameters.")
def test_the_network_is_deep_and_small(student: Student, rng: np.random.Generator) -> None:
    """At least 6 weight matrices, at most 10 000 trained numbers"""
    model, *_ = train_on_clusters(student, rng)
    params = params_of(model)
    matrices, numbers = len(weights_of(params)), sum(value.size for value in params.values())
    assert matrices >= 6, f"model['params'] holds {matrices} weight matrices W1, W2, ...; expected at least 6"
    assert numbers <= 10_000, f"model['params'] holds {numbers} numbers; expected at most 10000"


@check("train", group="contract", hint="Which draw does not come from the generator that you are given?")
def test_training_can_be_repeated(student: Student, rng: np.random.Generator) -> None:
    """The same data and the same generator state give the same predictions"""
    X, y = rng.normal(size=(12, 2)), rng.permutation(np.arange(12) % 3)
    seed, new = int(rng.integers(2**32)), rng.normal(scale=2.0, size=(200, 2))
    first, second = (
        student.predict(student.train(X, y, X, y, 3, np.random.default_rng(seed), TIME_LIMIT), new) for _ in range(2)
    )
    assert_array(second, shape=np.shape(first), name="the predictions of the second training")
    differ = np.count_nonzero(first != second)
    assert not differ, f"after the same training, {differ} of {len(new)} points get another class"


@check("train", group="contract", hint="Print the data before and after the training. Which line writes to them?")
def test_training_leaves_the_data_alone(student: Student, rng: np.random.Generator) -> None:
    """The training and dev data are not changed"""
    data = (*draw_clusters(rng), *draw_clusters(rng))
    assert_unchanged(student.train.call(*data, CLUSTERS, np.random.default_rng(rng.integers(2**32)), TIME_LIMIT))


@check(
    "train",
    weight=25,
    slow=True,
    hint="Draw the learning curve. Is the loss still falling, is it stuck, or does it jump?",
)
def test_three_spirals(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Three spiral arms are told apart, median of 3 trainings"""
    trainings = []
    for seed in rng.integers(2**31, size=3).tolist():
        train, dev, test = reference.make_spirals(seed)
        model = student.train(*train, *dev, 3, np.random.default_rng(seed + 1), TIME_LIMIT)
        trainings.append((accuracy_of(student, model, *test), accuracy_of(student, model, *train), model, test))
    on_test, on_train, model, test = sorted(trainings, key=lambda training: training[0])[1]
    show_regions(student, model, *test)
    assert_reaches(
        on_test,
        nothing_at=0.60,
        all_at=0.95,
        name=f"the accuracy on the test points ({on_train:.2f} on those of the training)",
        hint="The points of the training are not learnt either. How large are the two features before the first layer?"
        if on_train < 0.9
        else "",
    )


@check(
    "train",
    weight=25,
    slow=True,
    hint="Which part of your training could notice that it is learning the flipped labels?",
)
def test_noisy_moons(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Half circles are found behind 18 features of noise and flipped labels, median of 5 trainings"""
    trainings = []
    for seed in rng.integers(2**31, size=5).tolist():
        train, dev, test = reference.make_noisy_moons(seed)
        model = student.train(*train, *dev, 2, np.random.default_rng(seed + 1), TIME_LIMIT)
        trainings.append((accuracy_of(student, model, *test), accuracy_of(student, model, *train), model))
    on_test, on_train, model = sorted(trainings, key=lambda training: training[0])[2]
    history = model.get("history") if isinstance(model, dict) else None
    if isinstance(history, dict) and (curve := curve_evidence("Your training on the noisy moons", history)):
        student.show(curve)
    assert_reaches(
        on_test,
        nothing_at=0.74,
        all_at=0.79,
        name=f"the accuracy on the test points ({on_train:.2f} on those of the training)",
        hint="Your training error is far below your test error. Which of assignments 2, 3 and 7 is about that?"
        if on_train > on_test + 0.05
        else "",
    )


def show_regions(student: Student, model: Any, X: np.ndarray, y: np.ndarray) -> None:
    """Show which class the model sees where in the plane of the spirals."""
    centres = (np.arange(GRID) + 0.5) / GRID
    across, up = np.meshgrid(centres, centres[::-1])
    grid = np.column_stack([1 + 999 * across.ravel(), up.ravel()])
    seen = student.predict(model, grid)
    assert_array(seen, shape=(GRID * GRID,), name="the predictions")
    cells = GRID * np.column_stack([(X[:, 0] - 1) / 999, 1 - X[:, 1]])
    student.show(regions_evidence("Three spirals", seen.reshape(GRID, GRID), points=cells, point_classes=y))
