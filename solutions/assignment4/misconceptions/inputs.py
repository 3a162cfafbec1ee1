"""Mistakes that students make when they prepare inputs."""

import numpy as np
from inputs import image_center_stats, normalize_apply, normalize_fit

from grader.checks import misconception

PER_CHANNEL = (0, 2, 3)


@misconception(
    "normalize_fit.variance",
    hint="After dividing by sigma the spread should be 1. Dividing by a variance does not do that; what does?",
    caught_by=("test_fit_values",),
)
def variance(X_train):
    """Returns the variance."""
    mu, sigma = normalize_fit(X_train)
    return mu, sigma**2


@misconception(
    "normalize_fit.second_moment",
    hint="The mean of the squares is a variance only for data whose mean was removed. Is your X centred at that point?",
    caught_by=("test_fit_values",),
)
def second_moment(X_train):
    """sqrt(mean(x^2)) without centring."""
    mu, sigma = normalize_fit(X_train)
    return mu, np.where(sigma == 1, 1.0, np.sqrt(np.mean(X_train**2, axis=0)))


@misconception(
    "normalize_fit.columns",
    hint="In the Deep Learning Specialization examples are columns; here they are rows, and a mean has shape (D,).",
    caught_by=("test_fit_values",),
)
def columns(X_train):
    """axis=1 with keepdims: examples as columns, results of shape (N, 1)."""
    mu, sigma = normalize_fit(X_train.T)
    return mu[:, None], sigma[:, None]


@misconception(
    "normalize_fit.axis",
    hint="Each feature needs its own mean. With examples in rows, which axis runs over the examples?",
    caught_by=("test_fit_values",),
)
def axis(X_train):
    """axis=1: one mean and deviation for every example."""
    return normalize_fit(X_train.T)


@misconception(
    "normalize_fit.guesses_layout",
    hint="With as many examples as features, do you still know which axis is which? Here examples are always rows.",
    caught_by=("test_fit_values",),
)
def fit_guesses_layout(X_train):
    """Takes a square table to have its examples in columns."""
    return normalize_fit(X_train.T if X_train.shape[0] == X_train.shape[1] else X_train)


@misconception(
    "normalize_fit.overall",
    hint="How many means do you return? Height and income should not share one.",
    caught_by=("test_fit_values",),
)
def overall(X_train):
    """One mean and one deviation for the whole table."""
    D = X_train.shape[1]
    return np.full(D, X_train.mean()), np.full(D, X_train.std())


@misconception(
    "normalize_fit.unbiased",
    hint="Your sigma is a little too large, the more so the fewer examples there are. By which count do you divide?",
    caught_by=("test_fit_values",),
)
def unbiased(X_train):
    """Divides the sum of squares by N - 1."""
    mu, sigma = normalize_fit(X_train)
    N = len(X_train)
    return mu, np.where(X_train.std(axis=0) > 0, sigma * np.sqrt(N / max(N - 1, 1)), 1.0)


@misconception(
    "normalize_fit.mean_absolute",
    hint="The mean absolute deviation is another measure of spread. Which one has the square in it?",
    caught_by=("test_fit_values",),
)
def mean_absolute(X_train):
    """mean |x - mu|."""
    mu, _ = normalize_fit(X_train)
    deviation = np.abs(X_train - mu).mean(axis=0)
    return mu, np.where(deviation > 0, deviation, 1.0)


@misconception(
    "normalize_fit.value_range",
    hint="Largest minus smallest belongs to min-max scaling. What is the standard deviation of the column?",
    caught_by=("test_fit_values",),
)
def value_range(X_train):
    """max - min in the place of the deviation."""
    mu, _ = normalize_fit(X_train)
    spread = np.ptp(X_train, axis=0)
    return mu, np.where(spread > 0, spread, 1.0)


@misconception(
    "normalize_fit.swapped",
    hint="The values are right, but look at the order in which they are to be returned.",
    caught_by=("test_fit_values",),
)
def swapped(X_train):
    """Returns (sigma, mu)."""
    mu, sigma = normalize_fit(X_train)
    return sigma, mu


