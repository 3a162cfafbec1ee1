"""Mistakes that students make with batch normalization."""

import numpy as np
from batch import batchnorm_backward, batchnorm_forward

from grader.checks import misconception


def batch_statistics(x):
    return x.mean(axis=0), x.var(axis=0)


def standardized(x, mu, var, eps):
    inv_std = 1 / np.sqrt(var + eps)
    return (x - mu) * inv_std, inv_std


def scaled_and_shifted(gamma, xhat, beta):
    return gamma * xhat + beta


def moving_average(momentum, old, new):
    return momentum * old + (1 - momentum) * new


def forward(
    x,
    gamma,
    beta,
    bn_param,
    statistics=batch_statistics,
    standardize=standardized,
    affine=scaled_and_shifted,
    average=moving_average,
):
    """Batch normalization, one step of which can be replaced."""
    mode, eps, momentum = bn_param["mode"], bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    mu, var = running_values(x, bn_param)
    if mode not in ("train", "test"):
        raise ValueError(f"mode must be 'train' or 'test', got {mode!r}")
    with np.errstate(all="ignore"):
        if mode == "train":
            running = mu, var
            mu, var = statistics(x)
            bn_param["running_mean"] = average(momentum, running[0], mu)
            bn_param["running_var"] = average(momentum, running[1], var)
        xhat, inv_std = standardize(x, mu, var, eps)
        return affine(gamma, xhat, beta), (xhat, inv_std, gamma, mode)


def running_values(x, bn_param):
    return bn_param.get("running_mean", np.zeros(x.shape[1])), bn_param.get("running_var", np.ones(x.shape[1]))


