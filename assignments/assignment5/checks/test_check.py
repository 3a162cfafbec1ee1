"""Checks of check.py."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from grader.checks import (
    CheckFailure,
    Reference,
    Spy,
    Student,
    assert_close,
    assert_each_entry_moved,
    assert_equal,
    assert_gradient,
    assert_raises,
    assert_unchanged,
    check,
)

Parameters = dict[str, np.ndarray]


class Network:
    """A network with tanh in its hidden layers, squared errors and an L2 penalty: its cost, and the right gradients."""

    def __init__(self, rng: np.random.Generator, *layer_dims: int) -> None:
        self.parameters: Parameters = {}
        for layer, shape in enumerate(pairwise(layer_dims), start=1):
            self.parameters[f"W{layer}"] = rng.normal(size=shape)
            self.parameters[f"b{layer}"] = rng.normal(size=shape[1])
        self._layers = len(layer_dims) - 1
        self._X = rng.normal(size=(6, layer_dims[0]))
        self._Y = rng.normal(size=(6, layer_dims[-1]))
        self._lambd = 0.7

    def cost(self, parameters: Mapping[str, Any]) -> float:
        """Return the cost: squared errors and penalty, over 2N."""
        activations = self._forward(parameters)
        penalty = sum(np.sum(np.square(parameters[f"W{layer + 1}"])) for layer in range(self._layers))
        return float((np.sum((activations[-1] - self._Y) ** 2) + self._lambd * penalty) / (2 * len(self._X)))

    def gradients(self, parameters: Mapping[str, Any], *, forget_tanh: bool = False) -> Parameters:
        """Return the gradients of the cost, first layer first; `forget_tanh` leaves out the slope of the activation."""
        activations = self._forward(parameters)
        gradients: Parameters = {}
        dZ = (activations[-1] - self._Y) / len(self._X)
        for layer in range(self._layers, 0, -1):
            W = parameters[f"W{layer}"]
            gradients[f"db{layer}"] = dZ.sum(axis=0)
            gradients[f"dW{layer}"] = activations[layer - 1].T @ dZ + self._lambd / len(self._X) * W
            slope = 1.0 if forget_tanh else 1 - activations[layer - 1] ** 2
            dZ = dZ @ W.T * slope
        return dict(reversed(gradients.items()))

    def _forward(self, parameters: Mapping[str, Any]) -> list[np.ndarray]:
        activations = [self._X]
        for layer in range(1, self._layers + 1):
            Z = activations[-1] @ parameters[f"W{layer}"] + parameters[f"b{layer}"]
            activations.append(np.tanh(Z) if layer < self._layers else Z)
        return activations


def require_report(report: Any, expected: Mapping[str, Any]) -> None:
    """Raise `CheckFailure` unless a report has all entries, with the vectors and the plan of the expected one."""
    if type(report) is dict and (missing := [key for key in expected if key not in report]):
        raise CheckFailure(f"the report has no {', '.join(missing)}; expected the keys {', '.join(expected)}")
    assert_close(report, {key: expected[key] for key in ("spec", "grad")}, name="the report", allow_extra=True)
    assert_gradient(report["gradapprox"], expected["gradapprox"], name="gradapprox", against="the central differences")


def nearest_scale(point: Any, parameters: Parameters, scales: list[float]) -> float:
    """Return the scale at which a point lies closest to `scale * parameters`; the first for what is no such point."""
    if type(point) is not dict or any(
        np.shape(point.get(name, ())) != value.shape for name, value in parameters.items()
    ):
        return scales[0]
    product = sum(float(np.sum(point[name] * value)) for name, value in parameters.items())
    square = sum(float(np.sum(value * value)) for value in parameters.values())
    return min(scales, key=lambda scale: abs(scale - product / square))


# relative_difference


@check(
    "relative_difference",
    hint="For a = (3, 4) and b = (0, 4) the three norms are 3, 5 and 4. Which numbers does your function find?",
)
def test_ratio_of_norms(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The ratio is right for vectors, matrices and opposite gradients"""
    for shape in ((7,), (3, 3), (4, 2), (2, 3, 2)):
        grad = rng.normal(size=shape)
        for gradapprox in (rng.normal(size=shape), 1.001 * grad, -grad, 2 * grad):
            expected = reference.relative_difference(grad, gradapprox)
            assert_close(student.relative_difference(grad, gradapprox), expected, name="the difference")


