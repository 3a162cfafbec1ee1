"""Mistakes that students make with dropout as first published, and with its mean and variance."""

import numpy as np
from vanilla import vanilla_dropout_forward

from grader.checks import misconception


@misconception(
    "vanilla_dropout_forward.inverted",
    hint="This is the 2014 original: nothing is rescaled while training.",
    caught_by=("test_vanilla_train",),
)
def inverted(x, keep_prob, mode, rng=None):
    """Divides by keep_prob in training, and scales at test time too."""
    out = vanilla_dropout_forward(x, keep_prob, mode, rng)
    return out / keep_prob if mode == "train" else out


@misconception(
    "vanilla_dropout_forward.inverted_throughout",
    hint="This is inverted dropout again. In the version of 2014 the two modes share the work differently.",
    caught_by=("test_vanilla_train", "test_vanilla_test_mode"),
)
def inverted_throughout(x, keep_prob, mode, rng=None):
    """Inverted dropout: divides by keep_prob in training, does nothing at test time."""
    return x.copy() if mode == "test" else vanilla_dropout_forward(x, keep_prob, mode, rng) / keep_prob


@misconception(
    "vanilla_dropout_forward.multiplied_in_training",
    hint="The factor keep_prob appears while training as well. In which mode is every unit on?",
    caught_by=("test_vanilla_train",),
)
def multiplied_in_training(x, keep_prob, mode, rng=None):
    """Multiplies by keep_prob in both modes."""
    out = vanilla_dropout_forward(x, keep_prob, mode, rng)
    return out * keep_prob if mode == "train" else out


@misconception(
    "vanilla_dropout_forward.test_divides",
    hint="At test time every unit is on, so the sums would be too large, not too small.",
    caught_by=("test_vanilla_test_mode",),
)
def divides_in_test(x, keep_prob, mode, rng=None):
    """Divides by keep_prob at test time."""
    return x / keep_prob if mode == "test" else vanilla_dropout_forward(x, keep_prob, mode, rng)


@misconception(
    "vanilla_dropout_forward.test_identity",
    hint="Nothing was rescaled in training, so at test time the next layer gets larger sums than it is used to.",
    caught_by=("test_vanilla_test_mode",),
)
def identity_in_test(x, keep_prob, mode, rng=None):
    """Does nothing at test time."""
    return x.copy() if mode == "test" else vanilla_dropout_forward(x, keep_prob, mode, rng)


@misconception(
    "vanilla_dropout_forward.test_drop_share",
    hint="The expected value of a kept-or-zero unit is (probability of being kept) times x.",
    caught_by=("test_vanilla_test_mode",),
)
def drop_share_in_test(x, keep_prob, mode, rng=None):
    """Multiplies by 1 - keep_prob at test time."""
    return x * (1 - keep_prob) if mode == "test" else vanilla_dropout_forward(x, keep_prob, mode, rng)


@misconception(
    "vanilla_dropout_forward.test_drops",
    hint="Prediction must not depend on luck. What replaces the mask at test time?",
    caught_by=("test_vanilla_test_mode",),
)
def drops_in_test(x, keep_prob, mode, rng=None):
    """Drops units at test time too."""
    return vanilla_dropout_forward(x, keep_prob, "train", rng or np.random.default_rng(0))


@misconception(
    "vanilla_dropout_forward.draws_in_test",
    hint="The output is right, but in mode 'test' random numbers are drawn all the same. When is the mask needed?",
    caught_by=("test_vanilla_test_mode",),
)
def draws_in_test(x, keep_prob, mode, rng=None):
    """Draws the mask before it looks at the mode."""
    if mode == "test" and rng is not None:
        rng.random(x.shape)
    return vanilla_dropout_forward(x, keep_prob, mode, rng)


@misconception(
    "vanilla_dropout_forward.keep_is_drop",
    hint="keep_prob = 0.2 should leave about 20 % of the units alive. How many do you keep?",
    caught_by=("test_vanilla_mean",),
)
def keep_is_drop(x, keep_prob, mode, rng=None):
    """Keeps with probability 1 - keep_prob."""
    return x * keep_prob if mode == "test" else x * (rng.random(x.shape) > keep_prob)


@misconception(
    "vanilla_dropout_forward.gaussian",
    hint="Which share of normal random numbers lies below 0.5? A coin needs uniform numbers.",
    caught_by=("test_vanilla_mean",),
)
def gaussian(x, keep_prob, mode, rng=None):
    """Compares normal instead of uniform numbers with keep_prob."""
    return x * keep_prob if mode == "test" else x * (rng.standard_normal(x.shape) < keep_prob)


@misconception(
    "vanilla_dropout_forward.fair_coin",
    hint="You keep half of the units whatever keep_prob is. Where does keep_prob enter the coin toss?",
    caught_by=("test_vanilla_mean",),
)
def fair_coin(x, keep_prob, mode, rng=None):
    """Keeps with probability one half."""
    return x * keep_prob if mode == "test" else x * rng.integers(0, 2, x.shape)


