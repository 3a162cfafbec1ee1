"""Checks of training.py."""

import itertools
from typing import Any

import numpy as np

from grader.checks import (
    CheckFailure,
    Student,
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    assert_random,
    assert_rate,
    assert_unchanged,
    check,
)

F, T = False, True


def params_of(epoch: int) -> dict[str, np.ndarray]:
    """Return parameters that tell their epoch."""
    return {"W1": np.full((2, 3), float(epoch)), "b1": np.array([epoch, -epoch, 0.5])}


def assert_stops(
    student: Student, values: list[float], expected: list[bool], *attributes: str, **settings: Any
) -> dict[str, Any]:
    """Compare what `update` returns for a sequence of errors, and return the attributes after it.

    One more epoch than is looked at, with the last error again, tells mistakes apart.
    """
    stopping = student.EarlyStopping(*settings.values())
    stops = [stopping.call("update", value, params_of(epoch)) for epoch, value in enumerate([*values, values[-1]])]
    found = {name: stopping.get(name) for name in attributes}
    for epoch, stop in enumerate(expected):
        seen = ", ".join(f"{each:g}" for each in values[: epoch + 1])
        said = ", ".join(f"{name} = {setting}" for name, setting in settings.items())
        assert_equal(stops[epoch], stop, name=f"update after the errors {seen}, with {said},")
    return found


# EarlyStopping


@check(
    "EarlyStopping", hint="Write the errors 3, 2, 2.5, 2.4, 2.3 in a row and mark the epochs without an improvement."
)
def test_patience(student: Student) -> None:
    """Training stops after as many epochs without an improvement as patience says, and not before"""
    assert_stops(student, [3.0, 2.0, 2.5, 2.4, 2.3], [F, F, F, F, T], patience=3)
    assert_stops(student, [3.0, 4.0], [F, T], patience=1)
    assert_stops(student, [9.0, 8.0, 7.0, 6.0, 5.0, 4.0], [F] * 6, patience=2)


@check(
    "EarlyStopping",
    hint="After an improvement the patience is whole again. What do you count: all bad epochs, or those in a row?",
)
def test_bad_epochs_in_a_row(student: Student) -> None:
    """An improvement makes the patience whole again"""
    assert_stops(student, [5.0, 6.0, 4.0, 6.0, 3.0, 6.0, 2.0, 6.0, 7.0], [F] * 8 + [T], patience=2)


@check("EarlyStopping", hint="Is an error that is equal to the best one below it?")
def test_plateau(student: Student) -> None:
    """The same error again is no improvement"""
    assert_stops(student, [1.0, 1.0, 1.0], [F, F, T], patience=2)


@check("EarlyStopping", hint="With min_delta = 0.1 and a best error of 1, which errors count as improvements?")
def test_min_delta(student: Student) -> None:
    """With min_delta a smaller gain is no improvement, and small gains add up against the best error"""
    assert_stops(student, [1.0, 0.95, 0.98], [F, F, T], patience=2, min_delta=0.1)
    falling = [1.0, 0.95, 0.88, 0.85, 0.8]
    found = assert_stops(student, falling, [F, F, F, F, T], "best_value", patience=2, min_delta=0.1)
    assert_close(found["best_value"], 0.88, name="best_value")
    assert_stops(student, [1.0, 0.5, 0.25], [F, T, F], patience=1, min_delta=0.5)
    assert_stops(student, [10.0, 9.8, 9.6, 9.4], [F] * 4, patience=2, min_delta=0.1)


@check("EarlyStopping", hint="The model to keep is an earlier one. Which epoch's parameters do you hand back?")
def test_best(student: Student) -> None:
    """The best error, its epoch and its parameters are kept, also when later epochs are worse or in between"""
    values, attributes = [5.0, 6.0, 4.0, 3.0, 3.5, 3.2], ("best_value", "best_epoch", "best_params")
    first = assert_stops(student, [5.0], [F], "best_epoch", patience=2)["best_epoch"]
    found = assert_stops(student, values, [F] * 5 + [T], *attributes, patience=2)
    assert_close(found["best_value"], 3.0, name="best_value")
    assert_close(found["best_params"], params_of(3), name="best_params")
    assert_equal(found["best_epoch"], first + 3, name=f"best_epoch, which is {first} for the first epoch,")