@misconception(
    "batchnorm_forward.divides_by_variance",
    hint="Check the standard deviation of your output. The denominator is a square root.",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def divides_by_variance(x, gamma, beta, bn_param):
    """(x - mu) / (var + eps)."""
    return forward(
        x, gamma, beta, bn_param, standardize=lambda x, mu, var, eps: ((x - mu) / (var + eps), 1 / (var + eps))
    )


@misconception(
    "batchnorm_forward.eps_outside",
    hint="Try eps = 0.3 by hand for a variance of 1. Is eps added before the root is taken, or after?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def eps_outside(x, gamma, beta, bn_param):
    """(x - mu) / (sqrt(var) + eps)."""
    return forward(
        x,
        gamma,
        beta,
        bn_param,
        standardize=lambda x, mu, var, eps: ((x - mu) / (np.sqrt(var) + eps), 1 / (np.sqrt(var) + eps)),
    )


@misconception(
    "batchnorm_forward.eps_squared",
    hint="eps is added to the variance as it is. What did you do to it before?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def eps_squared(x, gamma, beta, bn_param):
    """sqrt(var + eps^2)."""
    return forward(x, gamma, beta, bn_param, standardize=lambda x, mu, var, eps: standardized(x, mu, var, eps**2))


@misconception(
    "batchnorm_forward.no_eps",
    hint="A feature that is constant in the batch has variance 0. What keeps the division safe?",
    caught_by=("test_forward_train", "test_forward_single"),
)
def no_eps(x, gamma, beta, bn_param):
    """(x - mu) / sqrt(var)."""
    return forward(x, gamma, beta, bn_param, standardize=lambda x, mu, var, eps: standardized(x, mu, var, 0.0))


@misconception(
    "batchnorm_forward.momentum_as_eps",
    hint="Two numbers come out of bn_param. Which of them stands under the root?",
    caught_by=("test_forward_train", "test_forward_test_mode"),
)
def momentum_as_eps(x, gamma, beta, bn_param):
    """The momentum is added to the variance."""
    momentum = bn_param.get("momentum", 0.9)
    return forward(x, gamma, beta, bn_param, standardize=lambda x, mu, var, eps: standardized(x, mu, var, momentum))


@misconception(
    "batchnorm_forward.no_centre",
    hint="The mean of your output is not beta. What has to be removed from x first?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def no_centre(x, gamma, beta, bn_param):
    """x / sqrt(var + eps)."""
    return forward(x, gamma, beta, bn_param, standardize=lambda x, mu, var, eps: standardized(x, 0.0, var, eps))


@misconception(
    "batchnorm_forward.centre_only",
    hint="Your output has the right mean. How wide is each feature?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def centre_only(x, gamma, beta, bn_param):
    """x - mu, not divided."""
    return forward(x, gamma, beta, bn_param, standardize=lambda x, mu, var, eps: (x - mu, np.ones(x.shape[1])))


@misconception(
    "batchnorm_forward.xhat_squared",
    hint="Some lecture notes contain a slip in the scale-and-shift line. Can a linear step have a square?",
    caught_by=("test_forward_train",),
)
def xhat_squared(x, gamma, beta, bn_param):
    """gamma * xhat^2 + beta."""
    return forward(x, gamma, beta, bn_param, affine=lambda gamma, xhat, beta: gamma * xhat**2 + beta)


@misconception(
    "batchnorm_forward.no_affine",
    hint="Your output has mean 0 and variance 1 whatever gamma and beta are. What are these two for?",
    caught_by=("test_forward_train", "test_forward_test_mode"),
)
def no_affine(x, gamma, beta, bn_param):
    """gamma and beta are not used."""
    return forward(x, gamma, beta, bn_param, affine=lambda gamma, xhat, beta: xhat)


@misconception(
    "batchnorm_forward.beta_scaled",
    hint="gamma scales, then beta shifts. Which of the two comes first in your line?",
    caught_by=("test_forward_train", "test_forward_test_mode"),
)
def beta_scaled(x, gamma, beta, bn_param):
    """gamma * (xhat + beta)."""
    return forward(x, gamma, beta, bn_param, affine=lambda gamma, xhat, beta: gamma * (xhat + beta))


@misconception(
    "batchnorm_forward.gamma_beta_swapped",
    hint="One of gamma and beta multiplies, the other is added. Which is which?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def gamma_beta_swapped(x, gamma, beta, bn_param):
    """beta * xhat + gamma."""
    return forward(x, gamma, beta, bn_param, affine=lambda gamma, xhat, beta: beta * xhat + gamma)


@misconception(
    "batchnorm_forward.columns",
    hint="In the Deep Learning Specialization a column is an example; here a row is. Which axis holds the batch?",
    caught_by=("test_forward_train", "test_forward_single"),
)
def columns(x, gamma, beta, bn_param):
    """Statistics over axis 1, as for examples in columns."""
    return forward(
        x,
        gamma,
        beta,
        bn_param,
        statistics=lambda x: (x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)),
        standardize=lambda x, mu, var, eps: (standardized(x, mu, var, eps)[0], np.ones(x.shape[1])),
    )


@misconception(
    "batchnorm_forward.columns_throughout",
    hint="In the Deep Learning Specialization features are rows and gamma is a column. Here features are columns.",
    caught_by=("test_forward_train", "test_forward_running"),
)
def columns_throughout(x, gamma, beta, bn_param):
    """Everything as for features in rows: gamma, beta and the running values become columns."""
    if bn_param["mode"] not in ("train", "test"):
        raise ValueError(bn_param["mode"])
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    mu, var = (value.reshape(-1, 1) for value in running_values(x, bn_param))
    if bn_param["mode"] == "train":
        batch = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        if mu.shape == batch[0].shape:
            bn_param["running_mean"] = moving_average(momentum, mu, batch[0])
            bn_param["running_var"] = moving_average(momentum, var, batch[1])
        mu, var = batch
    xhat, inv_std = standardized(x, mu, var, eps)
    return gamma.reshape(-1, 1) * xhat + beta.reshape(-1, 1), (xhat, inv_std, gamma, bn_param["mode"])


@misconception(
    "batchnorm_forward.guesses_layout",
    hint="With as many examples as features, do you still know which axis is which? Here examples are always rows.",
    caught_by=("test_forward_train",),
)
def guesses_layout(x, gamma, beta, bn_param):
    """Takes a square batch to have its examples in columns."""
    axis = 1 if x.shape[0] == gamma.shape[0] else 0
    return forward(
        x,
        gamma,
        beta,
        bn_param,
        statistics=lambda x: (x.mean(axis=axis, keepdims=axis == 1), x.var(axis=axis, keepdims=axis == 1)),
        standardize=lambda x, mu, var, eps: (standardized(x, mu, var, eps)[0], np.ones(x.shape[1])),
    )


@misconception(
    "batchnorm_forward.overall",
    hint="How many means does your batch have? Each feature needs its own.",
    caught_by=("test_forward_train", "test_forward_single"),
)
def overall(x, gamma, beta, bn_param):
    """One mean and one variance for the whole batch."""
    D = x.shape[1]
    return forward(x, gamma, beta, bn_param, statistics=lambda x: (np.full(D, x.mean()), np.full(D, x.var())))


@misconception(
    "batchnorm_forward.var_forgets_square",
    hint="The mean of x - mu is always 0. Something is missing inside the mean.",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def var_forgets_square(x, gamma, beta, bn_param):
    """var = mean(x - mu)."""
    return forward(
        x, gamma, beta, bn_param, statistics=lambda x: (x.mean(axis=0), np.abs(np.mean(x - x.mean(axis=0), axis=0)))
    )


@misconception(
    "batchnorm_forward.second_moment",
    hint="The mean of the squares is a variance only once the mean is removed. What do you square?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def second_moment(x, gamma, beta, bn_param):
    """var = mean(x^2)."""
    return forward(x, gamma, beta, bn_param, statistics=lambda x: (x.mean(axis=0), np.mean(x**2, axis=0)))


@misconception(
    "batchnorm_forward.mean_absolute",
    hint="The mean of |x - mu| is another measure of spread. Which one does the formula ask for?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def mean_absolute(x, gamma, beta, bn_param):
    """var = mean(|x - mu|)^2."""
    return forward(
        x,
        gamma,
        beta,
        bn_param,
        statistics=lambda x: (x.mean(axis=0), np.mean(np.abs(x - x.mean(axis=0)), axis=0) ** 2),
    )


@misconception(
    "batchnorm_forward.unbiased",
    hint="Your variance is a little too large, and for a batch of one it is 0/0. By which count do you divide?",
    caught_by=("test_forward_train", "test_forward_single"),
)
def unbiased(x, gamma, beta, bn_param):
    """The variance divides by N - 1."""

    def statistics(x):
        mu = x.mean(axis=0)
        return mu, np.sum((x - mu) ** 2, axis=0) / np.float64(len(x) - 1)

    return forward(x, gamma, beta, bn_param, statistics=statistics)


@misconception(
    "batchnorm_forward.sum_of_squares",
    hint="With a larger batch your output shrinks. What is missing after the sum of squares?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def sum_of_squares(x, gamma, beta, bn_param):
    """The variance is not divided by N."""
    return forward(
        x, gamma, beta, bn_param, statistics=lambda x: (x.mean(axis=0), np.sum((x - x.mean(axis=0)) ** 2, axis=0))
    )


@misconception(
    "batchnorm_forward.one_pass",
    hint="mean(x^2) - mean(x)^2 subtracts two nearly equal numbers when the data are far from 0. Centre first.",
    caught_by=("test_forward_offset",),
)
def one_pass(x, gamma, beta, bn_param):
    """var = E[x^2] - E[x]^2."""
    return forward(
        x,
        gamma,
        beta,
        bn_param,
        statistics=lambda x: (x.mean(axis=0), np.maximum(np.mean(x**2, axis=0) - x.mean(axis=0) ** 2, 0)),
    )


@misconception(
    "batchnorm_forward.train_uses_running",
    hint="During training the batch is normalized by its own mean and variance. What are the running values for?",
    caught_by=("test_forward_train", "test_forward_statistics"),
)
def train_uses_running(x, gamma, beta, bn_param):
    """Training normalizes by the running values, just updated."""
    if bn_param["mode"] != "train":
        return batchnorm_forward(x, gamma, beta, bn_param)
    batchnorm_forward(x, gamma, beta, bn_param)
    out, (xhat, inv_std, gamma, _) = batchnorm_forward(x, gamma, beta, {**bn_param, "mode": "test"})
    return out, (xhat, inv_std, gamma, "train")


@misconception(
    "batchnorm_forward.other_default_eps",
    hint="When bn_param holds no eps, which one do you use? The docstring names it.",
    caught_by=("test_forward_statistics",),
)
def other_default_eps(x, gamma, beta, bn_param):
    """The default of eps is 1e-8."""
    return _with_eps(x, gamma, beta, bn_param, bn_param.get("eps", 1e-8))


@misconception(
    "batchnorm_forward.keys_required",
    hint="bn_param may hold nothing but a mode. What do you do when a key is missing?",
    caught_by=("test_forward_statistics",),
)
def keys_required(x, gamma, beta, bn_param):
    """bn_param["eps"] in the place of bn_param.get."""
    return _with_eps(x, gamma, beta, bn_param, bn_param["eps"])


@misconception(
    "batchnorm_forward.zero_eps_replaced",
    hint="eps = 0 is a value that a caller may want. What does your function make of it?",
    caught_by=("test_forward_invariance",),
)
def zero_eps_replaced(x, gamma, beta, bn_param):
    """`bn_param.get("eps") or 1e-5`: zero counts as not given."""
    return _with_eps(x, gamma, beta, bn_param, bn_param.get("eps") or 1e-5)


@misconception(
    "batchnorm_forward.eps_ignored",
    hint="Your function has an eps of its own. Which one did the caller put into the dictionary?",
    caught_by=("test_forward_train", "test_forward_invariance", "test_forward_test_mode"),
)
def eps_ignored(x, gamma, beta, bn_param):
    """eps is always 1e-5."""
    return _with_eps(x, gamma, beta, bn_param, 1e-5)


@misconception(
    "batchnorm_forward.no_beta",
    hint="The scale is right. What becomes of beta?",
    caught_by=("test_forward_train", "test_forward_test_mode", "test_forward_single"),
)
def no_beta(x, gamma, beta, bn_param):
    """gamma * xhat."""
    return batchnorm_forward(x, gamma, np.zeros_like(beta), bn_param)


@misconception(
    "batchnorm_forward.running_mean_forgotten",
    hint="Every call starts from a running mean of 0. Where could it find the one of the step before?",
    caught_by=("test_forward_running", "test_forward_test_mode"),
)
def running_mean_forgotten(x, gamma, beta, bn_param):
    """The running mean in bn_param is not read."""
    fresh = {key: value for key, value in bn_param.items() if key != "running_mean"}
    result = batchnorm_forward(x, gamma, beta, fresh)
    bn_param.update(fresh)
    return result


@misconception(
    "batchnorm_forward.first_step_is_batch",
    hint="Where no running mean is given it is 0, and the first step moves it by a share of 1 - momentum only.",
    caught_by=("test_forward_first_step",),
)
def first_step_is_batch(x, gamma, beta, bn_param):
    """The first step takes the batch's mean for the running mean."""
    first = bn_param["mode"] == "train" and "running_mean" not in bn_param
    result = batchnorm_forward(x, gamma, beta, bn_param)
    if first:
        bn_param["running_mean"] = x.mean(axis=0)
    return result


@misconception(
    "batchnorm_forward.momentum_swapped",
    hint="Two conventions exist. Here momentum = 0.9 keeps 90 % of the old value.",
    caught_by=("test_forward_running",),
)
def momentum_swapped(x, gamma, beta, bn_param):
    """running = (1 - momentum) * running + momentum * batch, PyTorch's meaning."""
    return forward(x, gamma, beta, bn_param, average=lambda momentum, old, new: moving_average(1 - momentum, old, new))


@misconception(
    "batchnorm_forward.running_not_updated",
    hint="After a training step bn_param should hold new running statistics. Compare before and after.",
    caught_by=("test_forward_running",),
)
def running_not_updated(x, gamma, beta, bn_param):
    """bn_param is not written."""
    return batchnorm_forward(x, gamma, beta, dict(bn_param))


@misconception(
    "batchnorm_forward.running_other_key",
    hint="Something new was written to bn_param. Under which name will the next call look for it?",
    caught_by=("test_forward_running",),
)
def running_other_key(x, gamma, beta, bn_param):
    """The running values are stored as "mean" and "var"."""
    copy = dict(bn_param)
    out, cache = batchnorm_forward(x, gamma, beta, copy)
    if bn_param["mode"] == "train":
        bn_param["mean"], bn_param["var"] = copy["running_mean"], copy["running_var"]
    return out, cache


@misconception(
    "batchnorm_forward.running_overwritten",
    hint="After one step your running values are the batch's. What is left of all the batches before?",
    caught_by=("test_forward_running",),
)
def running_overwritten(x, gamma, beta, bn_param):
    """running = batch."""
    return forward(x, gamma, beta, bn_param, average=lambda momentum, old, new: new)


@misconception(
    "batchnorm_forward.running_added",
    hint="The shares of old and new should add up to 1. Do yours?",
    caught_by=("test_forward_running",),
)
def running_added(x, gamma, beta, bn_param):
    """running = momentum * running + batch."""
    return forward(x, gamma, beta, bn_param, average=lambda momentum, old, new: momentum * old + new)


@misconception(
    "batchnorm_forward.running_std",
    hint="Name and content differ: which of the two, variance or deviation, is averaged?",
    caught_by=("test_forward_running",),
)
def running_std(x, gamma, beta, bn_param):
    """running_var averages the standard deviation."""
    old = running_values(x, bn_param)[1]
    out, cache = batchnorm_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "train":
        bn_param["running_var"] = moving_average(bn_param.get("momentum", 0.9), old, x.std(axis=0))
    return out, cache


@misconception(
    "batchnorm_forward.running_unbiased",
    hint="The paper and PyTorch store a variance divided by N - 1. Which one is stored in this course?",
    caught_by=("test_forward_running",),
)
def running_unbiased(x, gamma, beta, bn_param):
    """running_var averages the variance divided by N - 1."""
    old = running_values(x, bn_param)[1]
    out, cache = batchnorm_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "train":
        var = x.var(axis=0) * len(x) / max(len(x) - 1, 1)
        bn_param["running_var"] = moving_average(bn_param.get("momentum", 0.9), old, var)
    return out, cache


@misconception(
    "batchnorm_forward.running_mean_only",
    hint="One of the two running values moves. What about the other?",
    caught_by=("test_forward_running",),
)
def running_mean_only(x, gamma, beta, bn_param):
    """running_var is never updated."""
    copy = dict(bn_param)
    out, cache = batchnorm_forward(x, gamma, beta, copy)
    if bn_param["mode"] == "train":
        bn_param["running_mean"] = copy["running_mean"]
    return out, cache


@misconception(
    "batchnorm_forward.running_keepdims",
    hint="The running values are right. Compare their shape with (D,).",
    caught_by=("test_forward_running",),
)
def running_keepdims(x, gamma, beta, bn_param):
    """Running values of shape (1, D)."""
    return forward(
        x, gamma, beta, bn_param, average=lambda momentum, old, new: np.atleast_2d(moving_average(momentum, old, new))
    )


@misconception(
    "batchnorm_forward.test_uses_batch",
    hint="A batch of one has variance 0. Which statistics belong to test time?",
    caught_by=("test_forward_test_mode",),
)
def at_test_time_uses_batch(x, gamma, beta, bn_param):
    """Test time normalizes by the batch's statistics."""
    if bn_param["mode"] != "test":
        return batchnorm_forward(x, gamma, beta, bn_param)
    return batchnorm_forward(x, gamma, beta, {**bn_param, "mode": "train"})


@misconception(
    "batchnorm_forward.test_updates",
    hint="The running values moved during a test. Should the test set leave traces in the model?",
    caught_by=("test_forward_test_mode",),
)
def at_test_time_updates(x, gamma, beta, bn_param):
    """Test time updates the running values."""
    if bn_param["mode"] != "test":
        return batchnorm_forward(x, gamma, beta, bn_param)
    result = batchnorm_forward(x, gamma, beta, bn_param)
    bn_param["mode"] = "train"
    batchnorm_forward(x, gamma, beta, bn_param)
    bn_param["mode"] = "test"
    return result


@misconception(
    "batchnorm_forward.test_divides_by_variance",
    hint="running_var is a variance. By what do you divide at test time?",
    caught_by=("test_forward_test_mode",),
)
def at_test_time_divides_by_variance(x, gamma, beta, bn_param):
    """Test time divides by running_var."""
    if bn_param["mode"] != "test":
        return batchnorm_forward(x, gamma, beta, bn_param)
    return divides_by_variance(x, gamma, beta, bn_param)


@misconception(
    "batchnorm_forward.test_not_normalized",
    hint="At test time your layer only scales and shifts x. The weights behind it were trained on normalized inputs.",
    caught_by=("test_forward_test_mode",),
)
def at_test_time_not_normalized(x, gamma, beta, bn_param):
    """Test time gives gamma * x + beta, as if the layer were switched off."""
    if bn_param["mode"] != "test":
        return batchnorm_forward(x, gamma, beta, bn_param)
    return gamma * x + beta, (x, np.ones(x.shape[1]), gamma, "test")


@misconception(
    "batchnorm_forward.single_uses_running",
    hint="A batch of one is normalized like any other while training. What is x minus its mean then?",
    caught_by=("test_forward_single",),
)
def single_uses_running(x, gamma, beta, bn_param):
    """A training batch of one is normalized by the running values."""
    return batchnorm_forward(x, gamma, beta, {**bn_param, "mode": "test"} if len(x) == 1 else bn_param)


@misconception(
    "batchnorm_forward.in_place",
    hint="x belongs to the layer before; it may need it for its own backward pass. Make a new array.",
    caught_by=("test_forward_pure",),
)
def in_place(x, gamma, beta, bn_param):
    """x is overwritten by xhat."""
    out, cache = batchnorm_forward(x, gamma, beta, bn_param)
    x[...] = cache[0]
    return out, cache


@misconception(
    "batchnorm_forward.running_in_place",
    hint="The arrays in bn_param were overwritten, so whoever kept one now has another. Bind the keys to new arrays.",
    caught_by=("test_forward_old_running",),
)
def running_in_place(x, gamma, beta, bn_param):
    """running_mean *= momentum and so on."""
    old = {key: bn_param[key] for key in ("running_mean", "running_var") if key in bn_param}
    out, cache = batchnorm_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "train":
        for key, value in old.items():
            value[...] = bn_param[key]
            bn_param[key] = value
    return out, cache


@misconception(
    "batchnorm_forward.float64_leak",
    hint="The output has another dtype than the input. Look for a constant or array that widens it.",
    caught_by=("test_forward_dtype",),
)
def float64_leak(x, gamma, beta, bn_param):
    """float64 output for float32 input."""
    return batchnorm_forward(x.astype(np.float64), gamma, beta, bn_param)


@misconception(
    "batchnorm_forward.unknown_mode",
    hint='"eval" is another library\'s word. Report an unknown mode.',
    caught_by=("test_forward_error",),
)
def unknown_mode(x, gamma, beta, bn_param):
    """Any other mode is treated as test."""
    if bn_param["mode"] == "train":
        return batchnorm_forward(x, gamma, beta, bn_param)
    return batchnorm_forward(x, gamma, beta, {**bn_param, "mode": "test"})


@misconception(
    "batchnorm_backward.stats_constant",
    hint="Moving one x also moves the batch mean and variance, and so every other output. Those paths are missing.",
    caught_by=("test_backward_values", "test_backward_numerical", "test_backward_orthogonal"),
)
def stats_constant(dout, cache):
    """mu and var treated as constants."""
    return backward(dout, cache, lambda g, xhat, inv_std: g * inv_std)


@misconception(
    "batchnorm_backward.no_var_path",
    hint="One of three paths from x to the output is missing: the one through the variance.",
    caught_by=("test_backward_values", "test_backward_numerical", "test_backward_orthogonal"),
)
def no_var_path(dout, cache):
    """The path through the variance is missing."""
    return backward(dout, cache, lambda g, xhat, inv_std: inv_std * (g - mean(g)))


@misconception(
    "batchnorm_backward.no_mean_path",
    hint="The columns of dx should sum to zero, because shifting a whole column changes nothing.",
    caught_by=("test_backward_values", "test_backward_numerical", "test_backward_orthogonal"),
)
def no_mean_path(dout, cache):
    """The path through the mean is missing."""
    return backward(dout, cache, lambda g, xhat, inv_std: inv_std * (g - xhat * mean(g * xhat)))


@misconception(
    "batchnorm_backward.sum_for_mean",
    hint="The mean was a sum divided by N; the 1/N comes back in the gradient.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def sum_for_mean(dout, cache):
    """1/N is missing in the two correction terms."""
    return backward(
        dout, cache, lambda g, xhat, inv_std: inv_std * (g - g.sum(axis=0) - xhat * np.sum(g * xhat, axis=0))
    )


@misconception(
    "batchnorm_backward.half_var_path",
    hint="The variance holds a square. What does differentiating a square bring down?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def half_var_path(dout, cache):
    """The factor 2 of the square is missing in the path through the variance."""
    return backward(dout, cache, lambda g, xhat, inv_std: inv_std * (g - mean(g) - 0.5 * xhat * mean(g * xhat)))


@misconception(
    "batchnorm_backward.var_path_sign",
    hint="A larger variance makes outputs smaller. Which sign does that path have?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def var_path_sign(dout, cache):
    """The path through the variance has the opposite sign."""
    return backward(dout, cache, lambda g, xhat, inv_std: inv_std * (g - mean(g) + xhat * mean(g * xhat)))


@misconception(
    "batchnorm_backward.inv_std_squared",
    hint="Your gradient shrinks too fast when the batch is spread out: count the powers of 1/sigma.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def inv_std_squared(dout, cache):
    """inv_std is used twice."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx * cache[1], dgamma, dbeta


@misconception(
    "batchnorm_backward.not_divided",
    hint="Wide features should receive small gradients. Where does the deviation of the batch enter your dx?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def not_divided(dout, cache):
    """inv_std is missing."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx / cache[1], dgamma, dbeta


@misconception(
    "batchnorm_backward.gamma_missing",
    hint="On its way back dout passes the scaling first. What does a factor do to a gradient?",
    caught_by=("test_backward_values", "test_backward_numerical", "test_backward_test_mode"),
)
def gamma_missing(dout, cache):
    """dx without gamma."""
    xhat, inv_std, gamma, mode = cache
    return batchnorm_backward(dout, (xhat, inv_std, np.ones_like(gamma), mode))


@misconception(
    "batchnorm_backward.unbiased",
    hint="How many numbers went into one mean? Your correction terms divide by one less.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def backward_unbiased(dout, cache):
    """The correction terms divide by N - 1."""
    count = max(len(dout) - 1, 1)
    return backward(
        dout,
        cache,
        lambda g, xhat, inv_std: inv_std * (g - g.sum(axis=0) / count - xhat * np.sum(g * xhat, axis=0) / count),
    )


@misconception(
    "batchnorm_backward.columns",
    hint="In the Deep Learning Specialization sums run along axis 1; with examples in rows, which axis is the batch?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def backward_columns(dout, cache):
    """Means and sums over axis 1, as for examples in columns."""
    xhat, inv_std, gamma, _ = cache
    g = dout * gamma
    corrections = g.mean(axis=1, keepdims=True) + xhat * np.mean(g * xhat, axis=1, keepdims=True)
    return inv_std * (g - corrections), np.sum(dout * xhat, axis=1), np.sum(dout, axis=1)


@misconception(
    "batchnorm_backward.overall_mean",
    hint="You average over the whole batch at once. Did one feature's mean depend on another feature?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def overall_mean(dout, cache):
    """The two means run over all entries."""
    return backward(dout, cache, lambda g, xhat, inv_std: inv_std * (g - g.mean() - xhat * np.mean(g * xhat)))


@misconception(
    "batchnorm_backward.longer_side",
    hint="Is the longer side of dout always the batch? Try three examples with five features.",
    caught_by=("test_backward_values",),
)
def longer_side(dout, cache):
    """Divides by the longer side of dout in the place of N."""
    count = max(dout.shape)
    return backward(
        dout,
        cache,
        lambda g, xhat, inv_std: inv_std * (g - g.sum(axis=0) / count - xhat * np.sum(g * xhat, axis=0) / count),
    )


@misconception(
    "batchnorm_backward.guesses_layout",
    hint="With as many examples as features, do you still know which axis is which? Here examples are always rows.",
    caught_by=("test_backward_values",),
)
def backward_guesses_layout(dout, cache):
    """Takes a square batch to have its examples in columns."""
    return backward_columns(dout, cache) if dout.shape[0] == dout.shape[1] else batchnorm_backward(dout, cache)


@misconception(
    "batchnorm_backward.single_precision",
    hint="Your dx has only seven correct digits. Which of your arrays is float32, although none that came in was?",
    caught_by=("test_backward_orthogonal",),
)
def single_precision(dout, cache):
    """dx is kept in float32."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx.astype(np.float32), dgamma, dbeta


@misconception(
    "batchnorm_backward.dgamma_mean",
    hint="gamma is shared by all examples, so its gradient collects (adds) their contributions.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_mean(dout, cache):
    """dgamma and dbeta are averaged."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dgamma / len(dout), dbeta / len(dout)


@misconception(
    "batchnorm_backward.dgamma_keepdims",
    hint="The values are right. gamma has shape (D,); which shape has its gradient?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_keepdims(dout, cache):
    """dgamma and dbeta of shape (1, D)."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dgamma[None, :], dbeta[None, :]


@misconception(
    "batchnorm_backward.dgamma_dbeta_swapped",
    hint="dgamma and dbeta are both there. In which order are they to be returned?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_dbeta_swapped(dout, cache):
    """Returns (dx, dbeta, dgamma)."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dbeta, dgamma


@misconception(
    "batchnorm_backward.dgamma_of_out",
    hint="What stands next to gamma in the forward line? That is what its gradient collects.",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dgamma_of_out(dout, cache):
    """dgamma sums dout * gamma * xhat."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dgamma * cache[2], dbeta


@misconception(
    "batchnorm_backward.dbeta_scaled",
    hint="beta is added after the scaling. Does gamma stand between it and the output?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def dbeta_scaled(dout, cache):
    """dbeta sums dout * gamma."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dgamma, dbeta * cache[2]


@misconception(
    "batchnorm_backward.dgamma_through_gamma",
    hint="Your dgamma is multiplied and divided by gamma on the way. What if gamma is 0, as in many residual networks?",
    caught_by=("test_backward_values",),
)
def dgamma_through_gamma(dout, cache):
    """dgamma = sum(dout * gamma * xhat) / gamma: nan where gamma is 0."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    with np.errstate(all="ignore"):
        return dx, dgamma * cache[2] / cache[2], dbeta


@misconception(
    "batchnorm_backward.ignores_mode",
    hint="At test time mean and variance do not depend on x. Your dx still follows those paths.",
    caught_by=("test_backward_test_mode",),
)
def ignores_mode(dout, cache):
    """The training formula after a forward pass at test time as well."""
    xhat, inv_std, gamma, _ = cache
    return batchnorm_backward(dout, (xhat, inv_std, gamma, "train"))


@misconception(
    "batchnorm_backward.test_without_gamma",
    hint="After a test-time pass your dx forgets one factor. Which steps did x go through?",
    caught_by=("test_backward_test_mode",),
)
def at_test_time_without_gamma(dout, cache):
    """dx = dout * inv_std at test time."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return (dout * cache[1] if cache[3] == "test" else dx), dgamma, dbeta


@misconception(
    "batchnorm_backward.test_has_no_gradient",
    hint="A layer at test time is still a function of x. What is the slope of a straight line?",
    caught_by=("test_backward_test_mode",),
)
def at_test_time_has_no_gradient(dout, cache):
    """dx = 0 at test time."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return (np.zeros_like(dx) if cache[3] == "test" else dx), dgamma, dbeta


@misconception(
    "batchnorm_backward.single_not_normalized",
    hint="A batch of one gives beta, whatever x is. How large is its gradient with respect to x then?",
    caught_by=("test_backward_single",),
)
def single_not_normalized(dout, cache):
    """A batch of one passes the gradient on as at test time."""
    xhat, inv_std, gamma, mode = cache
    return batchnorm_backward(dout, (xhat, inv_std, gamma, "test" if len(dout) == 1 else mode))


@misconception(
    "batchnorm_backward.in_place",
    hint="dout belongs to the caller.",
    caught_by=("test_backward_pure",),
)
def backward_in_place(dout, cache):
    """dout *= gamma."""
    result = batchnorm_backward(dout, cache)
    dout *= cache[2]
    return result


@misconception(
    "batchnorm_backward.cache_in_place",
    hint="Call your backward pass twice with the same cache. Why do the results differ?",
    caught_by=("test_backward_pure",),
)
def cache_in_place(dout, cache):
    """xhat in the cache is overwritten."""
    result = batchnorm_backward(dout, cache)
    xhat = cache[0]
    xhat *= np.mean(dout * xhat, axis=0)
    return result


def backward(dout, cache, path):
    """The backward pass with another dx in training."""
    xhat, inv_std, gamma, mode = cache
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return (path(dout * gamma, xhat, inv_std) if mode == "train" else dx), dgamma, dbeta


def mean(values):
    return values.mean(axis=0)


def _with_eps(x, gamma, beta, bn_param, eps):
    given = {**bn_param, "eps": eps}
    result = batchnorm_forward(x, gamma, beta, given)
    if bn_param["mode"] == "train":
        bn_param["running_mean"], bn_param["running_var"] = given["running_mean"], given["running_var"]
    return result
