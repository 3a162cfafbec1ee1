"""Whether inputs are prepared right: standardized features, centred images."""

from typing import Any

import numpy as np

from grader.checks import (
    CheckFailure,
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_raises,
    assert_unchanged,
    check,
)


@check("normalize_fit", hint="Take one column of X and work out its mean and deviation by hand. What do you return?")
def test_fit_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every feature gets its own mean and standard deviation"""
    for n, d in ((40, 3), (5, 5), (2, 6)):
        X = _table(rng, n, d)
        _assert_statistics(student.normalize_fit(X), reference.normalize_fit(X), ("mu", "sigma"))


@check(
    "normalize_fit",
    group="edge",
    hint="A feature that never changes has deviation 0. What would dividing by it do, and what did you put instead?",
)
def test_fit_constant(student: Student, rng: np.random.Generator) -> None:
    """A feature that is constant in the training set gets sigma = 1"""
    X = _table(rng, 8, 4)
    X[:, 1] = 3.0
    X[:, 3] = 0.0
    _, sigma = student.normalize_fit(X)
    assert_array(sigma, shape=(4,), name="sigma")
    assert_close(sigma[[1, 3]], np.ones(2), name="sigma of the features 1 and 3, which are constant,")
    mu, sigma = student.normalize_fit(X[:1])
    assert_close(mu, X[0], name="mu of a single example")
    assert_close(sigma, np.ones(4), name="sigma of a single example")


@check(
    "normalize_fit",
    group="edge",
    hint="A length of some nanometres, measured in metres, does vary. What does your function take it for?",
)
def test_fit_small_unit(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A feature that varies only a little, in whatever unit, is not a constant one"""
    X = _table(rng, 12, 3) * np.array([1e-9, 1.0, 1e-9])
    _assert_statistics(student.normalize_fit(X), reference.normalize_fit(X), ("mu", "sigma"))


@check(
    "normalize_fit",
    group="edge",
    hint="Two numbers near 1e16 are subtracted somewhere. Which quantity could be squared while it is still small?",
)
def test_fit_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Features far from zero, 1e8 plus noise, keep their deviation"""
    X = 1e8 + rng.normal(size=(40, 3))
    mu, sigma = student.normalize_fit(X)
    assert_close(mu, reference.normalize_fit(X)[0], name="mu")
    assert_close(sigma, reference.normalize_fit(X)[1], name="sigma", rtol=1e-5)


@check("normalize_fit", group="contract", hint="Which line of yours writes into X_train?")
def test_fit_pure(student: Student, rng: np.random.Generator) -> None:
    """The training data are left as they were"""
    assert_unchanged(student.normalize_fit.call(_table(rng, 6, 3)))


@check("normalize_apply", hint="Take one entry of X: what is removed from it, and by what is it divided?")
def test_apply_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """New data are moved and scaled by the mu and sigma that were passed in"""
    for n, d in ((7, 3), (4, 4)):
        X, mu, sigma = _table(rng, n, d), rng.normal(3, 2, size=d), rng.uniform(0.5, 4, size=d)
        assert_close(student.normalize_apply(X, mu, sigma), reference.normalize_apply(X, mu, sigma), name="X_norm")


@check(
    "normalize_apply", hint="Features in very different units go in. What mean and deviation do yours have afterwards?"
)
def test_apply_unit(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The training set itself ends with mean 0 and deviation 1, in any units"""
    X = rng.normal(size=(60, 4)) * np.array([1e-9, 1.0, 30.0, 1e9]) + np.array([1e-9, -5.0, 0.0, 4e9])
    X_norm = student.normalize_apply(X, *reference.normalize_fit(X))
    assert_array(X_norm, shape=X.shape, name="X_norm")
    assert_close(X_norm.mean(axis=0), np.zeros(4), atol=1e-9, name="the mean of every feature of X_norm")
    assert_close(X_norm.std(axis=0), np.ones(4), name="the standard deviation of every feature of X_norm")


