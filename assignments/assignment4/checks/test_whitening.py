"""Whether data are turned to their principal axes, and whitened, as they should be."""

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

EIGEN_RTOL = 1e-7
"""Different algorithms agree less closely on eigenvectors than on sums."""


@check("pca_fit", hint="Project the data on your first component, and on any other direction. Which spreads more?")
def test_pca_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The mean, the components up to their sign, and the variances are right"""
    for n, d, k in ((40, 4, 2), (40, 4, 4), (6, 6, 3), (7, 9, 5)):
        X = _cloud(rng, n, d)
        mu, components, variances = student.pca_fit(X, k)
        wanted_mu, wanted, wanted_variances = reference.pca_fit(X, k)
        assert_close(mu, wanted_mu, name="mu")
        assert_close(variances, wanted_variances, rtol=EIGEN_RTOL, name="variances")
        assert_array(components, shape=(k, d), name="components")
        signs = np.where(np.sum(components * wanted, axis=1, keepdims=True) < 0, -1.0, 1.0)
        assert_close(components * signs, wanted, rtol=EIGEN_RTOL, atol=EIGEN_RTOL, name="components")


@check("pca_fit", hint="Multiply your components by their transpose. Which matrix should come out, and which does?")
def test_pca_orthonormal(student: Student, rng: np.random.Generator) -> None:
    """The components are orthonormal, also where the data do not vary at all"""
    for n, d, k in ((40, 5, 5), (4, 6, 4), (3, 3, 3)):
        _, components, variances = student.pca_fit(_cloud(rng, n, d), k)
        assert_array(components, shape=(k, d), name="components")
        assert_array(variances, shape=(k,), name="variances")
        assert_close(
            components @ components.T, np.eye(k), atol=1e-7, name="the product of components and its transpose"
        )


@check("pca_fit", hint="Project the training data on one component. Is the variance of the result what you return?")
def test_pca_variances(student: Student, rng: np.random.Generator) -> None:
    """Projected data have the variances that are returned, and all together the total"""
    X = _cloud(rng, 30, 4) + 50.0
    for k in range(1, 5):
        mu, components, variances = student.pca_fit(X, k)
        assert_array(components, shape=(k, 4), name=f"components for n_components = {k}")
        assert_array(variances, shape=(k,), name=f"variances for n_components = {k}")
        projected = (X - mu) @ components.T
        assert_close(variances, projected.var(axis=0), rtol=EIGEN_RTOL, name="variances, against the projected data's,")
        if np.any(np.diff(variances) > 0):
            raise CheckFailure(f"variances are {variances.round(4).tolist()}; expected the largest first")
    assert_close(variances.sum(), X.var(axis=0).sum(), rtol=EIGEN_RTOL, name="the sum of all variances")


@check(
    "pca_fit",
    group="edge",
    hint="Two numbers near 1e14 are subtracted somewhere. Which quantity could be multiplied while it is still small?",
)
def test_pca_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Data far from zero, 1e7 plus noise, keep their variances"""
    X = 1e7 + _cloud(rng, 30, 4)
    _, _, variances = student.pca_fit(X, 3)
    assert_close(variances, reference.pca_fit(X, 3)[2], rtol=1e-5, name="variances")


@check("pca_fit", group="contract", hint="Which line of yours writes into X?")
def test_pca_pure(student: Student, rng: np.random.Generator) -> None:
    """The data are left as they were"""
    assert_unchanged(student.pca_fit.call(_cloud(rng, 8, 4), 3))


@check("pca_fit", group="contract", hint="How many directions can N points in D dimensions span at most?")
def test_pca_error(student: Student, rng: np.random.Generator) -> None:
    """A number of components outside 1..min(N, D) is refused with a ValueError"""
    for n, d, k in ((8, 3, 0), (8, 3, 4), (3, 5, 4), (8, 3, -1)):
        assert_raises(ValueError, student.pca_fit, _cloud(rng, n, d), k, naming="n_components")


@check(
    "pca_transform",
    hint="A coordinate is the dot product of a centred row with one component. How many rows, how many?",
)
def test_transform_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """New data are centred by mu and projected on the components"""
    for n, d, k in ((6, 4, 2), (4, 4, 4), (3, 5, 1)):
        mu, components, _ = reference.pca_fit(_cloud(rng, 20, d), k)
        X = _cloud(rng, n, d) + 2.0
        assert_close(student.pca_transform(X, mu, components), reference.pca_transform(X, mu, components), name="T")


