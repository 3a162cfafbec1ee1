"""Turn data to its principal axes, and make every direction equally wide."""

import numpy as np


def pca_fit(X: np.ndarray, n_components: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the directions in which the data vary most.

        covariance  S = 1/N * (X - mu)^T (X - mu)
        components  the unit eigenvectors of S with the largest eigenvalues, one per row, largest first
        variances   those eigenvalues: the variance of the data along each component

    A component's sign is free. The rows stay orthonormal also where a variance is 0.

    Args:
        X: examples in rows, shape (N, D). It is not modified.
        n_components: K, from 1 to min(N, D).

    Returns:
        mu: mean of every feature, shape (D,).
        components: orthonormal rows, shape (K, D).
        variances: descending, shape (K,).

    Raises:
        ValueError: `n_components` is not in 1..min(N, D).

    Example:
        Two points on the diagonal. All variance lies along (1, 1)/sqrt(2):

        >>> mu, components, variances = pca_fit(np.array([[1.0, 1.0], [3.0, 3.0]]), 1)
        >>> mu
        array([2., 2.])
        >>> np.abs(components).round(4)
        array([[0.7071, 0.7071]])
        >>> variances.round(4)
        array([2.])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def pca_transform(X: np.ndarray, mu: np.ndarray, components: np.ndarray) -> np.ndarray:
    """Describe data by their coordinates along the components.

        T = (X - mu) C^T

    Args:
        X: examples in rows, shape (N, D); any data, not only those that `pca_fit` saw.
        mu: the mean that `pca_fit` found, shape (D,).
        components: C, shape (K, D).

    Returns:
        T: shape (N, K).

    Example:
        >>> pca_transform(np.array([[3.0, 5.0], [2.0, 2.0]]), np.array([2.0, 2.0]), np.array([[0.0, 1.0]]))
        array([[3.],
               [0.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError


def whiten(
    X: np.ndarray,
    mu: np.ndarray,
    components: np.ndarray,
    variances: np.ndarray,
    eps: float = 1e-5,
    zca: bool = False,
) -> np.ndarray:
    """Give the data the same variance, 1, in every direction.

        PCA whitening  T = (X - mu) C^T / sqrt(variances + eps)
        ZCA whitening  T C, turned back to the original axes

    eps keeps directions without variance finite; it is added to the variance, under the root.

    Args:
        X: examples in rows, shape (N, D).
        mu: shape (D,).
        components: C with orthonormal rows, shape (K, D).
        variances: along each component, shape (K,), not negative.
        eps: 0 is allowed where all variances are positive.
        zca: turn back to the original axes?

    Returns:
        shape (N, K), or (N, D) with zca.

    Example:
        >>> C = np.array([[0.0, 1.0], [1.0, 0.0]])
        >>> whiten(np.array([[1.0, 4.0], [3.0, 0.0]]), np.array([2.0, 2.0]), C, np.array([4.0, 1.0]), eps=0.0)
        array([[ 1., -1.],
               [-1.,  1.]])
        >>> whiten(np.array([[1.0, 4.0], [3.0, 0.0]]), np.array([2.0, 2.0]), C, np.array([4.0, 1.0]), 0.0, zca=True)
        array([[-1.,  1.],
               [ 1., -1.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError
