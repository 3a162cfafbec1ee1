"""Mistakes that students make with inverted dropout as a layer."""

import numpy as np
from layers import dropout_mask

from grader.checks import misconception


@misconception(
    "dropout_mask.keep_is_drop",
    hint="Keras and PyTorch speak of the share that is dropped; keep_prob is the share that survives.",
    caught_by=("test_mask_rate",),
)
def keep_is_drop(shape, keep_prob, rng, dtype=np.float64):
    """Keeps with probability 1 - keep_prob, but scales by 1/keep_prob."""
    _require_probability(keep_prob)
    return ((rng.random(shape) > keep_prob) / keep_prob if keep_prob < 1 else np.ones(shape)).astype(dtype)


@misconception(
    "dropout_mask.drop_rate",
    hint="You treat keep_prob as the share that is dropped throughout. With keep_prob = 0.8, how many entries survive?",
    caught_by=("test_mask_values", "test_mask_rate"),
)
def drop_rate(shape, keep_prob, rng, dtype=np.float64):
    """Reads keep_prob as the rate of dropping, for the coins and for the scale."""
    _require_probability(keep_prob)
    if keep_prob == 1:
        return np.zeros(shape, dtype)
    return ((rng.random(shape) >= keep_prob) / (1 - keep_prob)).astype(dtype)


@misconception(
    "dropout_mask.not_scaled",
    hint="With a 0/1 mask the average activation falls. Inverted dropout repairs that at training time.",
    caught_by=("test_mask_values",),
)
def not_scaled(shape, keep_prob, rng, dtype=np.float64):
    """The mask is 0/1."""
    _require_probability(keep_prob)
    return (rng.random(shape) < keep_prob).astype(dtype)


@misconception(
    "dropout_mask.boolean",
    hint="Print mask.dtype. True and False say who is kept; the mask should also say by how much.",
    caught_by=("test_mask_values", "test_mask_dtype"),
)
def boolean(shape, keep_prob, rng, dtype=np.float64):
    """The mask is an array of booleans."""
    _require_probability(keep_prob)
    return rng.random(shape) < keep_prob


@misconception(
    "dropout_mask.multiplied",
    hint="If fewer units are left, should each of them count for more or for less?",
    caught_by=("test_mask_values",),
)
def multiplied(shape, keep_prob, rng, dtype=np.float64):
    """Multiplies by keep_prob instead of dividing."""
    _require_probability(keep_prob)
    return ((rng.random(shape) < keep_prob) * keep_prob).astype(dtype)


@misconception(
    "dropout_mask.dropped_scaled",
    hint="The average of your mask is not 1. Which share of the entries has to make up for the others?",
    caught_by=("test_mask_values",),
)
def dropped_scaled(shape, keep_prob, rng, dtype=np.float64):
    """Divides by the share that is dropped."""
    _require_probability(keep_prob)
    return ((rng.random(shape) < keep_prob) / (1 - keep_prob if keep_prob < 1 else 1)).astype(dtype)


@misconception(
    "dropout_mask.gaussian",
    hint="Which share of normal random numbers lies below 0.5? A coin needs uniform numbers.",
    caught_by=("test_mask_rate",),
)
def gaussian(shape, keep_prob, rng, dtype=np.float64):
    """Compares normal instead of uniform numbers with keep_prob."""
    _require_probability(keep_prob)
    return ((rng.standard_normal(shape) < keep_prob) / keep_prob).astype(dtype)


@misconception(
    "dropout_mask.fair_coin",
    hint="Your mask keeps half of the entries whatever keep_prob is. Where does keep_prob enter the coin toss?",
    caught_by=("test_mask_rate",),
)
def fair_coin(shape, keep_prob, rng, dtype=np.float64):
    """Keeps with probability one half."""
    _require_probability(keep_prob)
    kept = rng.integers(0, 2, shape) if keep_prob < 1 else np.ones(shape)
    return (kept / keep_prob).astype(dtype)


