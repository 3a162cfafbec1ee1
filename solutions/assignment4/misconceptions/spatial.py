"""Mistakes that students make with normalization of images."""

import numpy as np
from batch import batchnorm_backward, batchnorm_forward
from spatial import (
    instancenorm_forward,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
)

from grader.checks import misconception

PER_CHANNEL = (0, 2, 3)
PIXELS = (2, 3)
RUNNING = ("running_mean", "running_var")


def normalized(x, gamma, beta, eps, axes):
    """Normalize over any axes, with the affine step per channel; return out, xhat and inv_std."""
    mu = x.mean(axis=axes, keepdims=True)
    return standardized(x, gamma, beta, mu, x.var(axis=axes, keepdims=True) + eps)


def standardized(x, gamma, beta, mu, variance):
    with np.errstate(all="ignore"):
        inv_std = 1 / np.sqrt(variance)
        xhat = (x - mu) * inv_std
    return gamma[:, None, None] * xhat + beta[:, None, None], xhat, inv_std


def in_training(x, gamma, beta, bn_param, axes=PER_CHANNEL, change=None):
    """Spatial batch normalization with other axes, or another step, in mode "train"."""
    out, cache = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] != "train":
        return out, cache
    out, xhat, inv_std = (change or normalized)(x, gamma, beta, bn_param.get("eps", 1e-5), axes)
    return out, (xhat, inv_std, gamma, "train")


@misconception(
    "spatial_batchnorm_forward.reshape_only",
    hint="reshape does not move axes: it mixes channels with pixels. Bring the channel to the end first.",
    caught_by=("test_batch_values", "test_batch_mirrored"),
)
def reshape_only(x, gamma, beta, bn_param):
    """reshape(-1, C) without moving the channel axis."""
    out, (xhat, inv_std, _, mode) = batchnorm_forward(x.reshape(-1, x.shape[1]), gamma, beta, bn_param)
    return out.reshape(x.shape), (xhat.reshape(x.shape), inv_std[:, None, None], gamma, mode)


@misconception(
    "spatial_batchnorm_forward.back_transposed_wrong",
    hint="The values are right but sit in other places: undo the axis move after the reshape.",
    caught_by=("test_batch_values", "test_batch_mirrored"),
)
def back_transposed_wrong(x, gamma, beta, bn_param):
    """The result is reshaped to (N, C, H, W) without undoing the transpose."""
    out, cache = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    return out.transpose(0, 2, 3, 1).reshape(x.shape), cache


@misconception(
    "spatial_batchnorm_forward.channels_left_last",
    hint="The values are right, but the channels stayed on the last axis. Which axis move brings them back?",
    caught_by=("test_batch_values", "test_batch_mirrored"),
)
def channels_left_last(x, gamma, beta, bn_param):
    """The result has shape (N, H, W, C)."""
    out, cache = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    return np.moveaxis(out, 1, 3).copy(), cache


@misconception(
    "spatial_batchnorm_forward.instance",
    hint="The statistics should be shared by all images of the batch.",
    caught_by=("test_batch_values", "test_batch_statistics"),
)
def instance(x, gamma, beta, bn_param):
    """Statistics per image: instance normalization."""
    return in_training(x, gamma, beta, bn_param, axes=PIXELS)


@misconception(
    "spatial_batchnorm_forward.layer",
    hint="Each channel should end with mean 0. Over which axes do you average?",
    caught_by=("test_batch_values", "test_batch_statistics"),
)
def layer(x, gamma, beta, bn_param):
    """Statistics of whole images: layer normalization."""
    return in_training(x, gamma, beta, bn_param, axes=(1, 2, 3))


@misconception(
    "spatial_batchnorm_forward.overall",
    hint="How many means does your batch have? Each channel needs its own.",
    caught_by=("test_batch_values", "test_batch_statistics"),
)
def overall(x, gamma, beta, bn_param):
    """One mean and one variance for everything."""
    return in_training(x, gamma, beta, bn_param, axes=(0, 1, 2, 3))


@misconception(
    "spatial_batchnorm_forward.per_pixel",
    hint="A feature may turn up anywhere in an image. Should every pixel position have a mean of its own?",
    caught_by=("test_batch_values", "test_batch_statistics"),
)
def per_pixel(x, gamma, beta, bn_param):
    """Statistics of every pixel position over the examples only."""
    return in_training(x, gamma, beta, bn_param, axes=0)


@misconception(
    "spatial_batchnorm_forward.guesses_layout",
    hint="When images happen to be as wide as there are channels, do you still know which axis is which?",
    caught_by=("test_batch_values",),
)
def guesses_layout(x, gamma, beta, bn_param):
    """Takes the last axis for the channels wherever its length is C."""
    last = x.shape[3] == len(gamma)
    return in_training(x, gamma, beta, bn_param, axes=(0, 1, 2) if last else PER_CHANNEL)


@misconception(
    "spatial_batchnorm_forward.affine_not_reshaped",
    hint="gamma has shape (C,), and numpy lines that up with W. Which shape would line up with the channels?",
    caught_by=("test_batch_values", "test_batch_test_mode"),
)
def affine_not_reshaped(x, gamma, beta, bn_param):
    """gamma * xhat + beta, as if gamma had shape (1, C, 1, 1)."""
    _, cache = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    return gamma * cache[0] + beta, cache


@misconception(
    "spatial_batchnorm_forward.no_affine",
    hint="Your output has mean 0 and variance 1 whatever gamma and beta are. What are these two for?",
    caught_by=("test_batch_values", "test_batch_test_mode"),
)
def no_affine(x, gamma, beta, bn_param):
    """gamma and beta are not used."""
    _, cache = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    return cache[0], cache


@misconception(
    "spatial_batchnorm_forward.eps_outside",
    hint="Try eps = 0.3 by hand for a variance of 1. Is eps added before the root is taken, or after?",
    caught_by=("test_batch_values", "test_batch_statistics"),
)
def eps_outside(x, gamma, beta, bn_param):
    """(x - mu) / (sqrt(var) + eps)."""
    return in_training(x, gamma, beta, bn_param, change=eps_added_to_deviation)