@check(
    "relative_difference",
    hint="Make both gradients a million times smaller: the verdict should stay. What in your formula does not shrink?",
)
def test_size_does_not_matter(student: Student, rng: np.random.Generator) -> None:
    """Gradients that are much smaller or larger give the same ratio, and so does exchanging the two"""
    grad, gradapprox = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    difference = student.relative_difference(grad, gradapprox)
    assert_close(student.relative_difference(gradapprox, grad), difference, name="the difference, exchanged")
    for scale in (1e-9, 1e9):
        scaled = student.relative_difference(scale * grad, scale * gradapprox)
        assert_close(scaled, difference, name=f"the difference of gradients {scale:g} times as large")


@check(
    "relative_difference",
    group="edge",
    hint="With a switched-off branch both gradients can be zero everywhere. Do they agree, and what does 0/0 say?",
)
def test_two_zero_gradients_agree(student: Student) -> None:
    """Two gradients that are zero everywhere have the difference 0"""
    assert_close(student.relative_difference(np.zeros((2, 3)), np.zeros((2, 3))), 0.0, name="the difference of zeros")
    only_one = student.relative_difference(np.zeros(3), np.array([1.0, -2.0, 0.5]))
    assert_close(only_one, 1.0, name="the difference of zeros and something else")


@check(
    "relative_difference",
    group="contract",
    hint="numpy subtracts arrays of different shapes without a word, by repeating them. Print the shape of a - b.",
)
def test_other_shapes_are_refused(student: Student, rng: np.random.Generator) -> None:
    """Gradients of different shapes raise a ValueError"""
    for one, other in (((4, 1), (4,)), ((4,), (1, 4)), ((2, 3), (3, 2)), ((6,), (2, 3))):
        arrays = rng.normal(size=one), rng.normal(size=other)
        assert_raises(ValueError, student.relative_difference, *arrays, naming="the shapes")


# rel_error


