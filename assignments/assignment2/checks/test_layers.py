"""Whether inverted dropout is right: the mask, the forward pass, the backward pass."""

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_generator_untouched,
    assert_gradient_of,
    assert_independent,
    assert_raises,
    assert_random,
    assert_rate,
    assert_unchanged,
    check,
)

KEEP_PROBS = (0.2, 0.5, 0.8, 0.95)
"""At 0.5 alone a mask that keeps the wrong share looks right; at 0.8 alone so does a threshold on normal numbers."""
WIDE = (2, 50_000)
"""Shows a rate to within 0.0114. Two examples: whether they differ is another check's question."""
MASKS = 16
"""All of them keep as many of 40 entries with a probability of 7e-15."""


@check("dropout_mask", hint="Which two numbers can an entry of the mask be, if the average entry is to be 1?")
def test_mask_values(student: Student, rng: np.random.Generator) -> None:
    """Every entry is either 0 or 1/keep_prob"""
    for shape, keep_prob in (((30, 30), 0.3), ((7, 40), 0.8), ((2, 5, 6, 4), 0.5)):
        mask = student.dropout_mask(shape, keep_prob, rng)
        assert_array(mask, shape=shape, name="mask")
        assert_close(mask, (mask != 0) / keep_prob, name="mask")


@check("dropout_mask", hint="Count the entries of your mask that are not zero, for keep_prob = 0.2 and for 0.8.")
def test_mask_rate(student: Student, rng: np.random.Generator) -> None:
    """An entry is kept with probability keep_prob"""
    for keep_prob in KEEP_PROBS:
        mask = student.dropout_mask(WIDE, keep_prob, rng)
        assert_array(mask, shape=WIDE, name="mask")
        assert_rate(mask != 0, keep_prob, name=f"the share of entries kept at keep_prob = {keep_prob}")


@check("dropout_mask", hint="Print a mask of shape (6, 8). Do two rows, or two columns, look alike?")
def test_mask_independent(student: Student, rng: np.random.Generator) -> None:
    """Every entry has a coin of its own: examples differ, and so do units"""
    for shape in ((1000, 100), (40, 25, 10, 10)):
        mask = student.dropout_mask(shape, 0.5, rng)
        assert_array(mask, shape=shape, name="mask")
        assert_independent((mask != 0).reshape(1000, 100), 0.5, name="the mask")


@check("dropout_mask", hint="Count the entries that you keep in several masks of one shape. Should it be one number?")
def test_mask_count(student: Student, rng: np.random.Generator) -> None:
    """The number of entries kept varies from mask to mask"""
    counts = set()
    for _ in range(MASKS):
        mask = student.dropout_mask((5, 8), 0.5, rng)
        assert_array(mask, shape=(5, 8), name="mask")
        counts.add(int(np.count_nonzero(mask)))
    kept = max(counts)
    assert len(counts) > 1, f"{MASKS} masks of shape (5, 8) keep {kept} of 40 entries each; expected the number to vary"


@check("dropout_mask", hint="Where do the random numbers of your mask come from? The only source is rng.")
def test_mask_random(student: Student, rng: np.random.Generator) -> None:
    """Every call draws a new mask from the generator, and from nothing else"""
    assert_random(
        lambda generator: student.dropout_mask.call((40, 40), 0.5, generator), name="the mask", seed=_seed(rng)
    )


@check(
    "dropout_mask", group="edge", hint="With keep_prob = 1 nothing may be dropped. What does your function do there?"
)
def test_mask_keeps_all(student: Student, rng: np.random.Generator) -> None:
    """With keep_prob = 1 every entry is 1"""
    for keep_prob in (1.0, 1):
        assert_close(student.dropout_mask((20, 30), keep_prob, rng), np.ones((20, 30)), name="mask")


@check("dropout_mask", group="contract", hint="What type do the entries of your mask have when float32 is asked for?")
def test_mask_dtype(student: Student, rng: np.random.Generator) -> None:
    """The mask has the dtype that was asked for, float64 by default"""
    mask = student.dropout_mask((20, 30), 0.8, rng)
    assert_array(mask, shape=(20, 30), dtype=np.float64, name="mask")
    mask = student.dropout_mask((20, 30), 0.8, rng, dtype=np.float32)
    assert_array(mask, shape=(20, 30), dtype=np.float32, name="mask")


@check(
    "dropout_mask", group="contract", hint="keep_prob is a probability above 0. Which values does your function refuse?"
)
def test_mask_error(student: Student, rng: np.random.Generator) -> None:
    """A keep_prob outside (0, 1] is refused with a ValueError"""
    for keep_prob in (0.0, -0.5, 1.5):
        assert_raises(ValueError, student.dropout_mask, (4, 5), keep_prob, rng, naming="keep_prob")