@check("pca_transform", hint="Transform one row alone, then among others. Why should its coordinates change?")
def test_transform_rowwise(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """An example alone gets the same coordinates as among others"""
    mu, components, _ = reference.pca_fit(_cloud(rng, 20, 4), 3)
    X = _cloud(rng, 5, 4)
    together = student.pca_transform(X, mu, components)
    assert_array(together, shape=(5, 3), name="T")
    for i in range(3):
        alone = student.pca_transform(X[i : i + 1], mu, components)
        assert_close(alone, together[i : i + 1], name=f"T of row {i} alone, against the same row among others,")


@check("pca_transform", group="contract", hint="Which line of yours writes into an argument?")
def test_transform_pure(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """X, mu and components are left as they were"""
    X = _cloud(rng, 8, 4)
    assert_unchanged(student.pca_transform.call(X, *reference.pca_fit(X, 3)[:2]))


@check(
    "whiten",
    hint="Follow one coordinate: centred, turned, then divided. By what, and what happens after that with zca?",
)
def test_whiten_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Coordinates are divided by the root of variance plus eps, and turned back for ZCA"""
    for n, d, k, eps in ((9, 4, 4, 0.3), (9, 4, 2, 0.3), (5, 3, 3, 1e-5), (3, 3, 3, 0.3)):
        fitted = reference.pca_fit(_cloud(rng, 30, d), k)
        X = _cloud(rng, n, d)
        for zca in (False, True):
            got = student.whiten(X, *fitted, eps, zca)
            assert_close(got, reference.whiten(X, *fitted, eps, zca), name="the result")


@check("whiten", hint="Take the covariance of what you return for the training data. What should be on its diagonal?")
def test_whiten_covariance(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With eps = 0 the training data get the identity as covariance"""
    X = _cloud(rng, 50, 4) * 0.1
    fitted = reference.pca_fit(X, 4)
    for zca in (False, True):
        white = student.whiten(X, *fitted, eps=0.0, zca=zca)
        assert_array(white, shape=(50, 4), name="the result")
        assert_close(white.mean(axis=0), np.zeros(4), atol=1e-7, name=f"the mean with zca = {zca}")
        covariance = white.T @ white / len(white)
        assert_close(covariance, np.eye(4), rtol=EIGEN_RTOL, atol=EIGEN_RTOL, name=f"the covariance with zca = {zca}")


@check(
    "whiten",
    group="edge",
    hint="One direction has variance 0. Which number keeps its coordinates finite, and how many columns remain?",
)
def test_whiten_rank(student: Student, rng: np.random.Generator) -> None:
    """A direction without variance stays, finite and near zero"""
    X = rng.normal(size=(10, 3))
    X[:, 2] = 1.0
    mu, components, variances = np.array([0.1, -0.2, 1.0]), np.eye(3)[[1, 0, 2]], np.array([2.0, 0.5, 0.0])
    for zca in (False, True):
        expected = (X - mu)[:, [1, 0, 2]] / np.sqrt(variances + 1e-5)
        got = student.whiten(X, mu, components, variances, zca=zca)
        assert_close(got, expected[:, [1, 0, 2]] if zca else expected, name="the result")
    # New data may leave the plane of the training data; the formula holds for them too.
    new = X + np.array([0.0, 0.0, 0.5])
    expected = (new - mu)[:, [1, 0, 2]] / np.sqrt(variances + 0.3)
    got = student.whiten(new, mu, components, variances, 0.3)
    assert_close(got, expected, name="the result for new data, which vary in that direction,")


@check("whiten", group="contract", hint="Which line of yours writes into an argument?")
def test_whiten_pure(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """X, mu, components and variances are left as they were"""
    X = _cloud(rng, 8, 4)
    for zca in (False, True):
        assert_unchanged(student.whiten.call(X, *reference.pca_fit(X, 3), zca=zca))


def _cloud(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    """Return data away from the origin whose principal variances are far apart, turned at random."""
    axes, _ = np.linalg.qr(rng.normal(size=(d, d)))
    lengths = 3.0 * 0.6 ** np.arange(d)
    flat, _ = np.linalg.qr(rng.normal(size=(n, min(n, d))))
    return np.sqrt(n) * flat @ (lengths[: min(n, d), None] * axes[: min(n, d)]) + rng.normal(size=d)