@misconception(
    "dropout_mask.per_feature",
    hint="Every example should train its own thinned network. Compare two rows of your mask.",
    caught_by=("test_mask_independent",),
)
def per_feature(shape, keep_prob, rng, dtype=np.float64):
    """One row of the mask is shared by all examples."""
    _require_probability(keep_prob)
    return np.broadcast_to((rng.random(shape[1:]) < keep_prob) / keep_prob, shape).astype(dtype)


@misconception(
    "dropout_mask.per_example",
    hint="In each row of your mask all entries are alike. A coin decides on one unit, not on a whole example.",
    caught_by=("test_mask_independent",),
)
def per_example(shape, keep_prob, rng, dtype=np.float64):
    """One coin is tossed for all units of an example."""
    _require_probability(keep_prob)
    coins = rng.random((shape[0], *[1] * (len(shape) - 1)))
    return np.broadcast_to((coins < keep_prob) / keep_prob, shape).astype(dtype)


@misconception(
    "dropout_mask.exact_half",
    hint="Each unit tosses its own coin, so the number kept varies from example to example.",
    caught_by=("test_mask_independent",),
)
def exact_half(shape, keep_prob, rng, dtype=np.float64):
    """Keeps exactly keep_prob of the units of each example."""
    _require_probability(keep_prob)
    order = rng.random(shape).argsort(axis=-1).argsort(axis=-1)
    return ((order < round(keep_prob * shape[-1])) / keep_prob).astype(dtype)


@misconception(
    "dropout_mask.exact_share",
    hint="Every mask of yours keeps the same number of entries. What would coins do?",
    caught_by=("test_mask_count",),
)
def exact_share(shape, keep_prob, rng, dtype=np.float64):
    """Shuffles a mask in which exactly the share keep_prob is kept."""
    _require_probability(keep_prob)
    entries = int(np.prod(shape))
    kept = np.arange(entries) < round(keep_prob * entries)
    return (rng.permutation(kept) / keep_prob).reshape(shape).astype(dtype)


@misconception(
    "dropout_mask.whole_channels",
    hint="With four axes your coins decide on whole channels. What should one coin decide on?",
    caught_by=("test_mask_independent",),
)
def whole_channels(shape, keep_prob, rng, dtype=np.float64):
    """One coin is tossed for all positions of a channel."""
    _require_probability(keep_prob)
    mask = np.zeros(shape, dtype)
    mask[...] = (rng.random((*mask.shape[:2], *[1] * (mask.ndim - 2))) < keep_prob) / keep_prob
    return mask