@misconception(
    "normalize_fit.keepdims",
    hint="Compare the shape of what you return with (D,). Which option keeps an axis of length 1?",
    caught_by=("test_fit_values",),
)
def keepdims(X_train):
    """Results of shape (1, D)."""
    mu, sigma = normalize_fit(X_train)
    return mu[None, :], sigma[None, :]


@misconception(
    "normalize_fit.added_eps",
    hint="A small number was added to every sigma. Only a constant feature needs special care here.",
    caught_by=("test_fit_values", "test_fit_constant"),
)
def added_eps(X_train):
    """sigma + 1e-8, also where nothing is constant."""
    return X_train.mean(axis=0), X_train.std(axis=0) + 1e-8


@misconception(
    "normalize_fit.constant_zero",
    hint="A feature that never changes has deviation 0, and somebody will divide by it. What could sigma be instead?",
    caught_by=("test_fit_constant",),
)
def constant_zero(X_train):
    """sigma = 0 for a constant feature."""
    return X_train.mean(axis=0), X_train.std(axis=0)


@misconception(
    "normalize_fit.constant_tiny",
    hint="A constant feature of new data could differ by a little. Divided by your sigma, how large does that become?",
    caught_by=("test_fit_constant",),
)
def constant_tiny(X_train):
    """sigma = 1e-8 for a constant feature."""
    return X_train.mean(axis=0), np.maximum(X_train.std(axis=0), 1e-8)


@misconception(
    "normalize_fit.small_is_constant",
    hint="A deviation of 1e-9 is small in a large unit only. Is such a feature constant?",
    caught_by=("test_fit_small_unit",),
)
def small_is_constant(X_train):
    """sigma below 1e-8 counts as 0."""
    mu, sigma = normalize_fit(X_train)
    return mu, np.where(sigma < 1e-8, 1.0, sigma)


@misconception(
    "normalize_fit.one_pass",
    hint="mean(x^2) - mean(x)^2 subtracts two nearly equal numbers when the data are far from 0. Centre first.",
    caught_by=("test_fit_offset",),
)
def one_pass(X_train):
    """sqrt(E[x^2] - E[x]^2)."""
    mu = X_train.mean(axis=0)
    sigma = np.sqrt(np.maximum((X_train**2).mean(axis=0) - mu**2, 0))
    return mu, np.where(X_train.std(axis=0) > 0, sigma, 1.0)


@misconception(
    "normalize_fit.in_place",
    hint="The raw data changed. Leave the caller's array alone.",
    caught_by=("test_fit_pure",),
)
def in_place(X_train):
    """X -= mu."""
    mu, sigma = normalize_fit(X_train)
    X_train -= mu
    return mu, sigma


@misconception(
    "normalize_apply.own_statistics",
    hint="The test set must be moved by the training set's numbers. Use the mu and sigma you were handed.",
    caught_by=("test_apply_values", "test_apply_rowwise"),
)
def own_statistics(X, mu, sigma):
    """Recomputes mu and sigma from the data it is given."""
    own_mu, own_sigma = normalize_fit(X)
    return (X - own_mu) / own_sigma


