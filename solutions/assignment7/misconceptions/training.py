"""Mistakes that students make with early stopping and with mini-batches."""

import numpy as np
from training import EarlyStopping, random_mini_batches

from grader.checks import misconception


class Stopping:
    """Early stopping in small methods, one of which can be replaced."""

    first_epoch = 0

    def __init__(self, patience, min_delta=0.0):
        EarlyStopping(patience, min_delta)
        self.patience, self.min_delta = patience, min_delta
        self.best_value, self.best_epoch, self.best_params = np.inf, None, None
        self.epoch, self.waited, self.last_value = self.first_epoch, 0, np.inf

    def update(self, value, params):
        if self.improves(value):
            self.best_value, self.best_epoch, self.best_params = value, self.epoch, self.copied(params)
            self.after_improvement()
        else:
            self.waited += 1
            self.after_none(value, params)
        self.epoch += 1
        self.last_value = value
        return self.stops()

    def improves(self, value):
        return value < self.best_value - self.min_delta

    def copied(self, params):
        return {name: array.copy() for name, array in params.items()}

    def after_improvement(self):
        self.waited = 0

    def after_none(self, value, params):
        pass

    def stops(self):
        return self.waited >= self.patience


def variant(patience, min_delta, **methods):
    """Return an object of the class above, some methods of which are others."""
    return type("EarlyStopping", (Stopping,), methods)(patience, min_delta)


def unguarded(patience, min_delta):
    """Return an object whose settings nobody has looked at."""
    stopping = variant(1, 0.0)
    stopping.patience, stopping.min_delta = patience, min_delta
    return stopping


# EarlyStopping


@misconception(
    "EarlyStopping.one_late",
    hint="With patience 1 the first epoch without an improvement is the last. How many do you wait?",
    caught_by=(
        "test_patience",
        "test_bad_epochs_in_a_row",
        "test_plateau",
        "test_min_delta",
        "test_best",
        "test_nan_is_no_improvement",
    ),
)
def early_stopping_one_late(patience, min_delta=0.0):
    """Stops one epoch late."""
    return variant(patience, min_delta, stops=lambda self: self.waited > self.patience)


@misconception(
    "EarlyStopping.one_early",
    hint="With patience 3, after how many epochs without an improvement do you stop?",
    caught_by=("test_patience", "test_bad_epochs_in_a_row", "test_plateau"),
)
def early_stopping_one_early(patience, min_delta=0.0):
    """Stops one epoch early."""
    return variant(patience, min_delta, stops=lambda self: self.waited >= self.patience - 1 and self.waited > 0)


@misconception(
    "EarlyStopping.counts_from_start",
    hint="When do you begin to count: at the first epoch, or at the last improvement?",
    caught_by=("test_patience", "test_bad_epochs_in_a_row"),
)
def early_stopping_counts_from_start(patience, min_delta=0.0):
    """Patience is counted from the first epoch on."""
    return variant(patience, min_delta, stops=lambda self: self.epoch > self.patience and self.waited > 0)


@misconception(
    "EarlyStopping.total",
    hint="After an improvement the patience is whole again.",
    caught_by=("test_bad_epochs_in_a_row",),
)
def early_stopping_total(patience, min_delta=0.0):
    """All epochs without an improvement are counted."""
    return variant(patience, min_delta, after_improvement=lambda self: None)


@misconception(
    "EarlyStopping.never",
    hint="Your function always returns the same. When should training stop?",
    caught_by=(
        "test_patience",
        "test_bad_epochs_in_a_row",
        "test_plateau",
        "test_min_delta",
        "test_best",
        "test_nan_is_no_improvement",
    ),
)
def early_stopping_never(patience, min_delta=0.0):
    """Never stops."""
    return variant(patience, min_delta, stops=lambda self: False)


