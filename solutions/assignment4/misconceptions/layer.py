"""Mistakes that students make with layer normalization."""

import numpy as np
from layer import layernorm_backward, layernorm_forward

from grader.checks import misconception


def row_statistics(x):
    return x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)


def standardized(x, mu, var, eps):
    inv_std = 1 / np.sqrt(var + eps)
    return (x - mu) * inv_std, inv_std


def scaled_and_shifted(gamma, xhat, beta):
    return gamma * xhat + beta


def forward(x, gamma, beta, ln_param, statistics=row_statistics, standardize=standardized, affine=scaled_and_shifted):
    """Layer normalization, one step of which can be replaced."""
    with np.errstate(all="ignore"):
        xhat, inv_std = standardize(x, *statistics(x), ln_param.get("eps", 1e-5))
        return affine(gamma, xhat, beta), (xhat, inv_std, gamma)


@misconception(
    "layernorm_forward.keepdims",
    hint="mu has shape (N,), which numpy lines up with the features. Keep the axis.",
    caught_by=("test_forward_values",),
)
def keepdims(x, gamma, beta, ln_param):
    """keepdims is missing: runs by accident when N = D."""
    return forward(x, gamma, beta, ln_param, statistics=lambda x: (x.mean(axis=1), x.var(axis=1)))


@misconception(
    "layernorm_forward.batch_axis",
    hint="One example's result changes with its neighbours, as in batch normalization. Which axis is one example?",
    caught_by=("test_forward_values", "test_forward_rowwise"),
)
def batch_axis(x, gamma, beta, ln_param):
    """Statistics over axis 0: batch normalization, or examples taken to be columns."""
    return forward(x, gamma, beta, ln_param, statistics=lambda x: (x.mean(axis=0), x.var(axis=0)))


@misconception(
    "layernorm_forward.overall",
    hint="How many means does your batch have? Each example needs its own.",
    caught_by=("test_forward_values", "test_forward_rowwise"),
)
def overall(x, gamma, beta, ln_param):
    """One mean and one variance for the whole batch."""
    return forward(x, gamma, beta, ln_param, statistics=lambda x: (x.mean(), x.var()))


@misconception(
    "layernorm_forward.scalar_affine",
    hint="gamma has one entry per feature, whatever you normalize over.",
    caught_by=("test_forward_values", "test_forward_rowwise"),
)
def scalar_affine(x, gamma, beta, ln_param):
    """gamma and beta applied example by example."""

    def affine(gamma, xhat, beta):
        N = len(xhat)
        return np.resize(gamma, N)[:, None] * xhat + np.resize(beta, N)[:, None]

    return forward(x, gamma, beta, ln_param, affine=affine)


@misconception(
    "layernorm_forward.columns",
    hint="In the Deep Learning Specialization features are rows and gamma is a column. Here features are columns.",
    caught_by=("test_forward_values", "test_forward_rowwise"),
)
def columns(x, gamma, beta, ln_param):
    """Everything transposed, gamma and beta as columns."""
    out, cache = forward(
        x,
        gamma,
        beta,
        ln_param,
        statistics=lambda x: (x.mean(axis=0), x.var(axis=0)),
        affine=lambda gamma, xhat, beta: gamma.reshape(-1, 1) * np.resize(xhat, (len(gamma), xhat.shape[1])),
    )
    return out + beta.reshape(-1, 1), cache


@misconception(
    "layernorm_forward.no_affine",
    hint="Your output has mean 0 and variance 1 whatever gamma and beta are. What are these two for?",
    caught_by=("test_forward_values",),
)
def no_affine(x, gamma, beta, ln_param):
    """gamma and beta are not used."""
    return forward(x, gamma, beta, ln_param, affine=lambda gamma, xhat, beta: xhat)


@misconception(
    "layernorm_forward.beta_scaled",
    hint="gamma scales, then beta shifts. Which of the two comes first in your line?",
    caught_by=("test_forward_values",),
)
def beta_scaled(x, gamma, beta, ln_param):
    """gamma * (xhat + beta)."""
    return forward(x, gamma, beta, ln_param, affine=lambda gamma, xhat, beta: gamma * (xhat + beta))


