"""Whether scaled weights are right: fans, variance and law of the weights, the networks of Xavier and He."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks import (
    CheckFailure,
    Normal,
    Reference,
    Student,
    Uniform,
    assert_array,
    assert_close,
    assert_distribution,
    assert_equal,
    assert_raises,
    assert_random,
    assert_unchanged,
    assert_uncorrelated,
    check,
)

NARROW = (4, 3, 5, 2)
SQUARE = (3, 3, 3)
"""All weight matrices are square: what mixes up rows and columns has the right shapes here."""
DEEP = (2, 3, 2, 4, 3, 2, 5, 2, 3, 4, 2, 3)
"""Eleven layers: what stops after a few of them, or counts with one digit, shows here."""
WIDE = (120, 120, 120)
UNEQUAL = (200, 50, 300)
"""Fans so unlike that each rule gives each layer a variance of its own. Shows a variance to within 11 %."""
KERNELS = (64, 16, 3, 5)
MODES = ("fan_in", "fan_out", "fan_avg")


@check(
    "compute_fans",
    hint="Draw a layer of 3 inputs and 5 outputs. How many lines end at one unit, how many start at one input?",
)
def test_fans_of_a_matrix(student: Student) -> None:
    """A weight matrix of shape (n_in, n_out) has these two fans"""
    for shape in ((400, 100), (3, 5), (7, 7)):
        _assert_fans(student.compute_fans(shape), shape, shape)


@check(
    "compute_fans",
    hint="From how many channels, at how many positions of the kernel, does one output pixel add up products?",
)
def test_fans_of_a_convolution(student: Student, reference: Reference) -> None:
    """Kernels of shape (C_out, C_in, kH, kW) have the fans C_in kH kW and C_out kH kW"""
    for shape in ((64, 16, 5, 5), (8, 3, 1, 7), (6, 6, 3, 2), (5, 4, 1, 1)):
        _assert_fans(student.compute_fans(shape), reference.compute_fans(shape), shape)


@check(
    "compute_fans",
    group="contract",
    hint="How many axes has a weight matrix, and how many have the kernels of a convolution? What about other shapes?",
)
def test_fans_refused(student: Student) -> None:
    """Shapes with neither two nor four axes are refused with a ValueError"""
    for shape in ((2, 3, 4, 5, 6), (2, 3, 4), (5,)):
        assert_raises(ValueError, student.compute_fans, shape, naming="shape")


@check("variance_scaling", hint="Print the shape and the dtype of your result for the shapes (4, 3) and (4, 3, 2, 5).")
def test_scaling_shapes(student: Student, rng: np.random.Generator) -> None:
    """The result has the shape that was asked for, in float64"""
    for shape in ((4, 3), (5, 5), (4, 3, 2, 5)):
        for mode, distribution in (("fan_in", "normal"), ("fan_out", "uniform"), ("fan_avg", "normal")):
            W = student.variance_scaling(shape, rng, 2.0, mode, distribution)
            name = f"the result for shape {shape}, mode '{mode}' and distribution '{distribution}'"
            assert_array(W, shape=shape, dtype=np.float64, name=name)


@check(
    "variance_scaling",
    hint="Compare the variance of your weights, for a 200 x 50 matrix and each mode, with scale divided by the fan.",
)
def test_scaling_normal(student: Student, rng: np.random.Generator) -> None:
    """With "normal" the weights are N(0, scale/n), n the fan of the mode"""
    shape, fans = (200, 50), {"fan_in": 200, "fan_out": 50, "fan_avg": 125}
    for scale in (5.0, 1.0):
        for mode in MODES:
            W = student.variance_scaling(shape, rng, scale, mode, "normal")
            law = Normal(std=math.sqrt(scale / fans[mode]))
            _assert_scaled(W, law, shape, f"for scale = {scale:g} and mode '{mode}'")
    W = student.variance_scaling(shape, rng)
    _assert_scaled(W, Normal(std=math.sqrt(1 / 200)), shape, "called with no options")


@check(
    "variance_scaling",
    hint="Look at the largest and the smallest of your weights. Which variance have numbers spread between them?",
)
def test_scaling_uniform(student: Student, rng: np.random.Generator) -> None:
    """With "uniform" the weights are U(-L, L), L such that the variance is scale/n"""
    shape, fans = (200, 50), {"fan_in": 200, "fan_out": 50, "fan_avg": 125}
    for scale in (5.0, 1.0):
        for mode in MODES:
            W = student.variance_scaling(shape, rng, scale, mode, "uniform")
            limit = math.sqrt(3 * scale / fans[mode])
            _assert_scaled(W, Uniform(-limit, limit), shape, f"for scale = {scale:g} and mode '{mode}', uniform")
    _assert_half_fan(student, rng)


@check(
    "variance_scaling",
    hint="Which n does a kernel of shape (64, 16, 3, 5) have? Its fans are not the sizes of two of its axes.",
)
def test_scaling_kernels(student: Student, rng: np.random.Generator) -> None:
    """For the kernels of a convolution n counts channels and kernel positions"""
    for mode, fan in (("fan_in", 16 * 15), ("fan_out", 64 * 15)):
        W = student.variance_scaling(KERNELS, rng, 1.0, mode, "normal")
        _assert_scaled(W, Normal(std=math.sqrt(1 / fan)), KERNELS, f"for shape {KERNELS} and mode '{mode}'")


@check(
    "variance_scaling",
    hint="Call your function twice with one generator. Do the weights differ? Where do the numbers come from?",
)
def test_scaling_generator(student: Student, rng: np.random.Generator) -> None:
    """Every call draws new weights from the generator, and from nothing else"""
    for distribution in ("normal", "uniform"):
        assert_random(
            lambda generator, law=distribution: student.variance_scaling.call((4, 3), generator, distribution=law),
            name=f"the {distribution} weights",
            seed=_seed(rng),
        )


@check("variance_scaling", hint="Draw kernels of shape (6, 5, 4, 3). Is each of the 360 numbers a draw of its own?")
def test_scaling_independent(student: Student, rng: np.random.Generator) -> None:
    """Every weight is a draw of its own"""
    for shape in ((120, 100), KERNELS):
        for distribution in ("normal", "uniform"):
            W = student.variance_scaling(shape, rng, 1.0, "fan_in", distribution)
            _assert_own_draws(W, f"W of shape {shape}, {distribution},")


@check(
    "variance_scaling",
    group="contract",
    hint="What does your function do when somebody misspells a mode or a distribution?",
)
def test_scaling_refused(student: Student, rng: np.random.Generator) -> None:
    """An unknown mode or distribution is refused with a ValueError"""
    for option, value in (("distribution", "exponential"), ("mode", "fan_mean")):
        assert_raises(ValueError, student.variance_scaling, (4, 3), rng, **{option: value}, naming=option)


@check(
    "initialize_parameters_xavier",
    hint="Z = A_prev @ W + b, with one example in each row of A_prev: which shapes must W and b have?",
)
def test_xavier_shapes(student: Student, rng: np.random.Generator) -> None:
    """There is a weight matrix and a bias vector of the right shape for every layer after the input"""
    for layer_dims in (NARROW, SQUARE, (2, 6), DEEP):
        _assert_shapes(student.initialize_parameters_xavier(list(layer_dims), rng), layer_dims)


@check("initialize_parameters_xavier", hint="Once the weights of two units differ, what is left for the biases to do?")
def test_xavier_biases(student: Student, rng: np.random.Generator) -> None:
    """All biases are zero"""
    for distribution in ("normal", "uniform"):
        _assert_zero_biases(student.initialize_parameters_xavier(list(NARROW), rng, distribution), NARROW)


@check(
    "initialize_parameters_xavier",
    hint="Call your function twice with one generator. Do the weights differ? Where do the numbers come from?",
)
def test_xavier_generator(student: Student, rng: np.random.Generator) -> None:
    """Every call draws new weights from the generator, and from nothing else"""
    assert_random(
        lambda generator: student.initialize_parameters_xavier.call(list(NARROW), generator),
        name="the parameters",
        seed=_seed(rng),
    )


@check(
    "initialize_parameters_xavier",
    hint="Print the weights of a network of sizes 4, 4, 4. Do two layers, two rows or two columns look alike?",
)
def test_xavier_independent(student: Student, rng: np.random.Generator) -> None:
    """No two layers, units or inputs share their weights"""
    _assert_no_twins(student.initialize_parameters_xavier(list(WIDE), rng))


@check(
    "initialize_parameters_xavier",
    hint="For the sizes 200, 50, 300 write down n_in and n_out of both layers, and the variance of each mode.",
)
def test_xavier_normal(student: Student, rng: np.random.Generator) -> None:
    """Normal weights have the variance 2/(n_in + n_out), or 1/n_in with mode "fan_in\""""
    for mode, options in (("fan_avg", {}), ("fan_in", {"mode": "fan_in"})):
        parameters = student.initialize_parameters_xavier(list(UNEQUAL), rng, **options)
        for name, n_in, n_out in _layers(UNEQUAL):
            law = Normal(std=math.sqrt(_xavier_variance(n_in, n_out, mode)))
            _assert_scaled(_matrix(parameters, name), law, (n_in, n_out), f"mode '{mode}'", name)


