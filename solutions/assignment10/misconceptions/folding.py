"""Known mistakes in folding.py."""

import numpy as np

from grader.checks import misconception

Array = np.ndarray
Layer = tuple[Array, Array]


def _fold(W: Array, b: Array, beta: Array, mean: Array, factor: Array) -> Layer:
    return W * factor, (b - mean) * factor + beta


def _factor(gamma: Array, var: Array, eps: float) -> Array:
    return gamma / np.sqrt(var + eps)


@misconception(
    "fold_batchnorm.bias_not_scaled",
    hint="b goes through the normalization too. Which factor does it meet there?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def bias_not_scaled(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Scales the mean, not the bias."""
    factor = _factor(gamma, running_var, eps)
    return W * factor, b - running_mean * factor + beta


@misconception(
    "fold_batchnorm.bias_forgotten",
    hint="Send x = 0 through both. What came out of the linear layer there?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def bias_forgotten(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Leaves b out, since batch normalization takes a constant away in training."""
    return _fold(W, np.zeros_like(b), beta, running_mean, _factor(gamma, running_var, eps))


@misconception(
    "fold_batchnorm.mean_forgotten",
    hint="Send x = 0 through both. What does the normalization subtract there?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def mean_forgotten(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Leaves the running mean out."""
    return _fold(W, b, beta, np.zeros_like(b), _factor(gamma, running_var, eps))


@misconception(
    "fold_batchnorm.mean_added",
    hint="The normalization subtracts the mean. Which sign has it in your bias?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def mean_added(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Adds the running mean."""
    return _fold(W, b, beta, -running_mean, _factor(gamma, running_var, eps))


@misconception(
    "fold_batchnorm.mean_not_scaled",
    hint="What is subtracted before the division is divided as well. Is your mean?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def mean_not_scaled(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Subtracts the mean after the scaling."""
    factor = _factor(gamma, running_var, eps)
    return W * factor, b * factor - running_mean + beta


@misconception(
    "fold_batchnorm.beta_forgotten",
    hint="What does the normalization add at the very end?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def beta_forgotten(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Leaves beta out."""
    return _fold(W, b, np.zeros_like(beta), running_mean, _factor(gamma, running_var, eps))


@misconception(
    "fold_batchnorm.beta_scaled",
    hint="beta is added after the scaling. Is it scaled in yours?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def beta_scaled(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Scales beta with the rest."""
    factor = _factor(gamma, running_var, eps)
    return W * factor, (b - running_mean + beta) * factor


@misconception(
    "fold_batchnorm.gamma_forgotten",
    hint="With gamma = 0 the layer gives beta for every x. Does yours?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def gamma_forgotten(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Leaves gamma out."""
    return _fold(W, b, beta, running_mean, _factor(np.ones_like(gamma), running_var, eps))


@misconception(
    "fold_batchnorm.gamma_divides",
    hint="With gamma = 2 the normalized values are twice as large. What happens to your weights?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def gamma_divides(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Divides by gamma."""
    return _fold(W, b, beta, running_mean, 1 / (gamma * np.sqrt(running_var + eps)))


@misconception(
    "fold_batchnorm.weights_as_they_were",
    hint="Send two different x through both and compare the differences. What multiplies x now?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def weights_as_they_were(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Folds the bias only."""
    return W.copy(), _fold(W, b, beta, running_mean, _factor(gamma, running_var, eps))[1]


@misconception(
    "fold_batchnorm.rows",
    hint="A unit's weights are a column here. Which axis do you scale?",
    caught_by=("test_folded_weights",),
)
def rows(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Scales rows, as for weights of the shape (n_out, n_in): right for neither, and refused unless W is square."""
    factor = _factor(gamma, running_var, eps)
    return W * factor[:, None], (b - running_mean) * factor + beta


@misconception(
    "fold_batchnorm.variance",
    hint="Make x ten times as large, and the running values with it: the output stays. Does yours?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def variance(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Divides by the variance."""
    return _fold(W, b, beta, running_mean, gamma / (running_var + eps))


@misconception(
    "fold_batchnorm.eps_outside",
    hint="Where does eps stand in batch normalization, under the root or beside it?",
    caught_by=("test_folded_weights", "test_unit_that_never_varied"),
)
def eps_outside(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Adds eps to the root."""
    return _fold(W, b, beta, running_mean, gamma / (np.sqrt(running_var) + eps))


@misconception(
    "fold_batchnorm.eps_missing",
    hint="A unit that never varied has the variance 0. What is the factor there?",
    caught_by=("test_folded_weights", "test_unit_that_never_varied"),
)
def eps_missing(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Leaves eps out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _fold(W, b, beta, running_mean, _factor(gamma, running_var, 0.0))


@misconception(
    "fold_batchnorm.dead_units_cut",
    hint="A unit that never varied in training may vary later. What does batch normalization do with it?",
    caught_by=("test_unit_that_never_varied",),
)
def dead_units_cut(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Sets the weights of units without variance to zero."""
    factor = np.where(running_var < 1e-6, 0.0, _factor(gamma, running_var, eps))
    return _fold(W, b, beta, running_mean, factor)


@misconception(
    "fold_batchnorm.statistics_of_weights",
    hint="The running values stand in the arguments. What do you normalize with?",
    caught_by=("test_folded_weights", "test_the_outputs_agree"),
)
def statistics_of_weights(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Normalizes with mean and variance of the weights, which are not those of the unit's output."""
    return _fold(W, b, beta, W.mean(axis=0), _factor(gamma, W.var(axis=0), eps))


@misconception(
    "fold_batchnorm.in_place",
    hint="Print W before and after the call. Which operator writes into the array it was given?",
    caught_by=("test_layer_is_left_alone",),
)
def in_place(
    W: Array, b: Array, gamma: Array, beta: Array, running_mean: Array, running_var: Array, eps: float = 1e-5
) -> Layer:
    """Writes into W and b."""
    factor = _factor(gamma, running_var, eps)
    W *= factor
    b -= running_mean
    b *= factor
    b += beta
    return W.copy(), b.copy()