@check("EarlyStopping", group="advice", hint="Is the first epoch number 0 or number 1? The docstring has an example.")
def test_epochs_count_from_zero(student: Student) -> None:
    """The first epoch is epoch 0"""
    assert_equal(assert_stops(student, [5.0], [F], "best_epoch", patience=2)["best_epoch"], 0, name="best_epoch")


@check("EarlyStopping", hint="The caller goes on training, in the same arrays. What becomes of those that you keep?")
def test_best_params_are_copies(student: Student) -> None:
    """The best parameters stay what they were when the caller trains on in the same arrays"""
    stopping = student.EarlyStopping(2)
    W1, b1 = student.keep(np.ones((2, 2))), student.keep(np.zeros(2))
    params = student.keep({"W1": W1, "b1": b1})
    stopping.call("update", 1.0, params)
    student.change(W1, "fill", 7.0)
    trained_in_place = stopping.get("best_params")
    student.change(params, "__setitem__", "b1", np.full(2, 9.0))
    replaced = stopping.get("best_params")
    stopping.call("update", 2.0, params)
    later = stopping.get("best_params")
    expected = {"W1": np.ones((2, 2)), "b1": np.zeros(2)}
    assert_close(trained_in_place, expected, name="best_params (the caller has changed its arrays)")
    assert_close(replaced, expected, name="best_params (the caller has put in a new array)")
    assert_close(later, expected, name="best_params (after an epoch that was no better)")


@check(
    "EarlyStopping",
    group="edge",
    hint="Every comparison with nan is False, so its opposite is True. Which of the two do you ask?",
)
def test_nan_is_no_improvement(student: Student) -> None:
    """An error that is not a number is no improvement, wherever it comes"""
    nan = float("nan")
    values, attributes = [nan, 2.0, nan, 1.5, nan, nan], ("best_value", "best_params")
    found = assert_stops(student, values, [F] * 5 + [T], *attributes, patience=2)
    assert_close(found["best_value"], 1.5, name="best_value")
    assert_close(found["best_params"], params_of(3), name="best_params")


@check(
    "EarlyStopping",
    group="contract",
    hint="With a patience of 0 training would stop at once. What does the docstring say?",
)
def test_bad_patience_is_refused(student: Student) -> None:
    """A patience below 1 is a ValueError"""
    for patience in (-1, 0):
        assert_raises(ValueError, student.EarlyStopping, patience, naming="patience")


@check("EarlyStopping", group="contract", hint="With a negative min_delta worse errors would count as improvements.")
def test_negative_min_delta_is_refused(student: Student) -> None:
    """A negative min_delta is a ValueError"""
    assert_raises(ValueError, student.EarlyStopping, 2, -0.1, naming="min_delta")


# random_mini_batches


def number_examples(N: int) -> tuple[np.ndarray, np.ndarray]:
    """Return examples and labels that tell their number."""
    numbers = np.arange(N, dtype=np.float64)
    return np.stack([numbers, -numbers, numbers + 0.5], axis=1), 10 * numbers[:, np.newaxis]


def examples_of(batches: list[Any], features: int = 3) -> list[list[int]]:
    """Return the numbers of the examples in each batch."""
    numbers = []
    for i, batch in enumerate(batches):
        if not isinstance(batch, tuple | list) or len(batch) != 2:
            raise CheckFailure(f"batch {i} is a {type(batch).__name__}; expected a pair (X_batch, Y_batch)")
        X = batch[0]
        if not isinstance(X, np.ndarray) or X.ndim != 2 or X.shape[1] != features:
            found = f"has shape {X.shape}" if isinstance(X, np.ndarray) else f"is a {type(X).__name__}"
            raise CheckFailure(f"X_batch of batch {i} {found}; expected (examples, {features})")
        numbers.append(X[:, 0].astype(int).tolist())
    return numbers


@check("random_mini_batches", hint="Write down the sizes of your batches for 23 examples and for 20, in batches of 5.")
def test_every_example_once(student: Student, rng: np.random.Generator) -> None:
    """Every example is in exactly one batch, and all batches are full but the last"""
    for N, size, expected in ((23, 5, [5, 5, 5, 5, 3]), (20, 5, [5] * 4), (3, 8, [3]), (7, 1, [1] * 7)):
        numbers = examples_of(student.random_mini_batches(*number_examples(N), size, rng))
        sizes = [len(batch) for batch in numbers]
        assert sizes == expected, f"{N} examples in batches of {size} make batches of {sizes}; expected {expected}"
        missing = set(range(N)) - set(itertools.chain(*numbers))
        assert not missing, f"of {N} examples, example {min(missing)} is in no batch"