@check(
    "initialize_parameters_xavier",
    hint="Take the variance that your normal weights have. How wide is a uniform interval with the same variance?",
)
def test_xavier_uniform(student: Student, rng: np.random.Generator) -> None:
    """Uniform weights have the same variance as normal ones"""
    for mode in ("fan_avg", "fan_in"):
        parameters = student.initialize_parameters_xavier(list(UNEQUAL), rng, "uniform", mode)
        for name, n_in, n_out in _layers(UNEQUAL):
            limit = math.sqrt(3 * _xavier_variance(n_in, n_out, mode))
            _assert_scaled(
                _matrix(parameters, name), Uniform(-limit, limit), (n_in, n_out), f"mode '{mode}', uniform", name
            )


@check("initialize_parameters_xavier", group="contract", hint="Print layer_dims after the call. Is it still the same?")
def test_xavier_sizes_unchanged(student: Student, rng: np.random.Generator) -> None:
    """The list of sizes is the same afterwards"""
    assert_unchanged(student.initialize_parameters_xavier.call(list(NARROW), rng), "layer_dims")


@check(
    "initialize_parameters_he",
    hint="Z = A_prev @ W + b, with one example in each row of A_prev: which shapes must W and b have?",
)
def test_he_shapes(student: Student, rng: np.random.Generator) -> None:
    """There is a weight matrix and a bias vector of the right shape for every layer after the input"""
    for layer_dims in (NARROW, SQUARE, (2, 6), DEEP):
        _assert_shapes(student.initialize_parameters_he(list(layer_dims), rng), layer_dims)