@misconception(
    "spatial_batchnorm_forward.divides_by_variance",
    hint="Check the standard deviation of a channel of your output. The denominator is a square root.",
    caught_by=("test_batch_values", "test_batch_statistics"),
)
def divides_by_variance(x, gamma, beta, bn_param):
    """(x - mu) / (var + eps)."""
    return in_training(x, gamma, beta, bn_param, change=divided_by_variance)


@misconception(
    "spatial_batchnorm_forward.unbiased",
    hint="Your variance is a little too large. By how many values do you divide?",
    caught_by=("test_batch_values", "test_batch_statistics"),
)
def unbiased(x, gamma, beta, bn_param):
    """The variance divides by one value less."""
    return in_training(x, gamma, beta, bn_param, change=one_value_less)


@misconception(
    "spatial_batchnorm_forward.other_default_eps",
    hint="When bn_param holds no eps, which one do you use? The docstring names it.",
    caught_by=("test_batch_statistics",),
)
def other_default_eps(x, gamma, beta, bn_param):
    """The default of eps is 1e-8."""
    eps = bn_param.get("eps", 1e-8)
    return in_training(
        x, gamma, beta, bn_param, change=lambda x, gamma, beta, _, axes: normalized(x, gamma, beta, eps, axes)
    )


@misconception(
    "spatial_batchnorm_forward.keys_required",
    hint="bn_param may hold nothing but a mode. What do you do when a key is missing?",
    caught_by=("test_batch_statistics",),
)
def keys_required(x, gamma, beta, bn_param):
    """bn_param["eps"] in the place of bn_param.get."""
    if bn_param["eps"] < 0:
        raise ValueError("eps is negative")
    return spatial_batchnorm_forward(x, gamma, beta, bn_param)


@misconception(
    "spatial_batchnorm_forward.squeezed_single",
    hint="A batch with one image is still a batch. Which shape comes out of your function?",
    caught_by=("test_batch_mirrored",),
)
def squeezed_single(x, gamma, beta, bn_param):
    """In training a single image comes back without its first axis."""
    out, cache = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    return (out[0] if len(x) == 1 and bn_param["mode"] == "train" else out), cache


@misconception(
    "spatial_batchnorm_forward.running_shape",
    hint="The running values are right. Compare their shape with (C,).",
    caught_by=("test_batch_running",),
)
def running_shape(x, gamma, beta, bn_param):
    """Running values of shape (1, C, 1, 1)."""
    copy = {key: np.ravel(value) if key in RUNNING else value for key, value in bn_param.items()}
    result = spatial_batchnorm_forward(x, gamma, beta, copy)
    if bn_param["mode"] == "train":
        bn_param.update({key: copy[key].reshape(1, -1, 1, 1) for key in RUNNING})
    return result


@misconception(
    "spatial_batchnorm_forward.running_not_updated",
    hint="After a training step bn_param should hold new running statistics. Compare before and after.",
    caught_by=("test_batch_running",),
)
def running_not_updated(x, gamma, beta, bn_param):
    """bn_param is not written."""
    return spatial_batchnorm_forward(x, gamma, beta, dict(bn_param))


@misconception(
    "spatial_batchnorm_forward.momentum_swapped",
    hint="Two conventions exist. Here momentum = 0.9 keeps 90 % of the old value.",
    caught_by=("test_batch_running",),
)
def momentum_swapped(x, gamma, beta, bn_param):
    """running = (1 - momentum) * running + momentum * batch."""
    swapped = {**bn_param, "momentum": 1 - bn_param.get("momentum", 0.9)}
    result = spatial_batchnorm_forward(x, gamma, beta, swapped)
    if bn_param["mode"] == "train":
        bn_param.update({key: swapped[key] for key in RUNNING})
    return result


@misconception(
    "spatial_batchnorm_forward.running_unbiased",
    hint="The paper and PyTorch store a variance divided by one value less. Which one is stored in this course?",
    caught_by=("test_batch_running",),
)
def running_unbiased(x, gamma, beta, bn_param):
    """running_var averages the variance divided by one value less."""
    old, momentum = bn_param.get("running_var", np.ones(x.shape[1])), bn_param.get("momentum", 0.9)
    result = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "train":
        bn_param["running_var"] = momentum * old + (1 - momentum) * x.var(axis=PER_CHANNEL, ddof=1)
    return result


@misconception(
    "spatial_batchnorm_forward.test_uses_batch",
    hint="At test time a single image should not be its own yardstick. Which statistics belong there?",
    caught_by=("test_batch_test_mode",),
)
def at_test_time_uses_batch(x, gamma, beta, bn_param):
    """Test time normalizes by the batch's statistics."""
    return spatial_batchnorm_forward(
        x, gamma, beta, {**bn_param, "mode": "train"} if bn_param["mode"] == "test" else bn_param
    )


@misconception(
    "spatial_batchnorm_forward.cancellation",
    hint="mean(x^2) - mean(x)^2 subtracts two nearly equal numbers when the data are far from 0. Centre first.",
    caught_by=("test_batch_offset",),
)
def batch_cancellation(x, gamma, beta, bn_param):
    """var = E[x^2] - E[x]^2."""

    def one_pass(x, gamma, beta, eps, axes):
        mu = x.mean(axis=axes, keepdims=True)
        return standardized(x, gamma, beta, mu, np.maximum(np.mean(x**2, axis=axes, keepdims=True) - mu**2, 0) + eps)

    return in_training(x, gamma, beta, bn_param, change=one_pass)


@misconception(
    "spatial_batchnorm_forward.in_place",
    hint="The array belongs to the caller, who may still need it. Make a new one.",
    caught_by=("test_batch_pure",),
)
def batch_forward_in_place(x, gamma, beta, bn_param):
    """x -= mu."""
    result = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    x -= x.mean(axis=PER_CHANNEL, keepdims=True)
    return result


@misconception(
    "spatial_batchnorm_forward.float64_leak",
    hint="The output has another dtype than the input. Look for a constant or array that widens it.",
    caught_by=("test_batch_dtype",),
)
def batch_float64_leak(x, gamma, beta, bn_param):
    """float64 output for float32 input."""
    return spatial_batchnorm_forward(x.astype(np.float64), gamma, beta, bn_param)