@misconception(
    "layernorm_forward.xhat_squared",
    hint="A square in the scale-and-shift line, as some lecture notes print it, is a slip; scale and shift is linear.",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def xhat_squared(x, gamma, beta, ln_param):
    """gamma * xhat^2 + beta."""
    return forward(x, gamma, beta, ln_param, affine=lambda gamma, xhat, beta: gamma * xhat**2 + beta)


@misconception(
    "layernorm_forward.divides_by_variance",
    hint="Check the standard deviation of a row of your output. The denominator is a square root.",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def divides_by_variance(x, gamma, beta, ln_param):
    """(x - mu) / (var + eps)."""
    return forward(
        x, gamma, beta, ln_param, standardize=lambda x, mu, var, eps: ((x - mu) / (var + eps), 1 / (var + eps))
    )


@misconception(
    "layernorm_forward.eps_outside",
    hint="Try eps = 0.3 by hand for a variance of 1. Is eps added before the root is taken, or after?",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def eps_outside(x, gamma, beta, ln_param):
    """(x - mu) / (sqrt(var) + eps)."""
    return forward(
        x,
        gamma,
        beta,
        ln_param,
        standardize=lambda x, mu, var, eps: ((x - mu) / (np.sqrt(var) + eps), 1 / (np.sqrt(var) + eps)),
    )


@misconception(
    "layernorm_forward.no_eps",
    hint="A row whose features are all equal has variance 0. What keeps the division safe?",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def no_eps(x, gamma, beta, ln_param):
    """(x - mu) / sqrt(var)."""
    return forward(x, gamma, beta, {**ln_param, "eps": 0.0})


@misconception(
    "layernorm_forward.no_centre",
    hint="The mean of a row of your output is not 0 before the shift. Dividing alone is another layer, RMSNorm.",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def no_centre(x, gamma, beta, ln_param):
    """x / sqrt(mean(x^2) + eps)."""
    return forward(
        x,
        gamma,
        beta,
        ln_param,
        statistics=lambda x: (0.0, np.mean(x**2, axis=1, keepdims=True)),
    )


@misconception(
    "layernorm_forward.centre_only",
    hint="Your rows have the right mean. How wide are they?",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def centre_only(x, gamma, beta, ln_param):
    """x - mu, not divided."""
    return forward(x, gamma, beta, ln_param, standardize=lambda x, mu, var, eps: (x - mu, np.ones((len(x), 1))))


@misconception(
    "layernorm_forward.unbiased",
    hint="Your variance is a little too large. By which count do you divide?",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def unbiased(x, gamma, beta, ln_param):
    """The variance divides by D - 1, as PyTorch's std does by default."""
    return forward(
        x,
        gamma,
        beta,
        ln_param,
        statistics=lambda x: (x.mean(axis=1, keepdims=True), x.var(axis=1, ddof=1, keepdims=True)),
    )


@misconception(
    "layernorm_forward.divides_by_examples",
    hint="How many numbers went into one sum of squares? That count divides.",
    caught_by=("test_forward_values", "test_forward_statistics"),
)
def divides_by_examples(x, gamma, beta, ln_param):
    """The variance divides by N, as some lecture notes write m for both layers."""
    return forward(
        x,
        gamma,
        beta,
        ln_param,
        statistics=lambda x: (
            x.mean(axis=1, keepdims=True),
            np.sum((x - x.mean(axis=1, keepdims=True)) ** 2, axis=1, keepdims=True) / len(x),
        ),
    )


@misconception(
    "layernorm_forward.other_default_eps",
    hint="When ln_param holds no eps, which one do you use? The docstring names it.",
    caught_by=("test_forward_statistics",),
)
def other_default_eps(x, gamma, beta, ln_param):
    """The default of eps is 1e-8."""
    return layernorm_forward(x, gamma, beta, {"eps": ln_param.get("eps", 1e-8)})


@misconception(
    "layernorm_forward.keys_required",
    hint="ln_param may be empty. What do you do when a key is missing?",
    caught_by=("test_forward_statistics",),
)
def keys_required(x, gamma, beta, ln_param):
    """ln_param["eps"] in the place of ln_param.get."""
    return layernorm_forward(x, gamma, beta, {"eps": ln_param["eps"]})


@misconception(
    "layernorm_forward.single_row_is_beta",
    hint="In batch normalization a batch of one gives beta. Does layer normalization look at other examples at all?",
    caught_by=("test_forward_rowwise",),
)
def single_row_is_beta(x, gamma, beta, ln_param):
    """A single example gives beta."""
    out, cache = layernorm_forward(x, gamma, beta, ln_param)
    return (beta[None, :] + np.zeros_like(x) if len(x) == 1 else out), cache


@misconception(
    "layernorm_forward.cancellation",
    hint="mean(x^2) - mean(x)^2 subtracts two nearly equal numbers when a row is far from 0. Centre before squaring.",
    caught_by=("test_forward_offset",),
)
def cancellation(x, gamma, beta, ln_param):
    """var = E[x^2] - E[x]^2."""

    def statistics(x):
        mu = x.mean(axis=1, keepdims=True)
        return mu, np.maximum(np.mean(x**2, axis=1, keepdims=True) - mu**2, 0)

    return forward(x, gamma, beta, ln_param, statistics=statistics)


@misconception(
    "layernorm_forward.float64_leak",
    hint="The output has another dtype than the input. Look for a constant or array that widens it.",
    caught_by=("test_forward_dtype",),
)
def float64_leak(x, gamma, beta, ln_param):
    """float64 output for float32 input."""
    return layernorm_forward(x.astype(np.float64), gamma, beta, ln_param)


@misconception(
    "layernorm_forward.constant_row_is_zero",
    hint="Where nothing varies xhat is 0. What do scale and shift make of that?",
    caught_by=("test_forward_constant",),
)
def constant_row_is_zero(x, gamma, beta, ln_param):
    """An example whose features agree gives 0."""
    out, cache = layernorm_forward(x, gamma, beta, ln_param)
    flat = np.ptp(x, axis=1, keepdims=True) == 0
    return np.where(flat, np.zeros_like(out), out), cache


@misconception(
    "layernorm_forward.in_place",
    hint="x belongs to the layer before; it may need it for its own backward pass. Make a new array.",
    caught_by=("test_forward_pure",),
)
def in_place(x, gamma, beta, ln_param):
    """x -= mu."""
    result = layernorm_forward(x, gamma, beta, ln_param)
    x -= x.mean(axis=1, keepdims=True)
    return result


@misconception(
    "layernorm_backward.dgamma_axis",
    hint="gamma is still one number per feature, so its gradient collects over the examples.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_axis(dout, cache):
    """dgamma and dbeta are summed over the features."""
    dx, _, _ = layernorm_backward(dout, cache)
    return dx, np.sum(dout * cache[0], axis=1), np.sum(dout, axis=1)


@misconception(
    "layernorm_backward.dgamma_mean",
    hint="gamma is shared by all examples, so its gradient collects (adds) their contributions.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_mean(dout, cache):
    """dgamma and dbeta are averaged."""
    dx, dgamma, dbeta = layernorm_backward(dout, cache)
    return dx, dgamma / len(dout), dbeta / len(dout)


@misconception(
    "layernorm_backward.dgamma_keepdims",
    hint="The values are right. gamma has shape (D,); which shape has its gradient?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_keepdims(dout, cache):
    """dgamma and dbeta of shape (1, D)."""
    dx, dgamma, dbeta = layernorm_backward(dout, cache)
    return dx, dgamma[None, :], dbeta[None, :]


@misconception(
    "layernorm_backward.dgamma_dbeta_swapped",
    hint="dgamma and dbeta are both there. In which order are they to be returned?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_dbeta_swapped(dout, cache):
    """Returns (dx, dbeta, dgamma)."""
    dx, dgamma, dbeta = layernorm_backward(dout, cache)
    return dx, dbeta, dgamma


@misconception(
    "layernorm_backward.dgamma_of_out",
    hint="What stands next to gamma in the forward line? That is what its gradient collects.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_of_out(dout, cache):
    """dgamma sums dout * gamma * xhat."""
    dx, dgamma, dbeta = layernorm_backward(dout, cache)
    return dx, dgamma * cache[2], dbeta


@misconception(
    "layernorm_backward.dgamma_through_gamma",
    hint="Your dgamma is multiplied and divided by gamma on the way. What if a gamma is 0?",
    caught_by=("test_backward_values",),
)
def dgamma_through_gamma(dout, cache):
    """dgamma = sum(dout * gamma * xhat) / gamma: nan where gamma is 0."""
    dx, dgamma, dbeta = layernorm_backward(dout, cache)
    with np.errstate(all="ignore"):
        return dx, dgamma * cache[2] / cache[2], dbeta


@misconception(
    "layernorm_backward.N_for_D",
    hint="How many numbers went into one mean? That count divides.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def divides_by_examples_backward(dout, cache):
    """The correction terms divide by N."""
    return backward(dout, cache, lambda g, xhat, inv_std: _corrected(g, xhat, inv_std, len(g)))


@misconception(
    "layernorm_backward.longer_side",
    hint="Is the longer side of dout always the features? Try eight examples with three features.",
    caught_by=("test_backward_values",),
)
def longer_side(dout, cache):
    """The correction terms divide by the longer side of dout."""
    return backward(dout, cache, lambda g, xhat, inv_std: _corrected(g, xhat, inv_std, max(g.shape)))


@misconception(
    "layernorm_backward.sum_for_mean",
    hint="The mean was a sum divided by D; the 1/D comes back in the gradient.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def sum_for_mean(dout, cache):
    """1/D is missing in the two correction terms."""
    return backward(dout, cache, lambda g, xhat, inv_std: _corrected(g, xhat, inv_std, 1))


@misconception(
    "layernorm_backward.batch_axis",
    hint="This is the batch layer's backward pass: it averages over columns. Whose statistics are shared here?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def backward_batch_axis(dout, cache):
    """The two means run over the batch."""
    return backward(
        dout, cache, lambda g, xhat, inv_std: inv_std * (g - g.mean(axis=0) - xhat * np.mean(g * xhat, axis=0))
    )


@misconception(
    "layernorm_backward.stats_constant",
    hint="Moving one x also moves its row's mean and variance, and with them the whole row. Those paths are missing.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def stats_constant(dout, cache):
    """mu and var treated as constants."""
    return backward(dout, cache, lambda g, xhat, inv_std: g * inv_std)


@misconception(
    "layernorm_backward.no_var_path",
    hint="One of three paths from x to the output is missing: the one through the variance.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def no_var_path(dout, cache):
    """The path through the variance is missing."""
    return backward(dout, cache, lambda g, xhat, inv_std: inv_std * (g - g.mean(axis=1, keepdims=True)))


@misconception(
    "layernorm_backward.no_mean_path",
    hint="The rows of dx should sum to zero, because shifting a whole row changes nothing.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def no_mean_path(dout, cache):
    """The path through the mean is missing."""
    return backward(
        dout, cache, lambda g, xhat, inv_std: inv_std * (g - xhat * np.mean(g * xhat, axis=1, keepdims=True))
    )


@misconception(
    "layernorm_backward.var_path_sign",
    hint="A larger variance makes outputs smaller. Which sign does that path have?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def var_path_sign(dout, cache):
    """The path through the variance has the opposite sign."""
    return backward(
        dout,
        cache,
        lambda g, xhat, inv_std: (
            inv_std * (g - g.mean(axis=1, keepdims=True) + xhat * np.mean(g * xhat, axis=1, keepdims=True))
        ),
    )


@misconception(
    "layernorm_backward.gamma_after",
    hint="In batch normalization all values in one mean share a gamma. Do they, where a mean runs across features?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def gamma_after(dout, cache):
    """gamma is multiplied after the means, which is right for batch normalization only."""
    xhat, inv_std, gamma = cache
    dx, dgamma, dbeta = layernorm_backward(dout, (xhat, inv_std, np.ones_like(gamma)))
    return gamma * dx, dgamma, dbeta


@misconception(
    "layernorm_backward.gamma_missing",
    hint="On its way back dout passes the scaling first. What does a factor do to a gradient?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def gamma_missing(dout, cache):
    """dx without gamma."""
    xhat, inv_std, gamma = cache
    return layernorm_backward(dout, (xhat, inv_std, np.ones_like(gamma)))


@misconception(
    "layernorm_backward.inv_std_squared",
    hint="Your gradient shrinks too fast when a row is spread out: count the powers of 1/sigma.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def inv_std_squared(dout, cache):
    """inv_std is used twice."""
    return backward(dout, cache, lambda g, xhat, inv_std: inv_std * _corrected(g, xhat, inv_std, g.shape[1]))


@misconception(
    "layernorm_backward.single_row_is_zero",
    hint="In batch normalization a batch of one has dx = 0. Does that hold where an example has its own mean?",
    caught_by=("test_backward_values",),
)
def single_row_is_zero(dout, cache):
    """dx = 0 for a single example."""
    return backward(dout, cache, lambda g, xhat, inv_std: (len(g) > 1) * _corrected(g, xhat, inv_std, g.shape[1]))


@misconception(
    "layernorm_backward.in_place",
    hint="dout belongs to the caller.",
    caught_by=("test_backward_pure",),
)
def backward_in_place(dout, cache):
    """dout *= gamma."""
    result = layernorm_backward(dout, cache)
    dout *= cache[2]
    return result


@misconception(
    "layernorm_backward.cache_in_place",
    hint="Call your backward pass twice with the same cache. Why do the results differ?",
    caught_by=("test_backward_pure",),
)
def cache_in_place(dout, cache):
    """xhat in the cache is overwritten."""
    result = layernorm_backward(dout, cache)
    xhat = cache[0]
    xhat *= np.mean(dout * xhat, axis=1, keepdims=True)
    return result


def backward(dout, cache, path):
    """The backward pass with another dx."""
    xhat, inv_std, gamma = cache
    _, dgamma, dbeta = layernorm_backward(dout, cache)
    return path(dout * gamma, xhat, inv_std), dgamma, dbeta


def _corrected(g, xhat, inv_std, count):
    corrections = g.sum(axis=1, keepdims=True) + xhat * np.sum(g * xhat, axis=1, keepdims=True)
    return inv_std * (g - corrections / count)