@misconception(
    "EarlyStopping.none_until_stop",
    hint="While training should go on your function returns nothing. What does the docstring promise?",
    caught_by=(
        "test_patience",
        "test_bad_epochs_in_a_row",
        "test_plateau",
        "test_min_delta",
        "test_best",
        "test_nan_is_no_improvement",
    ),
)
def early_stopping_none_until_stop(patience, min_delta=0.0):
    """None in the place of False."""
    return variant(patience, min_delta, stops=lambda self: True if self.waited >= self.patience else None)


@misconception(
    "EarlyStopping.inverted",
    hint="True means stop.",
    caught_by=("test_patience", "test_bad_epochs_in_a_row", "test_plateau", "test_min_delta"),
)
def early_stopping_inverted(patience, min_delta=0.0):
    """True while training should go on."""
    return variant(patience, min_delta, stops=lambda self: self.waited < self.patience)


@misconception(
    "EarlyStopping.maximises",
    hint="This is an error: smaller is better.",
    caught_by=("test_patience", "test_best"),
)
def early_stopping_maximises(patience, min_delta=0.0):
    """Larger is better."""
    return variant(
        patience,
        min_delta,
        improves=lambda self, value: self.best_epoch is None or value > self.best_value + self.min_delta,
    )


@misconception(
    "EarlyStopping.plateau_improves",
    hint="Is an error that equals the best one below it?",
    caught_by=("test_plateau", "test_min_delta"),
)
def early_stopping_plateau_improves(patience, min_delta=0.0):
    """An equal error counts as an improvement."""
    return variant(patience, min_delta, improves=lambda self, value: value <= self.best_value - self.min_delta)


@misconception(
    "EarlyStopping.moving_reference",
    hint="Compare with the best so far, not with the epoch before.",
    caught_by=("test_best",),
)
def early_stopping_moving_reference(patience, min_delta=0.0):
    """Compares with the previous value, not the best."""
    return variant(patience, min_delta, improves=lambda self, value: value < self.last_value - self.min_delta)


@misconception(
    "EarlyStopping.first_reference",
    hint="Your measure is the first epoch. What is it to be afterwards?",
    caught_by=("test_patience",),
)
def early_stopping_first_reference(patience, min_delta=0.0):
    """Compares with the first value."""

    class First(Stopping):
        first_value = np.inf

        def improves(self, value):
            return value < self.first_value - self.min_delta

        def after_improvement(self):
            self.waited = 0
            self.first_value = min(self.first_value, self.best_value) if self.epoch == 0 else self.first_value

    return First(patience, min_delta)


@misconception(
    "EarlyStopping.min_delta_ignored",
    hint="Very small gains should not reset the patience when min_delta is set.",
    caught_by=("test_min_delta",),
)
def early_stopping_min_delta_ignored(patience, min_delta=0.0):
    """min_delta is not used."""
    return variant(patience, min_delta, improves=lambda self, value: value < self.best_value)


@misconception(
    "EarlyStopping.min_delta_sign",
    hint="A worse value passed as an improvement. Check the sign of min_delta.",
    caught_by=("test_min_delta",),
)
def early_stopping_min_delta_sign(patience, min_delta=0.0):
    """best + min_delta."""
    return variant(patience, min_delta, improves=lambda self, value: value < self.best_value + self.min_delta)


@misconception(
    "EarlyStopping.min_delta_relative",
    hint="Is min_delta an amount or a share?",
    caught_by=("test_min_delta",),
)
def early_stopping_min_delta_relative(patience, min_delta=0.0):
    """min_delta as a share of the best value."""
    return variant(patience, min_delta, improves=lambda self, value: value < self.best_value * (1 - self.min_delta))


@misconception(
    "EarlyStopping.min_delta_half_kept",
    hint="Many small gains make a large one. With which value do you compare after a small gain?",
    caught_by=("test_min_delta",),
)
def early_stopping_min_delta_half_kept(patience, min_delta=0.0):
    """best_value follows every smaller error, also by less than min_delta."""
    return variant(
        patience,
        min_delta,
        after_none=lambda self, value, params: (
            setattr(self, "best_value", min(value, self.best_value)) if value == value else None
        ),
    )


