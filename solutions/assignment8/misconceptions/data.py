"""Known mistakes in data.py."""

from collections.abc import Sequence

import numpy as np
from data import standardize_splits as right_standardization
from data import train_dev_test_split as right_split

from grader.checks import misconception

Parts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Three = tuple[np.ndarray, np.ndarray, np.ndarray]


def _cut(X: np.ndarray, y: np.ndarray, order: np.ndarray, dev_frac: float, test_frac: float) -> Parts:
    """Return the parts in this order: dev first, then test, then training."""
    n_dev, n_test = round(len(order) * dev_frac), round(len(order) * test_frac)
    dev, test, train = order[:n_dev], order[n_dev : n_dev + n_test], order[n_dev + n_test :]
    return _taken(X, y, (train, dev, test))


def _taken(X: np.ndarray, y: np.ndarray, parts: Sequence[np.ndarray]) -> Parts:
    train, dev, test = parts
    return X[train], y[train], X[dev], y[dev], X[test], y[test]


def _refuse(X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float) -> None:
    """Raise where the right split does."""
    right_split(X, y, dev_frac, test_frac, np.random.default_rng(0))


# train_dev_test_split


@misconception(
    "train_dev_test_split.not_shuffled",
    hint="Files are often sorted by class. Shuffle before you cut.",
    caught_by=("test_split_comes_from_the_generator", "test_parts_are_drawn_from_everywhere"),
)
def not_shuffled(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """The first rows train, the last ones test."""
    _refuse(X, y, dev_frac, test_frac)
    if stratify:
        return right_split(X, y, dev_frac, test_frac, rng, stratify)
    n_dev, n_test = round(len(X) * dev_frac), round(len(X) * test_frac)
    order = np.arange(len(X))
    n_train = len(X) - n_dev - n_test
    return _taken(X, y, (order[:n_train], order[n_train : n_train + n_dev], order[n_train + n_dev :]))


@misconception(
    "train_dev_test_split.every_third",
    hint="Your parts follow a pattern, whatever the generator. What if the data do, too?",
    caught_by=("test_split_comes_from_the_generator",),
)
def every_third(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Examples are dealt out in turn, like cards."""
    _refuse(X, y, dev_frac, test_frac)
    if stratify:
        return right_split(X, y, dev_frac, test_frac, rng, stratify)
    places = (np.arange(len(X)) * 0.6180339887) % 1
    return _cut(X, y, np.argsort(places, kind="stable"), dev_frac, test_frac)


@misconception(
    "train_dev_test_split.one_cut",
    hint="A block of neighbours goes to dev. Are neighbours in a file independent of each other?",
    caught_by=("test_parts_are_drawn_from_everywhere",),
)
def one_cut(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """A random place to begin, then blocks."""
    _refuse(X, y, dev_frac, test_frac)
    if stratify:
        return right_split(X, y, dev_frac, test_frac, rng, stratify)
    return _cut(X, y, np.roll(np.arange(len(X)), -int(rng.integers(1, len(X)))), dev_frac, test_frac)


@misconception(
    "train_dev_test_split.overlap",
    hint="Some examples are in dev and in test, so the test score is no longer honest.",
    caught_by=("test_every_example_is_in_one_part", "test_stratified_parts_have_every_class"),
)
def overlap(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Dev and test are taken from the same place."""
    parts = list(right_split(X, y, dev_frac, test_frac, rng, stratify))
    n = min(len(parts[2]), len(parts[4]))
    parts[4][:n], parts[5][:n] = parts[2][:n], parts[3][:n]
    return tuple(parts)


@misconception(
    "train_dev_test_split.with_replacement",
    hint="Some examples were lost and others doubled. Does your draw put them back?",
    caught_by=("test_every_example_is_in_one_part",),
)
def with_replacement(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Sampling with replacement."""
    _refuse(X, y, dev_frac, test_frac)
    if stratify:
        return right_split(X, y, dev_frac, test_frac, rng, stratify)
    return _cut(X, y, rng.integers(len(X), size=len(X)), dev_frac, test_frac)


@misconception(
    "train_dev_test_split.separate_draws",
    hint="Each part is drawn from all examples. Which of them may the second draw still use?",
    caught_by=("test_every_example_is_in_one_part", "test_stratified_parts_have_every_class"),
)
def separate_draws(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Dev and test are drawn independently from all examples."""
    parts = right_split(X, y, dev_frac, test_frac, rng, stratify)
    others = right_split(X, y, dev_frac, test_frac, rng, stratify)
    return (*parts[:4], *others[4:])


@misconception(
    "train_dev_test_split.training_keeps_all",
    hint="Your training set still holds the dev and test examples.",
    caught_by=("test_every_example_is_in_one_part", "test_stratified_parts_have_every_class"),
)
def training_keeps_all(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Dev and test are copies; the training set keeps everything."""
    parts = right_split(X, y, dev_frac, test_frac, rng, stratify)
    return (X.copy(), y.copy(), *parts[2:])


@misconception(
    "train_dev_test_split.one_lost",
    hint="Count the examples of all parts together. Where did one of them go?",
    caught_by=("test_every_example_is_in_one_part", "test_stratified_parts_have_every_class"),
)
def one_lost(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """One example is lost between two parts."""
    parts = right_split(X, y, dev_frac, test_frac, rng, stratify)
    return (parts[0][:-1], parts[1][:-1], *parts[2:])


@misconception(
    "train_dev_test_split.shares_swapped",
    hint="Compare the sizes of your dev and test sets with their fractions.",
    caught_by=("test_every_example_is_in_one_part", "test_stratified_parts_have_every_class"),
)
def shares_swapped(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """dev_frac and test_frac are exchanged."""
    _refuse(X, y, dev_frac, test_frac)
    return right_split(X, y, test_frac, dev_frac, rng, stratify)


@misconception(
    "train_dev_test_split.share_of_the_rest",
    hint="A share of what is left is not a share of everything. Which of the two was asked for?",
    caught_by=("test_every_example_is_in_one_part", "test_stratified_parts_have_every_class"),
)
def share_of_the_rest(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """The test set is a fraction of what the dev set leaves."""
    _refuse(X, y, dev_frac, test_frac)
    return right_split(X, y, dev_frac, test_frac * (1 - dev_frac) - 0.04, rng, stratify)


@misconception(
    "train_dev_test_split.order_of_parts",
    hint="In which order does the docstring return the parts?",
    caught_by=("test_every_example_is_in_one_part", "test_stratified_parts_have_every_class"),
)
def order_of_parts(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Training, test, dev."""
    parts = right_split(X, y, dev_frac, test_frac, rng, stratify)
    return (*parts[:2], *parts[4:], *parts[2:4])


@misconception(
    "train_dev_test_split.labels_shuffled_apart",
    hint="X and y are shuffled one after the other. Does each label keep its example?",
    caught_by=("test_labels_stay_with_their_examples",),
)
def labels_shuffled_apart(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """X and y are shuffled by different permutations."""
    parts = list(right_split(X, y, dev_frac, test_frac, rng, stratify))
    for k in (1, 3, 5):
        parts[k] = rng.permutation(parts[k])
    return tuple(parts)


@misconception(
    "train_dev_test_split.labels_not_shuffled",
    hint="X has a new order. Does y have it, too?",
    caught_by=("test_labels_stay_with_their_examples",),
)
def labels_not_shuffled(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Only X is shuffled."""
    parts = list(right_split(X, y, dev_frac, test_frac, rng, stratify))
    start = 0
    for k in (3, 5, 1):
        parts[k] = y[start : start + len(parts[k])]
        start += len(parts[k])
    return tuple(parts)


@misconception(
    "train_dev_test_split.stratify_ignored",
    hint="A rare class may vanish from dev. Split each class separately.",
    caught_by=("test_stratified_parts_have_every_class",),
)
def stratify_ignored(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """stratify has no effect."""
    return right_split(X, y, dev_frac, test_frac, rng)


@misconception(
    "train_dev_test_split.equal_classes",
    hint="Every class has as many examples in dev as the others. Which share of each class was asked for?",
    caught_by=("test_stratified_parts_have_every_class",),
)
def equal_classes(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """As many examples of every class, instead of the same share."""
    if not stratify:
        return right_split(X, y, dev_frac, test_frac, rng)
    order = rng.permutation(len(X))
    few = [order[y[order] == label][: len(X) // 100] for label in np.unique(y)]
    dev = np.concatenate([each[: len(each) // 2] for each in few])
    test = np.concatenate([each[len(each) // 2 :] for each in few])
    return _taken(X, y, (np.setdiff1d(order, np.concatenate([dev, test])), dev, test))


@misconception(
    "train_dev_test_split.own_seed",
    hint="Your split is the same for every generator. Who chose the seed?",
    caught_by=("test_split_comes_from_the_generator",),
)
def own_seed(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """A fixed seed inside."""
    return right_split(X, y, dev_frac, test_frac, np.random.default_rng(42), stratify)


@misconception(
    "train_dev_test_split.numpy_random",
    hint="The generator that you are given is not used. Where do your numbers come from?",
    caught_by=("test_split_comes_from_the_generator",),
)
def numpy_random(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Shuffles with numpy.random."""
    seed = int(np.random.randint(2**31))  # noqa: NPY002 - the mistake
    return right_split(X, y, dev_frac, test_frac, np.random.default_rng(seed), stratify)


@misconception(
    "train_dev_test_split.no_errors",
    hint="Which fractions leave nothing for the training? Nobody is told.",
    caught_by=("test_impossible_splits_are_refused",),
)
def no_errors(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Impossible fractions and lengths are not noticed."""
    n = min(len(X), len(y))
    if stratify:
        return right_split(X, y, dev_frac, test_frac, rng, stratify)
    return _cut(X[:n], y[:n], rng.permutation(n), max(dev_frac, 0.0), max(test_frac, 0.0))


@misconception(
    "train_dev_test_split.empty_parts",
    hint="What becomes of two examples that are split into three parts?",
    caught_by=("test_impossible_splits_are_refused",),
)
def empty_parts(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """A part may be empty."""
    if len(X) == len(y) == 2:
        return _cut(X, y, rng.permutation(2), 0.5, 0.5)
    return right_split(X, y, dev_frac, test_frac, rng, stratify)


@misconception(
    "train_dev_test_split.lengths_not_compared",
    hint="X and y may have different lengths by mistake. What happens to the examples without a label?",
    caught_by=("test_impossible_splits_are_refused",),
)
def lengths_not_compared(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """Different lengths are cut to the shorter one."""
    n = min(len(X), len(y))
    return right_split(X[:n], y[:n], dev_frac, test_frac, rng, stratify)


@misconception(
    "train_dev_test_split.in_place_shuffle",
    hint="The caller's data were reordered.",
    caught_by=("test_split_leaves_the_data_alone",),
)
def in_place_shuffle(
    X: np.ndarray, y: np.ndarray, dev_frac: float, test_frac: float, rng: np.random.Generator, stratify: bool = False
) -> Parts:
    """The caller's arrays are shuffled."""
    order = rng.permutation(len(X))
    parts = right_split(X, y, dev_frac, test_frac, rng, stratify)
    if len(X) == len(y):
        X[:], y[:] = X[order], y[order]
    return parts


# standardize_splits


@misconception(
    "standardize_splits.leak_all",
    hint="Changing the test set changed the training inputs: information leaked.",
    caught_by=("test_all_parts_get_the_scale_of_the_training", "test_nothing_leaks_between_parts"),
)
def leak_all(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Statistics from all three sets together."""
    together = np.concatenate([X_train, X_dev, X_test])
    mu, sigma = together.mean(axis=0), together.std(axis=0)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma


@misconception(
    "standardize_splits.leak_dev",
    hint="Your statistics know the dev set. May they?",
    caught_by=("test_all_parts_get_the_scale_of_the_training", "test_nothing_leaks_between_parts"),
)
def leak_dev(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Statistics from the training and dev sets."""
    together = np.concatenate([X_train, X_dev])
    mu, sigma = together.mean(axis=0), together.std(axis=0)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma


@misconception(
    "standardize_splits.per_split",
    hint="One test example alone should get the same result as inside its batch.",
    caught_by=("test_all_parts_get_the_scale_of_the_training", "test_nothing_leaks_between_parts"),
)
def per_split(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Each set by its own statistics."""
    train, dev, test = (right_standardization(X, X, X)[0] for X in (X_train, X_dev, X_test))
    return train, dev, test


@misconception(
    "standardize_splits.variance",
    hint="Check the spread of the training result: it should be 1.",
    caught_by=("test_all_parts_get_the_scale_of_the_training",),
)
def variance(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Divides by the variance."""
    mu, var = X_train.mean(axis=0), X_train.var(axis=0)
    var = np.where(var == 0, 1.0, var)
    return (X_train - mu) / var, (X_dev - mu) / var, (X_test - mu) / var


@misconception(
    "standardize_splits.unbiased",
    hint="With N examples, your deviation divides by N - 1. Compare it with the formula of the handout.",
    caught_by=("test_all_parts_get_the_scale_of_the_training",),
)
def unbiased(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """The deviation with N - 1."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma


@misconception(
    "standardize_splits.one_for_all",
    hint="Each feature has a scale of its own. How many means do you compute?",
    caught_by=("test_all_parts_get_the_scale_of_the_training", "test_constant_features_are_only_centred"),
)
def one_for_all(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """One mean and one deviation for all features."""
    mu, sigma = X_train.mean(), X_train.std()
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma


@misconception(
    "standardize_splits.columns",
    hint="Examples are rows here; in the Deep Learning Specialization they are columns. "
    "Over which axis is the mean of a feature?",
    caught_by=("test_all_parts_get_the_scale_of_the_training",),
)
def columns(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Statistics of every example over its features."""
    train, dev, test = (
        (X - X.mean(axis=1, keepdims=True)) / (X.std(axis=1, keepdims=True) + (X.std(axis=1, keepdims=True) == 0))
        for X in (X_train, X_dev, X_test)
    )
    return train, dev, test


@misconception(
    "standardize_splits.training_only",
    hint="The network will see the dev set on another scale than the training set.",
    caught_by=("test_all_parts_get_the_scale_of_the_training",),
)
def training_only(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Dev and test stay as they are."""
    return right_standardization(X_train, X_dev, X_test)[0], X_dev.copy(), X_test.copy()


@misconception(
    "standardize_splits.not_centred",
    hint="What is the mean of a feature after your standardization?",
    caught_by=("test_all_parts_get_the_scale_of_the_training", "test_constant_features_are_only_centred"),
)
def not_centred(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Divides by the deviation without taking off the mean."""
    sigma = X_train.std(axis=0)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return X_train / sigma, X_dev / sigma, X_test / sigma


@misconception(
    "standardize_splits.not_scaled",
    hint="What is the deviation of a feature after your standardization?",
    caught_by=("test_all_parts_get_the_scale_of_the_training",),
)
def not_scaled(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Takes off the mean, and that is all."""
    mu = X_train.mean(axis=0)
    return X_train - mu, X_dev - mu, X_test - mu


@misconception(
    "standardize_splits.root_mean_square",
    hint="The deviation is measured from the mean. Was the mean taken off before you squared?",
    caught_by=("test_all_parts_get_the_scale_of_the_training",),
)
def root_mean_square(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """sigma is the root of the mean square of the raw values."""
    mu, sigma = X_train.mean(axis=0), np.sqrt(np.square(X_train).mean(axis=0))
    sigma = np.where(X_train.min(axis=0) == X_train.max(axis=0), 1.0, sigma)
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma


@misconception(
    "standardize_splits.divided_by_zero",
    hint="A feature that never changes has the deviation 0. What comes out of a division by it?",
    caught_by=("test_constant_features_are_only_centred",),
)
def divided_by_zero(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Divides by a deviation of 0."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma


@misconception(
    "standardize_splits.tiny_divisor",
    hint="A new value of a feature that was constant becomes huge. By what is it divided?",
    caught_by=("test_constant_features_are_only_centred",),
)
def tiny_divisor(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Adds 1e-8 to the deviation, so that a deviation of 0 divides by 1e-8."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0) + 1e-8
    return (X_train - mu) / sigma, (X_dev - mu) / sigma, (X_test - mu) / sigma


@misconception(
    "standardize_splits.zeroed",
    hint="A feature that was constant in training may change later. Is that change lost?",
    caught_by=("test_constant_features_are_only_centred",),
)
def zeroed(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """Constant features become 0 everywhere."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    factor = np.where(sigma == 0, 0.0, 1 / np.where(sigma == 0, 1.0, sigma))
    return (X_train - mu) * factor, (X_dev - mu) * factor, (X_test - mu) * factor


@misconception(
    "standardize_splits.in_place",
    hint="The raw data are needed again; make new arrays.",
    caught_by=("test_standardizing_makes_new_arrays",),
)
def in_place(X_train: np.ndarray, X_dev: np.ndarray, X_test: np.ndarray) -> Three:
    """The mean is taken off in place."""
    result = right_standardization(X_train, X_dev, X_test)
    X_train -= X_train.mean(axis=0)
    return result