@misconception(
    "normalize_apply.divides_by_variance",
    hint="Check the standard deviation of your result. Is it 1?",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def apply_divides_by_variance(X, mu, sigma):
    """(X - mu) / sigma^2."""
    return (X - mu) / sigma**2


@misconception(
    "normalize_apply.takes_root",
    hint="sigma is a standard deviation already. How many roots were taken by now?",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def takes_root(X, mu, sigma):
    """(X - mu) / sqrt(sigma), as if sigma were a variance."""
    return (X - mu) / np.sqrt(sigma)


@misconception(
    "normalize_apply.no_centre",
    hint="The mean of your result is not zero.",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def no_centre(X, mu, sigma):
    """X / sigma only."""
    return X / sigma


@misconception(
    "normalize_apply.centre_only",
    hint="The mean is 0 now. A feature in millimetres is still a thousand times wider than one in metres.",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def centre_only(X, mu, sigma):
    """X - mu only."""
    return X - mu


@misconception(
    "normalize_apply.order",
    hint="mu is in the units of X, so it has to be removed before the division.",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def order(X, mu, sigma):
    """X / sigma - mu; also what X - mu / sigma would mix up."""
    return X / sigma - mu


@misconception(
    "normalize_apply.precedence",
    hint="A division binds more tightly than a subtraction. What is divided in your line?",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def precedence(X, mu, sigma):
    """X - mu / sigma: brackets missing."""
    return X - mu / sigma


@misconception(
    "normalize_apply.multiplies",
    hint="Wide features became even wider.",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def multiplies(X, mu, sigma):
    """(X - mu) * sigma."""
    return (X - mu) * sigma


@misconception(
    "normalize_apply.minmax",
    hint="Scaling into [0, 1] is another recipe; this one asks for mean 0 and deviation 1.",
    caught_by=("test_apply_values", "test_apply_unit"),
)
def minmax(X, mu, sigma):
    """Min-max scaling of the data."""
    low, spread = X.min(axis=0), np.ptp(X, axis=0)
    return (X - low) / np.where(spread > 0, spread, 1.0)


@misconception(
    "normalize_apply.added_eps",
    hint="A small number is added to sigma. A constant feature has sigma = 1 already, so which case is it for?",
    caught_by=("test_apply_values",),
)
def apply_added_eps(X, mu, sigma):
    """(X - mu) / (sigma + 1e-8)."""
    return (X - mu) / (sigma + 1e-8)


@misconception(
    "normalize_apply.sigma_floor",
    hint="A feature measured in very large units has a very small sigma. What happens to it in your function?",
    caught_by=("test_apply_unit",),
)
def sigma_floor(X, mu, sigma):
    """sigma is kept above 1e-8."""
    return (X - mu) / np.maximum(sigma, 1e-8)


@misconception(
    "normalize_apply.columns",
    hint="In the Deep Learning Specialization a feature is a row. Here an example is a row, and mu has shape (D,).",
    caught_by=("test_apply_values",),
)
def apply_columns(X, mu, sigma):
    """mu and sigma as columns, for features in rows."""
    return (X - mu.reshape(-1, 1)) / sigma.reshape(-1, 1)


@misconception(
    "normalize_apply.guesses_layout",
    hint="With as many examples as features, do you still know which axis is which? Here examples are always rows.",
    caught_by=("test_apply_values",),
)
def guesses_layout(X, mu, sigma):
    """Takes the features to be in rows when X has as many rows as mu has entries."""
    if X.shape[0] == mu.shape[0]:
        return (X - mu[:, None]) / sigma[:, None]
    return (X - mu) / sigma


@misconception(
    "normalize_apply.squeezed_row",
    hint="One example goes in as an array with one row. Which shape comes out?",
    caught_by=("test_apply_rowwise",),
)
def squeezed_row(X, mu, sigma):
    """A single row comes back without its first axis."""
    return np.squeeze((X - mu) / sigma)


@misconception(
    "normalize_apply.float64_leak",
    hint="The output has another dtype than the input. Look for a constant or array that widens it.",
    caught_by=("test_apply_dtype",),
)
def float64_leak(X, mu, sigma):
    """float64 output for float32 input."""
    return normalize_apply(X.astype(np.float64), mu, sigma)


@misconception(
    "normalize_apply.in_place",
    hint="Working in place saves memory, but the caller keeps the raw data. Make a new array.",
    caught_by=("test_apply_pure",),
)
def apply_in_place(X, mu, sigma):
    """X -= mu; X /= sigma."""
    X -= mu
    X /= sigma
    return X


@misconception(
    "image_center_stats.channel_per_pixel",
    hint="VGG subtracts three numbers, one per channel, from every pixel. How many numbers do you return?",
    caught_by=("test_image_channel",),
)
def channel_per_pixel(X, mode):
    """'channel' keeps H and W (the mean image)."""
    return image_center_stats(X, "image" if mode == "channel" else mode)


@misconception(
    "image_center_stats.image_is_channel",
    hint="AlexNet's mean image keeps every pixel position; average over the examples only.",
    caught_by=("test_image_mean_image",),
)
def image_is_channel(X, mode):
    """'image' averages over pixels as well."""
    return image_center_stats(X, "channel" if mode == "image" else mode)


@misconception(
    "image_center_stats.image_mean_of_each",
    hint="You have one mean for every image. The mean image is the average of all images, pixel by pixel.",
    caught_by=("test_image_mean_image",),
)
def image_mean_of_each(X, mode):
    """'image' gives every image its own mean."""
    mean, std = image_center_stats(X, mode)
    return (X.mean(axis=(1, 2, 3), keepdims=True), 1.0) if mode == "image" else (mean, std)


@misconception(
    "image_center_stats.image_without_axis",
    hint="The numbers are right. Which shape is asked for, and which option of mean keeps an axis of length 1?",
    caught_by=("test_image_mean_image",),
)
def image_without_axis(X, mode):
    """The mean image has shape (C, H, W)."""
    mean, std = image_center_stats(X, mode)
    return (mean[0], 1.0) if mode == "image" else (mean, std)


@misconception(
    "image_center_stats.scalar",
    hint="Each channel has its own brightness. Which axes must stay?",
    caught_by=("test_image_channel", "test_image_channel_std"),
)
def scalar(X, mode):
    """One mean and one deviation for all channels."""
    mean, std = image_center_stats(X, mode)
    if mode == "image":
        return mean, std
    return np.full(mean.shape, X.mean()), np.full(mean.shape, X.std() if mode == "channel_std" else 1.0)


@misconception(
    "image_center_stats.flat_shape",
    hint="The numbers are right. numpy lines up shape (C,) with the last axis; which shape is asked for?",
    caught_by=("test_image_channel", "test_image_channel_std"),
)
def flat_shape(X, mode):
    """Channel statistics of shape (C,)."""
    mean, std = image_center_stats(X, mode)
    if mode == "image":
        return mean, std
    return mean.ravel(), std.ravel() if mode == "channel_std" else 1.0


@misconception(
    "image_center_stats.channels_last",
    hint="TensorFlow keeps the channels on the last axis. Where are they in (N, C, H, W)?",
    caught_by=("test_image_channel", "test_image_channel_std"),
)
def channels_last(X, mode):
    """Statistics of the last axis, as for (N, H, W, C)."""
    if mode == "image":
        return image_center_stats(X, mode)
    mean, std = image_center_stats(np.moveaxis(X, 3, 1), mode)
    return np.moveaxis(mean, 1, 3), np.moveaxis(std, 1, 3)


@misconception(
    "image_center_stats.variance",
    hint="Dividing by a variance does not give deviation 1. What does?",
    caught_by=("test_image_channel_std",),
)
def std_is_variance(X, mode):
    """'channel_std' returns the variance."""
    mean, std = image_center_stats(X, mode)
    return mean, std**2


@misconception(
    "image_center_stats.deviation_per_pixel",
    hint="How many deviations do you return? ResNet's preprocessing has one for each channel.",
    caught_by=("test_image_channel_std",),
)
def deviation_per_pixel(X, mode):
    """The deviation is taken over the examples only."""
    mean, std = image_center_stats(X, mode)
    return mean, np.where(std == 1, 1.0, X.std(axis=0, keepdims=True)) if mode == "channel_std" else std


@misconception(
    "image_center_stats.deviation_of_means",
    hint="Pixels inside one image differ too. Do you measure the spread of all pixels, or of the images' averages?",
    caught_by=("test_image_channel_std",),
)
def deviation_of_means(X, mode):
    """The deviation of the images' mean brightness."""
    mean, std = image_center_stats(X, mode)
    spread = X.mean(axis=(2, 3), keepdims=True).std(axis=0, keepdims=True)
    return mean, np.where(spread > 0, spread, 1.0) if mode == "channel_std" else std


@misconception(
    "image_center_stats.unbiased",
    hint="Your deviation is a little too large. By how many values is the sum of squares to be divided?",
    caught_by=("test_image_channel_std",),
)
def std_unbiased(X, mode):
    """The deviation divides by one value less."""
    mean, std = image_center_stats(X, mode)
    if mode != "channel_std":
        return mean, std
    spread = X.std(axis=PER_CHANNEL, ddof=1, keepdims=True)
    return mean, np.where(spread > 0, spread, 1.0)


@misconception(
    "image_center_stats.always_std",
    hint='Only one of the three modes divides. What should std be in the modes "image" and "channel"?',
    caught_by=("test_image_mean_image", "test_image_channel"),
)
def always_std(X, mode):
    """Returns the deviation in every mode."""
    mean, _ = image_center_stats(X, mode)
    return mean, image_center_stats(X, "channel_std")[1]


@misconception(
    "image_center_stats.image_std",
    hint='The mode "image" only subtracts. What should std be, so that dividing by it does nothing?',
    caught_by=("test_image_mean_image",),
)
def image_std(X, mode):
    """'image' also returns the deviation of every pixel."""
    mean, std = image_center_stats(X, mode)
    return mean, X.std(axis=0, keepdims=True) if mode == "image" else std


@misconception(
    "image_center_stats.channel_std_too",
    hint='The mode "channel" only subtracts; "channel_std" is the one that divides. What should std be here?',
    caught_by=("test_image_channel",),
)
def channel_std_too(X, mode):
    """'channel' also returns the deviation."""
    return image_center_stats(X, "channel_std" if mode == "channel" else mode)


@misconception(
    "image_center_stats.squares_overflow",
    hint="200 squared does not fit into 8 bits. In which type do your squares live?",
    caught_by=("test_image_uint8",),
)
def squares_overflow(X, mode):
    """Squares pixels in their own type."""
    mean, std = image_center_stats(X, mode)
    if mode != "channel_std":
        return mean, std
    variance = (X**2).mean(axis=PER_CHANNEL, keepdims=True) - mean**2
    return mean, np.where(std == 1, 1.0, np.sqrt(np.maximum(variance, 0)))


@misconception(
    "image_center_stats.keeps_type",
    hint="A mean of pixels is rarely a whole number. Which type does your mean have for uint8 images?",
    caught_by=("test_image_uint8",),
)
def keeps_type(X, mode):
    """Means are rounded to the type of the pixels."""
    mean, std = image_center_stats(X, mode)
    return mean.astype(X.dtype), std


@misconception(
    "image_center_stats.flat_zero",
    hint="A channel that is black in all images has deviation 0. What would the division do?",
    caught_by=("test_image_flat_channel",),
)
def flat_zero(X, mode):
    """std = 0 for a constant channel."""
    mean, std = image_center_stats(X, mode)
    return mean, X.std(axis=PER_CHANNEL, keepdims=True) if mode == "channel_std" else std


@misconception(
    "image_center_stats.cancellation",
    hint="mean(x^2) - mean(x)^2 subtracts two nearly equal numbers when the data are far from 0. Centre first.",
    caught_by=("test_image_offset",),
)
def cancellation(X, mode):
    """The deviation is sqrt(E[x^2] - E[x]^2)."""
    mean, std = image_center_stats(X, mode)
    if mode != "channel_std":
        return mean, std
    X = X.astype(np.float64)
    variance = np.mean(X**2, axis=(0, 2, 3), keepdims=True) - mean**2
    flat = np.ptp(X, axis=(0, 2, 3), keepdims=True) == 0
    return mean, np.where(flat, 1.0, np.sqrt(np.maximum(variance, 0)))


@misconception(
    "image_center_stats.image_in_place",
    hint="The array belongs to the caller, who may still need it. Make a new one.",
    caught_by=("test_image_pure",),
)
def image_in_place(X, mode):
    """X -= mean."""
    mean, std = image_center_stats(X, mode)
    np.subtract(X, mean, out=X, casting="unsafe")
    return mean, std


@misconception(
    "image_center_stats.unknown_mode",
    hint="A misspelt mode should be reported.",
    caught_by=("test_image_error",),
)
def unknown_mode(X, mode):
    """An unknown mode is treated as 'image'."""
    return image_center_stats(X, mode if mode in ("channel", "channel_std") else "image")


@misconception(
    "image_center_stats.key_error",
    hint="An unknown mode ends in an error, good. Which type of error tells the caller that a value is not allowed?",
    caught_by=("test_image_error",),
)
def key_error(X, mode):
    """An unknown mode raises a KeyError from a table of modes."""
    if mode not in ("image", "channel", "channel_std"):
        raise KeyError(mode)
    return image_center_stats(X, mode)