@misconception(
    "EarlyStopping.last_params",
    hint="The model to keep is the earlier, better one. Which parameters do you hand back?",
    caught_by=("test_best",),
)
def early_stopping_last_params(patience, min_delta=0.0):
    """The last parameters are kept, not the best."""
    return variant(
        patience, min_delta, after_none=lambda self, value, params: setattr(self, "best_params", self.copied(params))
    )


@misconception(
    "EarlyStopping.last_value",
    hint="best_value follows every epoch in your version. Which error was the smallest?",
    caught_by=("test_best",),
)
def early_stopping_last_value(patience, min_delta=0.0):
    """best_value is the error of the last epoch."""

    class Last(Stopping):
        true_best = np.inf

        def update(self, value, params):
            self.best_value = self.true_best
            stop = super().update(value, params)
            self.true_best, self.best_value = self.best_value, value
            return stop

    return Last(patience, min_delta)


@misconception(
    "EarlyStopping.first_params",
    hint="Which epoch do your best parameters come from?",
    caught_by=("test_best",),
)
def early_stopping_first_params(patience, min_delta=0.0):
    """The first parameters are kept."""

    class First(Stopping):
        first_params = None

        def copied(self, params):
            if self.first_params is None:
                self.first_params = super().copied(params)
            return self.first_params

    return First(patience, min_delta)


@misconception(
    "EarlyStopping.epoch_waits",
    hint="best_epoch says which epoch was best, not how long ago that is.",
    caught_by=("test_best",),
)
def early_stopping_epoch_waits(patience, min_delta=0.0):
    """best_epoch counts the epochs since the best one."""
    return variant(patience, min_delta, after_none=lambda self, value, params: setattr(self, "best_epoch", self.waited))


@misconception(
    "EarlyStopping.epoch_last",
    hint="Your best_epoch moves on with every epoch.",
    caught_by=("test_best",),
)
def early_stopping_epoch_last(patience, min_delta=0.0):
    """best_epoch is the last epoch."""
    return variant(patience, min_delta, after_none=lambda self, value, params: setattr(self, "best_epoch", self.epoch))


@misconception(
    "EarlyStopping.epoch_counts_improvements",
    hint="How many improvements there were is another number than when the last one was.",
    caught_by=("test_best",),
)
def early_stopping_epoch_counts_improvements(patience, min_delta=0.0):
    """best_epoch counts improvements."""

    class Counting(Stopping):
        wins = -1

        def after_improvement(self):
            self.waited, self.wins = 0, self.wins + 1
            self.best_epoch = self.wins

    return Counting(patience, min_delta)


@misconception(
    "EarlyStopping.not_copied",
    hint="The caller goes on training in the same arrays. What do you keep: the arrays, or copies?",
    caught_by=("test_best_params_are_copies",),
)
def early_stopping_not_copied(patience, min_delta=0.0):
    """The dictionary itself is kept."""
    return variant(patience, min_delta, copied=lambda self, params: params)


@misconception(
    "EarlyStopping.shallow_copy",
    hint="You copied the dictionary. Are the arrays in it new as well?",
    caught_by=("test_best_params_are_copies",),
)
def early_stopping_shallow_copy(patience, min_delta=0.0):
    """The dictionary is copied, its arrays are not."""
    return variant(patience, min_delta, copied=lambda self, params: dict(params))


@misconception(
    "EarlyStopping.nan_best",
    hint="Every comparison with nan is False; with a 'not' before it becomes True.",
    caught_by=("test_nan_is_no_improvement",),
)
def early_stopping_nan_best(patience, min_delta=0.0):
    """not (value >= best): nan becomes the best."""
    return variant(patience, min_delta, improves=lambda self, value: not (value >= self.best_value - self.min_delta))


@misconception(
    "EarlyStopping.first_always",
    hint="nan came first, and then nothing was ever smaller. What is smaller than nan?",
    caught_by=("test_nan_is_no_improvement",),
)
def early_stopping_first_always(patience, min_delta=0.0):
    """The first value is the best, also if it is nan."""
    return variant(
        patience,
        min_delta,
        improves=lambda self, value: self.best_epoch is None or value < self.best_value - self.min_delta,
    )