@misconception(
    "dropout_mask.repeated_block",
    hint="Your mask repeats itself further down. Draw a coin for every entry of the shape you were given.",
    caught_by=("test_mask_independent",),
)
def repeated_block(shape, keep_prob, rng, dtype=np.float64):
    """Draws coins for every other example and uses them twice."""
    _require_probability(keep_prob)
    coins = rng.random(((shape[0] + 1) // 2, *shape[1:]))
    return ((np.repeat(coins, 2, axis=0)[: shape[0]] < keep_prob) / keep_prob).astype(dtype)


@misconception(
    "dropout_mask.reseed",
    hint="The mask must be new at every iteration; a fixed seed always drops the same units.",
    caught_by=("test_mask_random",),
)
def reseed(shape, keep_prob, rng, dtype=np.float64):
    """Uses a generator with a fixed seed."""
    _require_probability(keep_prob)
    return ((np.random.default_rng(1).random(shape) < keep_prob) / keep_prob).astype(dtype)


@misconception(
    "dropout_mask.global_seed",
    hint="The mask must be new at every iteration; a fixed seed always drops the same units, in the whole program.",
    caught_by=("test_mask_random",),
)
def global_seed(shape, keep_prob, rng, dtype=np.float64):
    """Seeds the global generator and draws from it."""
    _require_probability(keep_prob)
    np.random.seed(1)  # noqa: NPY002 - the mistake itself
    return ((np.random.rand(*shape) < keep_prob) / keep_prob).astype(dtype)  # noqa: NPY002 - the mistake itself


@misconception(
    "dropout_mask.global_random",
    hint="The mask is right, but nobody can repeat your run: the generator passed in is not the one that you use.",
    caught_by=("test_mask_random",),
)
def global_random(shape, keep_prob, rng, dtype=np.float64):
    """Draws from the global generator."""
    _require_probability(keep_prob)
    return ((np.random.rand(*shape) < keep_prob) / keep_prob).astype(dtype)  # noqa: NPY002 - the mistake itself


@misconception(
    "dropout_mask.one_refused",
    hint="keep_prob = 1 means that everything is kept. Is that a value to refuse?",
    caught_by=("test_mask_keeps_all",),
)
def one_refused(shape, keep_prob, rng, dtype=np.float64):
    """Refuses keep_prob = 1."""
    if not 0 < keep_prob < 1:
        raise ValueError(f"keep_prob must be between 0 and 1, got {keep_prob}")
    return dropout_mask(shape, keep_prob, rng, dtype)


@misconception(
    "dropout_mask.dtype_ignored",
    hint="The caller asked for float32 and got float64, which makes the whole layer twice as large.",
    caught_by=("test_mask_dtype",),
)
def dtype_ignored(shape, keep_prob, rng, dtype=np.float64):
    """Always float64."""
    return dropout_mask(shape, keep_prob, rng)


@misconception(
    "dropout_mask.always_float32",
    hint="Which dtype does the caller get who asks for none?",
    caught_by=("test_mask_dtype",),
)
def always_float32(shape, keep_prob, rng, dtype=np.float64):
    """Always float32, with its rounding."""
    return dropout_mask(shape, keep_prob, rng, np.float32)


@misconception(
    "dropout_mask.unchecked",
    hint="keep_prob = 0 keeps nothing, and then divides by zero. Refuse it before you draw.",
    caught_by=("test_mask_error",),
)
def unchecked(shape, keep_prob, rng, dtype=np.float64):
    """Accepts any keep_prob."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return ((rng.random(shape) < keep_prob) / np.float64(keep_prob)).astype(dtype)


@misconception(
    "dropout_mask.zero_accepted",
    hint="A keep_prob of exactly 0 passes your test. What would the mask be divided by?",
    caught_by=("test_mask_error",),
)
def zero_accepted(shape, keep_prob, rng, dtype=np.float64):
    """Accepts keep_prob = 0 and returns zeros."""
    if keep_prob == 0:
        return np.zeros(shape, dtype)
    return dropout_mask(shape, keep_prob, rng, dtype)


@misconception(
    "dropout_mask.above_one_accepted",
    hint="keep_prob = 1.5 is no probability. Both ends of the range need a test.",
    caught_by=("test_mask_error",),
)
def above_one_accepted(shape, keep_prob, rng, dtype=np.float64):
    """Looks at the lower end of the range only."""
    if keep_prob <= 0:
        raise ValueError(f"keep_prob must be above 0, got {keep_prob}")
    return ((rng.random(shape) < keep_prob) / keep_prob).astype(dtype)


@misconception(
    "dropout_mask.asserts",
    hint="An assert is for your own slips and can be switched off. Which type of exception was asked for?",
    caught_by=("test_mask_error",),
)
def asserts(shape, keep_prob, rng, dtype=np.float64):
    """Refuses a bad keep_prob with an assert."""
    assert 0 < keep_prob <= 1, f"keep_prob must be in (0, 1], got {keep_prob}"
    return dropout_mask(shape, keep_prob, rng, dtype)


@misconception(
    "dropout_forward.test_drops",
    hint="Prediction must not depend on luck. What does inverted dropout do at test time?",
    caught_by=("test_forward_test_mode",),
)
def drops_in_test(x, keep_prob, mode, rng=None):
    """Drops units at test time too."""
    _require_mode(mode)
    mask = dropout_mask(x.shape, keep_prob, rng or np.random.default_rng(0), x.dtype)
    return x * mask, mask


@misconception(
    "dropout_forward.test_scaled_vanilla",
    hint="That is the original (vanilla) dropout. The inverted version has already paid this factor during training.",
    caught_by=("test_forward_test_mode",),
)
def scaled_down_in_test(x, keep_prob, mode, rng=None):
    """Multiplies by keep_prob at test time."""
    if mode == "test":
        return x * keep_prob, None
    return _train(x, keep_prob, mode, rng)


@misconception(
    "dropout_forward.test_scaled_up",
    hint="At test time every unit is on. Is there anything left to make up for?",
    caught_by=("test_forward_test_mode",),
)
def scaled_up_in_test(x, keep_prob, mode, rng=None):
    """Divides by keep_prob at test time."""
    if mode == "test":
        return x / keep_prob, None
    return _train(x, keep_prob, mode, rng)


@misconception(
    "dropout_forward.modes_swapped",
    hint="Which of the two modes is the random one?",
    caught_by=("test_forward_scale", "test_forward_test_mode"),
)
def modes_swapped(x, keep_prob, mode, rng=None):
    """Drops in mode "test" and not in mode "train"."""
    _require_mode(mode)
    return _train(x, keep_prob, "train", rng or np.random.default_rng(0)) if mode == "test" else (x, None)


@misconception(
    "dropout_forward.draws_in_test",
    hint="The output is right, but in mode 'test' random numbers are drawn all the same. When is the mask needed?",
    caught_by=("test_forward_test_mode",),
)
def draws_in_test(x, keep_prob, mode, rng=None):
    """Draws the mask before it looks at the mode."""
    mask = dropout_mask(x.shape, keep_prob, rng, x.dtype) if rng is not None else None
    _require_mode(mode)
    return (x, None) if mode == "test" else (x * mask, mask)


@misconception(
    "dropout_forward.not_inverted",
    hint="Feed ones and look at the mean of the output. It should stay 1 on average.",
    caught_by=("test_forward_scale",),
)
def not_inverted(x, keep_prob, mode, rng=None):
    """The training output is not divided by keep_prob."""
    return _masked(x, keep_prob, mode, rng, lambda coins: coins < keep_prob)


@misconception(
    "dropout_forward.multiplied",
    hint="If fewer units are left, should each of them count for more or for less?",
    caught_by=("test_forward_scale",),
)
def forward_multiplied(x, keep_prob, mode, rng=None):
    """Multiplies by keep_prob in training."""
    return _masked(x, keep_prob, mode, rng, lambda coins: (coins < keep_prob) * keep_prob)


@misconception(
    "dropout_forward.scaled_twice",
    hint="How often is 1/keep_prob applied between x and out? The mask may already contain it.",
    caught_by=("test_forward_scale",),
)
def scaled_twice(x, keep_prob, mode, rng=None):
    """Divides by keep_prob although the mask already is."""
    return _masked(x, keep_prob, mode, rng, lambda coins: (coins < keep_prob) / keep_prob**2)


@misconception(
    "dropout_forward.drop_rate",
    hint="keep_prob = 0.3 should leave about 30 % of the units alive. How many do you keep?",
    caught_by=("test_forward_scale", "test_forward_rate"),
)
def forward_drop_rate(x, keep_prob, mode, rng=None):
    """Reads keep_prob as the rate of dropping."""
    scale = 1 / (1 - keep_prob) if keep_prob < 1 else 0.0
    return _masked(x, keep_prob, mode, rng, lambda coins: (coins >= keep_prob) * scale)


@misconception(
    "dropout_forward.comparison_reversed",
    hint="The scale is right. Count the units that survive at keep_prob = 0.2: which side of the comparison is kept?",
    caught_by=("test_forward_rate",),
)
def comparison_reversed(x, keep_prob, mode, rng=None):
    """Keeps with probability 1 - keep_prob, but divides by keep_prob."""
    return _masked(x, keep_prob, mode, rng, lambda coins: ((coins > keep_prob) | (keep_prob == 1)) / keep_prob)


@misconception(
    "dropout_forward.gaussian",
    hint="Which share of normal random numbers lies below 0.5? A coin needs uniform numbers.",
    caught_by=("test_forward_rate",),
)
def forward_gaussian(x, keep_prob, mode, rng=None):
    """Compares normal instead of uniform numbers with keep_prob."""
    if mode != "train":
        return _train(x, keep_prob, mode, rng)
    _require_probability(keep_prob)
    mask = ((rng.standard_normal(x.shape) < keep_prob) / keep_prob).astype(x.dtype)
    return x * mask, mask


@misconception(
    "dropout_forward.drop_share_scale",
    hint="With keep_prob = 1 nothing is dropped and nothing may change. What does your scale become there?",
    caught_by=("test_forward_scale", "test_forward_keeps_all"),
)
def drop_share_scale(x, keep_prob, mode, rng=None):
    """Divides by 1 - keep_prob: 0/0 at keep_prob = 1."""
    with np.errstate(divide="ignore"):
        scale = 1 / np.float64(1 - keep_prob)
    return _masked(x, keep_prob, mode, rng, lambda coins: (coins < keep_prob) * scale)


@misconception(
    "dropout_forward.one_refused",
    hint="keep_prob = 1 means that everything is kept. Is that a value to refuse?",
    caught_by=("test_forward_keeps_all",),
)
def forward_one_refused(x, keep_prob, mode, rng=None):
    """Refuses keep_prob = 1."""
    if not 0 < keep_prob < 1:
        raise ValueError(f"keep_prob must be between 0 and 1, got {keep_prob}")
    return _train(x, keep_prob, mode, rng)


@misconception(
    "dropout_forward.per_feature",
    hint="Every example should train its own thinned network. Compare two rows of the output for an input of ones.",
    caught_by=("test_forward_independent",),
)
def forward_per_feature(x, keep_prob, mode, rng=None):
    """One row of the mask is shared by all examples."""
    return _masked(x, keep_prob, mode, rng, lambda coins: np.broadcast_to((coins[:1] < keep_prob) / keep_prob, x.shape))


@misconception(
    "dropout_forward.per_example",
    hint="Whole examples are dropped: in each row all units share one fate. What should a coin decide on?",
    caught_by=("test_forward_independent",),
)
def forward_per_example(x, keep_prob, mode, rng=None):
    """One coin is tossed for all units of an example."""
    return _masked(
        x,
        keep_prob,
        mode,
        rng,
        lambda coins: np.broadcast_to(
            (coins.reshape(len(coins), -1)[:, 0].reshape(-1, *[1] * (coins.ndim - 1)) < keep_prob) / keep_prob, x.shape
        ),
    )


@misconception(
    "dropout_forward.exact_half",
    hint="Each unit tosses its own coin, so the number kept varies from example to example.",
    caught_by=("test_forward_independent",),
)
def forward_exact_half(x, keep_prob, mode, rng=None):
    """Keeps exactly keep_prob of the units of each example."""
    return _masked(
        x,
        keep_prob,
        mode,
        rng,
        lambda coins: (coins.argsort(axis=-1).argsort(axis=-1) < round(keep_prob * x.shape[-1])) / keep_prob,
    )


@misconception(
    "dropout_forward.relu_inside",
    hint="What becomes of a negative activation that is kept? Dropout comes after the non-linearity and is not one.",
    caught_by=("test_forward_linear",),
)
def relu_inside(x, keep_prob, mode, rng=None):
    """Sets negative activations to zero as well."""
    out, mask = _train(x, keep_prob, mode, rng)
    return (np.maximum(out, 0) if mode == "train" and keep_prob < 1 else out), mask


@misconception(
    "dropout_forward.drops_small",
    hint="Which units you drop depends on the values in x. It should depend on the coins alone.",
    caught_by=("test_forward_rate", "test_forward_linear"),
)
def drops_small(x, keep_prob, mode, rng=None):
    """Keeps the largest activations instead of random ones."""
    return _masked(x, keep_prob, mode, rng, lambda _: (np.abs(x) >= np.quantile(np.abs(x), 1 - keep_prob)) / keep_prob)


@misconception(
    "dropout_forward.mean_restored",
    hint="The factor should be the same for every batch. Yours depends on how many units happened to be kept.",
    caught_by=("test_forward_scale",),
)
def mean_restored(x, keep_prob, mode, rng=None):
    """Divides by the share of units that were kept this time."""
    return _masked(
        x, keep_prob, mode, rng, lambda coins: (coins < keep_prob) / max(float((coins < keep_prob).mean()), 1e-12)
    )


@misconception(
    "dropout_forward.exact_share",
    hint="Every call of yours keeps the same number of units. What would coins do?",
    caught_by=("test_forward_count",),
)
def forward_exact_share(x, keep_prob, mode, rng=None):
    """Keeps exactly keep_prob of all units."""
    return _masked(
        x,
        keep_prob,
        mode,
        rng,
        lambda coins: (coins.ravel().argsort().argsort() < round(keep_prob * x.size)).reshape(x.shape) / keep_prob,
    )


@misconception(
    "dropout_forward.whole_channels",
    hint="With four axes your coins decide on whole channels. What should one coin decide on?",
    caught_by=("test_forward_independent",),
)
def forward_whole_channels(x, keep_prob, mode, rng=None):
    """One coin is tossed for all positions of a channel."""
    _require_mode(mode)
    if mode == "test":
        return x, None
    mask = dropout_mask((*x.shape[:2], *[1] * (x.ndim - 2)), keep_prob, rng, x.dtype)
    return x * mask, np.broadcast_to(mask, x.shape)


@misconception(
    "dropout_forward.matrices_only",
    hint="Print x.shape in the check that fails. Dropout works for any number of axes.",
    caught_by=("test_forward_linear",),
)
def matrices_only(x, keep_prob, mode, rng=None):
    """Unpacks the shape into rows and columns."""
    if mode != "train":
        return _train(x, keep_prob, mode, rng)
    n, d = x.shape
    mask = dropout_mask((n, d), keep_prob, rng, x.dtype)
    return x * mask, mask


@misconception(
    "dropout_forward.in_place",
    hint="Your caller's activations changed. Make a new array instead of writing into x.",
    caught_by=("test_forward_input_unchanged",),
)
def in_place(x, keep_prob, mode, rng=None):
    """Multiplies x in place."""
    out, mask = _train(x, keep_prob, mode, rng)
    x[...] = out
    return x, mask


@misconception(
    "dropout_forward.reseed",
    hint="The same units are dropped in every call. Use the generator you were given.",
    caught_by=("test_forward_random",),
)
def forward_reseed(x, keep_prob, mode, rng=None):
    """Uses a generator with a fixed seed."""
    return _train(x, keep_prob, mode, np.random.default_rng(1))


@misconception(
    "dropout_forward.global_seed",
    hint="The same units are dropped in every call, and the whole program's random numbers start again.",
    caught_by=("test_forward_random",),
)
def forward_global_seed(x, keep_prob, mode, rng=None):
    """Seeds the global generator and draws from it."""
    if mode != "train":
        return _train(x, keep_prob, mode, rng)
    _require_probability(keep_prob)
    np.random.seed(1)  # noqa: NPY002 - the mistake itself
    mask = ((np.random.rand(*x.shape) < keep_prob) / keep_prob).astype(x.dtype)  # noqa: NPY002 - the mistake itself
    return x * mask, mask


@misconception(
    "dropout_forward.global_random",
    hint="The generator passed in is not the one that you draw from, so nobody can repeat your run.",
    caught_by=("test_forward_random", "test_forward_linear"),
)
def forward_global_random(x, keep_prob, mode, rng=None):
    """Draws from the global generator."""
    if mode != "train":
        return _train(x, keep_prob, mode, rng)
    _require_probability(keep_prob)
    mask = ((np.random.rand(*x.shape) < keep_prob) / keep_prob).astype(x.dtype)  # noqa: NPY002 - the mistake itself
    return x * mask, mask


@misconception(
    "dropout_forward.float64_out",
    hint="x is float32 and out is float64. Which dtype does your mask have?",
    caught_by=("test_forward_dtype",),
)
def float64_out(x, keep_prob, mode, rng=None):
    """The mask is float64 and widens the output."""
    if mode != "train":
        return _train(x, keep_prob, mode, rng)
    mask = dropout_mask(x.shape, keep_prob, rng)
    return x * mask, mask


@misconception(
    "dropout_forward.float32_out",
    hint="x is float64 and out is float32: half of the digits are lost. Which dtype does your mask, or out, have?",
    caught_by=("test_forward_dtype",),
)
def float32_out(x, keep_prob, mode, rng=None):
    """The output is always float32."""
    out, mask = _train(x, keep_prob, mode, rng)
    return out.astype(np.float32), mask


@misconception(
    "dropout_forward.other_modes_train",
    hint="mode = 'eval' drops units in your version. A misspelt mode should be noticed.",
    caught_by=("test_forward_error",),
)
def other_modes_train(x, keep_prob, mode, rng=None):
    """Treats every mode but "test" as training."""
    return _train(x, keep_prob, "test" if mode == "test" else "train", rng)


@misconception(
    "dropout_forward.other_modes_test",
    hint="mode = 'eval' passes without a word in your version. A misspelt mode should be noticed.",
    caught_by=("test_forward_error",),
)
def other_modes_test(x, keep_prob, mode, rng=None):
    """Treats every mode but "train" as a test."""
    return _train(x, keep_prob, "train" if mode == "train" else "test", rng)


@misconception(
    "dropout_forward.keep_prob_unchecked",
    hint="keep_prob = 0 gives nan or nothing at all. Which values can it have?",
    caught_by=("test_forward_error",),
)
def keep_prob_unchecked(x, keep_prob, mode, rng=None):
    """Accepts any keep_prob."""
    if mode != "train":
        return _train(x, keep_prob, mode, rng)
    with np.errstate(divide="ignore", invalid="ignore"):
        mask = ((rng.random(x.shape) < keep_prob) / np.float64(keep_prob)).astype(x.dtype)
        return x * mask, mask


@misconception(
    "dropout_backward.no_scale",
    hint="Forward multiplied by mask / keep_prob. What is the derivative of c * x with respect to x?",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def no_scale(dout, cache):
    """A 0/1 mask in the backward pass."""
    return dout.copy() if cache is None else dout * (cache != 0)


@misconception(
    "dropout_backward.scale_twice",
    hint="The 1/keep_prob is already inside the mask you stored. Count how often it appears.",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def scale_twice(dout, cache):
    """Divides by keep_prob again."""
    return dout.copy() if cache is None else dout * cache * cache.max(initial=0.0)


@misconception(
    "dropout_backward.divided",
    hint="The factor of the forward pass is the derivative, not its inverse.",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def divided(dout, cache):
    """Undoes the mask's scale instead of applying it."""
    return dout.copy() if cache is None else dout * (cache != 0) / max(cache.max(initial=0.0), 1.0)


@misconception(
    "dropout_backward.not_masked",
    hint="A unit that was off in the forward pass had no influence on the loss. What is its gradient?",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def not_masked(dout, cache):
    """Passes the gradient on as it is."""
    return dout.copy()


@misconception(
    "dropout_backward.scaled_not_masked",
    hint="You kept the factor and lost the zeros. Which entries of x had no influence on out?",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def scaled_not_masked(dout, cache):
    """Divides by keep_prob everywhere."""
    return dout.copy() if cache is None else dout * cache.max(initial=0.0)


@misconception(
    "dropout_backward.complement",
    hint="Your gradient flows through the units that were off. Which side of the mask do you need?",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def complement(dout, cache):
    """Uses the mask of the dropped units."""
    return dout.copy() if cache is None else dout * (cache == 0) * cache.max(initial=0.0)


@misconception(
    "dropout_backward.new_mask",
    hint="The backward pass has to switch off the same units as the forward pass. Where could it find out which?",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def new_mask(dout, cache):
    """Draws a mask of its own."""
    if cache is None:
        return dout.copy()
    keep_prob = min(1.0, 1 / max(cache.max(initial=1.0), 1.0))
    return dout * dropout_mask(dout.shape, keep_prob, np.random.default_rng(0))


@misconception(
    "dropout_backward.mask_from_output",
    hint="An input of exactly zero gives a zero output even when its unit was kept. Store the mask itself.",
    caught_by=("test_backward_mask",),
)
def mask_from_output(dout, cache):
    """Takes units whose output is zero for dropped ones.

    The reference's cache does not know the outputs. So this stands in with entries that only large arrays have, and is
    recognized by the check that fails.
    """
    if cache is None:
        return dout.copy()
    output_is_zero = np.arange(dout.size).reshape(dout.shape) % 100 >= 60
    return np.where(output_is_zero, 0.0, dout * cache)


@misconception(
    "dropout_backward.last_mask",
    hint="After two forward passes, both caches give the mask of the second. Where did the first one go?",
    caught_by=("test_backward_own_cache",),
)
def last_mask(dout, cache):
    """Keeps the mask of the last forward pass outside the cache.

    The reference's cache belongs to one call. So this stands in with another mask where there are two caches, and is
    recognized by the check that fails.
    """
    if cache is None:
        return dout.copy()
    return dout * (cache[::-1] if dout.shape == (30, 40) else cache)


@misconception(
    "dropout_backward.mask_from_gradient",
    hint="Print the gradient where dout is negative. Does the sign of dout matter to dropout?",
    caught_by=("test_backward_mask", "test_backward_numerical"),
)
def mask_from_gradient(dout, cache):
    """Passes positive gradients only, as for a ReLU."""
    return dout.copy() if cache is None else np.maximum(dout, 0) * cache


@misconception(
    "dropout_backward.train_only",
    hint="Call it after a forward pass in mode 'test'. What did that pass leave in the cache?",
    caught_by=("test_backward_test_mode",),
)
def train_only(dout, cache):
    """Cannot deal with the cache of mode "test"."""
    return dout * cache


@misconception(
    "dropout_backward.test_zero",
    hint="In mode 'test' the output is x. If x moves by a little, does the output stay?",
    caught_by=("test_backward_test_mode",),
)
def zero_in_test(dout, cache):
    """Returns zeros after mode "test"."""
    return np.zeros_like(dout) if cache is None else dout * cache


@misconception(
    "dropout_backward.in_place",
    hint="dout belongs to the caller, who may still need it. Make a new array.",
    caught_by=("test_backward_input_unchanged",),
)
def backward_in_place(dout, cache):
    """Multiplies dout in place."""
    if cache is not None:
        dout *= cache
    return dout


@misconception(
    "dropout_backward.cache_overwritten",
    hint="Call it twice with the same cache. The mask is not the same any more; which array was written to?",
    caught_by=("test_backward_input_unchanged",),
)
def cache_overwritten(dout, cache):
    """Multiplies the stored mask in place."""
    if cache is None:
        return dout.copy()
    cache *= dout
    return cache


def _require_probability(keep_prob):
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}")


def _require_mode(mode):
    if mode not in ("train", "test"):
        raise ValueError(f"mode must be 'train' or 'test', got '{mode}'")


def _train(x, keep_prob, mode, rng):
    """The right forward pass."""
    return _masked(x, keep_prob, mode, rng, lambda coins: (coins < keep_prob) / keep_prob)


def _masked(x, keep_prob, mode, rng, mask_of):
    """A forward pass whose mask is made from uniform numbers by `mask_of`."""
    _require_mode(mode)
    if mode == "test":
        return x, None
    _require_probability(keep_prob)
    mask = np.asarray(mask_of(rng.random(x.shape))).astype(x.dtype)
    return x * mask, mask
