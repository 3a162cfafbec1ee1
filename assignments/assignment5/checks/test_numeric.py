"""Checks of numeric.py."""

import math
from collections.abc import Callable

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


def draw_awkward(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Return numbers x for which x + eps - 2 eps + eps is not x again in float64, with eps = 1e-5."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(260, 500, size=shape)


def draw_bowl(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Callable[[np.ndarray], float], np.ndarray]:
    """Return a smooth function in which all entries meet, with a number as its value, and a factor that it uses."""
    factor = rng.uniform(0.5, 1.5, size=shape)

    def bowl(x: np.ndarray) -> float:
        return float(np.sum(factor * np.sin(x)) + 0.5 * np.sum(factor * x) ** 2)

    return bowl, factor


def bowl_gradient(x: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return the gradient of the function of `draw_bowl`, by calculus."""
    return np.asarray(factor * np.cos(x) + factor * np.sum(factor * x))


def sum_of_cubes(x: np.ndarray) -> float:
    """Return the sum of x^3."""
    return float(np.sum(x**3))


# numerical_derivative


@check(
    "numerical_derivative",
    hint="Take f(x) = x squared at 3 and a step of 0.1, and work out your formula by hand. How far from 6 are you?",
)
def test_slope_is_accurate(student: Student, rng: np.random.Generator) -> None:
    """The slopes of smooth functions are right, to the accuracy of each formula"""
    for f, slope in ((math.exp, math.exp), (math.sin, math.cos), (lambda x: x**4, lambda x: 4 * x**3)):
        x = float(rng.uniform(0.5, 1.2))
        assert_close(student.numerical_derivative(f, x), slope(x), name="the central slope", rtol=1e-8)
        forward = student.numerical_derivative(f, x, 1e-5, "forward")
        assert_close(forward, slope(x), name="the forward slope", rtol=1e-4)


@check(
    "numerical_derivative",
    hint="Let f print the points that it is asked for, and compare them with those in the formula.",
)
def test_points_are_those_of_the_formula(student: Student, rng: np.random.Generator) -> None:
    """f is asked for its values at the points of the formula, and at no others"""
    x, eps = float(rng.uniform(0.5, 1.5)), 1e-3
    for scheme, wanted in (("central", (x + eps, x - eps)), ("forward", (x + eps, x))):
        spy = Spy(math.exp)
        student.numerical_derivative(spy, x, eps, scheme)
        points = [float(point) for point in spy.points]
        for point in wanted:
            if not any(abs(point - other) < 1e-3 * eps for other in points):
                raise CheckFailure(
                    f"with the scheme {scheme}, x = {x:.6g} and eps = {eps:g}, f was not asked at {point:.6g}"
                )
        for point in points:
            if not any(abs(point - other) < 1e-3 * eps for other in (*wanted, x)):
                raise CheckFailure(
                    f"with the scheme {scheme}, x = {x:.6g} and eps = {eps:g}, f was asked at {point:.8g}; "
                    f"expected {' and '.join(f'{other:.6g}' for other in wanted)}"
                )


@check(
    "numerical_derivative",
    hint="On a parabola the centred formula is exact for any step, and the one-sided one is off by a known amount.",
)
def test_large_step_on_a_parabola(student: Student, rng: np.random.Generator) -> None:
    """With a step of 0.5 the slope of a parabola is exact, or off by what the one-sided formula gives"""
    a, b, x = rng.uniform(0.5, 2, size=3)

    def parabola(t: float) -> float:
        return float(a * t * t + b * t)

    central = student.numerical_derivative(parabola, float(x), 0.5)
    assert_close(central, 2 * a * x + b, name="the central slope")
    forward = student.numerical_derivative(parabola, float(x), 0.5, "forward")
    assert_close(forward, 2 * a * x + b + 0.5 * a, name="the forward slope")


@check(
    "numerical_derivative",
    group="edge",
    hint="In the precision or the kind of number that x comes in, x and x + 0.00001 can be the same. Look at its type.",
)
def test_integer_and_float32_points(student: Student) -> None:
    """A point that is an integer or a float32 gives the same slope as in float64"""
    for x in (2, np.int64(2), np.float32(1.7), np.float32(300.5)):
        expected = student.numerical_derivative(lambda t: float(t) ** 2, float(x))
        slope = student.numerical_derivative(lambda t: float(t) ** 2, x)
        assert_close(slope, expected, name=f"the slope of x^2 at {x!r}", rtol=1e-6)


@check("numerical_derivative", group="contract", hint="What does your function do with a scheme that it does not know?")
def test_unknown_scheme_is_refused(student: Student) -> None:
    """Another scheme than central and forward raises a ValueError"""
    assert_raises(ValueError, student.numerical_derivative, math.exp, 1.0, 1e-5, "backward", naming="scheme")


# eval_numerical_gradient


@check(
    "eval_numerical_gradient",
    hint="Try a 1 x 2 array and a function that you can differentiate by hand; which entry is off, and by how much?",
)
def test_gradient_for_any_number_of_axes(student: Student, rng: np.random.Generator) -> None:
    """The gradient is right for arrays with one, two and three axes"""
    for shape in ((5,), (3, 3), (4, 2), (2, 3, 2)):
        x = rng.normal(size=shape)
        bowl, factor = draw_bowl(rng, shape)
        assert_gradient(
            student.eval_numerical_gradient(bowl, x), bowl_gradient(x, factor), name="grad", against="calculus"
        )


@check(
    "eval_numerical_gradient",
    hint="Print the array inside f. How many entries differ from x in each call, and how many calls are there?",
)
def test_each_entry_moves_alone(student: Student, rng: np.random.Generator) -> None:
    """f is asked for two points per entry, each with that entry alone moved by eps"""
    x = rng.normal(size=(3, 2))
    spy = Spy(draw_bowl(rng, x.shape)[0])
    student.eval_numerical_gradient(spy, x)
    assert_each_entry_moved(spy, x, 1e-5)


@check(
    "eval_numerical_gradient",
    hint="For x^3 the centred difference is 3 x^2 + eps^2, whatever the step. Where does your result take eps from?",
)
def test_large_step_on_cubes(student: Student, rng: np.random.Generator) -> None:
    """With a step of 0.1 the gradient of x^3 comes out as 3 x^2 + eps^2"""
    x = rng.normal(size=(3, 2))
    assert_close(student.eval_numerical_gradient(sum_of_cubes, x, 0.1), 3 * x**2 + 0.1**2, name="grad")


@check(
    "eval_numerical_gradient",
    hint="Adding eps and taking it off again does not give the same number to the last bit. Keep the old value.",
)
def test_x_is_the_same_afterwards(student: Student, rng: np.random.Generator) -> None:
    """x is the same afterwards, to the last bit"""
    x = draw_awkward(rng, (4, 3))
    assert_unchanged(student.eval_numerical_gradient.call(lambda point: float(np.sum(np.sin(point))), x))


@check(
    "eval_numerical_gradient",
    group="edge",
    hint="x lies in memory column by column here, as X.T does. Does f see the entry that you have moved?",
)
def test_array_stored_by_columns(student: Student, rng: np.random.Generator) -> None:
    """The gradient is right for a transposed array, which lies in memory column by column"""
    x = np.asfortranarray(rng.normal(size=(3, 4)))
    bowl, factor = draw_bowl(rng, x.shape)
    assert_gradient(student.eval_numerical_gradient(bowl, x), bowl_gradient(x, factor), name="grad", against="calculus")


@check(
    "eval_numerical_gradient",
    group="edge",
    hint="What is left of 3 + 0.00001 in an array of integers? Look at the dtype of the array that you change.",
)
def test_array_of_integers(student: Student, rng: np.random.Generator) -> None:
    """The gradient is right for an array of integers"""
    x = rng.permutation([-2, -1, 0, 0, 1, 2]).reshape(2, 3)  # a small sum, beside which no error looks small
    bowl, factor = draw_bowl(rng, x.shape)
    assert_gradient(student.eval_numerical_gradient(bowl, x), bowl_gradient(x, factor), name="grad", against="calculus")


@check(
    "eval_numerical_gradient",
    group="edge",
    hint="Near 1 the next float32 number is 1e-7 away. What is left of a step of 0.00001? Print a dtype.",
)
def test_array_in_float32(student: Student, rng: np.random.Generator) -> None:
    """The gradient at an array in float32 is as accurate as in float64"""
    x = rng.normal(size=(2, 3)).astype(np.float32)
    bowl, factor = draw_bowl(rng, x.shape)
    expected = bowl_gradient(x.astype(np.float64), factor)
    assert_gradient(student.eval_numerical_gradient(bowl, x), expected, name="grad", against="calculus")


@check(
    "eval_numerical_gradient",
    group="advice",
    hint="Where f can fail, put the entry back in a finally block, or work on a copy.",
)
def test_x_is_put_back_when_f_fails(student: Student, rng: np.random.Generator) -> None:
    """x is the same afterwards, also when f raises an exception on the way"""
    x = rng.normal(size=(2, 2))
    spy = Spy(sum_of_cubes)

    def failing(point: np.ndarray) -> float:
        if spy.count == 2:
            raise FloatingPointError("f fails at its third point")
        return float(spy(point))

    assert_raises(FloatingPointError, student.eval_numerical_gradient, failing, x, naming="what f raised")
    assert_unchanged(student.calls[-1])


# eval_numerical_gradient_array


@check(
    "eval_numerical_gradient_array",
    hint="The scalar is sum(f(x) * df). Take one entry of x and one of df that is not zero, and follow both by hand.",
)
def test_gradient_of_a_layer(student: Student, rng: np.random.Generator) -> None:
    """The gradient of a layer is right for square and other shapes, also with a large step"""
    for rows, columns, outputs in ((3, 3, 3), (2, 3, 4)):
        W = rng.normal(size=(columns, outputs))
        x, df = rng.normal(size=(rows, columns)), rng.normal(size=(rows, outputs))
        expected = (df * (1 - np.tanh(x @ W) ** 2)) @ W.T
        grad = student.eval_numerical_gradient_array(lambda point, W=W: np.tanh(point @ W), x, df)
        assert_gradient(grad, expected, name="grad", against="calculus")
    grad = student.eval_numerical_gradient_array(lambda point: point**3, x, x, 0.1)
    assert_close(grad, x * (3 * x**2 + 0.1**2), name="grad of x^3 with eps = 0.1")


@check(
    "eval_numerical_gradient_array",
    group="edge",
    hint="Both results are one and the same array here. What does the first one hold after the second call of f?",
)
def test_layer_that_reuses_its_output(student: Student, rng: np.random.Generator) -> None:
    """The gradient is right for a layer that writes every output into the same array"""
    x, df = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    buffer = np.empty((2, 3))

    def layer(point: np.ndarray) -> np.ndarray:
        np.sin(point, out=buffer)
        return buffer

    assert_gradient(
        student.eval_numerical_gradient_array(layer, x, df), df * np.cos(x), name="grad", against="calculus"
    )


@check(
    "eval_numerical_gradient_array",
    group="advice",
    hint="Near 1 the next float32 number is 1e-7 away. What is left of a step of 0.00001? Print a dtype.",
)
def test_layer_in_float32(student: Student, rng: np.random.Generator) -> None:
    """The gradient of a layer at an array in float32 is as accurate as in float64"""
    x, df = rng.normal(size=(2, 3)).astype(np.float32), rng.normal(size=(2, 3))
    grad = student.eval_numerical_gradient_array(np.sin, x, df)
    assert_gradient(grad, df * np.cos(x.astype(np.float64)), name="grad", against="calculus")


@check(
    "eval_numerical_gradient_array",
    group="contract",
    hint="Adding eps and taking it off again does not give the same number to the last bit. Keep the old value.",
)
def test_x_and_df_are_the_same_afterwards(student: Student, rng: np.random.Generator) -> None:
    """x and df are the same afterwards, to the last bit"""
    x, df = draw_awkward(rng, (3, 3)), rng.normal(size=(3, 3))
    assert_unchanged(student.eval_numerical_gradient_array.call(np.sin, x, df))


# kink_mask


@check(
    "kink_mask",
    hint="Take |x| at 0 and -|x| at 0: write down the slope to the right and the slope to the left of both.",
)
def test_kinks_are_found(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Kinks that bend up or down are found, and only those closer than the step"""
    up, x = rng.choice([-1.0, 1.0], size=(3, 4)), rng.choice([-1.0, 1.0], size=(3, 4)) * rng.uniform(1, 2, size=(3, 4))
    up[0, :2], up[1, :2] = 1.0, -1.0
    x[:2, :2] = [[0.0, 3e-4], [0.0, -3e-4]]

    def folded(point: np.ndarray) -> float:
        return float(np.sum(up * np.abs(point)) + np.maximum(point[2, 2] + point[2, 3] - x[2, 2] - x[2, 3], 0.0))

    for eps in (1e-5, 1e-3):
        expected = reference.kink_mask(folded, x, eps)
        assert_equal(student.kink_mask(folded, x, eps), expected, name=f"the mask with eps = {eps:g}")


@check(
    "kink_mask",
    hint="A steep parabola has slopes of thousands, which also differ a little. What does the formula measure them by?",
)
def test_steep_and_curved_is_no_kink(student: Student, rng: np.random.Generator) -> None:
    """A smooth function has no kinks, however steep it is"""
    x = rng.uniform(0.5, 1.5, size=(2, 3))
    mask = student.kink_mask(lambda point: float(1e4 * np.sum(point**2)), x)
    assert_equal(mask, np.zeros((2, 3), dtype=bool), name="the mask of a steep parabola")
    mask = student.kink_mask(lambda point: float(np.sum(point**2)), np.zeros((2, 3)))
    assert_equal(mask, np.zeros((2, 3), dtype=bool), name="the mask at the bottom of a parabola")
    # The slopes are 3 and -3: the jump is 6, the sum of their sizes 6, the larger 3, the size of their sum 0.
    for tol in (8.0, 2.5, 1.5):
        mask = student.kink_mask(lambda point: float(3 * np.sum(np.abs(point - x))), x, 1e-4, tol)
        assert_equal(mask, np.zeros((2, 3), dtype=bool), name=f"the mask with tol = {tol}")


@check(
    "kink_mask", group="contract", hint="Keep the old value of the entry, and put it back when you are done with it."
)
def test_x_is_the_same_after_the_search(student: Student, rng: np.random.Generator) -> None:
    """x is the same afterwards, to the last bit"""
    x = draw_awkward(rng, (3, 3))
    assert_unchanged(student.kink_mask.call(lambda point: float(np.sum(np.abs(point))), x))


# convergence_order


def draw_curve(rng: np.random.Generator) -> tuple[Callable[[float], float], Callable[[float], float], float]:
    """Return a smooth function, its derivative and a point at which both errors fall smoothly with the step."""
    rate, shift = rng.uniform(0.8, 1.2), rng.uniform(0.5, 1.0)
    return (
        lambda t: 5 * math.exp(rate * t) + shift * t,
        lambda t: 5 * rate * math.exp(rate * t) + shift,
        float(rng.uniform(0.2, 0.8)),
    )


EPSILONS = [10.0**-k for k in (1.0, 1.5, 2.0, 2.5)]


@check(
    "convergence_order",
    hint="Divide the error at a step of 0.1 by the error at 0.01. Which power of 10 is it, and which do you return?",
)
def test_order_of_the_centred_formula(student: Student, rng: np.random.Generator) -> None:
    """The error of the centred formula shrinks with the square of the step: order 2"""
    f, dfdx, x = draw_curve(rng)
    for epsilons in (EPSILONS, EPSILONS[::-1]):
        order = student.convergence_order(f, dfdx, x, epsilons, "central")
        assert_close(order, 2.0, name="the order", rtol=0.0, atol=0.05)


@check("convergence_order", hint="Which formula do you measure the slope with when the scheme is forward?")
def test_order_of_the_one_sided_formula(student: Student, rng: np.random.Generator) -> None:
    """The error of the one-sided formula shrinks with the step itself: order 1"""
    f, dfdx, x = draw_curve(rng)
    order = student.convergence_order(f, dfdx, x, EPSILONS, "forward")
    assert_close(order, 1.0, name="the order", rtol=0.0, atol=0.05)


@check(
    "convergence_order",
    hint="Some errors are negative, and some fall faster than those of other functions. What do you measure, what not?",
)
def test_order_is_measured(student: Student, rng: np.random.Generator) -> None:
    """The order is measured: 4 for t^5 at 0, whatever the sign of its errors"""
    for factor in (1.0, -1.0) * rng.uniform(0.5, 2.0, size=2):
        f, dfdx = (lambda t, a=factor: a * t**5), (lambda t, a=factor: 5 * a * t**4)
        order = student.convergence_order(f, dfdx, 0.0, [0.1, 0.2, 0.7, 1.0], "central")
        assert_close(order, 4.0, name=f"the order for {factor:.3g} t^5 at 0", rtol=1e-6)
