"""Whether the first weights of a network are right: zeros, small random numbers, and the count of distinct units."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks import (
    CheckFailure,
    Normal,
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_distribution,
    assert_equal,
    assert_own_memory,
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


@check(
    "initialize_parameters_zeros",
    hint="Z = A_prev @ W + b, with one example in each row of A_prev: which shapes must W and b have?",
)
def test_zeros_shapes(student: Student) -> None:
    """There is a weight matrix and a bias vector of the right shape for every layer after the input"""
    for layer_dims in (NARROW, SQUARE, (2, 6), DEEP):
        _assert_shapes(student.initialize_parameters_zeros(list(layer_dims)), layer_dims)


@check("initialize_parameters_zeros", hint="Print what you return for the sizes 2, 2. Which entries are not zero?")
def test_zeros_values(student: Student) -> None:
    """Every weight and every bias is zero"""
    parameters = student.initialize_parameters_zeros(list(NARROW))
    for name in _names(parameters, NARROW):
        assert_close(parameters[name], np.zeros(parameters[name].shape), name=name)


@check(
    "initialize_parameters_zeros",
    group="contract",
    hint="Set one entry of one of your arrays to 7. In how many arrays does a 7 show up?",
)
def test_zeros_own_arrays(student: Student) -> None:
    """Every array has memory of its own, so that a change of one leaves the others alone"""
    for layer_dims in (NARROW, SQUARE):
        record = student.initialize_parameters_zeros.call(list(layer_dims))
        _names(record.value, layer_dims)
        assert_own_memory(record)


@check(
    "initialize_parameters_zeros",
    group="contract",
    hint="A network has an input, an output, and at least one unit in each layer. What does yours do with other sizes?",
)
def test_zeros_bad_sizes(student: Student) -> None:
    """Fewer than two sizes, or a size below 1, are refused with a ValueError"""
    for layer_dims in ([4, 0, 2], [4, 3, -1], [4], []):
        assert_raises(ValueError, student.initialize_parameters_zeros, layer_dims, naming="layer_dims")


@check("initialize_parameters_zeros", group="contract", hint="Print layer_dims after the call. Is it still the same?")
def test_zeros_sizes_unchanged(student: Student) -> None:
    """The list of sizes is the same afterwards"""
    assert_unchanged(student.initialize_parameters_zeros.call(list(NARROW)))


@check(
    "initialize_parameters_random",
    hint="Z = A_prev @ W + b, with one example in each row of A_prev: which shapes must W and b have?",
)
def test_random_shapes(student: Student, rng: np.random.Generator) -> None:
    """There is a weight matrix and a bias vector of the right shape for every layer after the input"""
    for layer_dims in (NARROW, SQUARE, (2, 6), DEEP):
        _assert_shapes(student.initialize_parameters_random(list(layer_dims), rng), layer_dims)


@check("initialize_parameters_random", hint="Once the weights of two units differ, what is left for the biases to do?")
def test_random_biases(student: Student, rng: np.random.Generator) -> None:
    """All biases are zero"""
    for scale in (0.01, 10.0):
        parameters = student.initialize_parameters_random(list(NARROW), rng, scale)
        _assert_zero_biases(parameters, NARROW)


@check(
    "initialize_parameters_random",
    hint="Call your function twice with one generator. Do the weights differ? Where do the numbers come from?",
)
def test_random_generator(student: Student, rng: np.random.Generator) -> None:
    """Every call draws new weights from the generator, and from nothing else"""
    assert_random(
        lambda generator: student.initialize_parameters_random.call(list(NARROW), generator),
        name="the parameters",
        seed=_seed(rng),
    )


@check(
    "initialize_parameters_random",
    hint="Print the weights of a network of sizes 4, 4, 4. Do two layers, two rows or two columns look alike?",
)
def test_random_independent(student: Student, rng: np.random.Generator) -> None:
    """No two layers, units or inputs share their weights"""
    _assert_no_twins(student.initialize_parameters_random(list(WIDE), rng, 1.0))


@check(
    "initialize_parameters_random",
    hint="Compare the standard deviation of your weights with scale, for scale = 0.01 and for scale = 10.",
)
def test_random_spread(student: Student, rng: np.random.Generator) -> None:
    """Weights are normal with mean 0 and standard deviation scale, which is 0.01 where none is given"""
    layer_dims = (120, 100, 150)
    for scale in (10.0, 0.01):
        given = () if scale == 0.01 else (scale,)
        parameters = student.initialize_parameters_random(list(layer_dims), rng, *given)
        for name, size in (("W1", 120 * 100), ("W2", 100 * 150)):
            assert_distribution(
                _sample(parameters, name, size), Normal(std=scale), name=f"{name} for scale = {scale:g}"
            )


@check("initialize_parameters_random", group="contract", hint="Print layer_dims after the call. Is it still the same?")
def test_random_sizes_unchanged(student: Student, rng: np.random.Generator) -> None:
    """The list of sizes is the same afterwards"""
    assert_unchanged(student.initialize_parameters_random.call(list(NARROW), rng), "layer_dims")


@check("count_distinct_units", hint="One unit owns one column of W. Mark the different columns of a small W by hand.")
def test_distinct_columns(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Different columns are counted once each, wherever they stand and however often they occur"""
    sizes = ((4, 4, 3), (8, 12, 5), (6, 7, 7), (5, 6, 1), (5, 1, 1))
    layers = [_repeated_columns(rng, n_in, n_out, distinct) for n_in, n_out, distinct in sizes]
    layers += [np.zeros((3, 5)), np.array([[1.0, 1.0, 2.0], [2.0, 3.0, 2.0]])]
    # Columns with the same sum, with the same numbers in another order, and with the same numbers but for a sign.
    layers += [
        np.array([[1.0, 3.0], [5.0, 3.0]]),
        np.array([[1.0, 2.0], [2.0, 1.0]]),
        np.array([[1.0, 1.0], [4.0, -4.0]]),
    ]
    counts = student.count_distinct_units.many([(W,) for W in layers])
    for W, count in zip(layers, counts, strict=True):
        which = f"= {W.tolist()}" if W.size <= 6 else ""
        _assert_count(count, reference.count_distinct_units(W), W.shape, which)