@check("dropout_forward", hint="Feed an array of ones. Which two numbers can come out, if their average is to stay 1?")
def test_forward_scale(student: Student, rng: np.random.Generator) -> None:
    """Kept activations are divided by keep_prob"""
    for shape, keep_prob in (((30, 30), 0.3), ((20, 50), 0.8)):
        out, _ = student.dropout_forward(np.ones(shape), keep_prob, "train", rng)
        assert_array(out, shape=shape, name="out")
        assert_close(out, (out != 0) / keep_prob, name="out")


@check("dropout_forward", hint="keep_prob = 0.2 should leave about 20 % of the units alive. How many do you keep?")
def test_forward_rate(student: Student, rng: np.random.Generator) -> None:
    """A unit is kept with probability keep_prob"""
    for keep_prob in KEEP_PROBS:
        out, _ = student.dropout_forward(np.ones(WIDE), keep_prob, "train", rng)
        assert_array(out, shape=WIDE, name="out")
        assert_rate(out != 0, keep_prob, name=f"the share of units kept at keep_prob = {keep_prob}")


@check("dropout_forward", hint="Feed ones of shape (6, 8). Do two rows, or two columns, of the output look alike?")
def test_forward_independent(student: Student, rng: np.random.Generator) -> None:
    """Every example and every unit is dropped independently"""
    for shape in ((1000, 100), (40, 25, 10, 10)):
        out, _ = student.dropout_forward(np.ones(shape), 0.5, "train", rng)
        assert_array(out, shape=shape, name="out")
        assert_independent((out != 0).reshape(1000, 100), 0.5, name="the pattern of kept units")


@check("dropout_forward", hint="Count the units that you keep in several calls. Should it be one number?")
def test_forward_count(student: Student, rng: np.random.Generator) -> None:
    """The number of units kept varies from call to call"""
    counts = set()
    for _ in range(MASKS):
        out = student.dropout_forward(np.ones((5, 8)), 0.5, "train", rng)[0]
        assert_array(out, shape=(5, 8), name="out")
        counts.add(int(np.count_nonzero(out)))
    kept = max(counts)
    assert len(counts) > 1, (
        f"{MASKS} calls with x of shape (5, 8) keep {kept} of 40 units each; expected the number to vary"
    )


@check(
    "dropout_forward", hint="Feed ones and then x, with generators of the same seed. What did each entry of x become?"
)
def test_forward_linear(student: Student, rng: np.random.Generator) -> None:
    """Every entry of x is multiplied by its entry of the mask, whatever its value"""
    for shape, keep_prob in (((12, 12), 0.3), ((6, 11), 0.8), ((3, 4, 5, 6), 0.6)):
        seed = _seed(rng)
        mask, _ = student.dropout_forward(np.ones(shape), keep_prob, "train", np.random.default_rng(seed))
        assert_array(mask, shape=shape, name="out")
        x = _some_zeros(rng.normal(size=shape), rng)
        out, _ = student.dropout_forward(x, keep_prob, "train", np.random.default_rng(seed))
        assert_close(out, x * mask, name="out")


@check("dropout_forward", hint="A prediction must not depend on luck. What is left to do in mode 'test'?")
def test_forward_test_mode(student: Student, rng: np.random.Generator) -> None:
    """In mode "test" the output is the input, and nothing is drawn"""
    for shape in ((8, 8), (5, 9)):
        x = rng.normal(size=shape)
        assert_close(student.dropout_forward(x, 0.4, "test")[0], x, name="out")
    assert_generator_untouched(
        lambda generator: student.dropout_forward.call(x, 0.4, "test", generator), name="mode 'test'", seed=_seed(rng)
    )


@check("dropout_forward", hint="Call your function twice with one generator. Are different units dropped?")
def test_forward_random(student: Student, rng: np.random.Generator) -> None:
    """Every call draws a new mask from the generator, and from nothing else"""
    x = rng.normal(size=(40, 40))
    assert_random(
        lambda generator: student.dropout_forward.call(x, 0.5, "train", generator), name="out", seed=_seed(rng)
    )


@check("dropout_forward", group="edge", hint="With keep_prob = 1 nothing is dropped. Should any activation change?")
def test_forward_keeps_all(student: Student, rng: np.random.Generator) -> None:
    """With keep_prob = 1 training changes nothing"""
    x = rng.normal(size=(20, 30))
    for keep_prob in (1.0, 1):
        assert_close(student.dropout_forward(x, keep_prob, "train", rng)[0], x, name="out")


@check("dropout_forward", group="contract", hint="Print x before and after the call.")
def test_forward_input_unchanged(student: Student, rng: np.random.Generator) -> None:
    """The activations passed in stay as they are"""
    for mode in ("train", "test"):
        assert_unchanged(student.dropout_forward.call(rng.normal(size=(5, 8)), 0.5, mode, rng))


@check("dropout_forward", group="contract", hint="Print out.dtype for an x of dtype float32.")
def test_forward_dtype(student: Student, rng: np.random.Generator) -> None:
    """Activations of dtype float32 stay float32, float64 stay float64"""
    for dtype in (np.float32, np.float64):
        for mode in ("train", "test"):
            x = rng.normal(size=(5, 8)).astype(dtype)
            out, _ = student.dropout_forward(x, 0.8, mode, rng)
            assert_array(out, shape=(5, 8), dtype=dtype, name="out")


