"""Whether complex steps and random directions measure gradients."""

import numpy as np

from grader.checks import (
    CheckFailure,
    Spy,
    Student,
    assert_array,
    assert_close,
    assert_raises,
    assert_rate,
    assert_unchanged,
    check,
)

Array = np.ndarray


@check("complex_step", hint="Follow f(z) = z squared at 3 by hand: what is the imaginary part at 3 + ih, divided by h?")
def test_gradient_to_the_last_digit(student: Student, rng: np.random.Generator) -> None:
    """The gradient is right to 12 digits, for arrays with one, two and three axes"""
    for shape, middle in (((5,), -1.0), ((3, 3), 1.0), ((2, 3, 2), 0.0)):
        x, factor = rng.normal(middle, 1, size=shape), rng.uniform(0.5, 1.5, size=shape)

        def f(z: Array, factor: Array = factor) -> complex:
            return complex(np.sum(factor * np.sin(z)) + 0.5 * np.sum(factor * z) ** 2)

        expected = factor * np.cos(x) + factor * np.sum(factor * x)
        grad = student.complex_step(f, x)
        assert_close(grad, expected, name="grad", rtol=1e-12)


@check("complex_step", hint="Let f print its argument. How many entries have an imaginary part, and how large is it?")
def test_points_are_one_imaginary_step_away(student: Student, rng: np.random.Generator) -> None:
    """f is asked for one point per entry, with h in the imaginary part of that entry"""
    x, h = rng.normal(size=(3, 2)), 1e-8
    spy = Spy(lambda z: complex(np.sum(z**2)))
    student.complex_step(spy, x, h)
    moved = []
    for point in spy.points:
        if not isinstance(point, np.ndarray) or point.shape != x.shape:
            raise CheckFailure(f"f was called with something else than an array of shape {x.shape}")
        if point.dtype.kind != "c":
            raise CheckFailure(f"f was called with an array of dtype {point.dtype}; expected complex numbers")
        assert_close(point.real, x, name="the real part of f's argument")
        entries = np.argwhere(point.imag != 0)
        if len(entries) != 1 or not np.isclose(point.imag.sum(), h, rtol=1e-6, atol=0):
            raise CheckFailure(
                f"f was called with the imaginary part {point.imag.ravel().tolist()}; "
                f"expected {h:g} at one entry and 0 at the others"
            )
        moved.append(tuple(entries[0].tolist()))
    if sorted(moved) != sorted(np.ndindex(x.shape)):
        raise CheckFailure(f"f was called {len(moved)} times for {x.size} entries; expected once for each")


@check("complex_step", hint="On z cubed a step of h = 0.5 is off by a known amount: 0.25. Where do you use h?")
def test_large_step_on_a_cubic(student: Student, rng: np.random.Generator) -> None:
    """A step of 0.5 on a sum of cubes gives 3 x^2 - 0.25"""
    x = rng.uniform(1, 3, size=4)
    grad = student.complex_step(lambda z: complex(np.sum(z**3)), x, 0.5)
    assert_close(grad, 3 * x**2 - 0.25, name="grad")


@check(
    "complex_step", group="edge", hint="An array of integers has no room for an imaginary part, nor has one of float32."
)
def test_integer_and_float32_points(student: Student) -> None:
    """A point of integers or of float32 gives the same gradient as in float64"""
    for x in (np.array([1, 2, 3]), np.array([1.5, -2.25], dtype=np.float32)):
        grad = student.complex_step(lambda z: complex(np.sum(np.exp(z))), x)
        assert_array(grad, shape=x.shape, name="grad")
        assert_close(grad, np.exp(x.astype(float)), name=f"grad at a point of {x.dtype}", dtype=np.float64)


@check("complex_step", group="contract", hint="The point is still needed afterwards. Take the step on a copy.")
def test_point_is_left_alone(student: Student, rng: np.random.Generator) -> None:
    """The array x is left as it was"""
    assert_unchanged(student.complex_step.call(lambda z: complex(np.sum(z**2)), rng.normal(size=(2, 2))), "x")


@check(
    "directional_check",
    hint="Take theta with one entry and a gradient that is twice too large, and work it out by hand.",
)
def test_right_and_planted_gradients(student: Student, rng: np.random.Generator) -> None:
    """A right gradient passes, and one in which a single entry of 60 is off does not"""
    theta, factor = rng.normal(size=(6, 10)), rng.uniform(0.5, 1.5, size=(6, 10))

    def f(t: Array) -> float:
        return float(np.sum(factor * np.sin(t)) + np.sum(t**2))

    right = factor * np.cos(theta) + 2 * theta
    planted = right.copy()
    planted.flat[30 + np.abs(right.flat[30:]).argmax()] += 1.5
    coins = int(rng.integers(2**32))
    small = student.directional_check(f, right, theta, 20, np.random.default_rng(coins))
    if not 0 <= small < 1e-7:
        raise CheckFailure(f"the difference for a right gradient is {small:.3g}; expected less than 1e-7")
    large = student.directional_check(f, planted, theta, 20, np.random.default_rng(coins))
    if not 1e-4 < large <= 1:
        raise CheckFailure(
            f"the difference for a gradient in which one entry is off is {large:.3g}; expected more than 0.0001"
        )