@check(
    "count_distinct_units",
    hint="Two units with the same weights and different biases: do they compute the same?",
)
def test_distinct_biases(student: Student, rng: np.random.Generator) -> None:
    """Units with equal weights and different biases are different, those with equal biases only are too"""
    column, other = rng.normal(size=(2, 6, 1))
    W = np.hstack([column, column, other, other])
    biases = (
        [0.5, 1.5, 2.5, 2.5],
        [0.5, 0.5, 0.5, 0.5],
        [0.0, 0.0, 0.0, 0.0],
        [0.1, 0.2, 0.3, 0.4],
        [0.1, 0.1, 0.1, 0.2],
    )
    counts = student.count_distinct_units.many([(W, np.array(b)) for b in biases])
    for b, count, distinct in zip(biases, counts, (3, 2, 2, 4, 3), strict=True):
        _assert_count(count, distinct, W.shape, f"of two pairs of equal columns and b = {b}")
    # What is different may add up to the same.
    W, biased = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 0.0])
    _assert_count(student.count_distinct_units(W, biased), 2, W.shape, f"= {W.tolist()} and b = {biased.tolist()}")


@check(
    "count_distinct_units",
    hint="A column and its double are different, and so are two columns that part in the tenth digit.",
)
def test_distinct_rank_one(student: Student, rng: np.random.Generator) -> None:
    """Columns that point the same way, or nearly agree, are different as long as they are not equal"""
    direction = rng.permutation(np.arange(5, 17))[:7, np.newaxis] / 8  # no twins, and nothing that rounding tips over
    factors = np.array([1.0, 2.0, -1.0, 1.0 + 1e-10, 0.5, 1.0 + 1e-6])
    W = direction * factors
    _assert_count(student.count_distinct_units(W), 6, W.shape, f"= v @ {factors.tolist()}, v a column of 7 numbers")
    neighbours = np.hstack([direction, np.nextafter(direction, np.inf)])
    which = "with two columns that differ in the last bit"
    _assert_count(student.count_distinct_units(neighbours), 2, neighbours.shape, which)


def _assert_count(got: int, expected: int, shape: tuple[int, ...], which: str = "") -> None:
    assert_equal(got, expected, name=" ".join(filter(None, ("the number of distinct units for W", str(shape), which))))


def _repeated_columns(rng: np.random.Generator, n_in: int, n_out: int, distinct: int) -> np.ndarray:
    """Return `distinct` different columns, each at least once; neighbours differ where there is a choice."""
    return rng.normal(size=(n_in, distinct))[:, np.arange(n_out) % distinct]


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


def _sample(parameters: Mapping[str, np.ndarray], name: str, size: int) -> np.ndarray:
    """Return a weight matrix whose entries are to be counted; its shape is another check's question."""
    if name not in parameters or parameters[name].size != size:
        came = f"{parameters[name].size} values" if name in parameters else "missing"
        raise CheckFailure(f"{name} is {came}; expected {size} values, whose distribution is asked for")
    return parameters[name]


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**32))
