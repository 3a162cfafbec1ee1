"""Mistakes that students make when they clip gradients."""

import numpy as np
from clipping import clip_by_global_norm, clip_by_norm, clip_by_value

from grader.checks import misconception


def length(arrays):
    """Return the length of arrays that are taken for one long vector."""
    return float(np.sqrt(sum(np.sum(np.square(each, dtype=np.float64)) for each in arrays)))


def require(max_norm, *arrays):
    """Refuse what is to be refused."""
    if max_norm <= 0 or not np.isfinite(length(arrays)):
        raise ValueError("max_norm or gradient")


# clip_by_value


@misconception(
    "clip_by_value.one_sided",
    hint="A gradient of -5 is as large as +5.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_one_sided(g, limit):
    """The upper side only."""
    clip_by_value(g, limit)
    return np.minimum(g, limit)


@misconception(
    "clip_by_value.lower_only",
    hint="A gradient of +5 is as large as -5.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_lower_only(g, limit):
    """The lower side only."""
    clip_by_value(g, limit)
    return np.maximum(g, -limit)


@misconception(
    "clip_by_value.non_negative",
    hint="A negative entry is a direction too. What is your lower end?",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_non_negative(g, limit):
    """Cut to the range from 0 to limit."""
    clip_by_value(g, limit)
    return np.clip(g, 0, limit)


@misconception(
    "clip_by_value.norm",
    hint="Clipping by value treats each entry on its own.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_norm(g, limit):
    """Rescales by the norm."""
    clip_by_value(g, limit)
    return clip_by_norm(g, limit)


@misconception(
    "clip_by_value.rescaled_by_largest",
    hint="Small entries should stay as they are. By what do you multiply them?",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_rescaled_by_largest(g, limit):
    """All entries are scaled until the largest fits."""
    clip_by_value(g, limit)
    return g * min(1.0, limit / np.abs(g).max())


@misconception(
    "clip_by_value.zeroed",
    hint="An entry that is too large is cut, not dropped.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_zeroed(g, limit):
    """Entries beyond the limit become 0."""
    clip_by_value(g, limit)
    return np.where(np.abs(g) > limit, 0, g)


@misconception(
    "clip_by_value.sign_lost",
    hint="An entry of -3 becomes +1 in your version.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_sign_lost(g, limit):
    """Entries beyond the limit become +limit."""
    clip_by_value(g, limit)
    return np.where(np.abs(g) > limit, limit, g)


@misconception(
    "clip_by_value.reduced",
    hint="Reduce an entry to the limit, not by the limit.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_reduced(g, limit):
    """Entries beyond the limit are reduced by the limit."""
    clip_by_value(g, limit)
    return np.where(np.abs(g) > limit, g - np.sign(g) * limit, g)


@misconception(
    "clip_by_value.sign",
    hint="Small entries should stay as they are.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_sign(g, limit):
    """Every entry becomes plus or minus limit."""
    clip_by_value(g, limit)
    return np.sign(g) * limit


@misconception(
    "clip_by_value.modulo",
    hint="1.5 with the limit 1 should become 1. What is a remainder of?",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_modulo(g, limit):
    """Entries beyond the limit wrap around."""
    clip_by_value(g, limit)
    return np.sign(g) * (np.abs(g) % limit)


@misconception(
    "clip_by_value.squashed",
    hint="Entries inside the range should not change at all.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_squashed(g, limit):
    """limit times the hyperbolic tangent."""
    clip_by_value(g, limit)
    return limit * np.tanh(g / limit)


@misconception(
    "clip_by_value.unit",
    hint="Two limits give you the same result.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_unit(g, limit):
    """Cut to -1 ... 1, whatever the limit."""
    clip_by_value(g, limit)
    return np.clip(g, -1, 1)


@misconception(
    "clip_by_value.shrunk",
    hint="Your small entries become 0. That keeps what is beyond the threshold.",
    caught_by=("test_entries_are_cut",),
)
def clip_by_value_shrunk(g, limit):
    """Soft thresholding by the limit."""
    clip_by_value(g, limit)
    return np.sign(g) * np.maximum(np.abs(g) - limit, 0)


@misconception(
    "clip_by_value.bad_limit",
    hint="With limit 0 nothing could ever be learnt.",
    caught_by=("test_bad_limits_are_refused",),
)
def clip_by_value_bad_limit(g, limit):
    """limit <= 0 is accepted."""
    return np.clip(g, -limit, limit)


@misconception(
    "clip_by_value.zero_limit",
    hint="A limit of 0 is refused as well.",
    caught_by=("test_bad_limits_are_refused",),
)
def clip_by_value_zero_limit(g, limit):
    """limit = 0 is accepted."""
    if limit < 0:
        raise ValueError("limit")
    return np.clip(g, -limit, limit)


@misconception(
    "clip_by_value.absolute_limit",
    hint="A negative limit is a slip of the caller. Who tells them?",
    caught_by=("test_bad_limits_are_refused",),
)
def clip_by_value_absolute_limit(g, limit):
    """A negative limit counts as positive."""
    if limit == 0:
        raise ValueError("limit")
    return np.clip(g, -abs(limit), abs(limit))


@misconception(
    "clip_by_value.assertion",
    hint="An assertion is for the author of a function. Which error tells a caller about a value?",
    caught_by=("test_bad_limits_are_refused",),
)
def clip_by_value_assertion(g, limit):
    """An AssertionError for a bad limit."""
    assert limit > 0
    return np.clip(g, -limit, limit)


@misconception(
    "clip_by_value.in_place",
    hint="Return a new array; the caller may want to look at the gradient.",
    caught_by=("test_cutting_leaves_g_alone",),
)
def clip_by_value_in_place(g, limit):
    """The result is written over g: clip(g, -limit, limit)."""
    clip_by_value(g, limit)
    return np.clip(g, -limit, limit, out=g)


# clip_by_norm


@misconception(
    "clip_by_norm.subtract",
    hint="Reduce the length to the threshold, not by the threshold.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_subtract(g, max_norm):
    """Reduced by the threshold."""
    require(max_norm, g)
    norm = length([g])
    return g - max_norm * g / norm if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.spectral",
    hint="Use the root of the sum of all squares, also for matrices.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_spectral(g, max_norm):
    """The matrix 2-norm."""
    require(max_norm, g)
    norm = length([g])
    norm = np.linalg.norm(g, 2) if g.ndim == 2 else norm
    return g * (max_norm / norm) if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.squared_norm",
    hint="You compared with the squared length.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_squared_norm(g, max_norm):
    """No root in the norm."""
    require(max_norm, g)
    norm = length([g])
    return g * (max_norm / norm**2) if norm**2 > max_norm else g.copy()


@misconception(
    "clip_by_norm.squared_comparison",
    hint="(0.6, 0.8) has the length 1. What do you compare with max_norm?",
    caught_by=("test_short_gradients_stay",),
)
def clip_by_norm_squared_comparison(g, max_norm):
    """The squared length is compared, the length divides."""
    require(max_norm, g)
    norm = length([g])
    return g * (max_norm / norm) if norm**2 > max_norm else g.copy()


@misconception(
    "clip_by_norm.always_rescale",
    hint="Below the threshold nothing happens.",
    caught_by=("test_short_gradients_stay",),
)
def clip_by_norm_always_rescale(g, max_norm):
    """Short gradients are stretched."""
    require(max_norm, g)
    norm = length([g])
    return g * (max_norm / norm) if norm > 0 else g.copy()


@misconception(
    "clip_by_norm.unit_length",
    hint="Your result is always of length 1. Where does max_norm enter?",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_unit_length(g, max_norm):
    """Long gradients get the length 1."""
    require(max_norm, g)
    norm = length([g])
    return g / norm if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.by_value",
    hint="The direction changes when only the large entries are cut. What is to be shortened?",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_by_value(g, max_norm):
    """Entries are cut."""
    require(max_norm, g)
    length([g])
    return np.clip(g, -max_norm, max_norm)


@misconception(
    "clip_by_norm.rows",
    hint="How many lengths does your matrix have? The whole gradient is one vector.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_rows(g, max_norm):
    """Each row is shortened on its own."""
    require(max_norm, g)
    length([g])
    if g.ndim < 2:
        return clip_by_norm(g, max_norm)
    norms = np.sqrt(np.sum(g**2, axis=-1, keepdims=True))
    return g * np.minimum(1, max_norm / np.maximum(norms, 1e-300))


@misconception(
    "clip_by_norm.l1",
    hint="(3, -4) has the length 5 and you count 7.",
    caught_by=("test_long_gradients_are_shortened", "test_short_gradients_stay"),
)
def clip_by_norm_l1(g, max_norm):
    """The sum of sizes."""
    require(max_norm, g)
    norm = length([g])
    norm = np.abs(g).sum()
    return g * (max_norm / norm) if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.largest",
    hint="(3, 4) has the length 5 and you count 4.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_largest(g, max_norm):
    """The largest entry stands for the length."""
    require(max_norm, g)
    norm = length([g])
    norm = np.abs(g).max()
    return g * (max_norm / norm) if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.root_mean_square",
    hint="A longer vector of the same entries is longer. A mean does not notice.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_root_mean_square(g, max_norm):
    """The root of the mean of the squares."""
    require(max_norm, g)
    norm = length([g])
    norm = norm / np.sqrt(g.size)
    return g * (max_norm / norm) if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.inverted_factor",
    hint="Your long gradients become longer. Which way round is the factor?",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_inverted_factor(g, max_norm):
    """norm / max_norm."""
    require(max_norm, g)
    norm = length([g])
    return g * (norm / max_norm) if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.inverted_comparison",
    hint="Which gradients do you touch: the long ones or the short ones?",
    caught_by=("test_long_gradients_are_shortened", "test_short_gradients_stay"),
)
def clip_by_norm_inverted_comparison(g, max_norm):
    """Short gradients are stretched, long ones stay."""
    require(max_norm, g)
    norm = length([g])
    return g * (max_norm / norm) if 0 < norm < max_norm else g.copy()


@misconception(
    "clip_by_norm.dropped",
    hint="A long gradient still tells a direction.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_dropped(g, max_norm):
    """Long gradients become 0."""
    require(max_norm, g)
    norm = length([g])
    return np.zeros_like(g) if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.flattened",
    hint="The numbers are right. What shape had the gradient?",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_flattened(g, max_norm):
    """The result is a flat vector."""
    return clip_by_norm(g, max_norm).ravel()


@misconception(
    "clip_by_norm.signed_sum",
    hint="Entries of 1 and -1 cancel in your length. Square first.",
    caught_by=("test_long_gradients_are_shortened",),
)
def clip_by_norm_signed_sum(g, max_norm):
    """The root of the squared sum."""
    require(max_norm, g)
    norm = length([g])
    norm = abs(float(g.sum()))
    return g * (max_norm / norm) if norm > max_norm else g.copy()


@misconception(
    "clip_by_norm.soft_denominator",
    hint="A gradient twice as long as allowed keeps a third. What should its length be afterwards?",
    caught_by=("test_long_gradients_are_shortened", "test_short_gradients_stay"),
)
def clip_by_norm_soft_denominator(g, max_norm):
    """max_norm / (norm + max_norm)."""
    require(max_norm, g)
    norm = length([g])
    return g * (max_norm / (norm + max_norm))


@misconception(
    "clip_by_norm.zero_division",
    hint="A gradient of zeros has the length 0, and you divide by it.",
    caught_by=("test_zeros_stay_zeros",),
)
def clip_by_norm_zero_division(g, max_norm):
    """0/0 for a gradient of zeros."""
    require(max_norm, g)
    norm = length([g])
    with np.errstate(all="ignore"):
        return g * np.minimum(1, max_norm * (g * 0 + 1) / norm) if norm else g / np.float64(norm)


@misconception(
    "clip_by_norm.zeros_refused",
    hint="A gradient of zeros is a fair one: it comes at the bottom of a valley.",
    caught_by=("test_zeros_stay_zeros",),
)
def clip_by_norm_zeros_refused(g, max_norm):
    """An error for a gradient of zeros."""
    require(max_norm, g)
    norm = length([g])
    if norm == 0:
        raise ValueError("gradient is zero")
    return clip_by_norm(g, max_norm)


@misconception(
    "clip_by_norm.narrow_squares",
    hint="In float32 the square of 1e25 is infinite, and your factor becomes 0. In which type do you add up?",
    caught_by=("test_squares_do_not_overflow",),
)
def clip_by_norm_narrow_squares(g, max_norm):
    """The squares are added up in float32."""
    if g.dtype != np.float32:
        return clip_by_norm(g, max_norm)
    require(max_norm, g)
    with np.errstate(all="ignore"):
        norm = np.sqrt(np.sum(g**2))
    return g * (np.float32(max_norm) / norm)


@misconception(
    "clip_by_norm.narrow_refused",
    hint="Your gradient is finite, only the sum of its squares is not. In which type do you add up?",
    caught_by=("test_squares_do_not_overflow",),
)
def clip_by_norm_narrow_refused(g, max_norm):
    """An overflow in float32 counts as a gradient that is not finite."""
    if g.dtype == np.float32 and not np.isfinite(np.float32(length([g])) ** 2):
        raise ValueError("non-finite gradient")
    return clip_by_norm(g, max_norm)


@misconception(
    "clip_by_norm.nan_spreads",
    hint="A non-finite gradient cannot be clipped; stop and say so.",
    caught_by=("test_non_finite_gradients_are_refused",),
)
def clip_by_norm_nan_spreads(g, max_norm):
    """nan or infinity silently returned."""
    if max_norm <= 0:
        raise ValueError("max_norm")
    if np.isfinite(length([g])):
        return clip_by_norm(g, max_norm)
    with np.errstate(all="ignore"):
        return g * (max_norm / np.float64(length([g])))


@misconception(
    "clip_by_norm.nan_replaced",
    hint="A gradient that is not a number is a sign of trouble. Hiding it helps nobody.",
    caught_by=("test_non_finite_gradients_are_refused",),
)
def clip_by_norm_nan_replaced(g, max_norm):
    """nan becomes 0."""
    return clip_by_norm(np.nan_to_num(g, nan=0.0, posinf=1e100, neginf=-1e100), max_norm)


@misconception(
    "clip_by_norm.only_nan",
    hint="An infinite entry cannot be shortened either.",
    caught_by=("test_non_finite_gradients_are_refused",),
)
def clip_by_norm_only_nan(g, max_norm):
    """nan is refused, infinity is not."""
    if max_norm > 0 and np.isinf(g).any():
        return np.where(np.isinf(g), np.sign(g) * max_norm, 0.0)
    return clip_by_norm(g, max_norm)


@misconception(
    "clip_by_norm.bad_max_norm",
    hint="With max_norm = 0 nothing could ever be learnt.",
    caught_by=("test_bad_lengths_are_refused",),
)
def clip_by_norm_bad_max_norm(g, max_norm):
    """max_norm <= 0 is accepted."""
    if max_norm <= 0 and np.isfinite(length([g])):
        return g * (max_norm / length([g]))
    return clip_by_norm(g, max_norm)


@misconception(
    "clip_by_norm.zero_max_norm",
    hint="A max_norm of 0 is refused as well.",
    caught_by=("test_bad_lengths_are_refused",),
)
def clip_by_norm_zero_max_norm(g, max_norm):
    """max_norm = 0 is accepted."""
    return g * 0 if max_norm == 0 else clip_by_norm(g, max_norm)


@misconception(
    "clip_by_norm.in_place",
    hint="Return a new array.",
    caught_by=("test_shortening_leaves_g_alone",),
)
def clip_by_norm_in_place(g, max_norm):
    """g *= scale."""
    result = clip_by_norm(g, max_norm)
    g[...] = result
    return g


# clip_by_global_norm


@misconception(
    "clip_by_global_norm.each_alone",
    hint=(
        "The arrays of a network are one gradient. What happens to its direction when each part gets its own factor?"
    ),
    caught_by=("test_direction_stays",),
)
def clip_by_global_norm_each_alone(grads, max_norm):
    """Each array is clipped on its own."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    return {name: clip_by_norm(g, max_norm) for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.sum_of_norms",
    hint="Lengths of parts add like Pythagoras, not like numbers.",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay", "test_direction_stays"),
)
def clip_by_global_norm_sum_of_norms(grads, max_norm):
    """Norms are added without squares."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = sum(length([g]) for g in grads.values())
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.always_rescale",
    hint="Below the threshold nothing happens.",
    caught_by=("test_short_sets_stay",),
)
def clip_by_global_norm_always_rescale(grads, max_norm):
    """Small gradients are scaled up."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    factor = max_norm / norm if norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.no_root",
    hint="Take the root of the sum of squares.",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay", "test_direction_stays"),
)
def clip_by_global_norm_no_root(grads, max_norm):
    """The squared global norm."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = norm**2
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.largest_norm",
    hint="One array is the longest, and the others count as well.",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_largest_norm(grads, max_norm):
    """The largest of the norms."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = max(length([g]) for g in grads.values())
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.mean_of_norms",
    hint="With more arrays the whole becomes longer. A mean does not notice.",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_mean_of_norms(grads, max_norm):
    """The mean of the norms."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = sum(length([g]) for g in grads.values()) / len(grads)
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.root_of_norms",
    hint="Which numbers do you add up under the root: norms, or squares?",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay", "test_direction_stays"),
)
def clip_by_global_norm_root_of_norms(grads, max_norm):
    """The root of the sum of the norms."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = float(np.sqrt(sum(length([g]) for g in grads.values())))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.first_only",
    hint="How many arrays are there? Your length is that of one.",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_first_only(grads, max_norm):
    """The norm of the first array."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = length([next(iter(grads.values()))])
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.weights_only",
    hint="The biases belong to the gradient too.",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_weights_only(grads, max_norm):
    """Biases are left out of the norm."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = length(g for name, g in grads.items() if name.startswith("dW"))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.biases_not_scaled",
    hint="All arrays get the same factor. Which do you leave out?",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_biases_not_scaled(grads, max_norm):
    """Biases are not shortened."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * (factor if name.startswith("dW") else 1) for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.spectral",
    hint="Use the root of the sum of all squares, also for matrices.",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay", "test_direction_stays"),
)
def clip_by_global_norm_spectral(grads, max_norm):
    """Matrix 2-norms of the weights."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = float(np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads.values())))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.by_value",
    hint="The direction changes when only large entries are cut.",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_by_value(grads, max_norm):
    """Entries are cut."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    return {name: np.clip(g, -max_norm, max_norm) for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.per_size",
    hint="Your length hardly notices a large gradient. What is divided?",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay"),
)
def clip_by_global_norm_per_size(grads, max_norm):
    """The norm is divided by the number of entries."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    norm = norm / sum(g.size for g in grads.values())
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.norm_after",
    hint="Which length does the caller want to watch: before or after clipping?",
    caught_by=("test_long_sets_are_shortened",),
)
def clip_by_global_norm_norm_after(grads, max_norm):
    """The length after clipping is returned."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm * factor


@misconception(
    "clip_by_global_norm.factor_returned",
    hint="The second value is a length. What do you return?",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay"),
)
def clip_by_global_norm_factor_returned(grads, max_norm):
    """The factor is returned."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, factor


@misconception(
    "clip_by_global_norm.swapped",
    hint="Both results are right, and come in the other order.",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay"),
)
def clip_by_global_norm_swapped(grads, max_norm):
    """norm, clipped."""
    return clip_by_global_norm(grads, max_norm)[::-1]


@misconception(
    "clip_by_global_norm.list",
    hint="The gradients came under their names. Under which do they leave?",
    caught_by=("test_long_sets_are_shortened", "test_short_sets_stay", "test_direction_stays"),
)
def clip_by_global_norm_list(grads, max_norm):
    """A list of arrays."""
    clipped, norm = clip_by_global_norm(grads, max_norm)
    return list(clipped.values()), norm


@misconception(
    "clip_by_global_norm.inverted_factor",
    hint="Your long gradients become longer. Which way round is the factor?",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_inverted_factor(grads, max_norm):
    """norm / max_norm."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    factor = norm / max_norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.unit_length",
    hint="Your result is always of length 1. Where does max_norm enter?",
    caught_by=("test_long_sets_are_shortened",),
)
def clip_by_global_norm_unit_length(grads, max_norm):
    """Long gradients get the length 1."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    factor = 1 / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.subtract",
    hint="Reduce the length to the threshold, not by the threshold.",
    caught_by=("test_long_sets_are_shortened", "test_direction_stays"),
)
def clip_by_global_norm_subtract(grads, max_norm):
    """Reduced by the threshold."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    factor = (norm - max_norm) / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.zero_division",
    hint="When all gradients are zero the norm is zero: do not divide.",
    caught_by=("test_sets_of_zeros_stay",),
)
def clip_by_global_norm_zero_division(grads, max_norm):
    """0/0 for zero gradients."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    with np.errstate(all="ignore"):
        factor = np.minimum(1, np.float64(max_norm) / norm) if norm else np.float64(0) / norm
    return {name: g * factor for name, g in grads.items()}, norm


@misconception(
    "clip_by_global_norm.tiny_for_zero",
    hint="The length of nothing is 0. What do you add to it?",
    caught_by=("test_sets_of_zeros_stay",),
)
def clip_by_global_norm_tiny_for_zero(grads, max_norm):
    """A norm of 1e-6 for zero gradients."""
    require(max_norm, *grads.values())
    norm = length(grads.values())
    clipped, _ = clip_by_global_norm(grads, max_norm)
    return clipped, max(norm, 1e-6)


@misconception(
    "clip_by_global_norm.nan_spreads",
    hint="One nan makes the whole norm nan. Say so instead of returning it.",
    caught_by=("test_non_finite_sets_are_refused",),
)
def clip_by_global_norm_nan_spreads(grads, max_norm):
    """nan is not reported."""
    if max_norm > 0 and not np.isfinite(length(grads.values())):
        with np.errstate(all="ignore"):
            norm = length(grads.values())
            return {name: g * np.float64(max_norm / norm) for name, g in grads.items()}, norm
    return clip_by_global_norm(grads, max_norm)


@misconception(
    "clip_by_global_norm.first_nan_only",
    hint="In which arrays do you look for numbers that are not finite?",
    caught_by=("test_non_finite_sets_are_refused",),
)
def clip_by_global_norm_first_nan_only(grads, max_norm):
    """Only the first array is looked at for nan."""
    first, *_rest = grads
    if max_norm > 0 and np.isfinite(grads[first]).all() and not np.isfinite(length(grads.values())):
        return grads, length(grads.values())
    return clip_by_global_norm(grads, max_norm)


@misconception(
    "clip_by_global_norm.bad_max_norm",
    hint="With max_norm = 0 nothing could ever be learnt.",
    caught_by=("test_bad_total_lengths_are_refused",),
)
def clip_by_global_norm_bad_max_norm(grads, max_norm):
    """max_norm <= 0 is accepted."""
    if max_norm <= 0 and np.isfinite(length(grads.values())):
        norm = length(grads.values())
        return {name: g * (max_norm / norm) for name, g in grads.items()}, norm
    return clip_by_global_norm(grads, max_norm)


@misconception(
    "clip_by_global_norm.zero_max_norm",
    hint="A max_norm of 0 is refused as well.",
    caught_by=("test_bad_total_lengths_are_refused",),
)
def clip_by_global_norm_zero_max_norm(grads, max_norm):
    """max_norm = 0 is accepted."""
    if max_norm == 0:
        return {name: 0 * g for name, g in grads.items()}, length(grads.values())
    return clip_by_global_norm(grads, max_norm)


@misconception(
    "clip_by_global_norm.in_place",
    hint="Frameworks change gradients in place. Here the caller keeps them: return new arrays.",
    caught_by=("test_shortening_leaves_the_set_alone",),
)
def clip_by_global_norm_in_place(grads, max_norm):
    """The arrays are changed in place, as frameworks do."""
    clipped, norm = clip_by_global_norm(grads, max_norm)
    for name, g in clipped.items():
        grads[name][...] = g
    return clipped, norm


@misconception(
    "clip_by_global_norm.same_dictionary",
    hint="The arrays are new, but the dictionary is the one of the caller.",
    caught_by=("test_shortening_leaves_the_set_alone",),
)
def clip_by_global_norm_same_dictionary(grads, max_norm):
    """New arrays are put into the dictionary passed in."""
    clipped, norm = clip_by_global_norm(grads, max_norm)
    grads.update(clipped)
    return clipped, norm