@misconception(
    "EarlyStopping.nan_skipped",
    hint="A network that gives nan does not recover. Does your patience run out?",
    caught_by=("test_nan_is_no_improvement",),
)
def early_stopping_nan_skipped(patience, min_delta=0.0):
    """nan does not count as an epoch without an improvement."""
    return variant(
        patience,
        min_delta,
        after_none=lambda self, value, params: setattr(self, "waited", self.waited - (value != value)),
    )


@misconception(
    "EarlyStopping.nan_stops",
    hint="nan is an epoch without an improvement like others. How many of them does patience allow?",
    caught_by=("test_nan_is_no_improvement",),
)
def early_stopping_nan_stops(patience, min_delta=0.0):
    """nan stops at once."""

    class Impatient(Stopping):
        def update(self, value, params):
            return super().update(value, params) or value != value

    return Impatient(patience, min_delta)


@misconception(
    "EarlyStopping.zero_patience",
    hint="With patience 0 training would stop at once. What does the docstring say?",
    caught_by=("test_bad_patience_is_refused",),
)
def early_stopping_zero_patience(patience, min_delta=0.0):
    """patience 0 is accepted."""
    return unguarded(patience, min_delta) if patience == 0 else EarlyStopping(patience, min_delta)


@misconception(
    "EarlyStopping.any_patience",
    hint="What could a patience of -1 mean? Refuse it.",
    caught_by=("test_bad_patience_is_refused",),
)
def early_stopping_any_patience(patience, min_delta=0.0):
    """Any patience is accepted."""
    return unguarded(patience, min_delta) if patience < 1 else EarlyStopping(patience, min_delta)


@misconception(
    "EarlyStopping.any_min_delta",
    hint="With a negative min_delta worse errors count as improvements. Refuse it.",
    caught_by=("test_negative_min_delta_is_refused",),
)
def early_stopping_any_min_delta(patience, min_delta=0.0):
    """A negative min_delta is accepted."""
    return unguarded(patience, min_delta) if min_delta < 0 else EarlyStopping(patience, min_delta)


# random_mini_batches


