"""Known mistakes in rms.py."""

from typing import Any

import numpy as np

from grader.checks import misconception

Array = np.ndarray


def _forward(x: Array, gamma: Array, inv_rms: Array) -> tuple[Array, Any]:
    """Finish a forward pass that divides by something else."""
    return gamma * (x * inv_rms), (x * inv_rms, inv_rms, gamma)


def _inverse(x: Array, eps: float) -> Array:
    return 1 / np.sqrt(np.mean(x**2, axis=1, keepdims=True) + eps)


@misconception(
    "rmsnorm_forward.mean_subtracted",
    hint="That is layer normalization. Is there a mean anywhere in this formula?",
    caught_by=("test_forward_values",),
)
def mean_subtracted(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Centres every example first, as layer normalization does."""
    x = x - x.mean(axis=1, keepdims=True)
    return _forward(x, gamma, _inverse(x, eps))


@misconception(
    "rmsnorm_forward.deviation",
    hint="A standard deviation has the mean taken out. Does the root mean square?",
    caught_by=("test_forward_values",),
)
def deviation(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Divides by the standard deviation, and centres nothing."""
    return _forward(x, gamma, 1 / np.sqrt(x.var(axis=1, keepdims=True) + eps))


@misconception(
    "rmsnorm_forward.over_batch",
    hint="Pass one row alone and then among others. Which axis do you average over?",
    caught_by=("test_forward_values", "test_forward_rowwise"),
)
def over_batch(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Averages over the examples."""
    return _forward(x, gamma, 1 / np.sqrt(np.mean(x**2, axis=0) + eps))


@misconception(
    "rmsnorm_forward.whole_array",
    hint="How many root mean squares does a batch of N examples have?",
    caught_by=("test_forward_values", "test_forward_rowwise"),
)
def whole_array(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Takes one mean square of the whole batch."""
    return _forward(x, gamma, 1 / np.sqrt(np.mean(x**2, keepdims=True) + eps))


@misconception(
    "rmsnorm_forward.no_root",
    hint="Make an example ten times as large. Your output should stay as it is, up to eps; does it?",
    caught_by=("test_forward_values",),
)
def no_root(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Divides by the mean square."""
    return _forward(x, gamma, 1 / (np.mean(x**2, axis=1, keepdims=True) + eps))


@misconception(
    "rmsnorm_forward.norm",
    hint="The second word of the name is *mean*. Repeat every feature twice: what happens to your divisor?",
    caught_by=("test_forward_values",),
)
def norm(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Divides by the length of the example: a sum in the place of the mean."""
    return _forward(x, gamma, 1 / np.sqrt(np.sum(x**2, axis=1, keepdims=True) + eps))


@misconception(
    "rmsnorm_forward.mean_size",
    hint="You average |x|. In which order do squaring, averaging and the root stand in the name?",
    caught_by=("test_forward_values",),
)
def mean_size(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Divides by the mean of the absolute values."""
    return _forward(x, gamma, 1 / (np.mean(np.abs(x), axis=1, keepdims=True) + eps))


@misconception(
    "rmsnorm_forward.square_of_mean",
    hint="You square after averaging, so that positive and negative features cancel. Should they?",
    caught_by=("test_forward_values",),
)
def square_of_mean(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Squares the mean instead of averaging the squares."""
    return _forward(x, gamma, 1 / np.sqrt(np.mean(x, axis=1, keepdims=True) ** 2 + eps))


@misconception(
    "rmsnorm_forward.eps_outside",
    hint="Where does eps stand in the formula, under the root or beside it?",
    caught_by=("test_forward_values",),
)
def eps_outside(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Adds eps to the root."""
    return _forward(x, gamma, 1 / (np.sqrt(np.mean(x**2, axis=1, keepdims=True)) + eps))


@misconception(
    "rmsnorm_forward.eps_missing",
    hint="An example of zeros has the mean square 0. What is 0 divided by its root?",
    caught_by=("test_forward_values", "test_forward_zeros"),
)
def eps_missing(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Leaves eps out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _forward(x, gamma, _inverse(x, 0.0))


@misconception(
    "rmsnorm_forward.other_default",
    hint="What is eps when the caller gives none? Look at the signature.",
    caught_by=("test_forward_zeros",),
)
def other_default(x: Array, gamma: Array, eps: float = 1e-8) -> tuple[Array, Any]:
    """Takes 1e-8 where no eps is given, as some libraries do."""
    return _forward(x, gamma, _inverse(x, eps))


@misconception(
    "rmsnorm_forward.zero_rows_skipped",
    hint="Rows that are nearly zero come back as they are. Which rows does the formula leave out?",
    caught_by=("test_forward_zeros",),
)
def zero_rows_skipped(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Does not divide examples that are small."""
    small = np.mean(x**2, axis=1, keepdims=True) < 1e-4
    return _forward(x, gamma, np.where(small, 1.0, _inverse(x, eps)))


@misconception(
    "rmsnorm_forward.unbiased",
    hint="Over how many numbers is the mean of D squares taken?",
    caught_by=("test_forward_values",),
)
def unbiased(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Divides the sum of squares by D - 1."""
    return _forward(x, gamma, 1 / np.sqrt(np.sum(x**2, axis=1, keepdims=True) / (x.shape[1] - 1) + eps))


@misconception(
    "rmsnorm_forward.gamma_missing",
    hint="Every feature has a scale of its own after the division. Where is it?",
    caught_by=("test_forward_values",),
)
def gamma_missing(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Forgets gamma."""
    inv_rms = _inverse(x, eps)
    return x * inv_rms, (x * inv_rms, inv_rms, gamma)


@misconception(
    "rmsnorm_forward.gamma_shifted",
    hint="With gamma = 0 the output is 0. Is yours?",
    caught_by=("test_forward_values",),
)
def gamma_shifted(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Multiplies by 1 + gamma, as models do that store the scale's distance from 1."""
    out, cache = _forward(x, 1 + gamma, _inverse(x, eps))
    return out, (*cache[:2], gamma)


@misconception(
    "rmsnorm_forward.in_place",
    hint="Look at x after the call: an operator with an equals sign writes into the array it was given.",
    caught_by=("test_forward_pure",),
)
def in_place(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Divides x itself."""
    inv_rms = _inverse(x, eps)
    x *= inv_rms
    return gamma * x, (x.copy(), inv_rms, gamma)


@misconception(
    "rmsnorm_forward.widened",
    hint="Which of your arrays is float64 although x and gamma are float32? Products take the wider type.",
    caught_by=("test_forward_dtype",),
)
def widened(x: Array, gamma: Array, eps: float = 1e-5) -> tuple[Array, Any]:
    """Computes and returns everything in float64."""
    return _forward(x.astype(np.float64), gamma, _inverse(x.astype(np.float64), eps))


def _dx(dout: Array, cache: Any, *, share: float = 1.0) -> Array:
    xhat, inv_rms, gamma = cache
    g = dout * gamma
    return inv_rms * (g - share * xhat * np.mean(g * xhat, axis=1, keepdims=True))


def _dgamma(dout: Array, cache: Any) -> Array:
    return np.sum(dout * cache[0], axis=0)


@misconception(
    "rmsnorm_backward.rms_constant",
    hint="The root mean square depends on x too. Which term of dx says so?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def rms_constant(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Takes the root mean square for a constant."""
    return _dx(dout, cache, share=0.0), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.layernorm",
    hint="Layer normalization has one term more than this. Which one came from subtracting the mean?",
    caught_by=("test_backward_values", "test_backward_numerical"),
)
def layernorm(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Subtracts the mean of g as well, as layer normalization does."""
    xhat, inv_rms, gamma = cache
    g = dout * gamma
    centred = g - g.mean(axis=1, keepdims=True)
    return inv_rms * (centred - xhat * np.mean(g * xhat, axis=1, keepdims=True)), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.sum_in_place_of_mean",
    hint="Check your second term with D = 1, where dx must be nearly 0, and then with D = 5.",
    caught_by=("test_backward_values",),
)
def sum_in_place_of_mean(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Sums over the features where the mean belongs."""
    return _dx(dout, cache, share=dout.shape[1]), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.twice",
    hint="A square gives a factor of 2, a root gives a half. What is left of the two?",
    caught_by=("test_backward_values",),
)
def twice(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Keeps the 2 of the square and forgets the half of the root."""
    return _dx(dout, cache, share=2.0), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.half",
    hint="A square gives a factor of 2, a root gives a half. What is left of the two?",
    caught_by=("test_backward_values",),
)
def half(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Keeps the half of the root and forgets the 2 of the square."""
    return _dx(dout, cache, share=0.5), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.sign",
    hint="A larger x_ij makes the root mean square larger, and so every output of its row smaller. Which sign is that?",
    caught_by=("test_backward_values",),
)
def sign(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Adds the second term."""
    return _dx(dout, cache, share=-1.0), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.over_batch",
    hint="Each example has a root mean square of its own. Along which axis does the mean in dx run?",
    caught_by=("test_backward_values",),
)
def backward_over_batch(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Averages over the examples in dx."""
    xhat, inv_rms, gamma = cache
    g = dout * gamma
    return inv_rms * (g - xhat * np.mean(g * xhat, axis=0)), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.not_divided",
    hint="Make x ten times as large: the output stays, so its slope becomes ten times smaller. Does your dx?",
    caught_by=("test_backward_values",),
)
def not_divided(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Forgets to divide by the root mean square."""
    return _dx(dout, cache) / cache[1], _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.gamma_missing",
    hint="The gradient reaches x through gamma. What is dx where gamma is 0?",
    caught_by=("test_backward_values",),
)
def backward_gamma_missing(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Leaves gamma out of dx."""
    xhat, inv_rms, gamma = cache
    return _dx(dout, (xhat, inv_rms, np.ones_like(gamma))), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.gamma_late",
    hint="g = dout * gamma goes into both terms. Where do you multiply by gamma?",
    caught_by=("test_backward_values",),
)
def gamma_late(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Multiplies by gamma at the end, so that the mean does not see it."""
    xhat, inv_rms, gamma = cache
    return gamma * _dx(dout, (xhat, inv_rms, np.ones_like(gamma))), _dgamma(dout, cache)


@misconception(
    "rmsnorm_backward.dgamma_from_dout",
    hint="gamma multiplies xhat. What is the derivative of gamma * xhat with respect to gamma?",
    caught_by=("test_backward_values",),
)
def dgamma_from_dout(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Sums dout alone, which would be the gradient of a shift."""
    return _dx(dout, cache), np.sum(dout, axis=0)


@misconception(
    "rmsnorm_backward.dgamma_from_x",
    hint="gamma multiplies what comes out of the division. Is it x that you multiply dout with?",
    caught_by=("test_backward_values",),
)
def dgamma_from_x(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Multiplies by x before the division."""
    return _dx(dout, cache), np.sum(dout * cache[0] / cache[1], axis=0)


@misconception(
    "rmsnorm_backward.dgamma_mean",
    hint="dout already holds whatever the loss divides by. Do you divide by N once more?",
    caught_by=("test_backward_values",),
)
def dgamma_mean(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Averages over the examples in dgamma."""
    return _dx(dout, cache), np.mean(dout * cache[0], axis=0)


@misconception(
    "rmsnorm_backward.dgamma_per_example",
    hint="gamma has one entry for each feature. What shape has your dgamma?",
    caught_by=("test_backward_values",),
)
def dgamma_per_example(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Sums over the features in dgamma."""
    return _dx(dout, cache), np.sum(dout * cache[0], axis=1)


@misconception(
    "rmsnorm_backward.dgamma_row",
    hint="dgamma has the shape of gamma, (D,). Which option of your sum keeps an axis of length 1?",
    caught_by=("test_backward_values",),
)
def dgamma_row(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Returns dgamma in the shape (1, D)."""
    return _dx(dout, cache), np.sum(dout * cache[0], axis=0, keepdims=True)


@misconception(
    "rmsnorm_backward.writes_into_dout",
    hint="Call it twice with the same dout. Which operator writes into the array it was given?",
    caught_by=("test_backward_pure",),
)
def writes_into_dout(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Multiplies dout itself by gamma."""
    xhat, inv_rms, gamma = cache
    dgamma = _dgamma(dout, cache)
    dout *= gamma
    return inv_rms * (dout - xhat * np.mean(dout * xhat, axis=1, keepdims=True)), dgamma


@misconception(
    "rmsnorm_backward.writes_into_cache",
    hint="Call it twice with the same cache. Which line changes an array that the cache still holds?",
    caught_by=("test_backward_pure",),
)
def writes_into_cache(dout: Array, cache: Any) -> tuple[Array, Array]:
    """Multiplies the cache's xhat by its mean in place."""
    xhat, inv_rms, gamma = cache
    g, dgamma = dout * gamma, _dgamma(dout, cache)
    xhat *= np.mean(g * xhat, axis=1, keepdims=True)
    return inv_rms * (g - xhat), dgamma