@check("dropout_forward", group="contract", hint="Which modes are there, and which values can keep_prob have?")
def test_forward_error(student: Student, rng: np.random.Generator) -> None:
    """An unknown mode, or a keep_prob outside (0, 1], is refused with a ValueError"""
    x = rng.normal(size=(4, 5))
    assert_raises(ValueError, student.dropout_forward, x, 0.5, "eval", rng, naming="mode")
    for keep_prob in (0.0, 1.5):
        assert_raises(ValueError, student.dropout_forward, x, keep_prob, "train", rng, naming="keep_prob")


@check(
    "dropout_backward", hint="By which number did the forward pass multiply each entry of x? That is its derivative."
)
def test_backward_mask(student: Student, rng: np.random.Generator) -> None:
    """The gradient is multiplied by the mask of the forward pass, also where x is zero"""
    for shape, keep_prob in (((40, 40), 0.3), ((5, 8, 10, 4), 0.8)):
        x, dout = _some_zeros(rng.normal(size=shape), rng), rng.normal(size=shape)
        out, cache = student.dropout_forward(x, keep_prob, "train", rng)
        assert_array(out, shape=shape, name="out of dropout_forward")
        dx = student.dropout_backward(dout, cache)
        assert_array(dx, shape=shape, name="dx")
        # Where x is zero the output does not tell whether the unit was kept; over many of them the rate does.
        kept = np.where(x != 0, out != 0, dx != 0)
        assert_close(dx, dout * kept / keep_prob, name="dx")
        assert_rate(dx[x == 0] != 0, keep_prob, name="the share of gradients that pass where x is zero")


@check(
    "dropout_backward",
    follow_through=True,
    hint="Move one entry of x a little, with a generator of the same seed. How does that entry of out follow?",
)
def test_backward_numerical(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradient is that of your own forward pass"""
    _assert_follows_forward(student, reference, rng.normal(size=(5, 8)), 0.8, rng)


@check("dropout_backward", hint="In mode 'test' the output is x itself. What is its derivative?")
def test_backward_test_mode(student: Student, rng: np.random.Generator) -> None:
    """After a forward pass in mode "test" the gradient passes as it is"""
    for shape in ((6, 6), (5, 8)):
        dout = rng.normal(size=shape)
        _, cache = student.dropout_forward(rng.normal(size=shape), 0.4, "test")
        assert_close(student.dropout_backward(dout, cache), dout, name="dx")


@check(
    "dropout_backward",
    group="edge",
    hint="A network drops several layers before the first backward pass. Which mask does your function use then?",
)
def test_backward_own_cache(student: Student, rng: np.random.Generator) -> None:
    """Of two forward passes, each has a cache of its own"""
    x, dout = np.ones((30, 40)), rng.normal(size=(30, 40))
    (first, cache), (second, other) = (student.dropout_forward(x, 0.6, "train", rng) for _ in range(2))
    for out, name in ((first, "first"), (second, "second")):
        assert_array(out, shape=x.shape, name=f"out of the {name} dropout_forward")
    for out, its_cache, name in ((first, cache, "first"), (second, other, "second")):
        assert_close(student.dropout_backward(dout, its_cache), dout * out, name=f"dx for the {name} cache")


@check("dropout_backward", group="contract", hint="Call it twice with the same dout and cache. Does anything change?")
def test_backward_input_unchanged(student: Student, rng: np.random.Generator) -> None:
    """The arguments dout and cache stay as they are: a second call gives the same gradient"""
    dout = rng.normal(size=(6, 9))
    _, cache = student.dropout_forward(rng.normal(size=(6, 9)), 0.5, "train", rng)
    first = student.dropout_backward.call(dout, cache)
    assert_unchanged(first)
    assert_close(student.dropout_backward(dout, cache), first.value, name="dx of the second call")


def _assert_follows_forward(
    student: Student, reference: Reference, x: np.ndarray, keep_prob: float, rng: np.random.Generator
) -> None:
    """Compare dx with central differences of the student's forward pass, which draws the same mask at every point."""
    dout, seed = rng.normal(size=x.shape), _seed(rng)

    def arguments(points: list[np.ndarray]) -> list[tuple[np.ndarray, float, str, np.random.Generator]]:
        return [(point, keep_prob, "train", np.random.default_rng(seed)) for point in points]

    _, cache = student.dropout_forward(*arguments([x])[0])
    assert_gradient_of(
        lambda points: [out for out, _ in student.dropout_forward.many(arguments(points))],
        student.dropout_backward(dout, cache),
        at=x,
        upstream=dout,
        # The reference keeps fewer units here, so that a student with less luck at the coins is not taken for dead.
        reference_forward=lambda points: [
            reference.dropout_forward(point, keep_prob / 4, mode, coins)[0]
            for point, _, mode, coins in arguments(points)
        ],
        name="dx",
    )


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**32))


def _some_zeros(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(x.shape) < 0.3, 0.0, x)
