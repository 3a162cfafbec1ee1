"""Whether dropout as first published is right, and the mean and variance of dropout."""

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_generator_untouched,
    assert_independent,
    assert_raises,
    assert_random,
    assert_rate,
    assert_unchanged,
    check,
)


@check("vanilla_dropout_forward", hint="While training, a kept activation is passed on as it is. Is anything rescaled?")
def test_vanilla_train(student: Student, rng: np.random.Generator) -> None:
    """In mode "train" every activation is either kept as it is or set to 0"""
    for shape, keep_prob in (((20, 20), 0.3), ((6, 25), 0.8), ((6, 25), 0.5)):
        x = rng.normal(size=shape)
        out = student.vanilla_dropout_forward(x, keep_prob, "train", rng)
        assert_array(out, shape=shape, name="out")
        assert_close(out, x * (out != 0), name="out")


@check("vanilla_dropout_forward", hint="What is the average of a unit that is on with probability keep_prob?")
def test_vanilla_test_mode(student: Student, rng: np.random.Generator) -> None:
    """In mode "test" activations are multiplied by keep_prob, and nothing is drawn"""
    for shape, keep_prob in (((8, 8), 0.3), ((5, 9), 0.8)):
        x = rng.normal(size=shape)
        assert_close(student.vanilla_dropout_forward(x, keep_prob, "test"), keep_prob * x, name="out")
    assert_generator_untouched(
        lambda generator: student.vanilla_dropout_forward.call(x, 0.4, "test", generator),
        name="mode 'test'",
        seed=_seed(rng),
    )


@check(
    "vanilla_dropout_forward", hint="Average the output of training over many examples and compare with mode 'test'."
)
def test_vanilla_mean(student: Student, rng: np.random.Generator) -> None:
    """On average, training gives keep_prob times the activation, as mode "test" does"""
    for keep_prob in (0.2, 0.5, 0.8):
        x = rng.normal(size=(2, 50_000))
        out = student.vanilla_dropout_forward(x, keep_prob, "train", rng)
        assert_array(out, shape=x.shape, name="out")
        assert_rate(out != 0, keep_prob, name=f"the share of units kept at keep_prob = {keep_prob}")


@check(
    "vanilla_dropout_forward", hint="Feed ones of shape (6, 8). Do two rows, or two columns, of the output look alike?"
)
def test_vanilla_independent(student: Student, rng: np.random.Generator) -> None:
    """Every example and every unit is dropped independently"""
    for shape in ((1000, 100), (40, 25, 10, 10)):
        out = student.vanilla_dropout_forward(np.ones(shape), 0.5, "train", rng)
        assert_array(out, shape=shape, name="out")
        assert_independent((out != 0).reshape(1000, 100), 0.5, name="the pattern of kept units")


@check("vanilla_dropout_forward", hint="Count the units that you keep in several calls. Should it be one number?")
def test_vanilla_count(student: Student, rng: np.random.Generator) -> None:
    """The number of units kept varies from call to call"""
    counts = set()
    for _ in range(16):
        out = student.vanilla_dropout_forward(np.ones((5, 8)), 0.5, "train", rng)
        assert_array(out, shape=(5, 8), name="out")
        counts.add(int(np.count_nonzero(out)))
    kept = max(counts)
    assert len(counts) > 1, f"16 calls with x of shape (5, 8) keep {kept} of 40 units each; expected the number to vary"


@check("vanilla_dropout_forward", hint="Call your function twice with one generator. Are different units dropped?")
def test_vanilla_random(student: Student, rng: np.random.Generator) -> None:
    """Every call draws a new mask from the generator, and from nothing else"""
    x = rng.normal(size=(40, 40))
    assert_random(
        lambda generator: student.vanilla_dropout_forward.call(x, 0.5, "train", generator), name="out", seed=_seed(rng)
    )


@check(
    "vanilla_dropout_forward", group="contract", hint="Print x before and after the call. The caller may still need it."
)
def test_vanilla_input_unchanged(student: Student, rng: np.random.Generator) -> None:
    """The activations passed in stay as they are"""
    for mode in ("train", "test"):
        assert_unchanged(student.vanilla_dropout_forward.call(rng.normal(size=(5, 8)), 0.5, mode, rng))


@check("vanilla_dropout_forward", group="contract", hint="Print out.dtype for an x of dtype float32.")
def test_vanilla_dtype(student: Student, rng: np.random.Generator) -> None:
    """Activations of dtype float32 stay float32, float64 stay float64"""
    for dtype in (np.float32, np.float64):
        for mode in ("train", "test"):
            x = rng.normal(size=(5, 8)).astype(dtype)
            out = student.vanilla_dropout_forward(x, 0.8, mode, rng)
            assert_array(out, shape=(5, 8), dtype=dtype, name="out")


@check("vanilla_dropout_forward", group="contract", hint="Which modes are there, and which values can keep_prob have?")
def test_vanilla_error(student: Student, rng: np.random.Generator) -> None:
    """An unknown mode, or a keep_prob outside (0, 1], is refused with a ValueError"""
    x = rng.normal(size=(4, 5))
    assert_raises(ValueError, student.vanilla_dropout_forward, x, 0.5, "eval", rng, naming="mode")
    for keep_prob in (0.0, 1.5):
        assert_raises(ValueError, student.vanilla_dropout_forward, x, keep_prob, "train", rng, naming="keep_prob")


@check(
    "dropout_moments", hint="An activation becomes x/keep_prob or 0. Average both over the coin, then their squares."
)
def test_moments(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Mean and variance are those of x/keep_prob with probability keep_prob, and 0 otherwise"""
    for shape, keep_prob in (((4, 4), 0.2), ((3, 5), 0.5), ((2, 3, 4), 0.9), ((3, 2), 1.0)):
        x = rng.normal(size=shape)
        mean, var = student.dropout_moments(x, keep_prob)
        expected_mean, expected_var = reference.dropout_moments(x, keep_prob)
        assert_close(mean, expected_mean, name="mean")
        assert_close(var, expected_var, name="var")


@check("dropout_moments", group="contract", hint="Print x before and after the call, and the dtype of what you return.")
def test_moments_leave_x_alone(student: Student, rng: np.random.Generator) -> None:
    """The activations stay as they are, and float32 stays float32"""
    for dtype in (np.float32, np.float64):
        call = student.dropout_moments.call(rng.normal(size=(3, 4)).astype(dtype), 0.8)
        assert_unchanged(call)
        for moment, name in zip(call.value, ("mean", "var"), strict=True):
            assert_array(moment, shape=(3, 4), dtype=dtype, name=name)


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**32))
