"""Known mistakes in signals.py."""

from collections.abc import Callable, Sequence

import numpy as np
from signals import backward_signal as right_backward
from signals import forward_signal as right_forward
from signals import growth_rate as right_growth

from grader.checks import misconception

Weights = Sequence[np.ndarray]
Signal = dict[str, np.ndarray]

ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda Z: np.maximum(Z, 0),
    "tanh": np.tanh,
    "linear": lambda Z: Z,
}


def _layers(x: np.ndarray, weights: Weights, activation: str) -> list[np.ndarray]:
    """Return the activations of all layers. Raises `ValueError` as the right function."""
    right_forward(x[:1], [], activation)
    found = []
    for W in weights:
        x = ACTIVATIONS[activation](x @ W)
        found.append(x)
    return found


def _signal(layers: Sequence[np.ndarray]) -> Signal:
    """Return the right numbers of these activations."""
    return {
        "mean": np.array([A.mean() for A in layers]),
        "std": np.array([A.std() for A in layers]),
        "dead": np.array([(A == 0).all(axis=0).mean() for A in layers]),
    }


def _gradients(
    x: np.ndarray,
    weights: Weights,
    activation: str,
    dout: np.ndarray,
    slope: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
) -> list[np.ndarray]:
    """Return the gradients by the weights, with another slope of a layer's Z and A where it is given."""
    inputs = [x, *_layers(x, weights, activation)]
    found = []
    for W, A_in, A in zip(reversed(weights), inputs[-2::-1], inputs[:0:-1], strict=True):
        slopes = {"relu": A > 0, "tanh": 1 - A**2, "linear": np.ones_like(A)}[activation]
        dZ = dout * (slope(A_in @ W, A) if slope else slopes)
        found.append(A_in.T @ dZ)
        dout = dZ @ W.T
    return found[::-1]


def _norms(gradients: Sequence[np.ndarray]) -> np.ndarray:
    return np.array([np.linalg.norm(gradient) for gradient in gradients])


# forward_signal


