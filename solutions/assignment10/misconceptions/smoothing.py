"""Known mistakes in smoothing.py."""

import numpy as np

from grader.checks import misconception

Array = np.ndarray
Loss = tuple[float, Array]


def _log_softmax(z: Array) -> Array:
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def _require(eps: float) -> None:
    if not 0 <= eps < 1:
        raise ValueError(f"eps must be in [0, 1), got {eps}")


def _one_hot(z: Array, y: Array) -> Array:
    return np.eye(z.shape[1])[y]


def _smoothed(z: Array, y: Array, eps: float) -> Array:
    return (1 - eps) * _one_hot(z, y) + eps / z.shape[1]


def _loss(z: Array, q: Array, *, gradient_of: Array | None = None) -> Loss:
    """Return the loss against labels q, and its gradient, or that against other labels."""
    log_p = _log_softmax(z)
    return float(-np.sum(q * log_p) / len(z)), (np.exp(log_p) - (q if gradient_of is None else gradient_of)) / len(z)


@misconception(
    "softmax_loss_smoothed.spread_over_others",
    hint="With eps = 0.2 and two classes: does the right class keep 0.8 or 0.9? Which classes share eps here?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def spread_over_others(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Spreads eps over the other classes only."""
    _require(eps)
    right = _one_hot(z, y)
    return _loss(z, (1 - eps) * right + eps / (z.shape[1] - 1) * (1 - right))


@misconception(
    "softmax_loss_smoothed.not_taken_away",
    hint="Add up the entries of one row of q. Where does the share come from that you spread?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def not_taken_away(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Adds eps / C to every class, and leaves the right one its 1."""
    _require(eps)
    return _loss(z, _one_hot(z, y) + eps / z.shape[1])


@misconception(
    "softmax_loss_smoothed.only_taken_away",
    hint="Add up the entries of one row of q. Where has the share gone that you took from the right class?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def only_taken_away(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Gives the right class 1 - eps and the others nothing."""
    _require(eps)
    return _loss(z, (1 - eps) * _one_hot(z, y))


@misconception(
    "softmax_loss_smoothed.swapped",
    hint="With a small eps the labels should nearly be the plain ones. Which part of yours is small?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def swapped(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Swaps eps and 1 - eps."""
    _require(eps)
    return _loss(z, _smoothed(z, y, 1 - eps))


@misconception(
    "softmax_loss_smoothed.not_smoothed",
    hint="Your loss is the same for every eps. Which labels does it compare with?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def not_smoothed(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Ignores eps."""
    _require(eps)
    return _loss(z, _one_hot(z, y))


@misconception(
    "softmax_loss_smoothed.gradient_not_smoothed",
    hint="Your loss knows of the smoothed labels. Does its gradient?",
    caught_by=("test_loss_gradient", "test_loss_gradient_is_the_slope"),
)
def gradient_not_smoothed(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Smooths the labels in the loss, not in the gradient."""
    _require(eps)
    return _loss(z, _smoothed(z, y, eps), gradient_of=_one_hot(z, y))


@misconception(
    "softmax_loss_smoothed.loss_not_smoothed",
    hint="Your gradient is that of the smoothed labels. Which labels does the loss compare with?",
    caught_by=("test_loss_values", "test_loss_gradient_is_the_slope"),
)
def loss_not_smoothed(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Smooths the labels in the gradient, not in the loss."""
    _require(eps)
    return _loss(z, _one_hot(z, y), gradient_of=_smoothed(z, y, eps))


@misconception(
    "softmax_loss_smoothed.predictions_smoothed",
    hint="You mix the predictions with 1/C. Is it the predictions that should be less certain, or the labels?",
    caught_by=("test_loss_values",),
)
def predictions_smoothed(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Smooths the probabilities that the network gives."""
    _require(eps)
    p = (1 - eps) * np.exp(_log_softmax(z)) + eps / z.shape[1]
    right = _one_hot(z, y)
    with np.errstate(divide="ignore"):
        return float(-np.mean(np.log(p[np.arange(len(y)), y]))), (p - right) / len(z)


@misconception(
    "softmax_loss_smoothed.summed",
    hint="Put every example in twice. Does a mean over the examples change?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def summed(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Sums over the examples."""
    _require(eps)
    loss, dz = _loss(z, _smoothed(z, y, eps))
    return loss * len(z), dz * len(z)


@misconception(
    "softmax_loss_smoothed.gradient_summed",
    hint="Your loss is a mean over the examples. Is your gradient that of the mean, or that of the sum?",
    caught_by=("test_loss_gradient", "test_loss_gradient_is_the_slope"),
)
def gradient_summed(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Forgets the 1/N in the gradient."""
    _require(eps)
    loss, dz = _loss(z, _smoothed(z, y, eps))
    return loss, dz * len(z)


@misconception(
    "softmax_loss_smoothed.mean_of_all",
    hint="You divide by N times C. Over what is the loss a mean, and over what is it a sum?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def mean_of_all(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Averages over examples and classes."""
    _require(eps)
    loss, dz = _loss(z, _smoothed(z, y, eps))
    return loss / z.shape[1], dz / z.shape[1]


@misconception(
    "softmax_loss_smoothed.other_logarithm",
    hint="Your loss is 1.44 times the expected one. Which logarithm did you take?",
    caught_by=("test_loss_values",),
)
def other_logarithm(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Takes the logarithm to the base 2."""
    _require(eps)
    loss, dz = _loss(z, _smoothed(z, y, eps))
    return loss / np.log(2), dz


@misconception(
    "softmax_loss_smoothed.minus_missing",
    hint="Your loss is negative. What is the sign of the logarithm of a probability?",
    caught_by=("test_loss_values",),
)
def minus_missing(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Forgets the minus."""
    _require(eps)
    loss, dz = _loss(z, _smoothed(z, y, eps))
    return -loss, dz


@misconception(
    "softmax_loss_smoothed.gradient_sign",
    hint="Follow your dz one small step downhill: does the loss fall?",
    caught_by=("test_loss_gradient", "test_loss_gradient_is_the_slope"),
)
def gradient_sign(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Returns q - p."""
    _require(eps)
    loss, dz = _loss(z, _smoothed(z, y, eps))
    return loss, -dz


@misconception(
    "softmax_loss_smoothed.over_examples",
    hint="The probabilities of one example add up to 1. Along which axis do yours?",
    caught_by=("test_loss_values", "test_loss_gradient"),
)
def over_examples(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Takes the softmax along the columns."""
    _require(eps)
    log_p, q = _log_softmax(z.T).T, _smoothed(z, y, eps)
    return float(-np.sum(q * log_p) / len(z)), (np.exp(log_p) - q) / len(z)


@misconception(
    "softmax_loss_smoothed.overflow",
    hint="exp(10000) is infinite. What may be subtracted from all scores of a row without changing the probabilities?",
    caught_by=("test_loss_of_huge_scores",),
)
def overflow(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Exponentiates the scores as they are."""
    _require(eps)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        p = np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
        q = _smoothed(z, y, eps)
        return float(-np.sum(q * np.log(p)) / len(z)), (p - q) / len(z)


@misconception(
    "softmax_loss_smoothed.logarithm_of_zero",
    hint="You shift the scores, and still take the logarithm of a probability that is 0. Can the two steps be one?",
    caught_by=("test_loss_of_huge_scores",),
)
def logarithm_of_zero(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Shifts, exponentiates, and takes the logarithm afterwards."""
    _require(eps)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p, q = e / e.sum(axis=1, keepdims=True), _smoothed(z, y, eps)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(q * np.log(p)) / len(z)), (p - q) / len(z)


@misconception(
    "softmax_loss_smoothed.clipped",
    hint="Your loss never grows beyond a few dozen. What does adding a small number to p do to its logarithm?",
    caught_by=("test_loss_of_huge_scores",),
)
def clipped(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Clips the probabilities at 1e-15."""
    _require(eps)
    p, q = np.exp(_log_softmax(z)), _smoothed(z, y, eps)
    return float(-np.sum(q * np.log(np.maximum(p, 1e-15))) / len(z)), (p - q) / len(z)


@misconception(
    "softmax_loss_smoothed.never_without",
    hint="With eps = 0 nothing is spread. Which eps does your function use then?",
    caught_by=("test_loss_without_smoothing",),
)
def never_without(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """`eps or 0.1`: a zero counts as no answer."""
    _require(eps)
    return _loss(z, _smoothed(z, y, eps or 0.1))


@misconception(
    "softmax_loss_smoothed.zero_refused",
    hint="The interval is [0, 1): which of its ends belongs to it?",
    caught_by=("test_loss_without_smoothing",),
)
def zero_refused(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Refuses eps = 0."""
    if not 0 < eps < 1:
        raise ValueError(f"eps must be in (0, 1), got {eps}")
    return _loss(z, _smoothed(z, y, eps))


@misconception(
    "softmax_loss_smoothed.in_place",
    hint="Print z before and after the call. Which operator writes into the array it was given?",
    caught_by=("test_loss_pure",),
)
def in_place(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Shifts z itself."""
    _require(eps)
    z -= z.max(axis=1, keepdims=True)
    return _loss(z, _smoothed(z, y, eps))


@misconception(
    "softmax_loss_smoothed.unchecked",
    hint="What is left for the right class at eps = 1, and what at eps = 1.5?",
    caught_by=("test_loss_refuses_eps",),
)
def unchecked(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Takes any eps."""
    return _loss(z, _smoothed(z, y, eps))


@misconception(
    "softmax_loss_smoothed.one_accepted",
    hint="The interval is [0, 1): which of its ends belongs to it?",
    caught_by=("test_loss_refuses_eps",),
)
def one_accepted(z: Array, y: Array, eps: float = 0.1) -> Loss:
    """Takes eps = 1, which leaves nothing of the labels."""
    if not 0 <= eps <= 1:
        raise ValueError(f"eps must be in [0, 1], got {eps}")
    return _loss(z, _smoothed(z, y, eps))