@check("initialize_parameters_he", hint="Once the weights of two units differ, what is left for the biases to do?")
def test_he_biases(student: Student, rng: np.random.Generator) -> None:
    """All biases are zero"""
    for distribution, slope in (("normal", 0.0), ("uniform", 0.5)):
        _assert_zero_biases(student.initialize_parameters_he(list(NARROW), rng, distribution, slope), NARROW)


@check(
    "initialize_parameters_he",
    hint="Call your function twice with one generator. Do the weights differ? Where do the numbers come from?",
)
def test_he_generator(student: Student, rng: np.random.Generator) -> None:
    """Every call draws new weights from the generator, and from nothing else"""
    assert_random(
        lambda generator: student.initialize_parameters_he.call(list(NARROW), generator),
        name="the parameters",
        seed=_seed(rng),
    )


@check(
    "initialize_parameters_he",
    hint="Print the weights of a network of sizes 4, 4, 4. Do two layers, two rows or two columns look alike?",
)
def test_he_independent(student: Student, rng: np.random.Generator) -> None:
    """No two layers, units or inputs share their weights"""
    _assert_no_twins(student.initialize_parameters_he(list(WIDE), rng))


@check(
    "initialize_parameters_he",
    hint="For the sizes 200, 50, 300 and the slopes 0 and 0.5, compare the variance of each layer with yours.",
)
def test_he_normal(student: Student, rng: np.random.Generator) -> None:
    """Normal weights have the variance 2/((1 + a²) n_in), where a is the negative slope"""
    for slope in (0.0, 0.5):
        options = {"negative_slope": slope} if slope else {}
        parameters = student.initialize_parameters_he(list(UNEQUAL), rng, **options)
        for name, n_in, n_out in _layers(UNEQUAL):
            law = Normal(std=math.sqrt(_he_variance(n_in, slope)))
            _assert_scaled(_matrix(parameters, name), law, (n_in, n_out), f"negative_slope = {slope:g}", name)


@check(
    "initialize_parameters_he",
    hint="Take the variance that your normal weights have. How wide is a uniform interval with the same variance?",
)
def test_he_uniform(student: Student, rng: np.random.Generator) -> None:
    """Uniform weights have the same variance as normal ones"""
    for slope in (0.0, 0.5):
        parameters = student.initialize_parameters_he(list(UNEQUAL), rng, "uniform", slope)
        for name, n_in, n_out in _layers(UNEQUAL):
            limit = math.sqrt(3 * _he_variance(n_in, slope))
            law = Uniform(-limit, limit)
            _assert_scaled(_matrix(parameters, name), law, (n_in, n_out), f"negative_slope = {slope:g}, uniform", name)


@check("initialize_parameters_he", group="contract", hint="Print layer_dims after the call. Is it still the same?")
def test_he_sizes_unchanged(student: Student, rng: np.random.Generator) -> None:
    """The list of sizes is the same afterwards"""
    assert_unchanged(student.initialize_parameters_he.call(list(NARROW), rng), "layer_dims")


def _assert_half_fan(student: Student, rng: np.random.Generator) -> None:
    """Draw the smallest matrix whose mean fan is no whole number, often: a division that drops the half shows."""
    shape, n, draws = (1, 2), 1.5, 100
    calls = [(shape, np.random.default_rng(_seed(rng)), 1.0, "fan_avg", "uniform") for _ in range(draws)]
    drawn = [np.ravel(W) for W in student.variance_scaling.many(calls)]
    limit = math.sqrt(3 / n)
    which = f"for {draws} draws with the fans 1 and 2 and mode 'fan_avg', uniform"
    _assert_scaled(np.concatenate(drawn), Uniform(-limit, limit), (draws, 2), which)