@check("random_mini_batches", hint="Follow one example: is the label beside it still its own?")
def test_labels_stay_with_their_examples(student: Student, rng: np.random.Generator) -> None:
    """Every example keeps its label, whatever shape labels and examples have"""
    X, Y = number_examples(23)
    for i, (_, Y_batch) in enumerate(batches := student.random_mini_batches(X, Y, 6, rng)):
        numbers = examples_of(batches)[i]
        assert_close(Y_batch, Y[numbers], name=f"Y_batch of batch {i}")
    images, labels = np.arange(5.0)[:, np.newaxis, np.newaxis] * np.ones((5, 2, 2)), np.arange(5)
    for i, batch in enumerate(student.random_mini_batches(images, labels, 2, rng)):
        assert isinstance(batch, tuple | list), f"batch {i} is a {type(batch).__name__}; expected a pair"
        assert_array(batch[1], shape=(len(batch[0]),), name=f"Y_batch of batch {i}")
        assert_close(batch[0], batch[1][:, np.newaxis, np.newaxis] * np.ones((2, 2)), name=f"X_batch of batch {i}")


@check("random_mini_batches", hint="Where does the order come from? The only source of random numbers is rng.")
def test_order_is_random(student: Student, rng: np.random.Generator) -> None:
    """Every call draws a new order from the generator, and from nothing else"""
    X = rng.normal(size=(400, 12))
    seed = int(rng.integers(2**32))
    assert_random(
        lambda generator: student.random_mini_batches.call(X, X[:, :2], 8, generator), name="the batches", seed=seed
    )


@check(
    "random_mini_batches",
    hint="Do early examples come into early batches? Print the numbers of the first batch a few times.",
)
def test_every_example_can_come_first(student: Student, rng: np.random.Generator) -> None:
    """Examples from the first half come into the first half of the batches half of the time"""
    first = first_of_two_batches(student, 4000, rng)
    assert_rate(first[:2000], 0.5, name="the share of the first half of the examples that comes first")
    ends = np.concatenate([first[:1000], ~first[3000:]])
    assert_rate(ends, 0.5, name="the share of the first and last examples that stays at its end")


@check(
    "random_mini_batches",
    hint="Do neighbours in the data stay neighbours in the batches? Shuffle examples, not batches.",
)
def test_neighbours_part(student: Student, rng: np.random.Generator) -> None:
    """Two neighbouring examples share a batch no more often than any other two"""
    first = first_of_two_batches(student, 4000, rng)
    assert_rate(first[::2] == first[1::2], 0.5, name="the share of neighbours that are in the same of two batches")
    assert_rate(first[:2000] == first[2000:], 0.5, name="the share of examples that go with the one 2000 further on")


def first_of_two_batches(student: Student, N: int, rng: np.random.Generator) -> np.ndarray:
    """Return for each example whether it is in the first of two batches."""
    numbers = examples_of(student.random_mini_batches(*number_examples(N), N // 2, rng))
    first = np.zeros(N, dtype=bool)
    first[[number for number in numbers[0] if 0 <= number < N]] = True
    return first


@check(
    "random_mini_batches",
    group="contract",
    hint="The caller's data are in another order afterwards. Shuffle their numbers instead.",
)
def test_data_are_left_alone(student: Student, rng: np.random.Generator) -> None:
    """X and Y are not changed"""
    assert_unchanged(student.random_mini_batches.call(*number_examples(12), 5, rng), "X", "Y")


@check(
    "random_mini_batches",
    group="contract",
    hint="With five examples and four labels, which one has none? Compare the lengths first.",
)
def test_other_lengths_are_refused(student: Student, rng: np.random.Generator) -> None:
    """X and Y of different lengths are a ValueError"""
    X, Y = number_examples(6)
    for examples, labels in ((X, Y[:5]), (X[:5], Y)):
        assert_raises(ValueError, student.random_mini_batches, examples, labels, 2, rng, naming="the lengths")


@check("random_mini_batches", group="contract", hint="How many batches of 0 examples are there?")
def test_empty_batches_are_refused(student: Student, rng: np.random.Generator) -> None:
    """A batch_size below 1 is a ValueError"""
    for batch_size in (0, -3):
        assert_raises(
            ValueError, student.random_mini_batches, *number_examples(6), batch_size, rng, naming="batch_size"
        )
