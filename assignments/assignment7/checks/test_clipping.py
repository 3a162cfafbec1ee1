"""Checks of clipping.py."""

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_own_memory,
    assert_raises,
    assert_unchanged,
    check,
)

RTOL = 1e-5
"""Some add 1e-6 to the norm before they divide."""


def with_norm(rng: np.random.Generator, norm: float, *shape: int) -> np.ndarray:
    """Return an array of this length: the root of the sum of its squares."""
    g = rng.normal(size=shape)
    return g * (norm / np.sqrt(np.sum(g**2)))


def draw_grads(rng: np.random.Generator, norm: float) -> dict[str, np.ndarray]:
    """Return three gradients that have this length together."""
    grads = {"dW1": rng.normal(size=(3, 3)), "db1": rng.normal(size=3), "dW2": rng.normal(size=(3, 2))}
    factor = norm / np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    return {name: g * factor for name, g in grads.items()}


# clip_by_value


@check("clip_by_value", hint="Take the entries 0.5, 3 and -3 and the limit 1. What becomes of each?")
def test_entries_are_cut(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every entry is cut to the range from -limit to limit, for any number of axes"""
    for shape, limit in (((4, 4), 0.7), ((3, 5), 1.0), ((6,), 0.2), ((2, 3, 2), 1.5)):
        g = rng.normal(size=shape)
        g.flat[:4] = 3.0, -3.0, 0.1, -0.1
        assert_close(student.clip_by_value(g, limit), reference.clip_by_value(g, limit), name="the result")


@check("clip_by_value", group="contract", hint="Print g before and after the call.")
def test_cutting_leaves_g_alone(student: Student, rng: np.random.Generator) -> None:
    """The gradient passed in is not changed"""
    assert_unchanged(student.clip_by_value.call(rng.normal(scale=2, size=(3, 4)), 0.5))


@check(
    "clip_by_value",
    group="contract",
    hint="With the limit 0 nothing could ever be learnt. What does the docstring say?",
)
def test_bad_limits_are_refused(student: Student, rng: np.random.Generator) -> None:
    """A limit of 0 or below is a ValueError"""
    for limit in (-1.0, 0.0):
        assert_raises(ValueError, student.clip_by_value, rng.normal(size=(2, 3)), limit, naming="limit")


# clip_by_norm


@check("clip_by_norm", hint="The vector (3, 4) has the length 5. What is it with the length 1?")
def test_long_gradients_are_shortened(student: Student, rng: np.random.Generator) -> None:
    """A gradient that is too long keeps its direction and gets the length max_norm, for any number of axes"""
    for shape, norm, max_norm in (((5,), 4.0, 1.0), ((3, 3), 6.0, 2.5), ((2, 4), 9.0, 0.5), ((2, 2, 3), 3.0, 2.0)):
        g = with_norm(rng, norm, *shape)
        assert_close(student.clip_by_norm(g, max_norm), g * (max_norm / norm), name="the result", rtol=RTOL)


@check("clip_by_norm", hint="A gradient that is short enough comes back as it is. What does your formula make of it?")
def test_short_gradients_stay(student: Student, rng: np.random.Generator) -> None:
    """A gradient of length max_norm or less stays as it is"""
    nearly_long = np.array([1.0, -1.0, 1.0, -0.9])
    for g, max_norm in ((with_norm(rng, 0.3, 3, 3), 1.0), (nearly_long, 2.0), (np.array([3.0, -4.0]), 5.0)):
        assert_close(student.clip_by_norm(g, max_norm), g, name="the result", rtol=RTOL)


@check(
    "clip_by_norm", group="edge", hint="A gradient of zeros has the length 0. Which step of yours does not like that?"
)
def test_zeros_stay_zeros(student: Student) -> None:
    """A gradient of zeros stays as it is"""
    for shape in ((4,), (2, 3)):
        assert_close(student.clip_by_norm(np.zeros(shape), 1.0), np.zeros(shape), name="the result")


@check(
    "clip_by_norm",
    group="edge",
    hint="In float32 the square of 1e25 is infinite. In which type do you add up the squares?",
)
def test_squares_do_not_overflow(student: Student, rng: np.random.Generator) -> None:
    """Entries of 1e25 in float32 are shortened like others"""
    g = (1e25 * rng.uniform(0.5, 1, size=6)).astype(np.float32)
    wide = g.astype(np.float64)
    expected = wide / np.sqrt(np.sum(wide**2))
    assert_close(student.clip_by_norm(g, 1.0), expected, name="the result", rtol=RTOL)


@check("clip_by_norm", group="contract", hint="An infinity or a nan cannot be shortened. Stop and say so.")
def test_non_finite_gradients_are_refused(student: Student) -> None:
    """A gradient that is not finite is a ValueError"""
    for bad in (np.nan, np.inf, -np.inf):
        assert_raises(ValueError, student.clip_by_norm, np.array([1.0, bad, 2.0]), 1.0, naming="the gradient")


@check(
    "clip_by_norm", group="contract", hint="Which lengths can a gradient be shortened to? Not to 0, and not to less."
)
def test_bad_lengths_are_refused(student: Student, rng: np.random.Generator) -> None:
    """A max_norm of 0 or below is a ValueError"""
    for max_norm in (-1.0, 0.0):
        assert_raises(ValueError, student.clip_by_norm, rng.normal(size=3), max_norm, naming="max_norm")


@check("clip_by_norm", group="contract", hint="Print g before and after the call.")
def test_shortening_leaves_g_alone(student: Student, rng: np.random.Generator) -> None:
    """The gradient passed in is not changed"""
    assert_unchanged(student.clip_by_norm.call(with_norm(rng, 5.0, 3, 4), 1.0))


@check(
    "clip_by_norm",
    group="advice",
    hint="A float64 number of numpy widens a float32 array, a number of Python does not. Which one is your factor?",
)
def test_clipping_keeps_float32(student: Student, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    result = student.clip_by_norm(with_norm(rng, 3.0, 4).astype(np.float32), 1.0)
    assert_array(result, shape=(4,), dtype=np.float32, name="the result")


@check(
    "clip_by_norm",
    group="advice",
    hint="Changing the result in place would change the gradient too, where nothing had to be clipped.",
)
def test_result_is_another_array(student: Student, rng: np.random.Generator) -> None:
    """The result is an array of its own, also where nothing was clipped"""
    assert_own_memory(student.clip_by_norm.call(with_norm(rng, 0.5, 4), 1.0))


# clip_by_global_norm


@check(
    "clip_by_global_norm",
    hint="Lay all arrays end to end: how long is that one vector, and by which factor is it too long?",
)
def test_long_sets_are_shortened(student: Student, rng: np.random.Generator) -> None:
    """Gradients that are too long together are shortened, and their length before comes back"""
    for norm, max_norm in ((6.0, 2.0), (4.0, 3.5)):
        grads = draw_grads(rng, norm)
        clipped, before = student.clip_by_global_norm(grads, max_norm)
        assert_close(before, norm, name="the length before clipping", rtol=RTOL)
        expected = {name: g * (max_norm / norm) for name, g in grads.items()}
        assert_close(clipped, expected, name="clipped", rtol=RTOL)


@check(
    "clip_by_global_norm",
    hint="Gradients that are short enough come back as they are. What does your formula make of them?",
)
def test_short_sets_stay(student: Student, rng: np.random.Generator) -> None:
    """Gradients that are short enough together stay as they are, and their length comes back"""
    for norm, max_norm in ((0.6, 2.0), (1.9, 2.0)):
        grads = draw_grads(rng, norm)
        clipped, before = student.clip_by_global_norm(grads, max_norm)
        assert_close(clipped, grads, name="clipped", rtol=RTOL)
        assert_close(before, norm, name="the length before clipping", rtol=RTOL)


@check(
    "clip_by_global_norm",
    hint="Compare the factor of each array with the others. If they differ, the step points elsewhere.",
)
def test_direction_stays(student: Student, rng: np.random.Generator) -> None:
    """All arrays are multiplied by the same factor, whatever their own lengths"""
    grads = {"dW1": with_norm(rng, 2.0, 2, 3), "db1": with_norm(rng, 0.1, 3), "dW2": with_norm(rng, 8.0, 3, 2)}
    clipped, _ = student.clip_by_global_norm(grads, 1.0)
    factor = 1 / np.sqrt(8.0**2 + 0.1**2 + 2.0**2)
    assert_close(clipped, {name: g * factor for name, g in grads.items()}, name="clipped", rtol=RTOL)


@check(
    "clip_by_global_norm",
    group="edge",
    hint="When all gradients are zero their length is 0. Which step of yours does not like that?",
)
def test_sets_of_zeros_stay(student: Student) -> None:
    """Gradients that are all zero stay zero, and their length is 0"""
    grads = {"dW1": np.zeros((2, 3)), "db1": np.zeros(3)}
    clipped, before = student.clip_by_global_norm(grads, 1.0)
    assert_close(clipped, grads, name="clipped")
    assert_close(before, 0.0, name="the length before clipping", atol=1e-9)


@check(
    "clip_by_global_norm", group="contract", hint="One nan makes the whole length nan. Say so instead of handing it on."
)
def test_non_finite_sets_are_refused(student: Student, rng: np.random.Generator) -> None:
    """An entry that is not finite, in any of the arrays, is a ValueError"""
    for name, bad in (("dW1", np.nan), ("dW2", np.inf)):
        grads = draw_grads(rng, 1.0)
        grads[name][0, 1] = bad
        assert_raises(ValueError, student.clip_by_global_norm, grads, 1.0, naming="the gradients")


@check(
    "clip_by_global_norm",
    group="contract",
    hint="Which lengths can gradients be shortened to? Not to 0, and not to less.",
)
def test_bad_total_lengths_are_refused(student: Student, rng: np.random.Generator) -> None:
    """A max_norm of 0 or below is a ValueError"""
    for max_norm in (-2.0, 0.0):
        assert_raises(ValueError, student.clip_by_global_norm, draw_grads(rng, 1.0), max_norm, naming="max_norm")


@check("clip_by_global_norm", group="contract", hint="Print the arrays and the dictionary before and after the call.")
def test_shortening_leaves_the_set_alone(student: Student, rng: np.random.Generator) -> None:
    """The dictionary and its arrays are not changed"""
    assert_unchanged(student.clip_by_global_norm.call(draw_grads(rng, 6.0), 1.0))