@misconception(
    "forward_signal.x_every_layer",
    hint="Layer 2 should receive the output of layer 1. What does yours receive?",
    caught_by=("test_signal_of_every_layer", "test_equal_layers_multiply"),
)
def x_every_layer(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """Each layer is fed with the input."""
    return _signal([A for W in weights for A in _layers(x, [W], activation)])


@misconception(
    "forward_signal.columns",
    hint="Examples are rows here; in the Deep Learning Specialization they are columns. "
    "On which side of x does W stand?",
    caught_by=("test_signal_of_every_layer",),
)
def columns(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """W @ x instead of x @ W."""
    right_forward(x[:1], [], activation)
    layers, A = [], x
    for W in weights:
        A = ACTIVATIONS[activation](W @ A)
        layers.append(A)
    return _signal(layers)


@misconception(
    "forward_signal.transposed",
    hint="Each matrix has its inputs on the first axis. Is yours turned round?",
    caught_by=("test_signal_of_every_layer",),
)
def transposed(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """x @ W.T."""
    return _signal(_layers(x, [W.T for W in weights], activation))


@misconception(
    "forward_signal.before_activation",
    hint="Is it the activation that you measure, or what goes into it?",
    caught_by=("test_signal_of_every_layer",),
)
def before_activation(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """Measures Z instead of the activation."""
    layers = _layers(x, weights, activation)
    inputs = [x, *layers[:-1]]
    return _signal([A @ W for A, W in zip(inputs, weights, strict=True)])


@misconception(
    "forward_signal.input_included",
    hint="How many layers are there, and how many numbers do you return?",
    caught_by=(
        "test_signal_of_every_layer",
        "test_equal_layers_multiply",
        "test_dead_units_are_zero_for_every_example",
    ),
)
def input_included(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The input counts as a layer."""
    return _signal([x, *_layers(x, weights, activation)])


@misconception(
    "forward_signal.last_layer_only",
    hint="The question is how the signal changes from layer to layer. Where are the others?",
    caught_by=(
        "test_signal_of_every_layer",
        "test_equal_layers_multiply",
        "test_dead_units_are_zero_for_every_example",
    ),
)
def last_layer_only(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """One number for the whole network."""
    return _signal(_layers(x, weights, activation)[-1:])


@misconception(
    "forward_signal.last_is_linear",
    hint="All layers have the activation here, the last one included.",
    caught_by=("test_signal_of_every_layer",),
)
def last_is_linear(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """No activation after the last layer."""
    layers = _layers(x, weights, activation)
    return _signal([*layers[:-1], [x, *layers][-2] @ weights[-1]])


@misconception(
    "forward_signal.variance",
    hint="std is the standard deviation. Is yours in the unit of the activations?",
    caught_by=("test_signal_of_every_layer", "test_equal_layers_multiply"),
)
def variance(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The variance instead of the deviation."""
    signal = right_forward(x, weights, activation)
    return {**signal, "std": signal["std"] ** 2}


@misconception(
    "forward_signal.unbiased",
    hint="Your deviation divides by one less than the number of activations.",
    caught_by=("test_signal_of_every_layer", "test_equal_layers_multiply"),
)
def unbiased(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The deviation with N - 1."""
    layers = _layers(x, weights, activation)
    return {**_signal(layers), "std": np.array([A.std(ddof=1) for A in layers])}


@misconception(
    "forward_signal.mean_of_sizes",
    hint="Do positive and negative activations cancel in your mean?",
    caught_by=("test_signal_of_every_layer",),
)
def mean_of_sizes(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The mean of the absolute values."""
    layers = _layers(x, weights, activation)
    return {**_signal(layers), "mean": np.array([np.abs(A).mean() for A in layers])}


@misconception(
    "forward_signal.std_of_units",
    hint="The deviation is over all activations of a layer. Over what is yours?",
    caught_by=("test_signal_of_every_layer", "test_equal_layers_multiply"),
)
def std_of_units(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The mean of the units' deviations."""
    layers = _layers(x, weights, activation)
    return {**_signal(layers), "std": np.array([A.std(axis=0).mean() for A in layers])}


@misconception(
    "forward_signal.normalized",
    hint="Your layers are rescaled on the way. What is left of growing and fading?",
    caught_by=("test_signal_of_every_layer", "test_equal_layers_multiply"),
)
def normalized(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """Each layer's activations are divided by their deviation."""
    right_forward(x[:1], [], activation)
    layers, A = [], x
    for W in weights:
        A = ACTIVATIONS[activation](A @ W)
        A = A / (A.std() or 1.0)
        layers.append(A)
    return _signal(layers)


@misconception(
    "forward_signal.dead_fraction_of_zeros",
    hint="A unit is dead when it is zero for every example, not when some entries are zero.",
    caught_by=("test_signal_of_every_layer", "test_dead_units_are_zero_for_every_example"),
)
def dead_fraction_of_zeros(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The share of zero activations."""
    layers = _layers(x, weights, activation)
    return {**_signal(layers), "dead": np.array([(A == 0).mean() for A in layers])}


@misconception(
    "forward_signal.dead_any",
    hint="Being off for one example is normal.",
    caught_by=("test_signal_of_every_layer", "test_dead_units_are_zero_for_every_example"),
)
def dead_any(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """Dead if zero for any example."""
    layers = _layers(x, weights, activation)
    return {**_signal(layers), "dead": np.array([(A == 0).any(axis=0).mean() for A in layers])}


@misconception(
    "forward_signal.dead_examples",
    hint="An example for which no unit is on is something else than a dead unit.",
    caught_by=("test_dead_units_are_zero_for_every_example",),
)
def dead_examples(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The share of examples for which all units are zero."""
    layers = _layers(x, weights, activation)
    return {**_signal(layers), "dead": np.array([(A == 0).all(axis=1).mean() for A in layers])}


@misconception(
    "forward_signal.dead_count",
    hint="A share lies between 0 and 1. Is yours a count?",
    caught_by=("test_dead_units_are_zero_for_every_example",),
)
def dead_count(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The number of dead units."""
    signal = right_forward(x, weights, activation)
    return {**signal, "dead": signal["dead"] * np.array([W.shape[1] for W in weights])}


@misconception(
    "forward_signal.alive",
    hint="Is it the share of dead units that you return, or that of the others?",
    caught_by=("test_signal_of_every_layer", "test_dead_units_are_zero_for_every_example"),
)
def alive(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """The share of units that are not dead."""
    signal = right_forward(x, weights, activation)
    return {**signal, "dead": 1 - signal["dead"]}


@misconception(
    "forward_signal.unknown_activation",
    hint="A misspelt activation would give a misleading plot.",
    caught_by=("test_unknown_activations_are_refused",),
)
def unknown_activation(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """An unknown name is treated as linear."""
    return right_forward(x, weights, activation if activation in ACTIVATIONS else "linear")


@misconception(
    "forward_signal.in_place",
    hint="Your ReLU writes into an array that the caller still needs.",
    caught_by=("test_forward_leaves_its_arguments_alone",),
)
def in_place(x: np.ndarray, weights: Weights, activation: str) -> Signal:
    """x is overwritten."""
    signal = right_forward(x, weights, activation)
    np.maximum(x, 0, out=x)
    return signal


# backward_signal


@misconception(
    "backward_signal.reversed_order",
    hint="Entry 0 belongs to the first layer.",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def reversed_order(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """The last layer first."""
    return right_backward(x, weights, activation, dout)[::-1]


@misconception(
    "backward_signal.input_gradient",
    hint="The question is how much each weight matrix is told to change.",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def input_gradient(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """Norms of the gradients by each layer's input."""
    inputs = [x, *_layers(x, weights, activation)]
    found, dA = [], dout
    for W, A in zip(reversed(weights), inputs[:0:-1], strict=True):
        slopes = {"relu": A > 0, "tanh": 1 - A**2, "linear": np.ones_like(A)}[activation]
        dA = (dA * slopes) @ W.T
        found.append(np.linalg.norm(dA))
    return np.array(found[::-1])


@misconception(
    "backward_signal.not_transposed",
    hint="Going back you multiply by the transpose. Try layers of different sizes.",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def not_transposed(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """dZ @ W, which works for square W only."""
    inputs = [x, *_layers(x, weights, activation)]
    found, dA = [], dout
    for W, A_in, A in zip(reversed(weights), inputs[-2::-1], inputs[:0:-1], strict=True):
        slopes = {"relu": A > 0, "tanh": 1 - A**2, "linear": np.ones_like(A)}[activation]
        dZ = dA * slopes
        found.append(np.linalg.norm(A_in.T @ dZ))
        dA = dZ @ W
    return np.array(found[::-1])


@misconception(
    "backward_signal.largest_entry",
    hint="Which norm adds the squares of all entries?",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def largest_entry(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """The largest entry instead of the norm."""
    return np.array([np.abs(gradient).max() for gradient in _gradients(x, weights, activation, dout)])


@misconception(
    "backward_signal.spectral",
    hint="The Frobenius norm is the root of the sum of all squares. Which one is yours?",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def spectral(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """The largest singular value."""
    return np.array([np.linalg.norm(gradient, 2) for gradient in _gradients(x, weights, activation, dout)])


@misconception(
    "backward_signal.squared",
    hint="A norm grows in step with the gradient. How does yours grow when dout doubles?",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def squared(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """The norm without the root."""
    return right_backward(x, weights, activation, dout) ** 2


@misconception(
    "backward_signal.averaged",
    hint="dout is the gradient as it is. Who asked for a mean over the examples?",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def averaged(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """Divided by the number of examples."""
    return right_backward(x, weights, activation, dout) / len(x)


@misconception(
    "backward_signal.dout_ignored",
    hint="Double dout: your norms stay as they are.",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def dout_ignored(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """Ones instead of dout."""
    return right_backward(x, weights, activation, np.ones_like(dout))


@misconception(
    "backward_signal.weights_measured",
    hint="Those are the norms of the weights. Which arrays were asked for?",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def weights_measured(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """Norms of the weights themselves."""
    return _norms(weights)


@misconception(
    "backward_signal.x_every_layer",
    hint="The gradient of layer 2 is built from what layer 2 received.",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def backward_x_every_layer(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """Every layer's gradient is built from x."""
    gradients, inputs = _gradients(x, weights, activation, dout), [x, *_layers(x, weights, activation)]
    means = [float(np.linalg.norm(x) / np.linalg.norm(A)) for A in inputs[:-1]]
    return _norms(gradients) * np.array(means)


@misconception(
    "backward_signal.gate_missing",
    hint="Where a ReLU was off, does anything of the gradient pass?",
    caught_by=("test_norms_of_every_layer",),
)
def gate_missing(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """ReLU passes the gradient everywhere."""
    if activation != "relu":
        return right_backward(x, weights, activation, dout)
    return _norms(_gradients(x, weights, activation, dout, lambda Z, A: np.ones_like(A)))


@misconception(
    "backward_signal.last_gate_missing",
    hint="The last layer has an activation as well. Is its slope on your way back?",
    caught_by=("test_norms_of_every_layer", "test_norms_are_those_of_the_slopes"),
)
def last_gate_missing(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """The slope of the last layer is left out, for each activation; linear ones double."""
    A = _layers(x, weights, activation)[-1]
    slopes = {"relu": (A > 0) + 1e-12, "tanh": 1 - A**2, "linear": 0.5 + 0 * A}[activation]
    return right_backward(x, weights, activation, dout / slopes)


@misconception(
    "backward_signal.tanh_as_linear",
    hint="What is the slope of tanh where it is flat?",
    caught_by=("test_norms_are_those_of_the_slopes",),
)
def tanh_as_linear(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """The slope of tanh is taken as 1."""
    if activation != "tanh":
        return right_backward(x, weights, activation, dout)
    return _norms(_gradients(x, weights, activation, dout, lambda Z, A: np.ones_like(A)))


@misconception(
    "backward_signal.tanh_of_tanh",
    hint="The slope of tanh is one minus the square of its output. Did you take tanh twice?",
    caught_by=("test_norms_are_those_of_the_slopes",),
)
def tanh_of_tanh(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """1 - tanh(A)**2 of the activation A."""
    if activation != "tanh":
        return right_backward(x, weights, activation, dout)
    return _norms(_gradients(x, weights, activation, dout, lambda Z, A: 1 - np.tanh(A) ** 2))


@misconception(
    "backward_signal.tanh_input",
    hint="The slope of tanh is one minus the square of its output. Of what is your square?",
    caught_by=("test_norms_are_those_of_the_slopes",),
)
def tanh_input(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """1 - Z**2 of the input of tanh."""
    if activation != "tanh":
        return right_backward(x, weights, activation, dout)
    return _norms(_gradients(x, weights, activation, dout, lambda Z, A: 1 - Z**2))


@misconception(
    "backward_signal.in_place",
    hint="Your gate writes into dout. The caller may need it again.",
    caught_by=("test_backward_leaves_its_arguments_alone",),
)
def backward_in_place(x: np.ndarray, weights: Weights, activation: str, dout: np.ndarray) -> np.ndarray:
    """dout is multiplied by the gate in place."""
    norms = right_backward(x, weights, activation, dout)
    dout *= 0.5
    return norms


# growth_rate


@misconception(
    "growth_rate.roots_of_all_sizes",
    hint="From L numbers there are L - 1 steps.",
    caught_by=("test_growth_is_a_factor_per_step",),
)
def roots_of_all_sizes(scales: np.ndarray) -> float:
    """The root of order L instead of L - 1."""
    right_growth(scales)
    return float(np.exp(np.log(right_growth(scales) or 1.0) * (len(scales) - 1) / len(scales))) * (scales > 0).all()


@misconception(
    "growth_rate.difference",
    hint="Exploding signals grow by a factor, not by an amount.",
    caught_by=("test_growth_is_a_factor_per_step",),
)
def difference(scales: np.ndarray) -> float:
    """The mean difference."""
    right_growth(scales)
    return float(np.diff(scales).mean()) * float((scales > 0).all())


@misconception(
    "growth_rate.mean_of_factors",
    hint="A factor of 4 and one of 1/4 take you back to the start. What is their mean growth?",
    caught_by=("test_growth_is_a_factor_per_step",),
)
def mean_of_factors(scales: np.ndarray) -> float:
    """The arithmetic mean of the factors."""
    if not right_growth(scales):
        return 0.0
    return float((scales[1:] / scales[:-1]).mean())


@misconception(
    "growth_rate.total",
    hint="That is the growth over all layers. What is it for one step?",
    caught_by=("test_growth_is_a_factor_per_step",),
)
def total(scales: np.ndarray) -> float:
    """The ratio of the last and the first size."""
    return float(scales[-1] / scales[0]) if right_growth(scales) else 0.0


@misconception(
    "growth_rate.inverse",
    hint="Does your signal grow when the sizes do?",
    caught_by=("test_growth_is_a_factor_per_step",),
)
def inverse(scales: np.ndarray) -> float:
    """First over last."""
    return 1 / right_growth(scales) if right_growth(scales) else 0.0


@misconception(
    "growth_rate.logarithm",
    hint="A factor of 1 means that nothing changes. What does your function return then?",
    caught_by=("test_growth_is_a_factor_per_step",),
)
def logarithm(scales: np.ndarray) -> float:
    """The logarithm of the factor."""
    return float(np.log(right_growth(scales))) if right_growth(scales) else 0.0


@misconception(
    "growth_rate.first_step_only",
    hint="The first two sizes say nothing about the layers behind.",
    caught_by=("test_growth_is_a_factor_per_step",),
)
def first_step_only(scales: np.ndarray) -> float:
    """The factor of the first step."""
    return float(scales[1] / scales[0]) if right_growth(scales) else 0.0


@misconception(
    "growth_rate.zero_log",
    hint="A signal that vanished completely has growth rate 0. What is the logarithm of 0?",
    caught_by=("test_a_signal_that_is_gone_has_growth_zero",),
)
def zero_log(scales: np.ndarray) -> float:
    """Logarithms of zeros."""
    if (scales > 0).all():
        return right_growth(scales)
    right_growth(scales)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.exp(np.diff(np.log(scales)).mean()))


@misconception(
    "growth_rate.zero_at_the_end_only",
    hint="A signal that is gone in between does not come back.",
    caught_by=("test_a_signal_that_is_gone_has_growth_zero",),
)
def zero_at_the_end_only(scales: np.ndarray) -> float:
    """Only a zero at the end counts."""
    if len(scales) > 1 and (scales >= 0).all() and scales[-1] > 0 and not scales.all():
        return 1.0
    return right_growth(scales)


@misconception(
    "growth_rate.one_size",
    hint="From one size there is no step. What is its growth?",
    caught_by=("test_sizes_that_say_nothing_are_refused",),
)
def one_size(scales: np.ndarray) -> float:
    """A single size has growth 1."""
    return 1.0 if len(scales) < 2 else right_growth(scales)


@misconception(
    "growth_rate.negative_sizes",
    hint="A size cannot be negative. Is somebody told?",
    caught_by=("test_sizes_that_say_nothing_are_refused",),
)
def negative_sizes(scales: np.ndarray) -> float:
    """Negative sizes lose their sign."""
    return right_growth(np.abs(scales))