@misconception(
    "vanilla_dropout_forward.per_feature",
    hint="Every example should train its own thinned network. Compare two rows of the output for an input of ones.",
    caught_by=("test_vanilla_independent",),
)
def per_feature(x, keep_prob, mode, rng=None):
    """One row of the mask is shared by all examples."""
    return x * keep_prob if mode == "test" else x * (rng.random(x.shape[1:]) < keep_prob)


@misconception(
    "vanilla_dropout_forward.per_example",
    hint="Whole examples are dropped: in each row all units share one fate. What should a coin decide on?",
    caught_by=("test_vanilla_independent",),
)
def per_example(x, keep_prob, mode, rng=None):
    """One coin is tossed for all units of an example."""
    return x * keep_prob if mode == "test" else x * (rng.random((len(x), *[1] * (x.ndim - 1))) < keep_prob)


@misconception(
    "vanilla_dropout_forward.exact_half",
    hint="Each unit tosses its own coin, so the number kept varies from example to example.",
    caught_by=("test_vanilla_independent",),
)
def exact_half(x, keep_prob, mode, rng=None):
    """Keeps exactly keep_prob of the units of each example."""
    if mode == "test":
        return x * keep_prob
    ranks = rng.random(x.shape).argsort(axis=-1).argsort(axis=-1)
    return x * (ranks < round(keep_prob * x.shape[-1]))


@misconception(
    "vanilla_dropout_forward.reseed",
    hint="The same units are dropped in every call. Use the generator you were given.",
    caught_by=("test_vanilla_random",),
)
def reseed(x, keep_prob, mode, rng=None):
    """Uses a generator with a fixed seed."""
    return vanilla_dropout_forward(x, keep_prob, mode, np.random.default_rng(1))


@misconception(
    "vanilla_dropout_forward.global_random",
    hint="The generator passed in is not the one that you draw from, so nobody can repeat your run.",
    caught_by=("test_vanilla_random",),
)
def global_random(x, keep_prob, mode, rng=None):
    """Draws from the global generator."""
    if mode == "test":
        return x * keep_prob
    return x * (np.random.rand(*x.shape) < keep_prob)  # noqa: NPY002 - the mistake itself


@misconception(
    "vanilla_dropout_forward.exact_share",
    hint="Every call of yours keeps the same number of units. What would coins do?",
    caught_by=("test_vanilla_count",),
)
def exact_share(x, keep_prob, mode, rng=None):
    """Keeps exactly keep_prob of all units."""
    _require(keep_prob, mode)
    if mode == "test":
        return x * keep_prob
    return x * rng.permutation(np.arange(x.size) < round(keep_prob * x.size)).reshape(x.shape)


@misconception(
    "vanilla_dropout_forward.whole_channels",
    hint="With four axes your coins decide on whole channels. What should one coin decide on?",
    caught_by=("test_vanilla_independent",),
)
def whole_channels(x, keep_prob, mode, rng=None):
    """One coin is tossed for all positions of a channel."""
    _require(keep_prob, mode)
    return x * keep_prob if mode == "test" else x * (rng.random((*x.shape[:2], *[1] * (x.ndim - 2))) < keep_prob)


@misconception(
    "vanilla_dropout_forward.in_place",
    hint="x belongs to the caller, and after the call it is not the same. Where do you write to it?",
    caught_by=("test_vanilla_input_unchanged",),
)
def in_place(x, keep_prob, mode, rng=None):
    """Multiplies x in place."""
    _require(keep_prob, mode)
    x *= keep_prob if mode == "test" else rng.random(x.shape) < keep_prob
    return x


@misconception(
    "vanilla_dropout_forward.float64_out",
    hint="An array of float64 among the factors makes the result float64. Which of yours is one?",
    caught_by=("test_vanilla_dtype",),
)
def float64_out(x, keep_prob, mode, rng=None):
    """Multiplies by a mask of float64."""
    _require(keep_prob, mode)
    return x * (np.full(x.shape, keep_prob) if mode == "test" else (rng.random(x.shape) < keep_prob).astype(float))


@misconception(
    "vanilla_dropout_forward.other_modes_test",
    hint="Any mode that is not 'train' passes for 'test'. What happens to a misspelt one?",
    caught_by=("test_vanilla_error",),
)
def other_modes_test(x, keep_prob, mode, rng=None):
    """Takes every other mode for "test"."""
    return vanilla_dropout_forward(x, keep_prob, mode if mode == "train" else "test", rng)


@misconception(
    "vanilla_dropout_forward.keep_prob_unchecked",
    hint="keep_prob = 0 or 1.5 passes without a word. Which values can a probability of being kept have?",
    caught_by=("test_vanilla_error",),
)
def keep_prob_unchecked(x, keep_prob, mode, rng=None):
    """Accepts any keep_prob."""
    _require(1, mode)
    return x * keep_prob if mode == "test" else x * (rng.random(x.shape) < keep_prob)


