"""Known mistakes in orthogonal.py."""

import numpy as np

from grader.checks import misconception

Array = np.ndarray


def _tall(shape: tuple[int, int], draw: Array) -> Array:
    """Return the Q of a tall normal matrix, signs mended, in the wanted shape."""
    q, r = np.linalg.qr(draw)
    q = q * np.where(np.diag(r) < 0, -1.0, 1.0)
    return q if shape[0] >= shape[1] else q.T


def _normal(shape: tuple[int, int], rng: np.random.Generator) -> Array:
    return rng.normal(size=(max(shape), min(shape)))


@misconception(
    "orthogonal.signs_not_mended",
    hint="Make ten matrices and look at W[0, 0]. Is it a matter of chance whether it is positive?",
    caught_by=("test_signs_are_random",),
)
def signs_not_mended(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Takes Q as the decomposition gives it."""
    q, _ = np.linalg.qr(_normal(shape, rng))
    return gain * (q if shape[0] >= shape[1] else q.T)


@misconception(
    "orthogonal.signs_made_positive",
    hint="Which numbers do you make positive: R's diagonal, or that of W itself?",
    caught_by=("test_signs_are_random",),
)
def signs_made_positive(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Turns the columns so that the diagonal of W is positive."""
    W = _tall(shape, _normal(shape, rng))
    q = W if shape[0] >= shape[1] else W.T
    q = q * np.where(np.diag(q) < 0, -1.0, 1.0)
    return gain * (q if shape[0] >= shape[1] else q.T)


@misconception(
    "orthogonal.uniform",
    hint="All your numbers are positive before the decomposition. Which distribution has no direction that it prefers?",
    caught_by=("test_signs_are_random",),
)
def uniform(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Decomposes a matrix of uniform numbers between 0 and 1."""
    return gain * _tall(shape, rng.random((max(shape), min(shape))))


@misconception(
    "orthogonal.scaled_normal",
    hint="Multiply W.T and W. The lengths are about right; what about the entries beside the diagonal?",
    caught_by=("test_columns_or_rows_are_orthogonal",),
)
def scaled_normal(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Scales normal numbers, which are nearly orthogonal in large matrices only."""
    return gain * rng.normal(size=shape) / np.sqrt(max(shape))


@misconception(
    "orthogonal.only_normalized",
    hint="The lengths are right. Multiply W.T and W: are the entries beside the diagonal zero?",
    caught_by=("test_columns_or_rows_are_orthogonal",),
)
def only_normalized(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Brings each column to the length 1, and makes nothing orthogonal."""
    W = rng.normal(size=shape)
    return gain * W / np.linalg.norm(W, axis=0 if shape[0] >= shape[1] else 1, keepdims=True)


@misconception(
    "orthogonal.gain_missing",
    hint="Your matrix is the same for every gain. Does it come in at all, and before the decomposition or after it?",
    caught_by=("test_columns_or_rows_are_orthogonal",),
)
def gain_missing(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Forgets the gain; or scales the normal numbers, which the decomposition undoes."""
    return _tall(shape, _normal(shape, rng))


@misconception(
    "orthogonal.gain_root",
    hint="With the gain 1.7 the columns should be 1.7 long. How long are yours?",
    caught_by=("test_columns_or_rows_are_orthogonal",),
)
def gain_root(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Multiplies by the root of the gain."""
    return np.sqrt(gain) * _tall(shape, _normal(shape, rng))


@misconception(
    "orthogonal.wide_cut",
    hint="For a shape like (3, 6) you get fewer columns than you need. What can be transposed?",
    caught_by=("test_columns_or_rows_are_orthogonal",),
)
def wide_cut(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Decomposes a matrix of the wanted shape; of a wide one only a square is left."""
    q, r = np.linalg.qr(rng.normal(size=shape))
    return gain * q * np.where(np.diag(r) < 0, -1.0, 1.0)


@misconception(
    "orthogonal.block",
    hint="Rows of a larger orthogonal matrix stay orthogonal. What happens to them when columns are cut off?",
    caught_by=("test_columns_or_rows_are_orthogonal",),
)
def block(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Cuts a larger orthogonal matrix, and keeps columns of a wide one that do not belong together."""
    size = max(shape)
    whole = _tall((size, size), rng.normal(size=(size, size)))
    return gain * whole[: shape[0], : shape[1]] * (1.0 if shape[0] >= shape[1] else np.sqrt(shape[0] / shape[1]))


@misconception(
    "orthogonal.transposed",
    hint="The shape is (n_in, n_out). Which of the two do you put first?",
    caught_by=("test_columns_or_rows_are_orthogonal",),
)
def transposed(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Returns (n_out, n_in), as in courses whose examples are columns."""
    return gain * _tall(shape, _normal(shape, rng)).T


@misconception(
    "orthogonal.identity",
    hint="Ask for two matrices. Should they be the same?",
    caught_by=("test_signs_are_random", "test_randomness_comes_from_the_generator"),
)
def identity(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Returns a part of the identity."""
    return gain * np.eye(*shape)


@misconception(
    "orthogonal.generator_unused",
    hint="The same generator state should give the same matrix. Which generator do you draw from?",
    caught_by=("test_randomness_comes_from_the_generator",),
)
def generator_unused(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Draws from numpy's global generator."""
    return gain * _tall(shape, np.random.normal(size=(max(shape), min(shape))))  # noqa: NPY002 - the mistake itself


@misconception(
    "orthogonal.seed_inside",
    hint="Two calls in a row should give different matrices. Where does your generator start each time?",
    caught_by=("test_randomness_comes_from_the_generator",),
)
def seed_inside(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> Array:
    """Makes a generator of its own, with a fixed seed."""
    return gain * _tall(shape, _normal(shape, np.random.default_rng(0)))