@check("directional_check", hint="Give it a gradient twice too large: a is 2 b then. What does the formula say?")
def test_known_differences(student: Student, rng: np.random.Generator) -> None:
    """A gradient k times too large gives |k - 1| / (|k| + 1), whatever the directions and the scale"""
    theta = rng.normal(size=8)
    for factor, scale in ((2.0, 1.0), (-1.0, 1.0), (0.0, 1.0), (2.0, 1e-6), (4.0, 1e5)):
        difference = student.directional_check(
            lambda t, scale=scale: float(scale * np.sum(t**2)),
            factor * scale * 2 * theta,
            theta,
            6,
            np.random.default_rng(rng.integers(2**32)),
        )
        expected = abs(factor - 1) / (abs(factor) + 1)
        name = f"the difference for {factor:g} times the right gradient"
        assert_close(difference, expected, rtol=1e-3, name=name)


@check("directional_check", hint="Let f print its argument minus theta. How long is it, and where does it point?")
def test_points_lie_in_random_directions(student: Student, rng: np.random.Generator) -> None:
    """f is asked for pairs of points around theta, h away, in as many random directions as it was told"""
    theta, h, directions = rng.normal(size=(10, 6)), 1e-3, 12
    spy = Spy(lambda t: float(np.sum(t**2)))
    student.directional_check(spy, 2 * theta, theta, directions, np.random.default_rng(rng.integers(2**32)), h)
    steps = [point - theta for point in spy.points if not np.array_equal(point, theta)]
    if spy.count not in (2 * directions, 2 * directions + 1) or len(steps) != 2 * directions:
        raise CheckFailure(f"f was called {spy.count} times for {directions} directions; expected {2 * directions}")
    for step in steps:
        assert_close(float(np.linalg.norm(step)), h, rtol=1e-6, name="the distance between f's argument and theta")
        if not any(np.allclose(step, -other, rtol=0, atol=1e-6 * h) for other in steps):
            raise CheckFailure("f was called on one side of theta only; expected each direction forward and backward")
    ahead = [step for i, step in enumerate(steps) if not any(_parallel(step, other) for other in steps[:i])]
    if len(ahead) != directions:
        raise CheckFailure(f"the points lie in {len(ahead)} different directions; expected {directions}")
    if min(np.count_nonzero(np.abs(step) > 1e-6 * h) for step in ahead) < theta.size // 2:
        raise CheckFailure("a direction moves a few entries of theta only; expected all of them to move")
    same = np.array([step.flat[0] * step.flat[i] > 0 for step in ahead for i in range(1, theta.size)])
    assert_rate(same, 0.5, name="the share of entries that move the same way as the first", false_alarm=1e-11)


@check("directional_check", group="edge", hint="Both sides are zero in every direction. By what do you divide?")
def test_nothing_to_compare(student: Student, rng: np.random.Generator) -> None:
    """A constant function with the gradient 0 gives 0"""
    difference = student.directional_check(lambda _: 3.0, np.zeros(4), rng.normal(size=4), 5, np.random.default_rng(1))
    assert_close(difference, 0.0, name="the difference")


@check(
    "directional_check", group="contract", hint="Compare theta before and after the call, and seed nothing yourself."
)
def test_contract(student: Student, rng: np.random.Generator) -> None:
    """theta and grad are left alone, the directions come from the generator, and n_dirs = 0 raises a ValueError"""
    theta = rng.normal(size=5)
    record = student.directional_check.call(
        lambda t: float(np.sum(t**2)), 2 * theta, theta, 3, np.random.default_rng(5), 1e-3
    )
    assert_unchanged(record, "theta", "grad")
    points = []
    for seed in (7, 7, 8):
        spy = Spy(lambda t: float(np.sum(t**2)))
        student.directional_check(spy, 2 * theta, theta, 3, np.random.default_rng(seed))
        points.append(np.array(spy.points))
    if not np.array_equal(points[0], points[1]):
        raise CheckFailure("two generators in the same state gave different directions; expected the same")
    if np.array_equal(points[0], points[2]):
        raise CheckFailure("generators in different states gave the same directions; expected different ones")
    assert_raises(
        ValueError, student.directional_check, lambda _: 0.0, theta, theta, 0, np.random.default_rng(1), naming="n_dirs"
    )


def _parallel(a: Array, b: Array) -> bool:
    cosine = np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b))
    return bool(abs(cosine) > 1 - 1e-6)
