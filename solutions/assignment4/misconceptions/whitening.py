"""Mistakes that students make with principal components and whitening."""

import numpy as np
from whitening import pca_fit, pca_transform, whiten

from grader.checks import misconception


@misconception(
    "pca_fit.singular_values",
    hint="A singular value of the data is not yet a variance: think about squaring and about N.",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def singular_values(X, n_components):
    """Singular values returned as variances."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components, np.sqrt(variances * len(X))


@misconception(
    "pca_fit.deviations",
    hint="Along a component the data have a variance and a deviation. Which of them do you return?",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def deviations(X, n_components):
    """Standard deviations returned as variances."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components, np.sqrt(variances)


@misconception(
    "pca_fit.squared_eigenvalues",
    hint="The SVD of a covariance matrix gives its eigenvalues already. What would a square of them be?",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def squared_eigenvalues(X, n_components):
    """The singular values of the covariance matrix are squared once more."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components, variances**2


@misconception(
    "pca_fit.unbiased",
    hint="Your variances are a little too large. This course divides a covariance by N, not by N - 1.",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def unbiased(X, n_components):
    """Divides by N - 1."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components, variances * len(X) / (len(X) - 1)


@misconception(
    "pca_fit.not_divided",
    hint="With twice the data your variances would be twice as large. By what is the sum of squares divided?",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def not_divided(X, n_components):
    """Sums of squares instead of variances."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components, variances * len(X)


@misconception(
    "pca_fit.ratios",
    hint="Your variances add up to 1. That is each one's share of the total; the variances themselves were asked for.",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def ratios(X, n_components):
    """Shares of the total variance."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components, variances / X.var(axis=0).sum()


@misconception(
    "pca_fit.not_centred",
    hint="The first component of your result points from the origin to the cloud. What has to happen before the SVD?",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def not_centred(X, n_components):
    """SVD of X itself."""
    mu, _, _ = pca_fit(X, n_components)
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    return mu, Vt[:n_components], s[:n_components] ** 2 / len(X)


@misconception(
    "pca_fit.standardized",
    hint="Features were divided by their deviation first. Those are components of the correlations, another question.",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def standardized(X, n_components):
    """Components of the correlation matrix."""
    _, components, variances = pca_fit(X / X.std(axis=0), n_components)
    return X.mean(axis=0), components, variances


@misconception(
    "pca_fit.wrong_side",
    hint="With examples in rows, directions in feature space are found on the right-hand side of the SVD.",
    caught_by=("test_pca_values", "test_pca_orthonormal"),
)
def wrong_side(X, n_components):
    """Columns of U as components."""
    mu, _, variances = pca_fit(X, n_components)
    U, _, _ = np.linalg.svd(X - mu, full_matrices=False)
    return mu, U[:, :n_components].T, variances


@misconception(
    "pca_fit.columns_of_vt",
    hint="numpy's svd returns V transposed. Are its rows or its columns the directions?",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def columns_of_vt(X, n_components):
    """Columns of V^T, as if the SVD had returned V."""
    mu, _, variances = pca_fit(X, n_components)
    _, _, Vt = np.linalg.svd(X - mu)
    return mu, Vt[:, :n_components].T, variances


@misconception(
    "pca_fit.components_in_columns",
    hint="The components are right, as columns. This course keeps one component per row: (K, D).",
    caught_by=("test_pca_values", "test_pca_orthonormal"),
)
def components_in_columns(X, n_components):
    """Components of shape (D, K)."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components.T.copy(), variances


@misconception(
    "pca_fit.columns",
    hint="In the Deep Learning Specialization examples are columns; here they are rows, so the covariance is D by D.",
    caught_by=("test_pca_values", "test_pca_orthonormal"),
)
def columns(X, n_components):
    """Takes examples to be columns."""
    N, D = X.shape
    if not 1 <= n_components <= min(N, D):
        raise ValueError(f"n_components must be in 1..{min(N, D)}, got {n_components}")
    return pca_fit(X.T, n_components)


@misconception(
    "pca_fit.ascending",
    hint="Which component comes first in your result: the one with the largest variance, or with the smallest?",
    caught_by=("test_pca_values", "test_pca_variances"),
)
def ascending(X, n_components):
    """The smallest variances first, as eigh returns them."""
    mu, components, variances = pca_fit(X, min(X.shape))
    if not 1 <= n_components <= min(X.shape):
        raise ValueError(f"n_components must be in 1..{min(X.shape)}, got {n_components}")
    return mu, components[::-1][:n_components].copy(), variances[::-1][:n_components].copy()


@misconception(
    "pca_fit.smallest_kept",
    hint="The order is right, but which end of the list did you keep?",
    caught_by=("test_pca_values",),
)
def smallest_kept(X, n_components):
    """Keeps the last K components instead of the first."""
    if not 1 <= n_components <= min(X.shape):
        raise ValueError(f"n_components must be in 1..{min(X.shape)}, got {n_components}")
    mu, components, variances = pca_fit(X, min(X.shape))
    return mu, components[-n_components:], variances[-n_components:]


@misconception(
    "pca_fit.not_normalized",
    hint="Measure the length of a component. A direction has length 1.",
    caught_by=("test_pca_values", "test_pca_orthonormal"),
)
def not_normalized(X, n_components):
    """Components scaled by their deviation."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, components * np.sqrt(variances)[:, None], variances


@misconception(
    "pca_fit.mu_keepdims",
    hint="The numbers are right. Compare the shape of mu with (D,).",
    caught_by=("test_pca_values",),
)
def mu_keepdims(X, n_components):
    """mu of shape (1, D)."""
    mu, components, variances = pca_fit(X, n_components)
    return mu[None, :], components, variances


@misconception(
    "pca_fit.overall_mean",
    hint="How many means do you return? Every feature has its own.",
    caught_by=("test_pca_values",),
)
def overall_mean(X, n_components):
    """One mean for the whole table."""
    _, components, variances = pca_fit(X, n_components)
    return np.full(X.shape[1], X.mean()), components, variances


@misconception(
    "pca_fit.squeezed",
    hint="With one component the result is still a matrix, with one row. Which shape do you return?",
    caught_by=("test_pca_variances",),
)
def squeezed(X, n_components):
    """A single component comes back without its first axis."""
    mu, components, variances = pca_fit(X, n_components)
    return mu, np.squeeze(components), variances


@misconception(
    "pca_fit.divides_by_zero_variance",
    hint="With few points some variances are 0, and something of yours is divided by their root. Is there another way?",
    caught_by=("test_pca_orthonormal",),
)
def divides_by_zero_variance(X, n_components):
    """Components as weighted sums of the data, divided by the root of their variance."""
    mu, _, _ = pca_fit(X, n_components)
    values, vectors = np.linalg.eigh((X - mu) @ (X - mu).T)
    first = np.argsort(values)[::-1][:n_components]
    values, vectors = np.maximum(values[first], 0), vectors[:, first]
    with np.errstate(all="ignore"):
        components = np.nan_to_num(vectors.T @ (X - mu) / np.sqrt(np.round(values, 9))[:, None], posinf=0, neginf=0)
    return mu, components, values / len(X)


@misconception(
    "pca_fit.cancellation",
    hint="E[x x'] - mu mu' subtracts nearly equal numbers when the data are far from 0. Centre first.",
    caught_by=("test_pca_offset",),
)
def cancellation(X, n_components):
    """The covariance is E[x x'] - mu mu'."""
    mu, components, _ = pca_fit(X, n_components)
    second = X.T @ X / len(X) - np.outer(mu, mu)
    return mu, components, np.linalg.eigvalsh(second)[::-1][:n_components]


@misconception(
    "pca_fit.in_place",
    hint="The array belongs to the caller, who may still need it. Make a new one.",
    caught_by=("test_pca_pure",),
)
def fit_in_place(X, n_components):
    """X -= mu."""
    result = pca_fit(X, n_components)
    X -= result[0]
    return result


@misconception(
    "pca_fit.unchecked",
    hint="Slicing beyond the end of an array is silent in numpy. Which numbers of components are possible?",
    caught_by=("test_pca_error",),
)
def unchecked(X, n_components):
    """Any number of components is accepted."""
    mu, components, variances = pca_fit(X, min(X.shape))
    return mu, components[:n_components], variances[:n_components]


@misconception(
    "pca_fit.only_features_counted",
    hint="Three points span a plane at most, in however many dimensions. What limits K besides D?",
    caught_by=("test_pca_error",),
)
def only_features_counted(X, n_components):
    """Refuses K > D, but not K > N."""
    if not 1 <= n_components <= X.shape[1]:
        raise ValueError(f"n_components must be in 1..{X.shape[1]}, got {n_components}")
    return pca_fit(X, min(n_components, *X.shape))


@misconception(
    "pca_transform.no_centre",
    hint="The axes go through the mean, so the data must be moved there first.",
    caught_by=("test_transform_values",),
)
def no_centre(X, mu, components):
    """mu is not subtracted."""
    return X @ components.T


@misconception(
    "pca_transform.own_mean",
    hint="New data must be shifted by the training mean; a single row minus its own mean is always zero.",
    caught_by=("test_transform_values", "test_transform_rowwise"),
)
def own_mean(X, mu, components):
    """Subtracts the mean of the new data."""
    return (X - X.mean(axis=0)) @ components.T


@misconception(
    "pca_transform.row_mean",
    hint="You removed every example's own mean. mu has one entry per feature, measured on the training data.",
    caught_by=("test_transform_values",),
)
def row_mean(X, mu, components):
    """Subtracts every example's own mean."""
    return (X - X.mean(axis=1, keepdims=True)) @ components.T


@misconception(
    "pca_transform.adds_mean",
    hint="Should the data be moved to the origin, or away from it?",
    caught_by=("test_transform_values",),
)
def adds_mean(X, mu, components):
    """X + mu."""
    return (X + mu) @ components.T


@misconception(
    "pca_transform.not_transposed",
    hint="Each output column is the dot product of a row with one component. Check the shapes.",
    caught_by=("test_transform_values",),
)
def not_transposed(X, mu, components):
    """(X - mu) @ components."""
    return (X - mu) @ components


@misconception(
    "pca_transform.columns",
    hint="The numbers are right, transposed. In this course an example is a row of the result: (N, K).",
    caught_by=("test_transform_values", "test_transform_rowwise"),
)
def transform_columns(X, mu, components):
    """The result has one example per column."""
    return components @ (X - mu).T


@misconception(
    "pca_transform.back_again",
    hint="Your result has as many columns as X: projected points in the old axes. The coordinates were asked for.",
    caught_by=("test_transform_values", "test_transform_rowwise"),
)
def back_again(X, mu, components):
    """Projects and turns back to the original axes."""
    return (X - mu) @ components.T @ components


@misconception(
    "pca_transform.whitened",
    hint="The coordinates were divided by their spread. That is the next function's task.",
    caught_by=("test_transform_values", "test_transform_rowwise"),
)
def whitened(X, mu, components):
    """Divides every coordinate by its deviation."""
    T = (X - mu) @ components.T
    spread = T.std(axis=0)
    return T / np.where(spread > 0, spread, 1.0)


@misconception(
    "pca_transform.in_place",
    hint="The array belongs to the caller, who may still need it. Make a new one.",
    caught_by=("test_transform_pure",),
)
def transform_in_place(X, mu, components):
    """X -= mu."""
    T = pca_transform(X, mu, components)
    X -= mu
    return T


@misconception(
    "pca_transform.squeezed_row",
    hint="One example goes in as an array with one row. Which shape comes out?",
    caught_by=("test_transform_rowwise",),
)
def squeezed_row(X, mu, components):
    """A single row comes back without its first axis."""
    T = pca_transform(X, mu, components)
    return T[0] if len(T) == 1 else T


@misconception(
    "whiten.divides_by_variance",
    hint="After whitening every variance is 1. Dividing by a variance gives 1/variance instead.",
    caught_by=("test_whiten_values", "test_whiten_covariance"),
)
def divides_by_variance(X, mu, components, variances, eps=1e-5, zca=False):
    """Divides by the eigenvalue, not by its root."""
    return _whiten(X, mu, components, variances + eps, zca)


@misconception(
    "whiten.multiplies",
    hint="The long axis became longer.",
    caught_by=("test_whiten_values", "test_whiten_covariance"),
)
def multiplies(X, mu, components, variances, eps=1e-5, zca=False):
    """Multiplies by the root of the variance."""
    return _whiten(X, mu, components, 1 / np.sqrt(variances + eps), zca)


@misconception(
    "whiten.no_eps",
    hint="A direction without variance is divided by zero.",
    caught_by=("test_whiten_values", "test_whiten_rank"),
)
def no_eps(X, mu, components, variances, eps=1e-5, zca=False):
    """eps is ignored."""
    return _whiten(X, mu, components, np.sqrt(variances), zca)


@misconception(
    "whiten.eps_outside",
    hint="Try eps = 0.3 by hand for a variance of 1. Is eps added before the root is taken, or after?",
    caught_by=("test_whiten_values",),
)
def eps_outside(X, mu, components, variances, eps=1e-5, zca=False):
    """sqrt(v) + eps."""
    return _whiten(X, mu, components, np.sqrt(variances) + eps, zca)


@misconception(
    "whiten.zero_eps_replaced",
    hint="eps = 0 is a value that a caller may want. What does your function make of it?",
    caught_by=("test_whiten_covariance",),
)
def zero_eps_replaced(X, mu, components, variances, eps=1e-5, zca=False):
    """`eps or 1e-5`: zero counts as not given."""
    return _whiten(X, mu, components, np.sqrt(variances + (eps or 1e-5)), zca)


@misconception(
    "whiten.other_default_eps",
    hint="When eps is not passed, which one do you use? The signature says 1e-5.",
    caught_by=("test_whiten_rank",),
)
def other_default_eps(X, mu, components, variances, eps=1e-8, zca=False):
    """The default of eps is 1e-8."""
    return whiten(X, mu, components, variances, eps, zca)


@misconception(
    "whiten.zca_ignored",
    hint="ZCA whitens and then returns to the original axes, so that an image still looks like an image.",
    caught_by=("test_whiten_values",),
)
def zca_ignored(X, mu, components, variances, eps=1e-5, zca=False):
    """zca=True does not turn back."""
    return whiten(X, mu, components, variances, eps)


@misconception(
    "whiten.always_zca",
    hint="PCA whitening stays in the rotated axes.",
    caught_by=("test_whiten_values",),
)
def always_zca(X, mu, components, variances, eps=1e-5, zca=False):
    """Turns back always."""
    return whiten(X, mu, components, variances, eps, zca=True)


@misconception(
    "whiten.zca_forward_again",
    hint="To return you undo the rotation. Which of C and its transpose does that?",
    caught_by=("test_whiten_values",),
)
def zca_forward_again(X, mu, components, variances, eps=1e-5, zca=False):
    """zca=True multiplies by the transpose of C once more."""
    white = whiten(X, mu, components, variances, eps)
    return white @ components.T if zca else white


@misconception(
    "whiten.zca_without_scaling",
    hint="With zca=True the result is X again, centred. Where did the division go?",
    caught_by=("test_whiten_values", "test_whiten_covariance"),
)
def zca_without_scaling(X, mu, components, variances, eps=1e-5, zca=False):
    """zca=True turns forth and back without dividing in between."""
    white = whiten(X, mu, components, variances, eps)
    return pca_transform(X, mu, components) @ components if zca else white


@misconception(
    "whiten.zca_adds_mean",
    hint="Whitened data have mean 0, in the original axes as well.",
    caught_by=("test_whiten_values", "test_whiten_covariance"),
)
def zca_adds_mean(X, mu, components, variances, eps=1e-5, zca=False):
    """zca=True moves back to the mean."""
    white = whiten(X, mu, components, variances, eps, zca)
    return white + mu if zca else white


@misconception(
    "whiten.own_variances",
    hint="New data must be divided by the training variances you were handed, not by their own spread.",
    caught_by=("test_whiten_values",),
)
def own_variances(X, mu, components, variances, eps=1e-5, zca=False):
    """Divides by the spread of the data that are whitened."""
    return _whiten(X, mu, components, np.sqrt(pca_transform(X, mu, components).var(axis=0) + eps), zca)


@misconception(
    "whiten.no_centre",
    hint="The mean of your result is not zero. What is mu for?",
    caught_by=("test_whiten_values", "test_whiten_covariance"),
)
def whiten_no_centre(X, mu, components, variances, eps=1e-5, zca=False):
    """mu is not subtracted."""
    return whiten(X, np.zeros_like(mu), components, variances, eps, zca)


@misconception(
    "whiten.own_mean",
    hint="New data are moved by the training mean that you were handed.",
    caught_by=("test_whiten_values",),
)
def whiten_own_mean(X, mu, components, variances, eps=1e-5, zca=False):
    """Subtracts the mean of the data that are whitened."""
    return whiten(X, X.mean(axis=0), components, variances, eps, zca)


@misconception(
    "whiten.scaled_before_turning",
    hint="The variances belong to the components. In which axes are the data when you divide?",
    caught_by=("test_whiten_values", "test_whiten_covariance"),
)
def scaled_before_turning(X, mu, components, variances, eps=1e-5, zca=False):
    """Divides the features, then turns."""
    scale = np.resize(np.sqrt(variances + eps), X.shape[1])
    white = (X - mu) / scale @ components.T
    return white @ components if zca else white


@misconception(
    "whiten.in_place",
    hint="The array belongs to the caller, who may still need it. Make a new one.",
    caught_by=("test_whiten_pure",),
)
def whiten_in_place(X, mu, components, variances, eps=1e-5, zca=False):
    """X -= mu."""
    result = whiten(X, mu, components, variances, eps, zca)
    X -= mu
    return result


@misconception(
    "whiten.flat_not_scaled",
    hint="A direction that was flat in training may vary later. What does the formula divide its coordinate by?",
    caught_by=("test_whiten_rank",),
)
def flat_not_scaled(X, mu, components, variances, eps=1e-5, zca=False):
    """A variance of 0 is replaced by 1."""
    return whiten(X, mu, components, np.where(variances == 0, 1.0, variances), eps, zca)


@misconception(
    "whiten.eps_ignored",
    hint="Your function has an eps of its own. Which one did the caller ask for?",
    caught_by=("test_whiten_values", "test_whiten_covariance"),
)
def eps_ignored(X, mu, components, variances, eps=1e-5, zca=False):
    """eps is always 1e-5."""
    return whiten(X, mu, components, variances, 1e-5, zca)


@misconception(
    "whiten.drops_flat_directions",
    hint="A direction without variance disappeared from your result. It should stay, near zero.",
    caught_by=("test_whiten_rank",),
)
def drops_flat_directions(X, mu, components, variances, eps=1e-5, zca=False):
    """Components without variance are left out."""
    kept = variances > 0
    return whiten(X, mu, components[kept], variances[kept], eps, zca)


def _whiten(X, mu, components, divisors, zca):
    with np.errstate(all="ignore"):
        white = pca_transform(X, mu, components) / divisors
    return white @ components if zca else white
