"""Known mistakes in numeric.py."""

from collections.abc import Callable

import numpy as np

from grader.checks import misconception

Array = np.ndarray
Complex = Callable[[Array], complex]
Real = Callable[[Array], float]


def _point(x: Array, index: tuple[int, ...], h: float) -> Array:
    point = np.asarray(x, dtype=np.float64).astype(np.complex128)
    point[index] += 1j * h
    return point


def _gradient(f: Complex, x: Array, h: float, *, factor: float = 1.0) -> Array:
    """Return the right gradient, times a factor."""
    grad = np.zeros(np.shape(x))
    for index in np.ndindex(grad.shape):
        grad[index] = factor * np.imag(f(_point(x, index, h))) / h
    return grad


@misconception(
    "complex_step.central_difference",
    hint="You subtract two values of f. What is the point of a step in the imaginary direction?",
    caught_by=("test_gradient_to_the_last_digit", "test_points_are_one_imaginary_step_away"),
)
def central_difference(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Takes a central difference, whatever h is."""
    x = np.asarray(x, dtype=np.float64)
    grad, step = np.zeros(x.shape), 1e-5
    for index in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[index] += step
        behind[index] -= step
        grad[index] = np.real(f(ahead) - f(behind)) / (2 * step)
    return grad


@misconception(
    "complex_step.real_part",
    hint="Square 3 + ih by hand. Which part of the result holds the slope?",
    caught_by=("test_gradient_to_the_last_digit", "test_large_step_on_a_cubic"),
)
def real_part(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Takes the real part."""
    grad = np.zeros(np.shape(x))
    for index in np.ndindex(grad.shape):
        grad[index] = np.real(f(_point(x, index, h))) / h
    return grad


@misconception(
    "complex_step.not_divided",
    hint="The imaginary part is the slope times h. How large is that with h = 1e-20?",
    caught_by=("test_gradient_to_the_last_digit",),
)
def not_divided(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Forgets to divide by h."""
    return _gradient(f, x, h, factor=h)


@misconception(
    "complex_step.divided_by_two",
    hint="A central difference covers 2h. How far does this one step go?",
    caught_by=("test_gradient_to_the_last_digit", "test_large_step_on_a_cubic"),
)
def divided_by_two(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Divides by 2h."""
    return _gradient(f, x, h, factor=0.5)


@misconception(
    "complex_step.conjugate",
    hint="Your gradient has the other sign. Which way do you go, and which way do you read the imaginary part?",
    caught_by=("test_gradient_to_the_last_digit",),
)
def conjugate(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Steps to x - ih."""
    grad = np.zeros(np.shape(x))
    for index in np.ndindex(grad.shape):
        grad[index] = np.imag(f(_point(x, index, -h))) / h
    return grad


@misconception(
    "complex_step.size",
    hint="A slope can be negative. Can yours?",
    caught_by=("test_gradient_to_the_last_digit",),
)
def size(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Takes the absolute value of the imaginary part."""
    return np.abs(_gradient(f, x, h))


@misconception(
    "complex_step.all_at_once",
    hint="All entries move in your step. Whose slope do you read then?",
    caught_by=("test_gradient_to_the_last_digit", "test_points_are_one_imaginary_step_away"),
)
def all_at_once(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Moves every entry in one call."""
    x = np.asarray(x, dtype=np.float64)
    return np.full(x.shape, np.imag(f(x + 1j * h)) / h)


@misconception(
    "complex_step.not_put_back",
    hint="After the first entry, is the first entry where it was?",
    caught_by=("test_gradient_to_the_last_digit", "test_points_are_one_imaginary_step_away"),
)
def not_put_back(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Leaves the steps of the entries before."""
    grad, point = np.zeros(np.shape(x)), np.asarray(x, dtype=np.complex128).copy()
    for index in np.ndindex(grad.shape):
        point[index] += 1j * h
        grad[index] = np.imag(f(point)) / h
    return grad


@misconception(
    "complex_step.h_ignored",
    hint="Look at the imaginary part that f gets. Is it the h of the caller?",
    caught_by=("test_points_are_one_imaginary_step_away", "test_large_step_on_a_cubic"),
)
def h_ignored(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Uses 1e-20, whatever h is."""
    return _gradient(f, x, 1e-20)


@misconception(
    "complex_step.value_subtracted",
    hint="f is called once more for every entry. Is its value at x needed, when only an imaginary part is read?",
    caught_by=("test_points_are_one_imaginary_step_away",),
)
def value_subtracted(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Subtracts f(x) each time, which has no imaginary part."""
    grad = np.zeros(np.shape(x))
    for index in np.ndindex(grad.shape):
        grad[index] = np.imag(f(_point(x, index, h)) - f(np.asarray(x, dtype=np.complex128))) / h
    return grad


@misconception(
    "complex_step.two_sided",
    hint="How many calls does one entry need, when nothing is subtracted?",
    caught_by=("test_points_are_one_imaginary_step_away",),
)
def two_sided(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Steps to both sides, which tells nothing new and costs twice as much."""
    grad = np.zeros(np.shape(x))
    for index in np.ndindex(grad.shape):
        grad[index] = np.imag(f(_point(x, index, h)) - f(_point(x, index, -h))) / (2 * h)
    return grad


@misconception(
    "complex_step.flat",
    hint="The gradient has the shape of x. Which shape has yours?",
    caught_by=("test_gradient_to_the_last_digit",),
)
def flat(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Returns a vector."""
    return _gradient(f, x, h).ravel()


@misconception(
    "complex_step.dtype_of_x",
    hint="An array like x holds integers when x does. Which numbers does your gradient need room for?",
    caught_by=("test_integer_and_float32_points",),
)
def dtype_of_x(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Makes the gradient with zeros_like(x), so that it is cut to x's dtype."""
    return _gradient(f, x, h).astype(x.dtype)


@misconception(
    "complex_step.complex64",
    hint="float32 has no room for 13 digits. Which complex type do you compute in?",
    caught_by=("test_integer_and_float32_points",),
)
def complex64(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Computes in complex64 where x is float32."""
    if x.dtype != np.float32:
        return _gradient(f, x, h)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        grad[index] = np.imag(f(_point(x, index, h).astype(np.complex64))) / h
    return grad


@misconception(
    "complex_step.moves_x",
    hint="Compare x before and after the call. What did your loop leave in it?",
    caught_by=("test_point_is_left_alone",),
)
def moves_x(f: Complex, x: Array, h: float = 1e-20) -> Array:
    """Rounds x itself, to 'clean' it."""
    grad = _gradient(f, x, h)
    x[...] = np.round(x, 6)
    return grad


def _direction(theta: Array, rng: np.random.Generator) -> Array:
    v = rng.normal(size=theta.shape)
    return v / np.linalg.norm(v)


def _slope(f: Real, theta: Array, v: Array, h: float) -> float:
    return (f(theta + h * v) - f(theta - h * v)) / (2 * h)


def _difference(a: Array, b: Array) -> float:
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size else 0.0


def _require(n_dirs: int) -> None:
    if n_dirs < 1:
        raise ValueError(f"n_dirs must be at least 1, got {n_dirs}")


def _compare(f: Real, grad: Array, theta: Array, directions: list[Array], h: float, *, numeric: float = 1.0) -> float:
    """Return the difference in some directions, the measured side times a factor."""
    a = np.array([np.sum(grad * v) for v in directions])
    b = np.array([numeric * _slope(f, theta, v, h) for v in directions])
    return _difference(a, b)


@misconception(
    "directional_check.one_sided",
    hint="Your slope starts at theta itself. How large is the error of a one-sided difference?",
    caught_by=("test_right_and_planted_gradients", "test_points_lie_in_random_directions"),
)
def one_sided(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Takes a step forward only."""
    _require(n_dirs)
    directions = [_direction(theta, rng) for _ in range(n_dirs)]
    base = f(theta)
    a = np.array([np.sum(grad * v) for v in directions])
    b = np.array([(f(theta + h * v) - base) / h for v in directions])
    return _difference(a, b)


@misconception(
    "directional_check.not_halved",
    hint="A right gradient looks half as large as the measured one. How far apart are the two points?",
    caught_by=("test_right_and_planted_gradients", "test_known_differences"),
)
def not_halved(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Divides by h instead of 2h."""
    _require(n_dirs)
    return _compare(f, grad, theta, [_direction(theta, rng) for _ in range(n_dirs)], h, numeric=2.0)


@misconception(
    "directional_check.not_normalized",
    hint="How long is a vector of 60 standard normal numbers, and how far from theta are your points?",
    caught_by=("test_points_lie_in_random_directions",),
)
def not_normalized(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Does not divide the directions by their length."""
    _require(n_dirs)
    return _compare(f, grad, theta, [rng.normal(size=theta.shape) for _ in range(n_dirs)], h)


@misconception(
    "directional_check.positive_directions",
    hint="All entries of theta move up together. Which errors would cancel so that you do not see them?",
    caught_by=("test_points_lie_in_random_directions",),
)
def positive_directions(
    f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5
) -> float:
    """Draws the directions between 0 and 1."""
    _require(n_dirs)
    draws = [rng.random(theta.shape) for _ in range(n_dirs)]
    return _compare(f, grad, theta, [v / np.linalg.norm(v) for v in draws], h)


@misconception(
    "directional_check.one_entry",
    hint="Each of your directions moves one entry. How many of 60 entries do 20 directions look at?",
    caught_by=("test_points_lie_in_random_directions",),
)
def one_entry(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Moves one entry after the other, as far as the directions go."""
    _require(n_dirs)
    directions = [np.zeros(theta.shape) for _ in range(n_dirs)]
    for k, v in enumerate(directions):
        v.flat[k % theta.size] = rng.choice([-1.0, 1.0])
    return _compare(f, grad, theta, directions, h)


@misconception(
    "directional_check.same_direction",
    hint="Print the directions. How many different ones are there?",
    caught_by=("test_points_lie_in_random_directions",),
)
def same_direction(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Draws one direction before the loop."""
    _require(n_dirs)
    return _compare(f, grad, theta, [_direction(theta, rng)] * n_dirs, h)


@misconception(
    "directional_check.along_the_gradient",
    hint="Along the gradient an error across it cannot be seen. Which directions should you try?",
    caught_by=("test_points_lie_in_random_directions",),
)
def along_the_gradient(
    f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5
) -> float:
    """Takes the direction of the gradient itself."""
    _require(n_dirs)
    rng.normal(size=n_dirs)
    length = np.linalg.norm(grad)
    v = grad / length if length else np.full(theta.shape, theta.size**-0.5)
    return _compare(f, grad, theta, [v] * n_dirs, h)


@misconception(
    "directional_check.absolute",
    hint="Make the function a million times smaller. Should the verdict change?",
    caught_by=("test_known_differences",),
)
def absolute(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Returns the largest difference, not divided by any size."""
    _require(n_dirs)
    directions = [_direction(theta, rng) for _ in range(n_dirs)]
    return float(max(abs(np.sum(grad * v) - _slope(f, theta, v, h)) for v in directions))


@misconception(
    "directional_check.sum_of_sizes_missing",
    hint="For the opposite gradient the difference should be 1. What is it for you?",
    caught_by=("test_known_differences",),
)
def divided_by_one_side(
    f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5
) -> float:
    """Divides by the measured side only."""
    _require(n_dirs)
    directions = [_direction(theta, rng) for _ in range(n_dirs)]
    a = np.array([np.sum(grad * v) for v in directions])
    b = np.array([_slope(f, theta, v, h) for v in directions])
    size = np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size else 0.0


@misconception(
    "directional_check.sizes_compared",
    hint="A gradient with the opposite sign passes your check. What do you take the absolute value of?",
    caught_by=("test_known_differences",),
)
def sizes_compared(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Compares absolute values."""
    _require(n_dirs)
    directions = [_direction(theta, rng) for _ in range(n_dirs)]
    a = np.array([abs(np.sum(grad * v)) for v in directions])
    b = np.array([abs(_slope(f, theta, v, h)) for v in directions])
    return _difference(a, b)


@misconception(
    "directional_check.norm_of_sum",
    hint="You divide by the size of a + b. Of opposite gradients that is zero; which sizes should be added?",
    caught_by=("test_known_differences",),
)
def norm_of_sum(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Divides by the norm of the sum."""
    _require(n_dirs)
    directions = [_direction(theta, rng) for _ in range(n_dirs)]
    a = np.array([np.sum(grad * v) for v in directions])
    b = np.array([_slope(f, theta, v, h) for v in directions])
    size = np.linalg.norm(a + b)
    return float(np.linalg.norm(a - b) / size) if size else 0.0


@misconception(
    "directional_check.every_entry",
    hint="Count the calls of f. How many should 12 directions need, however long theta is?",
    caught_by=("test_points_lie_in_random_directions",),
)
def every_entry(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Measures every entry, and projects afterwards."""
    _require(n_dirs)
    measured = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        v = np.zeros(theta.shape)
        v[index] = 1.0
        measured[index] = _slope(f, theta, v, h)
    directions = [_direction(theta, rng) for _ in range(n_dirs)]
    return _difference(*(np.array([np.sum(side * v) for v in directions]) for side in (grad, measured)))


@misconception(
    "directional_check.h_ignored",
    hint="How far from theta are your points when the caller asks for h = 0.001?",
    caught_by=("test_points_lie_in_random_directions",),
)
def directional_h_ignored(
    f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5
) -> float:
    """Uses 1e-5, whatever h is."""
    _require(n_dirs)
    return _compare(f, grad, theta, [_direction(theta, rng) for _ in range(n_dirs)], 1e-5)


@misconception(
    "directional_check.zero_over_zero",
    hint="A constant function with the gradient 0 is right. What is your denominator there?",
    caught_by=("test_nothing_to_compare",),
)
def zero_over_zero(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Divides 0 by 0."""
    _require(n_dirs)
    directions = [_direction(theta, rng) for _ in range(n_dirs)]
    a = np.array([np.sum(grad * v) for v in directions])
    b = np.array([_slope(f, theta, v, h) for v in directions])
    with np.errstate(invalid="ignore"):
        return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


@misconception(
    "directional_check.unchecked",
    hint="With no direction at all, what has been checked?",
    caught_by=("test_contract",),
)
def unchecked(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Takes n_dirs = 0, and finds everything right."""
    return _compare(f, grad, theta, [_direction(theta, rng) for _ in range(n_dirs)], h)


@misconception(
    "directional_check.generator_unused",
    hint="The same generator state should give the same directions. Which generator do you draw from?",
    caught_by=("test_contract",),
)
def directional_generator_unused(
    f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5
) -> float:
    """Draws from a generator of its own, with a fixed seed."""
    _require(n_dirs)
    own = np.random.default_rng(0)
    return _compare(f, grad, theta, [_direction(theta, own) for _ in range(n_dirs)], h)


@misconception(
    "directional_check.moves_theta",
    hint="Compare theta before and after the call. Does going there and back end where it began, to the last bit?",
    caught_by=("test_contract",),
)
def moves_theta(f: Real, grad: Array, theta: Array, n_dirs: int, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Steps with theta itself, there and back."""
    _require(n_dirs)
    a, b = [], []
    for _ in range(n_dirs):
        v = _direction(theta, rng)
        theta += h * v
        ahead = f(theta)
        theta -= 2 * h * v
        b.append((ahead - f(theta)) / (2 * h))
        a.append(np.sum(grad * v))
        theta += h * v
    return _difference(np.array(a), np.array(b))
