"""Activation functions, forward and backward.

All of them but maxout work on every entry by itself, for arrays of any shape. A forward function returns
`(out, cache)`, where the cache is whatever its backward function needs; that one gets the gradient `dout` of a scalar
with respect to `out` and returns its gradient with respect to the input.
"""

from typing import Any

import numpy as np


def sigmoid_forward(x: np.ndarray) -> tuple[np.ndarray, Any]:
    """Return the logistic sigmoid of every entry.

    Formula: out = 1 / (1 + exp(-x)). In floating point exp(1000) is infinite; the result is right there all the same,
    and nothing overflows on the way.

    Args:
        x: array of any shape.

    Returns:
        out: array of x's shape, float32 if x is, otherwise float64.
        cache: for `sigmoid_backward`.

    Example:
        >>> sigmoid_forward(np.array([[0.0, np.log(3)], [-np.log(3), 0.0]]))[0].round(4)
        array([[0.5 , 0.75],
               [0.25, 0.5 ]])
    """
    ### BEGIN SOLUTION
    decay = np.exp(-np.abs(x))  # at most 1 on either side of 0
    out = np.where(np.asarray(x) >= 0, 1, decay) / (1 + decay)
    return out, out
    ### END SOLUTION


def sigmoid_backward(dout: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient with respect to x.

    Formula: dx = dout * a (1 - a), where a is the output of the forward pass.

    Args:
        dout: upstream gradient, of x's shape.
        cache: from `sigmoid_forward`.

    Returns:
        dx: array of x's shape.

    Example:
        >>> _, cache = sigmoid_forward(np.array([[0.0, np.log(3)], [-np.log(3), 0.0]]))
        >>> sigmoid_backward(np.array([[4.0, 16.0], [16.0, 8.0]]), cache).round(4)
        array([[1., 3.],
               [3., 2.]])
    """
    ### BEGIN SOLUTION
    out = cache
    return dout * out * (1 - out)
    ### END SOLUTION


def tanh_forward(x: np.ndarray) -> tuple[np.ndarray, Any]:
    """Return the hyperbolic tangent of every entry.

    Formula: out = (exp(x) - exp(-x)) / (exp(x) + exp(-x)), for x of any size.

    Args:
        x: array of any shape.

    Returns:
        out: array of x's shape, float32 if x is, otherwise float64.
        cache: for `tanh_backward`.

    Example:
        >>> tanh_forward(np.array([[0.0, np.log(3)], [-np.log(3), 1000.0]]))[0].round(4)
        array([[ 0. ,  0.8],
               [-0.8,  1. ]])
    """
    ### BEGIN SOLUTION
    out = np.tanh(x)
    return out, out
    ### END SOLUTION


def tanh_backward(dout: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient with respect to x.

    Formula: dx = dout * (1 - a^2), where a is the output of the forward pass.

    Args:
        dout: upstream gradient, of x's shape.
        cache: from `tanh_forward`.

    Returns:
        dx: array of x's shape.

    Example:
        >>> _, cache = tanh_forward(np.array([[0.0, np.log(3)], [-np.log(3), 1000.0]]))
        >>> tanh_backward(np.array([[1.0, 25.0], [50.0, 7.0]]), cache).round(4)
        array([[ 1.,  9.],
               [18.,  0.]])
    """
    ### BEGIN SOLUTION
    out = cache
    return dout * (1 - out**2)
    ### END SOLUTION


def relu_forward(x: np.ndarray) -> tuple[np.ndarray, Any]:
    """Return the positive part of every entry.

    Formula: out = max(0, x).

    Args:
        x: array of any shape.

    Returns:
        out: array of x's shape, float32 if x is.
        cache: for `relu_backward`.

    Example:
        >>> relu_forward(np.array([[1.0, -2.0], [0.0, 4.0]]))[0]
        array([[1., 0.],
               [0., 4.]])
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0), x
    ### END SOLUTION


def relu_backward(dout: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient with respect to x.

    Formula: dx = dout where x > 0, otherwise 0. At x = 0, where the function has a kink, this course takes 0.

    Args:
        dout: upstream gradient, of x's shape.
        cache: from `relu_forward`.

    Returns:
        dx: array of x's shape.

    Example:
        >>> _, cache = relu_forward(np.array([[1.0, -2.0], [0.0, 4.0]]))
        >>> relu_backward(np.array([[5.0, 6.0], [7.0, -8.0]]), cache)
        array([[ 5.,  0.],
               [ 0., -8.]])
    """
    ### BEGIN SOLUTION
    x = cache
    return np.where(x > 0, dout, 0)
    ### END SOLUTION


def leaky_relu_forward(x: np.ndarray, alpha: float = 0.01) -> tuple[np.ndarray, Any]:
    """Return x where it is positive and alpha * x elsewhere (Maas, Hannun and Ng 2013).

    Formula: out = x where x > 0, otherwise alpha * x, for any alpha from 0 on, also one above 1.

    Args:
        x: array of any shape.
        alpha: slope on the negative side, 0 or more.

    Returns:
        out: array of x's shape, float32 if x is, otherwise float64.
        cache: for `leaky_relu_backward`.

    Example:
        >>> leaky_relu_forward(np.array([[1.0, -2.0], [0.0, -4.0]]), alpha=0.25)[0]
        array([[ 1. , -0.5],
               [ 0. , -1. ]])
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, x, alpha * x), (x, alpha)
    ### END SOLUTION


def leaky_relu_backward(dout: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient with respect to x.

    Formula: dx = dout where x > 0, otherwise alpha * dout, also at x = 0.

    Args:
        dout: upstream gradient, of x's shape.
        cache: from `leaky_relu_forward`.

    Returns:
        dx: array of x's shape.

    Example:
        >>> _, cache = leaky_relu_forward(np.array([[1.0, -2.0], [0.0, -4.0]]), alpha=0.25)
        >>> leaky_relu_backward(np.array([[4.0, 4.0], [8.0, 12.0]]), cache)
        array([[4., 1.],
               [2., 3.]])
    """
    ### BEGIN SOLUTION
    x, alpha = cache
    return np.where(x > 0, dout, alpha * dout)
    ### END SOLUTION


def elu_forward(x: np.ndarray, alpha: float = 1.0) -> tuple[np.ndarray, Any]:
    """Return the exponential linear unit of every entry (Clevert, Unterthiner and Hochreiter 2016).

    Formula: out = x where x > 0, otherwise alpha * (exp(x) - 1). Tiny negative x keep their digits, and large positive
    ones overflow nothing.

    Args:
        x: array of any shape.
        alpha: -alpha is what very negative inputs come to, 0 or more.

    Returns:
        out: array of x's shape, float32 if x is, otherwise float64.
        cache: for `elu_backward`.

    Example:
        >>> elu_forward(np.array([[3.0, -np.log(2)], [0.0, -1000.0]]), alpha=2.0)[0].round(4)
        array([[ 3., -1.],
               [ 0., -2.]])
    """
    ### BEGIN SOLUTION
    out = np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    return out, (x, out, alpha)
    ### END SOLUTION


def elu_backward(dout: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient with respect to x.

    Formula: dx = dout where x > 0, otherwise dout * alpha exp(x), which is dout * (out + alpha). At x = 0 the slope is
    that of the negative side, alpha.

    Args:
        dout: upstream gradient, of x's shape.
        cache: from `elu_forward`.

    Returns:
        dx: array of x's shape.

    Example:
        >>> _, cache = elu_forward(np.array([[3.0, -np.log(2)], [0.0, -1000.0]]), alpha=2.0)
        >>> elu_backward(np.array([[5.0, 5.0], [5.0, 5.0]]), cache).round(4)
        array([[ 5.,  5.],
               [10.,  0.]])
    """
    ### BEGIN SOLUTION
    x, out, alpha = cache
    return dout * np.where(x > 0, 1, out + alpha)
    ### END SOLUTION


def prelu_forward(x: np.ndarray, alpha: np.ndarray) -> tuple[np.ndarray, Any]:
    """Return x where it is positive and its channel's alpha times x elsewhere (He, Zhang, Ren and Sun 2015).

    Formula: out = max(0, x) + alpha_c * min(0, x), where c is the channel: axis 1 of x. alpha is learnt, so it may
    come out negative or above 1.

    Args:
        x: shape (N, C) or (N, C, H, W).
        alpha: slope of each channel's negative side, shape (C,).

    Returns:
        out: array of x's shape, float32 if x and alpha are.
        cache: for `prelu_backward`.

    Example:
        >>> prelu_forward(np.array([[1.0, -2.0], [-3.0, -4.0]]), np.array([0.5, -1.0]))[0]
        array([[ 1. ,  2. ],
               [-1.5,  4. ]])
    """
    ### BEGIN SOLUTION
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, x, slopes * x), (x, slopes)
    ### END SOLUTION


def prelu_backward(dout: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients with respect to x and alpha.

    Formulas: dx = dout where x > 0, otherwise alpha_c * dout; dalpha_c = sum of dout * x over all entries of channel
    c with x <= 0.

    Args:
        dout: upstream gradient, of x's shape.
        cache: from `prelu_forward`.

    Returns:
        dx: array of x's shape.
        dalpha: shape (C,).

    Example:
        >>> _, cache = prelu_forward(np.array([[1.0, -2.0], [-3.0, -4.0]]), np.array([0.5, -1.0]))
        >>> dx, dalpha = prelu_backward(np.array([[2.0, 3.0], [4.0, 5.0]]), cache)
        >>> dx
        array([[ 2., -3.],
               [ 2., -5.]])
        >>> dalpha
        array([-12., -26.])
    """
    ### BEGIN SOLUTION
    x, slopes = cache
    dx = np.where(x > 0, dout, slopes * dout)
    all_but_channels = (0, *range(2, x.ndim))
    dalpha = np.sum(dout * np.minimum(x, 0), axis=all_but_channels)
    return dx, dalpha
    ### END SOLUTION


def maxout_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, Any]:
    """Return the largest of K linear functions of the input, for each of M units (Goodfellow et al. 2013).

    Formula: out_im = max over k of ( sum_d x_id W_dmk + b_mk ).

    Args:
        x: shape (N, D).
        W: weights, shape (D, M, K): W[:, m, k] belongs to piece k of unit m.
        b: biases, shape (M, K).

    Returns:
        out: shape (N, M), float32 if x, W and b are.
        cache: for `maxout_backward`.

    Example:
        One unit with the pieces x and -x: the size of x.

        >>> x = np.array([[3.0], [-2.0]])
        >>> maxout_forward(x, W=np.array([[[1.0, -1.0]]]), b=np.zeros((1, 2)))[0]
        array([[3.],
               [2.]])
    """
    ### BEGIN SOLUTION
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return pieces.max(axis=2), (x, W, pieces)
    ### END SOLUTION


def maxout_backward(dout: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to x, W and b.

    The gradient of a unit goes to its winning piece, as that of a linear function: dx gets dout * W[:, m, k],
    dW[:, m, k] gets dout * x and db[m, k] gets dout, added up over units and examples. Where several pieces are
    equally large, the first of them is the winner.

    Args:
        dout: upstream gradient, shape (N, M).
        cache: from `maxout_forward`.

    Returns:
        dx: shape (N, D).
        dW: shape (D, M, K).
        db: shape (M, K).

    Example:
        >>> _, cache = maxout_forward(np.array([[3.0], [-2.0]]), np.array([[[1.0, -1.0]]]), np.zeros((1, 2)))
        >>> dx, dW, db = maxout_backward(np.array([[10.0], [100.0]]), cache)
        >>> dx
        array([[  10.],
               [-100.]])
        >>> dW, db
        (array([[[  30., -200.]]]), array([[ 10., 100.]]))
    """
    ### BEGIN SOLUTION
    x, W, pieces = cache
    winner = pieces.argmax(axis=2)[:, :, np.newaxis]
    dpieces = np.zeros(pieces.shape, dtype=dout.dtype)
    np.put_along_axis(dpieces, winner, dout[:, :, np.newaxis], axis=2)
    dx = np.einsum("nmk,dmk->nd", dpieces, W)
    dW = np.einsum("nmk,nd->dmk", dpieces, x)
    return dx, dW, dpieces.sum(axis=0)
    ### END SOLUTION