@misconception(
    "spatial_batchnorm_forward.running_in_place",
    hint="The arrays in bn_param were overwritten, so whoever kept one now has another. Bind the keys to new arrays.",
    caught_by=("test_batch_old_running",),
)
def running_in_place(x, gamma, beta, bn_param):
    """running_mean *= momentum and so on."""
    old = {key: bn_param[key] for key in RUNNING if key in bn_param}
    result = spatial_batchnorm_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "train":
        for key, value in old.items():
            value[...] = bn_param[key]
            bn_param[key] = value
    return result


@misconception(
    "spatial_batchnorm_forward.unknown_mode",
    hint='"eval" is another library\'s word. Report an unknown mode.',
    caught_by=("test_batch_error",),
)
def unknown_mode(x, gamma, beta, bn_param):
    """Any other mode is treated as test."""
    if bn_param["mode"] == "train":
        return spatial_batchnorm_forward(x, gamma, beta, bn_param)
    return spatial_batchnorm_forward(x, gamma, beta, {**bn_param, "mode": "test"})


@misconception(
    "spatial_batchnorm_backward.reshape_only",
    hint="dout has to travel the same road as x did: the same axis move, then its inverse.",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def backward_reshape_only(dout, cache):
    """dout is reshaped without the transpose."""
    xhat, inv_std, gamma, mode = cache
    C = dout.shape[1]
    flat = np.moveaxis(xhat, 1, 3).reshape(-1, C)
    dx, dgamma, dbeta = batchnorm_backward(dout.reshape(-1, C), (flat, inv_std.ravel(), gamma, mode))
    return np.moveaxis(dx.reshape(len(dout), *dout.shape[2:], C), 3, 1).copy(), dgamma, dbeta


@misconception(
    "spatial_batchnorm_backward.not_moved_back",
    hint="dx must come back in the layout of x.",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def not_moved_back(dout, cache):
    """dx is not transposed back."""
    dx, dgamma, dbeta = spatial_batchnorm_backward(dout, cache)
    return np.moveaxis(dx, 1, 3).reshape(dout.shape), dgamma, dbeta


@misconception(
    "spatial_batchnorm_backward.height_width_swapped",
    hint="Your dx is right for square images only. Which axes change places on the way back?",
    caught_by=("test_batch_backward_values",),
)
def height_width_swapped(dout, cache):
    """In training dx is reshaped to (N, W, H, C) before it is transposed back."""
    dx, dgamma, dbeta = spatial_batchnorm_backward(dout, cache)
    if cache[3] == "train":
        N, C, H, W = dout.shape
        dx = np.moveaxis(np.moveaxis(dx, 1, 3).reshape(N, W, H, C), 3, 1).copy()
    return dx, dgamma, dbeta


@misconception(
    "spatial_batchnorm_backward.dgamma_divided",
    hint="Every pixel uses the same gamma, so their contributions add up.",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def dgamma_divided(dout, cache):
    """dgamma and dbeta are averaged over the pixels."""
    dx, dgamma, dbeta = spatial_batchnorm_backward(dout, cache)
    pixels = dout.shape[2] * dout.shape[3]
    return dx, dgamma / pixels, dbeta / pixels


@misconception(
    "spatial_batchnorm_backward.dgamma_keeps_pixels",
    hint="dgamma must have shape (C,). Which axes have to disappear?",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def dgamma_keeps_pixels(dout, cache):
    """dgamma and dbeta are summed over the examples only."""
    dx, _, _ = spatial_batchnorm_backward(dout, cache)
    return dx, np.sum(dout * cache[0], axis=0), np.sum(dout, axis=0)


@misconception(
    "spatial_batchnorm_backward.dgamma_keepdims",
    hint="The values are right. gamma has shape (C,); which shape has its gradient?",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def dgamma_keepdims(dout, cache):
    """dgamma and dbeta of shape (1, C, 1, 1)."""
    dx, dgamma, dbeta = spatial_batchnorm_backward(dout, cache)
    return dx, dgamma.reshape(1, -1, 1, 1), dbeta.reshape(1, -1, 1, 1)


@misconception(
    "spatial_batchnorm_backward.dgamma_dbeta_swapped",
    hint="dgamma and dbeta are both there. In which order are they to be returned?",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def dgamma_dbeta_swapped(dout, cache):
    """Returns (dx, dbeta, dgamma)."""
    dx, dgamma, dbeta = spatial_batchnorm_backward(dout, cache)
    return dx, dbeta, dgamma


@misconception(
    "spatial_batchnorm_backward.dgamma_through_gamma",
    hint="Your dgamma is multiplied and divided by gamma on the way. What if a gamma is 0?",
    caught_by=("test_batch_backward_values",),
)
def dgamma_through_gamma(dout, cache):
    """dgamma = sum(dout * gamma * xhat) / gamma: nan where gamma is 0."""
    dx, dgamma, dbeta = spatial_batchnorm_backward(dout, cache)
    with np.errstate(all="ignore"):
        return dx, dgamma * cache[2] / cache[2], dbeta


@misconception(
    "spatial_batchnorm_backward.stats_constant",
    hint="The mean over images and pixels depends on x as well.",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def stats_constant(dout, cache):
    """The batch statistics are treated as constants."""
    xhat, inv_std, gamma, _ = cache
    return spatial_batchnorm_backward(dout, (xhat, inv_std, gamma, "test"))


@misconception(
    "spatial_batchnorm_backward.no_var_path",
    hint="One of three paths from x to the output is missing: the one through the variance.",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def no_var_path(dout, cache):
    """The path through the variance is missing."""
    return batch_backward(dout, cache, lambda g, xhat: g.mean(axis=PER_CHANNEL, keepdims=True))


@misconception(
    "spatial_batchnorm_backward.no_mean_path",
    hint="Each channel of dx should sum to zero, because making all images brighter changes nothing.",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def no_mean_path(dout, cache):
    """The path through the mean is missing."""
    return batch_backward(dout, cache, lambda g, xhat: xhat * np.mean(g * xhat, axis=PER_CHANNEL, keepdims=True))


@misconception(
    "spatial_batchnorm_backward.divides_by_examples",
    hint="How many numbers went into one mean? The pixels count as well.",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def divides_by_examples(dout, cache):
    """The correction terms divide by N, not by N * H * W."""
    return batch_backward(
        dout, cache, lambda g, xhat: corrections(g, xhat, PER_CHANNEL) * dout.shape[2] * dout.shape[3]
    )


@misconception(
    "spatial_batchnorm_backward.instance",
    hint="All images of the batch shared one mean. Which images does your correction for one of them know of?",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def backward_instance(dout, cache):
    """The correction terms are averaged image by image."""
    return batch_backward(dout, cache, lambda g, xhat: corrections(g, xhat, PIXELS))


@misconception(
    "spatial_batchnorm_backward.gamma_missing",
    hint="On its way back dout passes the scaling first. What does a factor do to a gradient?",
    caught_by=("test_batch_backward_values", "test_batch_backward_numerical"),
)
def gamma_missing(dout, cache):
    """dx without gamma."""
    xhat, inv_std, gamma, mode = cache
    return spatial_batchnorm_backward(dout, (xhat, inv_std, np.ones_like(gamma), mode))


@misconception(
    "spatial_batchnorm_backward.ignores_mode",
    hint="At test time mean and variance do not depend on x. Your dx still follows those paths.",
    caught_by=("test_batch_backward_test_mode",),
)
def ignores_mode(dout, cache):
    """The training formula after a forward pass at test time as well."""
    xhat, inv_std, gamma, _ = cache
    return spatial_batchnorm_backward(dout, (xhat, inv_std, gamma, "train"))


@misconception(
    "spatial_batchnorm_backward.in_place",
    hint="dout belongs to the caller.",
    caught_by=("test_batch_backward_pure",),
)
def batch_backward_in_place(dout, cache):
    """dout *= gamma."""
    result = spatial_batchnorm_backward(dout, cache)
    dout *= cache[2][:, None, None]
    return result


@misconception(
    "spatial_batchnorm_backward.cache_in_place",
    hint="Call your backward pass twice with the same cache. Why do the results differ?",
    caught_by=("test_batch_backward_pure",),
)
def batch_cache_in_place(dout, cache):
    """xhat in the cache is overwritten."""
    result = spatial_batchnorm_backward(dout, cache)
    xhat = cache[0]
    xhat *= dout
    return result


@misconception(
    "instancenorm_forward.layer",
    hint="Instance normalization treats every channel of every image alone. Which axes remain to average over?",
    caught_by=("test_instance_values", "test_instance_statistics"),
)
def instance_layer(x, gamma, beta, in_param):
    """Mean over (C, H, W)."""
    return by_image(x, gamma, beta, in_param, axes=(1, 2, 3))


@misconception(
    "instancenorm_forward.batch",
    hint="Another image in the batch changed this image's output.",
    caught_by=("test_instance_values", "test_instance_contrast"),
)
def instance_batch(x, gamma, beta, in_param):
    """Mean over (N, H, W)."""
    return by_image(x, gamma, beta, in_param, axes=PER_CHANNEL)


@misconception(
    "instancenorm_forward.both_axes",
    hint='Some notes say "rows and columns both" are normalized; the paper keeps images and channels apart.',
    caught_by=("test_instance_values", "test_instance_contrast"),
)
def both_axes(x, gamma, beta, in_param):
    """Statistics over everything."""
    return by_image(x, gamma, beta, in_param, axes=(0, 1, 2, 3))


@misconception(
    "instancenorm_forward.rows_only",
    hint="An image has two axes of pixels. Over how many numbers do you average?",
    caught_by=("test_instance_values", "test_instance_statistics"),
)
def rows_only(x, gamma, beta, in_param):
    """Mean over W only."""
    return by_image(x, gamma, beta, in_param, axes=3)


@misconception(
    "instancenorm_forward.across_channels",
    hint="Your statistics mix red, green and blue of one pixel. Which axes belong to one channel of one image?",
    caught_by=("test_instance_values", "test_instance_statistics"),
)
def across_channels(x, gamma, beta, in_param):
    """Mean over C, pixel by pixel."""
    return by_image(x, gamma, beta, in_param, axes=1)


@misconception(
    "instancenorm_forward.guesses_layout",
    hint="When images happen to be as wide as there are channels, do you still know which axis is which?",
    caught_by=("test_instance_values",),
)
def instance_guesses_layout(x, gamma, beta, in_param):
    """Takes the last axis for the channels wherever its length is C."""
    return by_image(x, gamma, beta, in_param, axes=(1, 2) if x.shape[3] == len(gamma) else PIXELS)


@misconception(
    "instancenorm_forward.affine_last_axis",
    hint="gamma belongs to channels; give it the shape that lines up with axis 1.",
    caught_by=("test_instance_values",),
)
def affine_last_axis(x, gamma, beta, in_param):
    """gamma and beta along W."""
    _, cache = instancenorm_forward(x, gamma, beta, in_param)
    return gamma * cache[0] + beta, cache


@misconception(
    "instancenorm_forward.no_affine",
    hint="Your output has mean 0 and variance 1 whatever gamma and beta are. What are these two for?",
    caught_by=("test_instance_values",),
)
def instance_no_affine(x, gamma, beta, in_param):
    """gamma and beta are not used."""
    _, cache = instancenorm_forward(x, gamma, beta, in_param)
    return cache[0], cache


@misconception(
    "instancenorm_forward.ddof1",
    hint="Divide by H*W. With a 1 x 1 image the other choice is 0/0.",
    caught_by=("test_instance_values", "test_instance_pixel"),
)
def ddof1(x, gamma, beta, in_param):
    """Unbiased variance."""
    return by_image(x, gamma, beta, in_param, change=one_value_less)


@misconception(
    "instancenorm_forward.eps_outside",
    hint="Try eps = 0.3 by hand for a variance of 1. Is eps added before the root is taken, or after?",
    caught_by=("test_instance_values", "test_instance_statistics"),
)
def instance_eps_outside(x, gamma, beta, in_param):
    """(x - mu) / (sqrt(var) + eps)."""
    return by_image(x, gamma, beta, in_param, change=eps_added_to_deviation)


@misconception(
    "instancenorm_forward.divides_by_variance",
    hint="Check the standard deviation of your output. The denominator is a square root.",
    caught_by=("test_instance_values", "test_instance_contrast"),
)
def instance_divides_by_variance(x, gamma, beta, in_param):
    """(x - mu) / (var + eps)."""
    return by_image(x, gamma, beta, in_param, change=divided_by_variance)


@misconception(
    "instancenorm_forward.no_eps",
    hint="A channel without contrast has variance 0. What keeps the division safe?",
    caught_by=("test_instance_values", "test_instance_pixel"),
)
def no_eps(x, gamma, beta, in_param):
    """(x - mu) / sqrt(var)."""
    return by_image(x, gamma, beta, {"eps": 0.0})


@misconception(
    "instancenorm_forward.centre_only",
    hint="The brightness is gone from your output. What about the contrast?",
    caught_by=("test_instance_values", "test_instance_contrast"),
)
def centre_only(x, gamma, beta, in_param):
    """x - mu, not divided."""
    return by_image(
        x,
        gamma,
        beta,
        in_param,
        change=lambda x, gamma, beta, eps, axes: standardized(x, gamma, beta, x.mean(axis=axes, keepdims=True), 1.0),
    )


@misconception(
    "instancenorm_forward.other_default_eps",
    hint="When in_param holds no eps, which one do you use? The docstring names it.",
    caught_by=("test_instance_statistics",),
)
def instance_other_default_eps(x, gamma, beta, in_param):
    """The default of eps is 1e-8."""
    return instancenorm_forward(x, gamma, beta, {"eps": in_param.get("eps", 1e-8)})


@misconception(
    "instancenorm_forward.keys_required",
    hint="in_param may be empty. What do you do when a key is missing?",
    caught_by=("test_instance_statistics",),
)
def instance_keys_required(x, gamma, beta, in_param):
    """in_param["eps"] in the place of in_param.get."""
    return instancenorm_forward(x, gamma, beta, {"eps": in_param["eps"]})


@misconception(
    "instancenorm_forward.zero_eps_replaced",
    hint="eps = 0 is a value that a caller may want. What does your function make of it?",
    caught_by=("test_instance_contrast",),
)
def instance_zero_eps_replaced(x, gamma, beta, in_param):
    """`in_param.get("eps") or 1e-5`: zero counts as not given."""
    return instancenorm_forward(x, gamma, beta, {"eps": in_param.get("eps") or 1e-5})


@misconception(
    "instancenorm_forward.pixel_unchanged",
    hint="For an image of one pixel you skip the normalization. What does the formula give there?",
    caught_by=("test_instance_pixel",),
)
def pixel_unchanged(x, gamma, beta, in_param):
    """A 1 x 1 image is scaled and shifted, but not centred."""
    out, cache = instancenorm_forward(x, gamma, beta, in_param)
    one = x.shape[2] * x.shape[3] == 1
    return (gamma[:, None, None] * x + beta[:, None, None] if one else out), cache


@misconception(
    "instancenorm_forward.cancellation",
    hint="mean(x^2) - mean(x)^2 subtracts two nearly equal numbers when the data are far from 0. Centre first.",
    caught_by=("test_instance_offset",),
)
def instance_cancellation(x, gamma, beta, in_param):
    """var = E[x^2] - E[x]^2."""
    mu = x.mean(axis=PIXELS, keepdims=True)
    var = np.maximum(np.mean(x**2, axis=PIXELS, keepdims=True) - mu**2, 0)
    out, *cache = standardized(x, gamma, beta, mu, var + in_param.get("eps", 1e-5))
    return out, cache


@misconception(
    "instancenorm_forward.in_place",
    hint="The array belongs to the caller, who may still need it. Make a new one.",
    caught_by=("test_instance_pure",),
)
def instance_in_place(x, gamma, beta, in_param):
    """x -= mu."""
    result = instancenorm_forward(x, gamma, beta, in_param)
    x -= x.mean(axis=PIXELS, keepdims=True)
    return result


@misconception(
    "instancenorm_forward.float64_leak",
    hint="The output has another dtype than the input. Look for a constant or array that widens it.",
    caught_by=("test_instance_dtype",),
)
def instance_float64_leak(x, gamma, beta, in_param):
    """float64 output for float32 input."""
    return instancenorm_forward(x.astype(np.float64), gamma, beta, in_param)


@misconception(
    "instancenorm_forward.eps_ignored",
    hint="Your function has an eps of its own. Which one did the caller put into the dictionary?",
    caught_by=("test_instance_values", "test_instance_contrast"),
)
def instance_eps_ignored(x, gamma, beta, in_param):
    """eps is always 1e-5."""
    return instancenorm_forward(x, gamma, beta, {})


@misconception(
    "spatial_groupnorm_forward.G1_is_instance",
    hint="Some notes have the two ends exchanged. How many channels share a group when G = 1?",
    caught_by=("test_group_values", "test_group_one", "test_group_each"),
)
def G1_is_instance(x, gamma, beta, G, gn_param):  # noqa: N802 - the name of the misconception
    """G is taken for the number of channels in a group: G = 1 becomes instance normalization."""
    _require_divisor(x, G)
    return spatial_groupnorm_forward(x, gamma, beta, x.shape[1] // G, gn_param)


@misconception(
    "spatial_groupnorm_forward.interleaved",
    hint="Groups are neighbouring channels: 0..C/G-1 form the first one.",
    caught_by=("test_group_values", "test_group_neighbours"),
)
def interleaved(x, gamma, beta, G, gn_param):
    """A group is every G-th channel."""
    _require_divisor(x, G)
    C = x.shape[1]
    order = np.arange(C).reshape(C // G, G).T.ravel()
    out, (xhat, inv_std, _) = spatial_groupnorm_forward(x[:, order], gamma[order], beta[order], G, gn_param)
    back = np.argsort(order)
    return out[:, back], (xhat[:, back], inv_std, gamma)


@misconception(
    "spatial_groupnorm_forward.pixelwise",
    hint="The mean of a group covers its channels and all their pixels.",
    caught_by=("test_group_values", "test_group_one", "test_group_each"),
)
def pixelwise(x, gamma, beta, G, gn_param):
    """Averages over the group's channels only, not over pixels."""
    return by_group(x, gamma, beta, G, gn_param, axes=2)


@misconception(
    "spatial_groupnorm_forward.per_channel",
    hint="The channels of a group share one mean. How many means does your image have?",
    caught_by=("test_group_values", "test_group_one"),
)
def per_channel(x, gamma, beta, G, gn_param):
    """Every channel for itself: instance normalization for any G."""
    return by_group(x, gamma, beta, G, gn_param, axes=(3, 4))


@misconception(
    "spatial_groupnorm_forward.whole_image",
    hint="Does your output change with G?",
    caught_by=("test_group_values", "test_group_each"),
)
def whole_image(x, gamma, beta, G, gn_param):
    """All channels together: layer normalization for any G."""
    return by_group(x, gamma, beta, G, gn_param, axes=(1, 2, 3, 4))


@misconception(
    "spatial_groupnorm_forward.across_batch",
    hint="Another image in the batch changed this image's output.",
    caught_by=("test_group_values", "test_group_neighbours"),
)
def across_batch(x, gamma, beta, G, gn_param):
    """The statistics of a group run over all images."""
    return by_group(x, gamma, beta, G, gn_param, axes=(0, 2, 3, 4))


@misconception(
    "spatial_groupnorm_forward.affine_not_reshaped",
    hint="In CS231n gamma comes as (1, C, 1, 1); here it has shape (C,), and numpy lines that up with W.",
    caught_by=("test_group_values",),
)
def group_affine_not_reshaped(x, gamma, beta, G, gn_param):
    """gamma * xhat + beta, as if gamma had shape (1, C, 1, 1)."""
    _, cache = spatial_groupnorm_forward(x, gamma, beta, G, gn_param)
    return gamma * cache[0] + beta, cache


@misconception(
    "spatial_groupnorm_forward.affine_per_group",
    hint="The statistics are shared by a group; are scale and shift shared as well?",
    caught_by=("test_group_values",),
)
def affine_per_group(x, gamma, beta, G, gn_param):
    """A group uses the gamma and beta of its first channel."""
    _, cache = spatial_groupnorm_forward(x, gamma, beta, G, gn_param)
    first = np.arange(x.shape[1]) // (x.shape[1] // G) * (x.shape[1] // G)
    return gamma[first][:, None, None] * cache[0] + beta[first][:, None, None], cache


@misconception(
    "spatial_groupnorm_forward.no_affine",
    hint="Your output has mean 0 and variance 1 whatever gamma and beta are. What are these two for?",
    caught_by=("test_group_values",),
)
def group_no_affine(x, gamma, beta, G, gn_param):
    """gamma and beta are not used."""
    _, cache = spatial_groupnorm_forward(x, gamma, beta, G, gn_param)
    return cache[0], cache


@misconception(
    "spatial_groupnorm_forward.eps_outside",
    hint="Try eps = 0.3 by hand for a variance of 1. Is eps added before the root is taken, or after?",
    caught_by=("test_group_values", "test_group_one"),
)
def group_eps_outside(x, gamma, beta, G, gn_param):
    """(x - mu) / (sqrt(var) + eps)."""
    return by_group(x, gamma, beta, G, gn_param, change=eps_added_to_deviation)


@misconception(
    "spatial_groupnorm_forward.divides_by_variance",
    hint="Check the standard deviation of a group of your output. The denominator is a square root.",
    caught_by=("test_group_values", "test_group_one"),
)
def group_divides_by_variance(x, gamma, beta, G, gn_param):
    """(x - mu) / (var + eps)."""
    return by_group(x, gamma, beta, G, gn_param, change=divided_by_variance)


@misconception(
    "spatial_groupnorm_forward.unbiased",
    hint="Your variance is a little too large. By how many values do you divide?",
    caught_by=("test_group_values", "test_group_one"),
)
def group_unbiased(x, gamma, beta, G, gn_param):
    """The variance divides by one value less."""
    return by_group(x, gamma, beta, G, gn_param, change=one_value_less)


@misconception(
    "spatial_groupnorm_forward.other_default_eps",
    hint="When gn_param holds no eps, which one do you use? The docstring names it.",
    caught_by=("test_group_one",),
)
def group_other_default_eps(x, gamma, beta, G, gn_param):
    """The default of eps is 1e-8."""
    return spatial_groupnorm_forward(x, gamma, beta, G, {"eps": gn_param.get("eps", 1e-8)})


@misconception(
    "spatial_groupnorm_forward.keys_required",
    hint="gn_param may be empty. What do you do when a key is missing?",
    caught_by=("test_group_one",),
)
def group_keys_required(x, gamma, beta, G, gn_param):
    """gn_param["eps"] in the place of gn_param.get."""
    _require_divisor(x, G)
    return spatial_groupnorm_forward(x, gamma, beta, G, {"eps": gn_param["eps"]})


@misconception(
    "spatial_groupnorm_forward.zero_eps_replaced",
    hint="eps = 0 is a value that a caller may want. What does your function make of it?",
    caught_by=("test_group_each",),
)
def group_zero_eps_replaced(x, gamma, beta, G, gn_param):
    """`gn_param.get("eps") or 1e-5`: zero counts as not given."""
    return spatial_groupnorm_forward(x, gamma, beta, G, {"eps": gn_param.get("eps") or 1e-5})


@misconception(
    "spatial_groupnorm_forward.squeezed_single",
    hint="A batch with one image is still a batch. Which shape comes out of your function?",
    caught_by=("test_group_neighbours",),
)
def group_squeezed_single(x, gamma, beta, G, gn_param):
    """A single image comes back without its first axis."""
    out, cache = spatial_groupnorm_forward(x, gamma, beta, G, gn_param)
    return (out[0] if len(x) == 1 else out), cache


@misconception(
    "spatial_groupnorm_forward.indivisible",
    hint="Six channels cannot be shared out among four equal groups. Say so.",
    caught_by=("test_group_error",),
)
def indivisible(x, gamma, beta, G, gn_param):
    """A G that does not divide C is accepted; the groups get unequal sizes."""
    parts = [
        spatial_groupnorm_forward(x[:, group], gamma[group], beta[group], 1, gn_param)
        for group in np.array_split(np.arange(x.shape[1]), G)
        if len(group)
    ]
    xhat, inv_std = (np.concatenate([cache[i] for _, cache in parts], axis=1) for i in (0, 1))
    return np.concatenate([out for out, _ in parts], axis=1), (xhat, inv_std, gamma)


@misconception(
    "spatial_groupnorm_forward.assertion",
    hint="A G that does not fit is reported, good. Which type of error tells the caller that a value is not allowed?",
    caught_by=("test_group_error",),
)
def assertion(x, gamma, beta, G, gn_param):
    """A G that does not divide C ends in an AssertionError."""
    assert x.shape[1] % G == 0, "G does not divide C"
    return spatial_groupnorm_forward(x, gamma, beta, G, gn_param)


@misconception(
    "spatial_groupnorm_forward.cancellation",
    hint="mean(x^2) - mean(x)^2 subtracts two nearly equal numbers when the data are far from 0. Centre first.",
    caught_by=("test_group_offset",),
)
def group_cancellation(x, gamma, beta, G, gn_param):
    """var = E[x^2] - E[x]^2."""
    _require_divisor(x, G)
    grouped = x.reshape(len(x), G, -1)
    mu = grouped.mean(axis=2, keepdims=True)
    var = np.maximum(np.mean(grouped**2, axis=2, keepdims=True) - mu**2, 0)
    xhat = ((grouped - mu) / np.sqrt(var + gn_param.get("eps", 1e-5))).reshape(x.shape)
    _, (_, inv_std, _) = spatial_groupnorm_forward(x, gamma, beta, G, gn_param)
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, inv_std, gamma)


@misconception(
    "spatial_groupnorm_forward.in_place",
    hint="The array belongs to the caller, who may still need it. Make a new one.",
    caught_by=("test_group_pure",),
)
def group_forward_in_place(x, gamma, beta, G, gn_param):
    """x is overwritten by xhat."""
    out, cache = spatial_groupnorm_forward(x, gamma, beta, G, gn_param)
    x[...] = cache[0]
    return out, cache


@misconception(
    "spatial_groupnorm_forward.float64_leak",
    hint="The output has another dtype than the input. Look for a constant or array that widens it.",
    caught_by=("test_group_dtype",),
)
def group_float64_leak(x, gamma, beta, G, gn_param):
    """float64 output for float32 input."""
    return spatial_groupnorm_forward(x.astype(np.float64), gamma, beta, G, gn_param)


@misconception(
    "spatial_groupnorm_forward.eps_ignored",
    hint="Your function has an eps of its own. Which one did the caller put into the dictionary?",
    caught_by=("test_group_values", "test_group_each"),
)
def group_eps_ignored(x, gamma, beta, G, gn_param):
    """eps is always 1e-5."""
    return spatial_groupnorm_forward(x, gamma, beta, G, {})


@misconception(
    "spatial_groupnorm_backward.per_channel",
    hint="The group shared one mean, so all its channels share the correction.",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def backward_per_channel(dout, cache):
    """The correction terms are averaged channel by channel."""
    return group_backward(dout, cache, axes=(3, 4))


@misconception(
    "spatial_groupnorm_backward.whole_image",
    hint="Your correction averages over the whole image. Which channels shared one mean in the forward pass?",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def backward_whole_image(dout, cache):
    """The correction terms are averaged over all groups."""
    return group_backward(dout, cache, axes=(1, 2, 3, 4))


@misconception(
    "spatial_groupnorm_backward.across_batch",
    hint="Did one image's mean depend on the other images?",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def backward_across_batch(dout, cache):
    """The correction terms are averaged over the examples as well."""
    return group_backward(dout, cache, axes=(0, 2, 3, 4))


@misconception(
    "spatial_groupnorm_backward.group_size_swapped",
    hint="Your dx is right where groups and channels in a group are equally many. Which number stands where?",
    caught_by=("test_group_backward_values",),
)
def group_size_swapped(dout, cache):
    """Groups of G channels in the place of G groups."""
    xhat, inv_std, gamma = cache
    _, dgamma, dbeta = spatial_groupnorm_backward(dout, cache)
    N, C, H, W = dout.shape
    swapped = (N, C // inv_std.shape[1], inv_std.shape[1], H, W)
    g, grouped = (dout * gamma[:, None, None]).reshape(swapped), xhat.reshape(swapped)
    per_pixel_group = np.repeat(inv_std.reshape(N, -1), C // inv_std.shape[1], axis=1)[:, :, None, None]
    return (g - corrections(g, grouped, (2, 3, 4))).reshape(dout.shape) * per_pixel_group, dgamma, dbeta


@misconception(
    "spatial_groupnorm_backward.stats_constant",
    hint="Moving one pixel also moves its group's mean and variance, and so the whole group. Those paths are missing.",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def group_stats_constant(dout, cache):
    """mu and var treated as constants."""
    return group_backward(dout, cache, paths=lambda g, xhat, axes: 0.0)


@misconception(
    "spatial_groupnorm_backward.no_var_path",
    hint="One of three paths from x to the output is missing: the one through the variance.",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def group_no_var_path(dout, cache):
    """The path through the variance is missing."""
    return group_backward(dout, cache, paths=lambda g, xhat, axes: g.mean(axis=axes, keepdims=True))


@misconception(
    "spatial_groupnorm_backward.no_mean_path",
    hint="Each group of dx should sum to zero, because shifting a whole group changes nothing.",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def group_no_mean_path(dout, cache):
    """The path through the mean is missing."""
    return group_backward(dout, cache, paths=lambda g, xhat, axes: xhat * np.mean(g * xhat, axis=axes, keepdims=True))


@misconception(
    "spatial_groupnorm_backward.divides_by_pixels",
    hint="How many numbers went into one mean? The channels of the group count as well.",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def divides_by_pixels(dout, cache):
    """The correction terms divide by H * W only."""
    size = dout.shape[1] // cache[1].shape[1]
    return group_backward(dout, cache, paths=lambda g, xhat, axes: size * corrections(g, xhat, axes))


@misconception(
    "spatial_groupnorm_backward.gamma_after",
    hint="In batch normalization all values in one mean share a gamma. Do they, where a mean runs across channels?",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def gamma_after(dout, cache):
    """gamma is multiplied after the means."""
    xhat, inv_std, gamma = cache
    dx, dgamma, dbeta = spatial_groupnorm_backward(dout, (xhat, inv_std, np.ones_like(gamma)))
    return gamma[:, None, None] * dx, dgamma, dbeta


@misconception(
    "spatial_groupnorm_backward.gamma_missing",
    hint="On its way back dout passes the scaling first. What does a factor do to a gradient?",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def group_gamma_missing(dout, cache):
    """dx without gamma."""
    xhat, inv_std, gamma = cache
    return spatial_groupnorm_backward(dout, (xhat, inv_std, np.ones_like(gamma)))


@misconception(
    "spatial_groupnorm_backward.dgamma_keeps_pixels",
    hint="dgamma must have shape (C,). Which axes have to disappear?",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def group_dgamma_keeps_pixels(dout, cache):
    """dgamma and dbeta are summed over N only."""
    dx, _, _ = spatial_groupnorm_backward(dout, cache)
    return dx, np.sum(dout * cache[0], axis=0), np.sum(dout, axis=0)


@misconception(
    "spatial_groupnorm_backward.dgamma_keepdims",
    hint="The values are right. In CS231n gamma has shape (1, C, 1, 1); here it is (C,), and so is its gradient.",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def group_dgamma_keepdims(dout, cache):
    """dgamma and dbeta of shape (1, C, 1, 1)."""
    dx, dgamma, dbeta = spatial_groupnorm_backward(dout, cache)
    return dx, dgamma.reshape(1, -1, 1, 1), dbeta.reshape(1, -1, 1, 1)


@misconception(
    "spatial_groupnorm_backward.dgamma_per_group",
    hint="The statistics are shared by a group; is gamma? How many entries does its gradient have?",
    caught_by=("test_group_backward_values", "test_group_backward_numerical"),
)
def dgamma_per_group(dout, cache):
    """dgamma and dbeta are added up within each group."""
    dx, dgamma, dbeta = spatial_groupnorm_backward(dout, cache)
    G = cache[1].shape[1]
    size = len(dgamma) // G
    dgamma, dbeta = (np.repeat(values.reshape(G, size).sum(axis=1), size) for values in (dgamma, dbeta))
    return dx, dgamma, dbeta


@misconception(
    "spatial_groupnorm_backward.dgamma_through_gamma",
    hint="Your dgamma is multiplied and divided by gamma on the way. What if a gamma is 0?",
    caught_by=("test_group_backward_values",),
)
def group_dgamma_through_gamma(dout, cache):
    """dgamma = sum(dout * gamma * xhat) / gamma: nan where gamma is 0."""
    dx, dgamma, dbeta = spatial_groupnorm_backward(dout, cache)
    with np.errstate(all="ignore"):
        return dx, dgamma * cache[2] / cache[2], dbeta


@misconception(
    "spatial_groupnorm_backward.in_place",
    hint="dout belongs to the caller.",
    caught_by=("test_group_backward_pure",),
)
def group_backward_in_place(dout, cache):
    """dout *= gamma."""
    result = spatial_groupnorm_backward(dout, cache)
    dout *= cache[2][:, None, None]
    return result


@misconception(
    "spatial_groupnorm_backward.cache_in_place",
    hint="Call your backward pass twice with the same cache. Why do the results differ?",
    caught_by=("test_group_backward_pure",),
)
def group_cache_in_place(dout, cache):
    """xhat in the cache is overwritten."""
    result = spatial_groupnorm_backward(dout, cache)
    xhat = cache[0]
    xhat *= dout
    return result


def eps_added_to_deviation(x, gamma, beta, eps, axes):
    deviation = x.std(axis=axes, keepdims=True) + eps
    return standardized(x, gamma, beta, x.mean(axis=axes, keepdims=True), deviation**2)


def divided_by_variance(x, gamma, beta, eps, axes):
    variance = x.var(axis=axes, keepdims=True) + eps
    return standardized(x, gamma, beta, x.mean(axis=axes, keepdims=True), variance**2)


def one_value_less(x, gamma, beta, eps, axes):
    count = np.float64(np.prod([x.shape[axis] for axis in axes]))
    with np.errstate(all="ignore"):
        variance = x.var(axis=axes, keepdims=True) * (count / (count - 1))
    return standardized(x, gamma, beta, x.mean(axis=axes, keepdims=True), variance + eps)


def by_image(x, gamma, beta, in_param, axes=PIXELS, change=normalized):
    """Instance normalization over other axes, or with another step."""
    with np.errstate(all="ignore"):
        out, xhat, inv_std = change(x, gamma, beta, in_param.get("eps", 1e-5), axes)
    return out, (xhat, inv_std, gamma)


def by_group(x, gamma, beta, G, gn_param, axes=(2, 3, 4), change=normalized):
    """Group normalization over other axes of (N, G, C/G, H, W), or with another step."""
    _require_divisor(x, G)
    grouped = x.reshape(len(x), G, -1, *x.shape[2:])
    one, zero = np.ones(grouped.shape[2]), np.zeros(grouped.shape[2])
    _, xhat, _ = change(grouped, one, zero, gn_param.get("eps", 1e-5), axes)
    xhat = xhat.reshape(x.shape)
    inv_std = spatial_groupnorm_forward(x, gamma, beta, G, gn_param)[1][1]
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, inv_std, gamma)


def corrections(g, xhat, axes):
    return g.mean(axis=axes, keepdims=True) + xhat * np.mean(g * xhat, axis=axes, keepdims=True)


def batch_backward(dout, cache, paths):
    """The backward pass with other correction terms in training."""
    xhat, inv_std, gamma, mode = cache
    dx, dgamma, dbeta = spatial_batchnorm_backward(dout, cache)
    if mode == "train":
        g = dout * gamma[:, None, None]
        dx = inv_std * (g - paths(g, xhat))
    return dx, dgamma, dbeta


def group_backward(dout, cache, axes=(2, 3, 4), paths=corrections):
    """The backward pass with other correction terms, on (N, G, C/G, H, W)."""
    xhat, inv_std, gamma = cache
    _, dgamma, dbeta = spatial_groupnorm_backward(dout, cache)
    shape = (len(dout), inv_std.shape[1], -1, *dout.shape[2:])
    g, grouped = (dout * gamma[:, None, None]).reshape(shape), xhat.reshape(shape)
    return (inv_std * (g - paths(g, grouped, axes))).reshape(dout.shape), dgamma, dbeta


def _require_divisor(x, G):
    if G < 1 or x.shape[1] % G:
        raise ValueError(f"G = {G} does not divide C = {x.shape[1]}")
