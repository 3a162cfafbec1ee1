"""Checks of data.py: splits and standardization."""

import numpy as np

from grader.checks import (
    CheckFailure,
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    assert_random,
    assert_unchanged,
    check,
)

Parts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
NAMES = ("X_train", "y_train", "X_dev", "y_dev", "X_test", "y_test")

BLOCKS, BLOCK = 8, 500
"""Of neighbours in a long list: each block should lose about the same share to the dev set."""
SHARE_ALLOWED = 0.18
"""sqrt(ln(2 * 8 * 2 / 1e-11) / (2 * 500)): Hoeffding's bound, without replacement, for 8 blocks and two parts."""


def numbered(N: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return examples whose first feature is their number, and labels that follow from it."""
    return np.column_stack([np.arange(N, dtype=np.float64), rng.normal(size=N)]), 10 * np.arange(N) + 7


def require_parts(parts: Parts, D: int) -> None:
    """Pin the parts before anything is counted in them."""
    for X, y, names in zip(parts[::2], parts[1::2], ("train", "dev", "test"), strict=True):
        if X.ndim != 2 or y.ndim != 1 or len(X) != len(y):
            raise CheckFailure(
                f"X_{names} has shape {X.shape} and y_{names} has shape {y.shape}; expected (n, {D}) and (n,)"
            )
        assert_array(X, shape=(len(X), D), name=f"X_{names}")


@check(
    "train_dev_test_split", hint="Write down the numbers of the examples in each part. Is every one there, and once?"
)
def test_every_example_is_in_one_part(student: Student, rng: np.random.Generator) -> None:
    """Every example is in exactly one part, and the parts have the sizes asked for"""
    for N, dev_frac, test_frac in ((50, 0.2, 0.1), (41, 0.25, 0.35), (10, 0.1, 0.2)):
        X, y = numbered(N, rng)
        parts = student.train_dev_test_split(X, y, dev_frac, test_frac, np.random.default_rng(rng.integers(2**32)))
        require_parts(parts, 2)
        sizes = {"dev": (len(parts[2]), N * dev_frac), "test": (len(parts[4]), N * test_frac)}
        for name, (size, wanted) in sizes.items():
            assert abs(size - wanted) <= 1, f"the {name} set has {size} of {N} examples; expected about {wanted:g}"
        numbers = np.concatenate(parts[::2])[:, 0]
        assert len(numbers) == N, f"the parts hold {len(numbers)} examples together; expected {N}"
        missing = N - len(np.intersect1d(numbers, X[:, 0]))
        assert not missing, f"{missing} of {N} examples are in no part, and others in two"


@check("train_dev_test_split", hint="Shuffle once and use the same order for both. Which order does y get?")
def test_labels_stay_with_their_examples(student: Student, rng: np.random.Generator) -> None:
    """Each label stays with its example"""
    X, y = numbered(60, rng)
    parts = student.train_dev_test_split(X, y, 0.3, 0.2, np.random.default_rng(rng.integers(2**32)))
    require_parts(parts, 2)
    for Xs, ys, name in zip(parts[::2], parts[1::2], NAMES[1::2], strict=True):
        assert_equal(ys, y[np.clip(Xs[:, 0].astype(int), 0, 59)], name=name)


@check("train_dev_test_split", hint="Which generator draws, and is it asked at every call?")
def test_split_comes_from_the_generator(student: Student, rng: np.random.Generator) -> None:
    """The split comes from the generator: the same state gives the same split"""
    X, y = numbered(40, rng)
    assert_random(
        lambda generator: np.concatenate(student.train_dev_test_split(X, y, 0.3, 0.2, generator)[1::2]),
        name="the order of the labels",
    )


@check(
    "train_dev_test_split", hint="Files are often sorted, by class or by date. From which places does each part come?"
)
def test_parts_are_drawn_from_everywhere(student: Student, rng: np.random.Generator) -> None:
    """Each part is drawn evenly from all places of the data"""
    N = BLOCKS * BLOCK
    X, y = numbered(N, rng)
    parts = student.train_dev_test_split(X, y, 0.3, 0.3, np.random.default_rng(rng.integers(2**32)))
    require_parts(parts, 2)
    for name, part in (("dev", parts[2]), ("test", parts[4])):
        shares = np.bincount(np.clip(part[:, 0], 0, N - 1).astype(int) // BLOCK, minlength=BLOCKS) / BLOCK
        worst = int(np.abs(shares - 0.3).argmax())
        assert abs(shares[worst] - 0.3) <= SHARE_ALLOWED, (
            f"of the examples {worst * BLOCK} to {(worst + 1) * BLOCK - 1}, a share of {shares[worst]:.3f} is in the "
            f"{name} set; expected 0.3, at most {SHARE_ALLOWED} off"
        )


@check("train_dev_test_split", hint="Split each class by itself, then put the pieces together.")
def test_stratified_parts_have_every_class(student: Student, rng: np.random.Generator) -> None:
    """With stratify, each class is split in the same shares (900, 90 and 10 examples), labels with their examples"""
    counts = (900, 90, 10)
    y = rng.permutation(np.repeat(np.arange(3), counts))
    X = np.column_stack([np.arange(len(y), dtype=np.float64), y])
    parts = student.train_dev_test_split(X, y, 0.2, 0.3, np.random.default_rng(rng.integers(2**32)), stratify=True)
    require_parts(parts, 2)
    for Xs, ys, name in zip(parts[::2], parts[1::2], NAMES[1::2], strict=True):
        assert_equal(ys, Xs[:, 1].astype(y.dtype), name=name)
    for name, labels, share in (("dev", parts[3], 0.2), ("test", parts[5], 0.3)):
        for label, count in enumerate(counts):
            came = int(np.count_nonzero(labels == label))
            assert abs(came - share * count) <= 1, (
                f"of the {count} examples of class {label}, {came} are in the {name} set; "
                f"expected about {share * count:g}"
            )
    numbers = np.sort(np.concatenate(parts[::2])[:, 0])
    assert np.array_equal(numbers, X[:, 0]), "with stratify, some examples are lost or in two parts"


@check("train_dev_test_split", group="contract", hint="Go through the list of errors in the docstring, one by one.")
def test_impossible_splits_are_refused(student: Student, rng: np.random.Generator) -> None:
    """Impossible fractions, an empty part and arrays of different lengths raise ValueError"""
    X, y = numbered(20, rng)
    for dev_frac, test_frac in ((0.0, 0.2), (0.2, 0.0), (-0.1, 0.3), (0.5, 0.5), (0.7, 0.6)):
        assert_raises(ValueError, student.train_dev_test_split, X, y, dev_frac, test_frac, np.random.default_rng(1))
    assert_raises(ValueError, student.train_dev_test_split, X[:2], y[:2], 0.25, 0.25, np.random.default_rng(1))
    assert_raises(ValueError, student.train_dev_test_split, X, y[:-1], 0.2, 0.2, np.random.default_rng(1))


@check("train_dev_test_split", group="contract", hint="Which call changes the order of the arrays that you were given?")
def test_split_leaves_the_data_alone(student: Student, rng: np.random.Generator) -> None:
    """X and y keep their order"""
    X, y = numbered(30, rng)
    assert_unchanged(student.train_dev_test_split.call(X, y, 0.3, 0.2, np.random.default_rng(1)), "X", "y")


def draw_splits(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return three parts whose features have means and deviations of their own."""
    mean, std = np.array([3.0, -20.0, 0.5, 100.0]), np.array([5.0, 2.0, 0.1, 30.0])
    return tuple(mean + off + std * rng.normal(size=(n, 4)) for n, off in ((9, 0.0), (4, 1.0), (6, -1.0)))  # type: ignore[return-value] # three of them


@check(
    "standardize_splits",
    hint="By hand, for one feature: its mean and its spread in X_train, then one value of each part.",
)
def test_all_parts_get_the_scale_of_the_training(
    student: Student, reference: Reference, rng: np.random.Generator
) -> None:
    """All three parts are standardized by the mean and the deviation of the training examples"""
    square = tuple(rng.normal(loc=2.0, scale=3.0, size=(4, 4)) for _ in range(3))
    for parts in (draw_splits(rng), square):
        got = student.standardize_splits(*parts)
        expected = reference.standardize_splits(*parts)
        for name, came, wanted in zip(NAMES[::2], got, expected, strict=True):
            assert_close(came, wanted, name=name, rtol=1e-6)


@check(
    "standardize_splits",
    hint="Change the test set and look at the training inputs. Which numbers may depend on which part?",
)
def test_nothing_leaks_between_parts(student: Student, rng: np.random.Generator) -> None:
    """Other dev and test examples change nothing, and a test example alone gets its value"""
    train, dev, test = draw_splits(rng)
    before = student.standardize_splits(train, dev, test)
    after = student.standardize_splits(train, 5 * dev + 7, test[:1])
    assert_close(after[0], before[0], name="X_train after dev and test were changed", rtol=1e-12)
    assert_array(before[2], shape=test.shape, name="X_test")
    assert_close(after[2], before[2][:1], name="a test example alone", rtol=1e-12)


@check(
    "standardize_splits",
    group="edge",
    hint="What is the deviation of a feature that never changes, and what may you divide by?",
)
def test_constant_features_are_only_centred(student: Student, rng: np.random.Generator) -> None:
    """A feature that is constant in the training set is divided by 1"""
    train, dev, test = draw_splits(rng)
    for part in (train, dev, test):
        part[:, 1], part[:, 3] = 3.0, 0.0
    dev[:, 1], test[0, 3] = 5.0, -2.0
    got = student.standardize_splits(train, dev, test)
    for name, part, came in zip(NAMES[::2], (train, dev, test), got, strict=True):
        assert_array(came, shape=part.shape, name=name)
        assert_close(came[:, [1, 3]], part[:, [1, 3]] - np.array([3.0, 0.0]), name=f"the constant features of {name}")


@check("standardize_splits", group="contract", hint="Does your subtraction write into the array that came in?")
def test_standardizing_makes_new_arrays(student: Student, rng: np.random.Generator) -> None:
    """The raw data are not changed"""
    assert_unchanged(student.standardize_splits.call(*draw_splits(rng)))