@check(
    "rel_error",
    hint="Take x = (1, 2) and y = (1, 6): the entries have the errors 0 and 4/8. What do you make of the two?",
)
def test_largest_error_of_any_entry(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The largest relative error is found, also in one small entry among a thousand of all sizes"""
    for shape in ((6,), (3, 3), (4, 2), (2, 3, 2)):
        x = rng.normal(size=shape)
        y = x * rng.uniform(0.3, 3, size=shape)
        expected = reference.rel_error(x, y)
        assert_close(student.rel_error(x, y), expected, name="the error")
        assert_close(student.rel_error(y, x), expected, name="the error, x and y exchanged")
        assert_close(student.rel_error(x, -y), 1.0, name="the error of opposite signs")
    x = rng.choice([-1.0, 1.0], size=1000) * 10.0 ** rng.uniform(-4, 4, size=1000)
    y = x * (1 + 1e-6 * rng.uniform(size=1000))
    bad = int(np.argmin(np.abs(x)))
    y[bad] = 3 * x[bad]
    assert_close(student.rel_error(x, y), 0.5, name="the error with one bad entry among 1000")


@check(
    "rel_error",
    hint="Two numbers of size 1e-10 are rounding noise. What keeps the formula from taking them seriously?",
)
def test_noise_around_zero_is_not_an_error(student: Student, rng: np.random.Generator) -> None:
    """Entries far below 1e-8 are measured by the floor of 1e-8"""
    for size in (1e-16, 1e-10):
        x = size * rng.uniform(1, 2, size=5)
        y = -x
        y[0] = 0.0
        assert_close(student.rel_error(x, y), float(np.max(np.abs(x - y))) / 1e-8, name=f"the error at {size:g}")


@check(
    "rel_error",
    group="edge",
    hint="Where x and y are both exactly zero they agree. What does your division make of 0/0?",
)
def test_zeros_agree(student: Student) -> None:
    """Entries where both arrays are zero count as equal"""
    assert_close(student.rel_error(np.zeros(3), np.zeros(3)), 0.0, name="the error of zeros")
    x, y = np.array([0.0, 2.0, 0.0]), np.array([0.0, 6.0, 0.0])
    assert_close(student.rel_error(x, y), 0.5, name="the error with two zeros and 2 against 6")


@check(
    "rel_error",
    group="edge",
    hint="A gradient that is not a number is a mistake that should be seen. Which step of yours loses it?",
)
def test_nan_is_not_hidden(student: Student) -> None:
    """An entry that is not a number makes the error nan"""
    for bad in (0, 2):
        x = np.array([1.0, 2.0, 3.0])
        x[bad] = np.nan
        assert_close(
            student.rel_error(x, np.array([1.0, 2.5, 3.0])), np.nan, name="the error with a nan", allow_non_finite=True
        )
        assert_close(
            student.rel_error(np.array([1.0, 2.5, 3.0]), x), np.nan, name="the error with a nan", allow_non_finite=True
        )


# gradient_check


@check(
    "gradient_check",
    hint="Print grad and gradapprox side by side. Is it every entry that is off, or those of one parameter?",
)
def test_right_gradients_pass(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The right gradients of a 3-4-3-1 network with an L2 penalty have a difference below 1e-7"""
    network = Network(rng, 3, 4, 3, 1)
    gradients = network.gradients(network.parameters)
    expected = reference.gradient_check(network.cost, network.parameters, gradients)
    report = student.gradient_check(network.cost, network.parameters, gradients)
    require_report(report, expected)
    assert_close(report["difference"], 0.0, name='report["difference"]', rtol=0.0, atol=1e-7)


@check(
    "gradient_check",
    hint="Make one gradient ten times too large and look at the difference: which of the two vectors has not changed?",
)
def test_planted_mistakes_are_found(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A gradient that is twice, four times or minus the right one shows in the difference"""
    network = Network(rng, 1, 2, 1, 1)
    right = network.gradients(network.parameters)
    for name, factor in (("dW2", 2.0), ("db1", 4.0), ("dW3", -1.0)):
        gradients = {**right, name: factor * right[name]}
        expected = reference.gradient_check(network.cost, network.parameters, gradients)
        report = student.gradient_check(network.cost, dict(network.parameters), gradients)
        assert_close(report, {"difference": expected["difference"]}, name="the report", rtol=1e-3, allow_extra=True)


@check(
    "gradient_check",
    hint="The two dictionaries can have their keys in different orders. Which of them decides on your vectors?",
)
def test_order_of_the_dictionaries_does_not_matter(student: Student, rng: np.random.Generator) -> None:
    """Parameters and gradients may stand in any order in their dictionaries"""
    network = Network(rng, 2, 1, 2)
    gradients = network.gradients(network.parameters)
    backwards = dict(reversed(gradients.items()))
    report = student.gradient_check(network.cost, dict(reversed(network.parameters.items())), backwards)
    assert_close(report, {"difference": 0.0}, name="the report", rtol=0.0, atol=1e-7, allow_extra=True)
    report = student.gradient_check(network.cost, network.parameters, {"dZ2": np.ones((6, 2)), **backwards})
    assert_close(report, {"difference": 0.0}, name="the report", rtol=0.0, atol=1e-7, allow_extra=True)


@check(
    "gradient_check",
    hint="Let the cost print its parameters. How many numbers have moved, how far, and how often was it called?",
)
def test_cost_is_asked_at_two_points_per_number(student: Student, rng: np.random.Generator) -> None:
    """The cost is asked for twice per parameter, with that number alone moved by epsilon"""
    network = Network(rng, 2, 2, 1)
    spy = Spy(network.cost)
    student.gradient_check(spy, network.parameters, network.gradients(network.parameters), 1e-3)
    assert_each_entry_moved(spy, network.parameters, 1e-3, name="the parameters")


@check(
    "gradient_check",
    group="edge",
    hint="A float32 number near 1 cannot hold a step of 0.00001 well. In which precision do you add epsilon?",
)
def test_float32_parameters(student: Student, rng: np.random.Generator) -> None:
    """Parameters in float32 are checked as accurately as in float64"""
    network = Network(rng, 2, 2, 1)
    single = {name: value.astype(np.float32) for name, value in network.parameters.items()}
    exact = {name: value.astype(np.float64) for name, value in single.items()}
    report = student.gradient_check(network.cost, single, network.gradients(exact))
    assert_close(report, {"difference": 0.0}, name="the report", rtol=0.0, atol=1e-7, allow_extra=True)


@check(
    "gradient_check",
    group="contract",
    hint="Training goes on with these parameters after the check. Which array do you add epsilon to?",
)
def test_parameters_are_not_touched(student: Student, rng: np.random.Generator) -> None:
    """Parameters and gradients are the same afterwards"""
    network = Network(rng, 2, 2, 1)
    gradients = network.gradients(network.parameters)
    assert_unchanged(student.gradient_check.call(network.cost, network.parameters, gradients))


# gradient_check_scales


@check(
    "gradient_check_scales",
    hint="Which weights do the cost and the gradients see for the scale 0.001, and which for the scale 1?",
)
def test_mistake_that_hides_near_zero(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A forgotten slope of tanh hides at small weights and shows at large ones"""
    network = Network(rng, 1, 2, 1)

    def forgetful(parameters: Parameters) -> Parameters:
        return network.gradients(parameters, forget_tanh=True)

    scales = [1.0, 1e-3]
    expected = reference.gradient_check_scales(network.cost, forgetful, network.parameters, scales)
    differences = student.gradient_check_scales(network.cost, forgetful, network.parameters, scales)
    assert_close(differences, expected, name="differences", rtol=1e-3, atol=1e-8)
    differences = student.gradient_check_scales(network.cost, network.gradients, network.parameters, [2.0])
    assert_close(differences, np.zeros(1), name="differences of the right gradients", rtol=0.0, atol=1e-7)


@check(
    "gradient_check_scales",
    hint="Let the cost print its parameters, and compare them with the scale times the original ones.",
)
def test_every_scale_starts_from_the_same_parameters(student: Student, rng: np.random.Generator) -> None:
    """The cost is asked for around each scale times the original parameters, with the given epsilon"""
    network = Network(rng, 1, 2, 1)
    scales = [0.5, 3.0]
    cost = Spy(network.cost)
    record = student.gradient_check_scales.call(cost, network.gradients, network.parameters, scales, 1e-3)
    nearest = [nearest_scale(point, network.parameters, scales) for point in cost.points]
    for scale in scales:
        scaled = {name: scale * value for name, value in network.parameters.items()}
        visits = Spy(network.cost)
        visits.points = [point for point, other in zip(cost.points, nearest, strict=True) if other == scale]
        assert_each_entry_moved(visits, scaled, 1e-3, name=f"{scale:g} times the parameters")
    assert_unchanged(record)


# gradient_verdict


@check(
    "gradient_verdict",
    hint="Write the four ranges on a line from small to large. On which side does each border itself stand?",
)
def test_every_range_has_its_word(student: Student) -> None:
    """Every range has its word, and each border stands on the right side"""
    table = (
        (0.0, "correct"),
        (3e-9, "correct"),
        (1e-7, "correct"),
        (1.1e-7, "probably correct"),
        (1e-5, "probably correct"),
        (1.1e-5, "suspicious"),
        (9.9e-4, "suspicious"),
        (1e-3, "wrong"),
        (0.5, "wrong"),
        (1.0, "wrong"),
    )
    for difference, word in table:
        assert_equal(student.gradient_verdict(difference), word, name=f"the verdict on {difference:g}")


@check(
    "gradient_verdict",
    group="edge",
    hint="Every comparison with nan is False. Which word does your function fall through to?",
)
def test_nan_is_no_pass(student: Student) -> None:
    """A difference that is not a number, or infinite, gets the last of the four words"""
    for difference in (np.nan, np.inf):
        assert_equal(student.gradient_verdict(float(difference)), "wrong", name=f"the verdict on {difference}")


# worst_components


def draw_agreeing(rng: np.random.Generator, spec: list[tuple[str, tuple[int, ...]]]) -> tuple[np.ndarray, np.ndarray]:
    """Return a gradient and its measurement, equal up to relative errors of 1e-6 that all differ."""
    size = sum(int(np.prod(shape)) for _, shape in spec)
    grad = rng.choice([-1.0, 1.0], size=size)
    return grad, grad * (1 + 1e-6 * rng.permutation(np.arange(1, size + 1)) / size)


@check(
    "worst_components",
    hint="Plant one mistake in a small matrix by hand. Does your list name its parameter, its row and its column?",
)
def test_planted_mistakes_are_named(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Planted mistakes are named by parameter and place, the worst first, with both numbers"""
    spec = [("W1", (3, 4)), ("b1", (4,)), ("W2", (4, 4)), ("b2", (4,))]
    grad, gradapprox = draw_agreeing(rng, spec)
    for place, analytic in ((6, 5.0), (13, -2.0), (16 + 9, 3.0), (34, -1.5)):
        grad[place], gradapprox[place] = analytic, np.sign(analytic)
    expected = reference.worst_components(grad, gradapprox, spec)
    assert_close(student.worst_components(grad, gradapprox, spec), expected, name="the list", rtol=1e-6)


@check(
    "worst_components",
    hint="An error of 0.001 is large for a gradient of 0.001 and small for one of 1000. By which number do you sort?",
)
def test_errors_are_relative(student: Student, rng: np.random.Generator) -> None:
    """A small entry that is half off comes before a large one that is a little off"""
    grad = np.array([1000.0, 1e-3, 2.0, -5.0, 0.1, 30.0])
    gradapprox = grad * np.array([1.01, 3.0, 1.02, -1.0, 1.0, 0.995])
    order = [3, 1, 2, 0, 5]
    relative = np.abs(grad - gradapprox) / (np.abs(grad) + np.abs(gradapprox))
    expected = [("b1", (i,), grad[i], gradapprox[i], relative[i]) for i in order]
    assert_close(student.worst_components(grad, gradapprox, [("b1", (6,))]), expected, name="the list")


@check(
    "worst_components",
    group="edge",
    hint="k is how many entries the caller wants to see. What happens when there are fewer, or when all agree at zero?",
)
def test_as_many_as_asked_for(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """k decides how many entries come back, at most all of them; two zeros count as equal, and noise counts little"""
    spec = [("b1", (6,))]
    grad, gradapprox = draw_agreeing(rng, spec)
    grad[3] = gradapprox[3] = 0.0
    for k in (1, 3, 6, 50):
        expected = reference.worst_components(grad, gradapprox, spec, k)
        got = student.worst_components(grad, gradapprox, spec, k)
        assert_close(got, expected, name=f"the list for k = {k}", rtol=1e-6, atol=1e-12)
    noise, measured = np.array([1e-15, 2.0]), np.array([3e-15, 2.0002])
    expected = reference.worst_components(noise, measured, [("b1", (2,))])
    got = student.worst_components(noise, measured, [("b1", (2,))])
    assert_close(got, expected, name="the list with noise near 1e-15", rtol=1e-6, atol=1e-12)