@misconception(
    "random_mini_batches.empty_batch",
    hint="When the batch size divides N there is no remainder batch.",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_empty_batch(X, Y, batch_size, rng):
    """An extra empty batch when the size divides N."""
    batches = random_mini_batches(X, Y, batch_size, rng)
    return batches if len(X) % batch_size else [*batches, (X[:0], Y[:0])]


@misconception(
    "random_mini_batches.remainder_dropped",
    hint="23 examples in batches of 5: what becomes of the last three?",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_remainder_dropped(X, Y, batch_size, rng):
    """The short last batch is dropped."""
    return [batch for batch in random_mini_batches(X, Y, batch_size, rng) if len(batch[0]) == batch_size]


@misconception(
    "random_mini_batches.remainder_added",
    hint="A last batch that is short stays a batch of its own.",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_remainder_added(X, Y, batch_size, rng):
    """The remainder joins the last full batch."""
    batches = random_mini_batches(X, Y, batch_size, rng)
    if len(batches) > 1 and len(batches[-1][0]) < batch_size:
        (X1, Y1), (X2, Y2) = batches[-2:]
        batches[-2:] = [(np.concatenate([X1, X2]), np.concatenate([Y1, Y2]))]
    return batches


@misconception(
    "random_mini_batches.even",
    hint="Splitting evenly makes parts of about the same size. Which batches are full here?",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_even(X, Y, batch_size, rng):
    """Batches of nearly equal size."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    parts = np.array_split(rng.permutation(N), -(-N // batch_size))
    return [(X[part], Y[part]) for part in parts]


@misconception(
    "random_mini_batches.number_of_batches",
    hint="batch_size is how many examples are in a batch, not how many batches there are.",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_number_of_batches(X, Y, batch_size, rng):
    """batch_size is taken for the number of batches."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    parts = np.array_split(rng.permutation(N), min(batch_size, N))
    return [(X[part], Y[part]) for part in parts]


@misconception(
    "random_mini_batches.filled_up",
    hint="Some of your examples are in two batches.",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_filled_up(X, Y, batch_size, rng):
    """The last batch is filled up with examples from the start."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = rng.permutation(N)
    order = np.resize(order, -(-N // batch_size) * batch_size)
    return [(X[part], Y[part]) for part in order.reshape(-1, batch_size)]


@misconception(
    "random_mini_batches.with_replacement",
    hint="Some examples come twice in an epoch and others never. What does a permutation do?",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_with_replacement(X, Y, batch_size, rng):
    """Examples are drawn with replacement."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = rng.integers(N, size=N)
    return [(X[order[i : i + batch_size]], Y[order[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.batch_by_batch",
    hint="Each of your batches has different examples, but two batches may share some.",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_batch_by_batch(X, Y, batch_size, rng):
    """Each batch is drawn on its own."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    return [
        (X[part], Y[part])
        for part in (rng.choice(N, size=min(batch_size, N - i), replace=False) for i in range(0, N, batch_size))
    ]


@misconception(
    "random_mini_batches.one_batch_only",
    hint="How many batches has an epoch?",
    caught_by=("test_every_example_once",),
)
def random_mini_batches_one_batch_only(X, Y, batch_size, rng):
    """Only the first batch is returned."""
    return random_mini_batches(X, Y, batch_size, rng)[:1]


@misconception(
    "random_mini_batches.columns",
    hint="Examples are rows here, not columns.",
    caught_by=("test_every_example_once", "test_labels_stay_with_their_examples"),
)
def random_mini_batches_columns(X, Y, batch_size, rng):
    """Splits along axis 1."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    len(X)
    order = rng.permutation(X.shape[1])
    parts = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    return [(X[:, part], Y[:, part % Y.shape[-1]]) for part in parts]


@misconception(
    "random_mini_batches.not_shuffled",
    hint="Your batches are the same in every epoch. Where is the random order?",
    caught_by=("test_order_is_random", "test_every_example_can_come_first", "test_neighbours_part"),
)
def random_mini_batches_not_shuffled(X, Y, batch_size, rng):
    """The order of the data."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = np.arange(N)
    return [(X[order[i : i + batch_size]], Y[order[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.shuffles_batches",
    hint="Neighbours stay together. What do you shuffle: examples or batches?",
    caught_by=("test_every_example_can_come_first", "test_neighbours_part"),
)
def random_mini_batches_shuffles_batches(X, Y, batch_size, rng):
    """Batches of neighbours, in random order."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    starts = np.arange(0, N, batch_size)
    last = starts[-1:] if N % batch_size else starts[:0]
    full = rng.permutation(starts[: len(starts) - len(last)])
    return [(X[i : i + batch_size], Y[i : i + batch_size]) for i in (*full, *last)]


@misconception(
    "random_mini_batches.within_batches",
    hint="The first examples are always in the first batch.",
    caught_by=("test_every_example_can_come_first", "test_neighbours_part"),
)
def random_mini_batches_within_batches(X, Y, batch_size, rng):
    """Examples are shuffled within their batches only."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    parts = [i + rng.permutation(min(batch_size, N - i)) for i in range(0, N, batch_size)]
    return [(X[part], Y[part]) for part in parts]


@misconception(
    "random_mini_batches.pairs_stay",
    hint="Two neighbours always come one after the other. What is it that you shuffle?",
    caught_by=("test_neighbours_part",),
)
def random_mini_batches_pairs_stay(X, Y, batch_size, rng):
    """Pairs of neighbours are shuffled, and stay together."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    pairs = rng.permutation(-(-N // 2))
    order = np.stack([2 * pairs, 2 * pairs + 1], axis=1).ravel()
    order = order[order < N]
    return [(X[order[i : i + batch_size]], Y[order[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.neighbours_exchanged",
    hint="Each example is close to where it was. Can the first one come last?",
    caught_by=("test_every_example_can_come_first",),
)
def random_mini_batches_neighbours_exchanged(X, Y, batch_size, rng):
    """Pairs are exchanged at random."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = np.arange(N)
    pairs = order[: N // 2 * 2].reshape(-1, 2)
    swap = rng.random(len(pairs)) < 0.5
    pairs[swap] = pairs[swap][:, ::-1]
    return [(X[order[i : i + batch_size]], Y[order[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.shuffled_apart",
    hint="Follow one example: is the label beside it still its own?",
    caught_by=("test_labels_stay_with_their_examples",),
)
def random_mini_batches_shuffled_apart(X, Y, batch_size, rng):
    """X and Y are shuffled separately."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    first, second = rng.permutation(N), rng.permutation(N)
    return [(X[first[i : i + batch_size]], Y[second[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.labels_not_shuffled",
    hint="The examples move and the labels stay. Whose label is it then?",
    caught_by=("test_labels_stay_with_their_examples",),
)
def random_mini_batches_labels_not_shuffled(X, Y, batch_size, rng):
    """Only X is shuffled."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = rng.permutation(N)
    return [(X[order[i : i + batch_size]], Y[i : i + batch_size]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.examples_not_shuffled",
    hint="The labels move and the examples stay. Whose label is it then?",
    caught_by=("test_labels_stay_with_their_examples",),
)
def random_mini_batches_examples_not_shuffled(X, Y, batch_size, rng):
    """Only Y is shuffled."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = rng.permutation(N)
    return [(X[i : i + batch_size], Y[order[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.inverse_for_labels",
    hint="The order for the examples and the one for the labels are each other's opposite.",
    caught_by=("test_labels_stay_with_their_examples",),
)
def random_mini_batches_inverse_for_labels(X, Y, batch_size, rng):
    """The labels go by the inverse order."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = rng.permutation(N)
    back = np.argsort(order)
    return [(X[order[i : i + batch_size]], Y[back[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.swapped",
    hint="The pairs are right, and each is the other way round.",
    caught_by=("test_every_example_once", "test_labels_stay_with_their_examples"),
)
def random_mini_batches_swapped(X, Y, batch_size, rng):
    """(Y_batch, X_batch)."""
    return [(Y_batch, X_batch) for X_batch, Y_batch in random_mini_batches(X, Y, batch_size, rng)]


@misconception(
    "random_mini_batches.examples_only",
    hint="The loss needs the labels of a batch as well.",
    caught_by=("test_every_example_once", "test_labels_stay_with_their_examples"),
)
def random_mini_batches_examples_only(X, Y, batch_size, rng):
    """Batches of X alone."""
    return [X_batch for X_batch, _ in random_mini_batches(X, Y, batch_size, rng)]


@misconception(
    "random_mini_batches.two_lists",
    hint="All examples come first and then all labels. Which belong together in one step?",
    caught_by=("test_every_example_once", "test_labels_stay_with_their_examples"),
)
def random_mini_batches_two_lists(X, Y, batch_size, rng):
    """(X_batches, Y_batches)."""
    return tuple(map(list, zip(*random_mini_batches(X, Y, batch_size, rng), strict=True)))


@misconception(
    "random_mini_batches.flattened",
    hint="Images come out as vectors. Which shape does one example have?",
    caught_by=("test_labels_stay_with_their_examples",),
)
def random_mini_batches_flattened(X, Y, batch_size, rng):
    """Examples with several axes are flattened."""
    batches = random_mini_batches(X, Y, batch_size, rng)
    return [(X_batch.reshape(len(X_batch), -1), Y_batch) for X_batch, Y_batch in batches]


@misconception(
    "random_mini_batches.labels_as_column",
    hint="The labels came as a vector. Which shape do they leave in?",
    caught_by=("test_labels_stay_with_their_examples",),
)
def random_mini_batches_labels_as_column(X, Y, batch_size, rng):
    """Labels are made a column."""
    return [(X_batch, Y_batch.reshape(-1, 1)) for X_batch, Y_batch in random_mini_batches(X, Y, batch_size, rng)]


@misconception(
    "random_mini_batches.fixed_seed",
    hint="Every epoch of yours has the same order. Where does it come from?",
    caught_by=("test_order_is_random",),
)
def random_mini_batches_fixed_seed(X, Y, batch_size, rng):
    """A generator of its own with a fixed seed."""
    return random_mini_batches(X, Y, batch_size, np.random.default_rng(0))


@misconception(
    "random_mini_batches.seed_from_rng_state",
    hint="The second epoch has the order of the first. Is the generator used up by your call?",
    caught_by=("test_order_is_random",),
)
def random_mini_batches_seed_from_rng_state(X, Y, batch_size, rng):
    """The same order for a generator however often it is called."""
    import copy

    return random_mini_batches(X, Y, batch_size, copy.deepcopy(rng))


@misconception(
    "random_mini_batches.global_random",
    hint="The only source of random numbers is rng. Which one do you ask?",
    caught_by=("test_order_is_random",),
)
def random_mini_batches_global_random(X, Y, batch_size, rng):
    """The global generator of numpy."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = np.random.permutation(N)  # noqa: NPY002 - the mistake
    return [(X[order[i : i + batch_size]], Y[order[i : i + batch_size]]) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.in_place_shuffle",
    hint="The caller's data were reordered.",
    caught_by=("test_data_are_left_alone",),
)
def random_mini_batches_in_place_shuffle(X, Y, batch_size, rng):
    """X and Y are shuffled themselves."""
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    N = len(X)
    order = rng.permutation(N)
    X[...], Y[...] = X[order], Y[order]
    return [(X[i : i + batch_size].copy(), Y[i : i + batch_size].copy()) for i in range(0, N, batch_size)]


@misconception(
    "random_mini_batches.lengths_ignored",
    hint="With more examples than labels, some have none. Compare the lengths first.",
    caught_by=("test_other_lengths_are_refused",),
)
def random_mini_batches_lengths_ignored(X, Y, batch_size, rng):
    """Different lengths are accepted."""
    N = min(len(X), len(Y))
    return random_mini_batches(X[:N], Y[:N], batch_size, rng)


@misconception(
    "random_mini_batches.more_labels_accepted",
    hint="One label too many means that the two do not belong together.",
    caught_by=("test_other_lengths_are_refused",),
)
def random_mini_batches_more_labels_accepted(X, Y, batch_size, rng):
    """More labels than examples are accepted."""
    return random_mini_batches(X, Y[: len(X)], batch_size, rng)


@misconception(
    "random_mini_batches.zero_as_all",
    hint="A batch of 0 examples is a slip of the caller. Who tells them?",
    caught_by=("test_empty_batches_are_refused",),
)
def random_mini_batches_zero_as_all(X, Y, batch_size, rng):
    """batch_size 0 makes one batch."""
    return random_mini_batches(X, Y, batch_size if batch_size != 0 else len(X), rng)


@misconception(
    "random_mini_batches.negative_as_none",
    hint="Without any batch the loop trains on nothing, and nobody hears of it.",
    caught_by=("test_empty_batches_are_refused",),
)
def random_mini_batches_negative_as_none(X, Y, batch_size, rng):
    """A batch_size below 1 gives no batches."""
    return random_mini_batches(X, Y, batch_size, rng) if batch_size >= 1 else []


@misconception(
    "random_mini_batches.negative_only",
    hint="For a batch_size of 0 the error that comes is about a division. Look at the argument first.",
    caught_by=("test_empty_batches_are_refused",),
)
def random_mini_batches_negative_only(X, Y, batch_size, rng):
    """A batch_size of 0 is not refused by a ValueError."""
    len(X) // batch_size
    return random_mini_batches(X, Y, batch_size, rng)