def _xavier_variance(n_in: int, n_out: int, mode: str) -> float:
    return 1 / n_in if mode == "fan_in" else 2 / (n_in + n_out)


def _he_variance(n_in: int, slope: float) -> float:
    return 2 / ((1 + slope**2) * n_in)


def _layers(layer_dims: Sequence[int]) -> list[tuple[str, int, int]]:
    """Return name, n_in and n_out of every weight matrix."""
    return [(f"W{layer}", layer_dims[layer - 1], layer_dims[layer]) for layer in range(1, len(layer_dims))]


def _assert_fans(got: tuple[int, int], expected: tuple[int, int], shape: tuple[int, ...]) -> None:
    for name, ours, theirs in zip(("fan_in", "fan_out"), got, expected, strict=True):
        assert_equal(ours, theirs, name=f"{name} of shape {shape}")


def _assert_scaled(W: np.ndarray, law: Normal | Uniform, shape: Sequence[int], when: str, name: str = "W") -> None:
    """Compare the entries with a law; how they are arranged is another check's question."""
    if W.size != math.prod(shape):
        raise CheckFailure(f"{name} has {W.size} values, {when}; expected {math.prod(shape)}, as many as shape {shape}")
    assert_distribution(W, law, name=f"{name}, {when},")


def _matrix(parameters: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    if name not in parameters:
        raise CheckFailure(f"the dictionary has no {name}; expected a weight matrix for every layer after the input")
    return parameters[name]


def _names(parameters: Mapping[str, np.ndarray], layer_dims: Sequence[int]) -> list[str]:
    """Return W1, b1, W2, b2, ... for every layer; raise where one is missing."""
    names = [f"{letter}{layer}" for layer in range(1, len(layer_dims)) for letter in "Wb"]
    missing = [name for name in names if name not in parameters]
    if missing:
        raise CheckFailure(
            f"the dictionary for the sizes {list(layer_dims)} has no {', '.join(missing)}; expected {', '.join(names)}"
        )
    return names


def _refuse_extra_names(parameters: Mapping[str, np.ndarray], layer_dims: Sequence[int]) -> None:
    names = _names(parameters, layer_dims)
    extra = [repr(name) for name in parameters if name not in names]
    if extra:
        raise CheckFailure(
            f"the dictionary for the sizes {list(layer_dims)} has {', '.join(extra)} as well; "
            f"expected {', '.join(names)} and no more"
        )


def _assert_shapes(parameters: Mapping[str, np.ndarray], layer_dims: Sequence[int]) -> None:
    _refuse_extra_names(parameters, layer_dims)
    for layer in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[layer - 1], layer_dims[layer]
        for name, shape in ((f"W{layer}", (n_in, n_out)), (f"b{layer}", (n_out,))):
            assert_array(parameters[name], shape=shape, dtype=np.float64, name=f"{name} for sizes {list(layer_dims)}")


def _assert_zero_biases(parameters: Mapping[str, np.ndarray], layer_dims: Sequence[int]) -> None:
    _names(parameters, layer_dims)
    for layer in range(1, len(layer_dims)):
        bias = parameters[f"b{layer}"]
        assert_close(bias, np.zeros(bias.shape), name=f"b{layer}")


def _assert_no_twins(parameters: Mapping[str, np.ndarray]) -> None:
    """Compare layers of a `WIDE` network, and the rows, columns and entries of each."""
    _names(parameters, WIDE)
    for name in ("W1", "W2"):
        W = parameters[name]
        assert_array(W, shape=WIDE[:2], name=name)
        for lines, which in ((W.T, "columns (units)"), (W, "rows (inputs)")):
            distinct = len({line.tobytes() for line in lines})
            if distinct < len(lines):
                raise CheckFailure(
                    f"{name} has {distinct} different {which} among {len(lines)}; expected no two to be equal"
                )
        _assert_own_draws(W, name)
    assert_uncorrelated(parameters["W1"], parameters["W2"], name="W1 and W2")


def _assert_own_draws(W: np.ndarray, name: str) -> None:
    """Refuse rounded or repeated numbers, and numbers adjusted to their own mean: their mean is 0 to the last digit.

    Draws of float32 repeat a few in a thousand. The mean of N independent ones is as small as this with P < 1e-11.
    """
    distinct = np.unique(W).size
    if distinct < 0.9 * W.size:
        raise CheckFailure(
            f"{name} has {distinct} different numbers among {W.size}; expected each to be a draw of its own"
        )
    if abs(W.mean()) < 1e-14 * W.std():
        raise CheckFailure(
            f"the mean of {name} is 0 to the last digit; expected independent draws, whose mean is only near 0"
        )


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**32))