@check("normalize_apply", hint="Pass one example of the test set alone. Why should it come out different?")
def test_apply_rowwise(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """An example alone gets the same result as among others"""
    X = _table(rng, 6, 4)
    mu, sigma = reference.normalize_fit(_table(rng, 30, 4))
    together = student.normalize_apply(X, mu, sigma)
    assert_array(together, shape=X.shape, name="X_norm")
    for i in range(3):
        alone = student.normalize_apply(X[i : i + 1], mu, sigma)
        assert_close(alone, together[i : i + 1], name=f"X_norm of row {i} alone, against the same row among others,")


@check("normalize_apply", group="contract", hint="Which line of yours writes into an argument?")
def test_apply_pure(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """X, mu and sigma are left as they were"""
    X = _table(rng, 6, 3)
    assert_unchanged(student.normalize_apply.call(X, *reference.normalize_fit(X)))


@check(
    "normalize_apply", group="contract", hint="Every array that goes in is float32. Which of your numbers widens it?"
)
def test_apply_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Arrays of dtype float32 give a result of dtype float32"""
    arguments = (_table(rng, 6, 3), rng.normal(3, 2, size=3), rng.uniform(0.5, 4, size=3))
    narrow = [array.astype(np.float32) for array in arguments]
    expected = reference.normalize_apply(*(array.astype(np.float64) for array in narrow))
    X_norm = student.normalize_apply(*narrow)
    assert_close(X_norm, expected, rtol=1e-3, atol=1e-3, dtype=np.float32, name="X_norm")


@check("image_center_stats", hint="A mean image has a value for every pixel of every channel. Which axis disappears?")
def test_image_mean_image(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Mode "image": one mean for every pixel of every channel, nothing to divide by"""
    for shape in ((5, 3, 4, 2), (3, 3, 3, 3)):
        X = _images(rng, shape)
        mean, std = student.image_center_stats(X, "image")
        assert_close(mean, reference.image_center_stats(X, "image")[0], name="mean")
        _assert_ones(std, shape)


@check(
    "image_center_stats", hint="Count the numbers you return for a batch of colour images: how many channels are there?"
)
def test_image_channel(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Mode "channel": one mean for every channel, nothing to divide by"""
    for shape in ((5, 3, 4, 2), (3, 3, 3, 3)):
        X = _images(rng, shape)
        mean, std = student.image_center_stats(X, "channel")
        assert_close(mean, reference.image_center_stats(X, "channel")[0], name="mean")
        _assert_ones(std, shape)


@check("image_center_stats", hint="Divide a channel by the std you return. Is its deviation 1 afterwards?")
def test_image_channel_std(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Mode "channel_std": mean and standard deviation of every channel"""
    for shape in ((5, 3, 4, 2), (3, 3, 3, 3)):
        X = _images(rng, shape)
        got, expected = (functions.image_center_stats(X, "channel_std") for functions in (student, reference))
        _assert_statistics(got, expected, ("mean", "std"))


@check(
    "image_center_stats",
    group="edge",
    hint="A uint8 holds 0 to 255 and no fractions. In which type do your sums and squares take place?",
)
def test_image_uint8(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Pixels of type uint8 are averaged without rounding or overflow"""
    X = rng.integers(0, 256, size=(6, 3, 8, 10), dtype=np.uint8)
    for mode in ("image", "channel", "channel_std"):
        mean, std = student.image_center_stats(X, mode)
        expected_mean, expected_std = reference.image_center_stats(X, mode)
        assert_close(mean, expected_mean, name=f'mean in mode "{mode}"')
    # How the squares are averaged is asked elsewhere; an overflow is far beyond this tolerance.
    assert_close(std, expected_std, rtol=2e-3, name='std in mode "channel_std"')


@check(
    "image_center_stats", group="edge", hint="A channel that is black everywhere: what does your std say, and X / std?"
)
def test_image_flat_channel(student: Student, rng: np.random.Generator) -> None:
    """A channel that is constant gets std = 1"""
    X = _images(rng, (4, 3, 2, 5))
    X[:, 1] = 2.0
    _, std = student.image_center_stats(X, "channel_std")
    assert_array(std, shape=(1, 3, 1, 1), name="std")
    assert_close(float(std[0, 1, 0, 0]), 1.0, name="std of channel 1, which is 2 throughout,")


@check(
    "image_center_stats",
    group="edge",
    hint="Two numbers near 1e14 are subtracted somewhere. Which quantity could be squared while it is still small?",
)
def test_image_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Pixels far from zero, 1e7 plus noise, keep their deviation"""
    X = 1e7 + rng.normal(size=(4, 3, 2, 5))
    _, std = student.image_center_stats(X, "channel_std")
    assert_close(std, reference.image_center_stats(X, "channel_std")[1], rtol=1e-5, name="std")


@check("image_center_stats", group="contract", hint="Which line of yours writes into X?")
def test_image_pure(student: Student, rng: np.random.Generator) -> None:
    """The images are left as they were"""
    for mode in ("image", "channel", "channel_std"):
        assert_unchanged(student.image_center_stats.call(_images(rng, (3, 2, 4, 5)), mode))


@check(
    "image_center_stats", group="contract", hint="Which modes does your function know, and what does it do with others?"
)
def test_image_error(student: Student, rng: np.random.Generator) -> None:
    """An unknown mode is refused with a ValueError"""
    for mode in ("pixel", "Channel"):
        assert_raises(ValueError, student.image_center_stats, _images(rng, (2, 3, 4, 5)), mode, naming="mode")


def _table(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    """Return features with different means and deviations."""
    return rng.normal(size=(n, d)) * rng.uniform(0.5, 6, size=d) + rng.normal(3, 4, size=d)


def _images(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Return images whose channels differ in brightness and contrast."""
    one_each = (1, shape[1], 1, 1)
    return rng.normal(size=shape) * rng.uniform(0.5, 4, size=one_each) + rng.normal(3, 4, size=one_each)


def _assert_statistics(got: tuple[Any, ...], expected: tuple[Any, ...], names: tuple[str, ...]) -> None:
    for name, ours, theirs in zip(names, got, expected, strict=True):
        assert_close(ours, theirs, name=name)


def _assert_ones(std: Any, shape: tuple[int, ...]) -> None:
    """Accept 1, or any array of ones that broadcasts against the images without changing their shape."""
    if not isinstance(std, np.ndarray):
        assert_close(std, 1.0, name="std")
        return
    try:
        fits = np.broadcast_shapes(std.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise CheckFailure(f"std has shape {std.shape}, which does not broadcast against X of shape {shape}")
    assert_close(std.astype(np.float64), np.ones(std.shape) if std.ndim else 1.0, name="std")