@misconception(
    "dropout_moments.in_place",
    hint="x belongs to the caller, and after the call it is not the same. Where do you write to it?",
    caught_by=("test_moments_leave_x_alone",),
)
def squared_in_place(x, keep_prob):
    """Squares x in place."""
    mean = x.copy()
    x *= x
    return mean, x * ((1 - keep_prob) / keep_prob)


@misconception(
    "dropout_moments.float64_out",
    hint="The numbers are right. Print the dtype of both results for an x of dtype float32.",
    caught_by=("test_moments_leave_x_alone",),
)
def moments_in_float64(x, keep_prob):
    """Computes in float64 and leaves it at that."""
    x = x.astype(np.float64)
    return x, x**2 * (1 - keep_prob) / keep_prob


@misconception(
    "dropout_moments.mean_scaled",
    hint="The whole point of the inverted version is what happens to the mean. Compute E[mask] once more.",
    caught_by=("test_moments",),
)
def mean_scaled(x, keep_prob):
    """The mean is keep_prob * x."""
    return keep_prob * x, x**2 * (1 - keep_prob) / keep_prob


@misconception(
    "dropout_moments.mean_divided",
    hint="Only the kept share of the time is the value x/keep_prob. What does that make on average?",
    caught_by=("test_moments",),
)
def mean_divided(x, keep_prob):
    """The mean is x / keep_prob."""
    return x / keep_prob, x**2 * (1 - keep_prob) / keep_prob


@misconception(
    "dropout_moments.vanilla",
    hint="These are the moments of x times a 0/1 mask. Inverted dropout scales the kept units.",
    caught_by=("test_moments",),
)
def vanilla(x, keep_prob):
    """The moments of vanilla dropout."""
    return keep_prob * x, x**2 * keep_prob * (1 - keep_prob)


@misconception(
    "dropout_moments.vanilla_variance",
    hint="The mean is right. The variance is that of a 0/1 coin; what does the factor 1/keep_prob do to a variance?",
    caught_by=("test_moments",),
)
def vanilla_variance(x, keep_prob):
    """The variance of vanilla dropout."""
    return x.copy(), x**2 * keep_prob * (1 - keep_prob)


@misconception(
    "dropout_moments.factor_not_squared",
    hint="The mean is right. Multiplying a random number by c does more to its variance than multiplying it by c.",
    caught_by=("test_moments",),
)
def factor_not_squared(x, keep_prob):
    """Scales the coin's variance by 1/keep_prob instead of its square."""
    return x.copy(), x**2 * (1 - keep_prob)


@misconception(
    "dropout_moments.square_lost",
    hint="Variance carries squared units. Check it with x = 2 and x = -2.",
    caught_by=("test_moments",),
)
def square_lost(x, keep_prob):
    """x instead of x squared."""
    return x.copy(), x * (1 - keep_prob) / keep_prob


@misconception(
    "dropout_moments.odds_inverted",
    hint="With keep_prob = 1 there is no noise. Does your formula give zero there?",
    caught_by=("test_moments",),
)
def odds_inverted(x, keep_prob):
    """keep_prob / (1 - keep_prob)."""
    with np.errstate(divide="ignore"):
        return x.copy(), x**2 * (keep_prob / np.float64(1 - keep_prob))


@misconception(
    "dropout_moments.second_moment",
    hint="This is the mean of the square. What is still to be taken off to make it a variance?",
    caught_by=("test_moments",),
)
def second_moment(x, keep_prob):
    """The mean of the square, without the square of the mean."""
    return x.copy(), x**2 / keep_prob


@misconception(
    "dropout_moments.deviation",
    hint="The mean is right. Is this the variance, or its root?",
    caught_by=("test_moments",),
)
def deviation(x, keep_prob):
    """The standard deviation."""
    return x.copy(), np.abs(x) * np.sqrt((1 - keep_prob) / keep_prob)


@misconception(
    "dropout_moments.over_batch",
    hint="x is fixed here and the mask is random. Over what do you average?",
    caught_by=("test_moments",),
)
def over_batch(x, keep_prob):
    """The mean and variance of x over the examples."""
    return x.mean(axis=0), x.var(axis=0)


@misconception(
    "dropout_moments.over_all",
    hint="Every activation has a mean and a variance of its own, over its mask. Which shape should they have?",
    caught_by=("test_moments",),
)
def over_all(x, keep_prob):
    """The mean and variance of all entries of x."""
    return x.mean(), x.var()


@misconception(
    "dropout_moments.swapped",
    hint="Look at the order of the two values that you return.",
    caught_by=("test_moments",),
)
def swapped(x, keep_prob):
    """The variance first."""
    return x**2 * (1 - keep_prob) / keep_prob, x.copy()


def _require(keep_prob, mode):
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")
    if mode not in ("train", "test"):
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")
