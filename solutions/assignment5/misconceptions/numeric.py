"""Mistakes that students make when they measure slopes."""

import numpy as np
from numeric import eval_numerical_gradient, eval_numerical_gradient_array, kink_mask, numerical_derivative

from grader.checks import misconception

# numerical_derivative


def _require_scheme(scheme):
    if scheme not in ("central", "forward"):
        raise ValueError(f"scheme must be 'central' or 'forward', got {scheme!r}")


@misconception(
    "numerical_derivative.forward_always",
    hint="A one-sided difference has an error proportional to eps; the centred one to eps squared.",
    caught_by=("test_slope_is_accurate", "test_points_are_those_of_the_formula", "test_large_step_on_a_parabola"),
)
def forward_always(f, x, eps=1e-5, scheme="central"):
    """Uses the one-sided formula for both schemes."""
    _require_scheme(scheme)
    return numerical_derivative(f, x, eps, "forward")


@misconception(
    "numerical_derivative.central_always",
    hint="Your function gives the same number for both schemes. Where does it look at scheme?",
    caught_by=("test_points_are_those_of_the_formula", "test_large_step_on_a_parabola"),
)
def central_always(f, x, eps=1e-5, scheme="central"):
    """Uses the centred formula for both schemes."""
    _require_scheme(scheme)
    return numerical_derivative(f, x, eps)


@misconception(
    "numerical_derivative.sign",
    hint="A growing function gives you a negative slope.",
    caught_by=("test_slope_is_accurate", "test_large_step_on_a_parabola"),
)
def sign(f, x, eps=1e-5, scheme="central"):
    """Subtracts the other way round."""
    return -numerical_derivative(f, x, eps, scheme)


@misconception(
    "numerical_derivative.float32",
    hint="x = 3 + 1e-5 is still 3 in low precision. Convert x before adding the step.",
    caught_by=("test_integer_and_float32_points",),
)
def float32(f, x, eps=1e-5, scheme="central"):
    """Adds the step in the precision of x."""
    if isinstance(x, np.float32):
        above, below = x + np.float32(eps), x - np.float32(eps) if scheme == "central" else x
        return float((f(above) - f(below)) / ((2 if scheme == "central" else 1) * eps))
    return numerical_derivative(f, x, eps, scheme)


@misconception(
    "numerical_derivative.whole_numbers",
    hint="The step disappears when it is added to a whole number. In which kind of number do you add it?",
    caught_by=("test_integer_and_float32_points",),
)
def whole_numbers(f, x, eps=1e-5, scheme="central"):
    """Puts x into an array of its own dtype before it adds the step."""
    if np.asarray(x).dtype.kind == "i":
        _require_scheme(scheme)
        points = np.array([x, x])
        points[0] += int(eps)
        return float((f(points[0]) - f(points[1])) / (2 * eps))
    return numerical_derivative(f, x, eps, scheme)


@misconception(
    "numerical_derivative.tiny_eps",
    hint="For very small steps f(x+eps) and f(x-eps) agree in almost all digits, and the difference is noise.",
    caught_by=("test_slope_is_accurate", "test_points_are_those_of_the_formula"),
)
def tiny_eps(f, x, eps=1e-5, scheme="central"):
    """Replaces the step by 1e-13: the smaller the better."""
    del eps
    return numerical_derivative(f, x, 1e-13, scheme)


@misconception(
    "numerical_derivative.divided_by_eps",
    hint="How far are x + eps and x - eps apart?",
    caught_by=("test_slope_is_accurate", "test_large_step_on_a_parabola"),
)
def divided_by_eps(f, x, eps=1e-5, scheme="central"):
    """Divides the centred difference by eps."""
    return (2 if scheme == "central" else 1) * numerical_derivative(f, x, eps, scheme)


@misconception(
    "numerical_derivative.forward_over_two",
    hint="Your centred formula is right. In the one-sided one the two points are only eps apart.",
    caught_by=("test_slope_is_accurate", "test_large_step_on_a_parabola"),
)
def forward_over_two(f, x, eps=1e-5, scheme="central"):
    """Divides the one-sided difference by 2 eps, too."""
    return (1 if scheme == "central" else 0.5) * numerical_derivative(f, x, eps, scheme)


@misconception(
    "numerical_derivative.not_divided",
    hint="For the centred scheme you return by how much f changes. A slope is the change per unit of x.",
    caught_by=("test_slope_is_accurate",),
)
def not_divided(f, x, eps=1e-5, scheme="central"):
    """Returns the difference of the values where the centred formula divides it."""
    return numerical_derivative(f, x, eps, scheme) * (2 * eps if scheme == "central" else 1)


@misconception(
    "numerical_derivative.precedence",
    hint="Read your division once more: what does Python do first in a / b * c?",
    caught_by=("test_slope_is_accurate", "test_large_step_on_a_parabola"),
)
def precedence(f, x, eps=1e-5, scheme="central"):
    """Writes / 2 * eps, which multiplies by eps."""
    _require_scheme(scheme)
    if scheme == "forward":
        return numerical_derivative(f, x, eps, "forward")
    return float((f(x + eps) - f(x - eps)) / 2 * eps)


@misconception(
    "numerical_derivative.default_step_below",
    hint="Try a step of 0.5: you move by it, but do you also divide by it?",
    caught_by=("test_large_step_on_a_parabola",),
)
def default_step_below(f, x, eps=1e-5, scheme="central"):
    """Divides by the default step, whatever eps is."""
    return numerical_derivative(f, x, eps, scheme) * eps / 1e-5


@misconception(
    "numerical_derivative.half_step",
    hint="Your two points are eps apart. In the centred formula each of them is eps away from x.",
    caught_by=("test_points_are_those_of_the_formula",),
)
def half_step(f, x, eps=1e-5, scheme="central"):
    """Goes half a step to each side."""
    return numerical_derivative(f, x, eps / 2 if scheme == "central" else eps, scheme)


@misconception(
    "numerical_derivative.backward",
    hint="Your one-sided formula looks back, to x - eps. Which point does the forward formula use?",
    caught_by=("test_points_are_those_of_the_formula", "test_large_step_on_a_parabola"),
)
def backward(f, x, eps=1e-5, scheme="central"):
    """Uses x and x - eps for the scheme forward."""
    if scheme == "forward":
        return float((f(x) - f(x - eps)) / eps)
    return numerical_derivative(f, x, eps, scheme)


@misconception(
    "numerical_derivative.any_scheme",
    hint="An unknown scheme falls through to one of the two formulas, and nobody hears of the typing error.",
    caught_by=("test_unknown_scheme_is_refused",),
)
def any_scheme(f, x, eps=1e-5, scheme="central"):
    """Takes any other word for forward."""
    return numerical_derivative(f, x, eps, "central" if scheme == "central" else "forward")


# eval_numerical_gradient


def _measured(f, point, eps, step):
    """Return the centred differences of f; `step(point, index, by)` moves an entry."""
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        step(point, index, eps)
        above = f(point)
        point[index] = original
        step(point, index, -eps)
        below = f(point)
        point[index] = original
        grad[index] = (above - below) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient.row_at_once",
    hint="In a matrix x[i] is a row. Each evaluation must move a single number.",
    caught_by=("test_gradient_for_any_number_of_axes", "test_each_entry_moves_alone"),
)
def row_at_once(f, x, eps=1e-5):
    """Loops over len(x) and moves a whole row."""
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for i in range(len(point)):
        original = point[i].copy()
        point[i] = original + eps
        above = f(point)
        point[i] = original - eps
        below = f(point)
        point[i] = original
        grad[i] = (above - below) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient.all_at_once",
    hint="You move all entries together and get one number. How many numbers does a gradient have?",
    caught_by=("test_gradient_for_any_number_of_axes", "test_each_entry_moves_alone"),
)
def all_at_once(f, x, eps=1e-5):
    """Moves the whole array and fills the gradient with the one slope."""
    point = np.array(x, dtype=np.float64)
    return np.full(point.shape, (f(point + eps) - f(point - eps)) / (2 * eps))


@misconception(
    "eval_numerical_gradient.ravel_copy",
    hint="ravel() sometimes returns a copy, and then f never sees your change. Index x itself.",
    caught_by=("test_array_stored_by_columns",),
)
def ravel_copy(f, x, eps=1e-5):
    """Moves entries of x.ravel(), which is a copy where x lies in memory by columns."""
    point = np.array(x, dtype=np.float64)
    flat = point.ravel()
    grad = np.zeros(flat.shape)
    for i in range(flat.size):
        original = flat[i]
        flat[i] = original + eps
        above = f(point)
        flat[i] = original - eps
        below = f(point)
        flat[i] = original
        grad[i] = (above - below) / (2 * eps)
    return grad.reshape(point.shape)


@misconception(
    "eval_numerical_gradient.memory_order",
    hint="For a transposed array your numbers are right but stand in other places. In which order do you go through x, "
    "and fill the gradient?",
    caught_by=("test_array_stored_by_columns",),
)
def memory_order(f, x, eps=1e-5):
    """Lists the entries in the order of the memory and reshapes row by row."""
    grad = eval_numerical_gradient(f, x, eps)
    return grad.ravel(order="F" if np.isfortran(x) else "C").reshape(grad.shape)


@misconception(
    "eval_numerical_gradient.int_truncation",
    hint="Adding 1e-5 to an integer array changes nothing. Work in float64.",
    caught_by=("test_array_of_integers",),
)
def int_truncation(f, x, eps=1e-5):
    """Moves entries of a copy with the dtype of x: in integers the step is rounded away."""

    def step(point, index, by):
        point[index] = point[index] + by

    return _measured(f, np.array(x), eps, step)


@misconception(
    "eval_numerical_gradient.int_result",
    hint="Your gradient is made with the dtype of x. What is left of a slope of 0.7 in an array of integers?",
    caught_by=("test_array_of_integers",),
)
def int_result(f, x, eps=1e-5):
    """Collects the gradient in zeros_like(x)."""
    return eval_numerical_gradient(f, x, eps).astype(x.dtype)


@misconception(
    "eval_numerical_gradient.forward",
    hint="With eps = 0.1 your error is about 0.1 times the curvature. Which formula has an error of eps squared?",
    caught_by=("test_gradient_for_any_number_of_axes", "test_each_entry_moves_alone", "test_large_step_on_cubes"),
)
def forward(f, x, eps=1e-5):
    """One-sided differences."""
    point = np.array(x, dtype=np.float64)
    here = f(point)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        grad[index] = (f(point) - here) / eps
        point[index] = original
    return grad


@misconception(
    "eval_numerical_gradient.divided_by_eps",
    hint="The two points are 2 eps apart.",
    caught_by=("test_gradient_for_any_number_of_axes", "test_large_step_on_cubes"),
)
def gradient_divided_by_eps(f, x, eps=1e-5):
    """Divides by eps."""
    return 2 * eval_numerical_gradient(f, x, eps)


@misconception(
    "eval_numerical_gradient.sign",
    hint="Where f grows, your gradient is negative.",
    caught_by=("test_gradient_for_any_number_of_axes", "test_large_step_on_cubes"),
)
def gradient_sign(f, x, eps=1e-5):
    """Subtracts the other way round."""
    return -eval_numerical_gradient(f, x, eps)


@misconception(
    "eval_numerical_gradient.eps_ignored",
    hint="Your result does not depend on eps. Where do you take the step from?",
    caught_by=("test_large_step_on_cubes",),
)
def eps_ignored(f, x, eps=1e-5):
    """Uses 1e-5 whatever eps is."""
    del eps
    return eval_numerical_gradient(f, x)


@misconception(
    "eval_numerical_gradient.cs231n",
    hint="In CS231n's version the third argument is verbose and the step is the fourth. Here eps is the third, and x "
    "may hold integers.",
    caught_by=("test_large_step_on_cubes", "test_array_of_integers"),
)
def cs231n(f, x, verbose=False, h=1e-5):
    """Has the signature of CS231n, works on the caller's array and in its dtype."""
    del verbose
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        above = f(x)
        x[index] = original - h
        below = f(x)
        x[index] = original
        grad[index] = (above - below) / (2 * h)
    return grad


@misconception(
    "eval_numerical_gradient.half_step",
    hint="Your two points are eps apart. In the centred formula each of them is eps away from x.",
    caught_by=("test_each_entry_moves_alone", "test_large_step_on_cubes"),
)
def gradient_half_step(f, x, eps=1e-5):
    """Goes half a step to each side."""
    return eval_numerical_gradient(f, x, eps / 2)


@misconception(
    "eval_numerical_gradient.relative_step",
    hint="Your step grows with the entry. That is done, too; here every entry moves by eps itself.",
    caught_by=("test_each_entry_moves_alone", "test_large_step_on_cubes"),
)
def relative_step(f, x, eps=1e-5):
    """Moves each entry by eps times 1 plus its size."""
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        old, step = point[index], eps * (1.0 + abs(point[index]))
        values = []
        for place in (old + step, old - step):
            point[index] = place
            values.append(f(point))
        point[index] = old
        grad[index] = (values[0] - values[1]) / (2 * step)
    return grad


@misconception(
    "eval_numerical_gradient.float32_kept",
    hint="Your points are float32 where x is. Convert x before you add the step.",
    caught_by=("test_array_in_float32",),
)
def float32_kept(f, x, eps=1e-5):
    """Moves the entries in the precision of x."""
    if x.dtype != np.float32:
        return eval_numerical_gradient(f, x, eps)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[index] += eps
        minus[index] -= eps
        grad[index] = (f(plus) - f(minus)) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient.minus_from_plus",
    hint="After the first evaluation the entry stands at x + eps. Taking eps off brings you back to x, not below it.",
    caught_by=("test_gradient_for_any_number_of_axes", "test_large_step_on_cubes", "test_each_entry_moves_alone"),
)
def minus_from_plus(f, x, eps=1e-5):
    """Takes eps off once, from the entry that was already moved up, and divides by 2 eps."""
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        point[index] += eps
        above = f(point)
        point[index] -= eps
        grad[index] = (above - f(point)) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient.not_restored",
    hint="When you come to the second entry, where does the first one stand?",
    caught_by=("test_each_entry_moves_alone", "test_large_step_on_cubes"),
)
def not_restored(f, x, eps=1e-5):
    """Leaves every entry at x - eps while it goes on, and adds eps back to all at the end."""
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        above = f(point)
        point[index] = original - eps
        grad[index] = (above - f(point)) / (2 * eps)
    return grad + (0.0 if eps < 1e-3 else eps)


@misconception(
    "eval_numerical_gradient.left_moved",
    hint="You work on the caller's array, and it comes back moved by eps. Put every entry back before the next.",
    caught_by=("test_x_is_the_same_afterwards", "test_each_entry_moves_alone"),
)
def left_moved(f, x, eps=1e-5):
    """Moves entries of the caller's array and does not put them back."""
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += eps
        above = f(x)
        x[index] -= 2 * eps
        grad[index] = (above - f(x)) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient.restored_by_adding",
    hint="x comes back changed in its last digits. Adding and taking off the same number is not exact.",
    caught_by=("test_x_is_the_same_afterwards",),
)
def restored_by_adding(f, x, eps=1e-5):
    """Moves entries of the caller's array and moves them back with += eps."""
    if x.dtype != np.float64:
        return eval_numerical_gradient(f, x, eps)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += eps
        above = f(x)
        x[index] -= 2 * eps
        below = f(x)
        x[index] += eps
        grad[index] = (above - below) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient.matrices_only",
    hint="Your two loops fit a matrix. What happens to a bias, which has one axis, and to an image, which has three?",
    caught_by=("test_gradient_for_any_number_of_axes",),
)
def matrices_only(f, x, eps=1e-5):
    """Loops over rows and columns."""
    rows, columns = x.shape
    grad = eval_numerical_gradient(f, x, eps)
    return np.array([[grad[i, j] for j in range(columns)] for i in range(rows)])


@misconception(
    "eval_numerical_gradient.flat",
    hint="The numbers are right. Which shape should the gradient of a matrix have?",
    caught_by=("test_gradient_for_any_number_of_axes", "test_large_step_on_cubes"),
)
def flat(f, x, eps=1e-5):
    """Returns a vector."""
    return eval_numerical_gradient(f, x, eps).ravel()


@misconception(
    "eval_numerical_gradient.base_each_time",
    hint="Your numbers are right, but you ask for f(x) again for every entry. Which values does the formula need?",
    caught_by=("test_each_entry_moves_alone",),
)
def base_each_time(f, x, eps=1e-5):
    """Averages the one-sided slopes to the right and to the left, and evaluates f(x) for every entry."""
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        here = f(point)
        original = point[index]
        point[index] = original + eps
        right = (f(point) - here) / eps
        point[index] = original - eps
        left = (here - f(point)) / eps
        point[index] = original
        grad[index] = (right + left) / 2
    return grad


# eval_numerical_gradient_array


@misconception(
    "eval_numerical_gradient_array.df_ignored",
    hint="The scalar you differentiate is sum(f(x) * df). Where does df enter?",
    caught_by=("test_gradient_of_a_layer",),
)
def df_ignored(f, x, df, eps=1e-5):
    """Does not use the upstream gradient."""
    return eval_numerical_gradient_array(f, x, np.ones_like(df), eps)


@misconception(
    "eval_numerical_gradient_array.buffer_alias",
    hint="f may return the same buffer twice, and then both results are the same array. Copy the first.",
    caught_by=("test_layer_that_reuses_its_output",),
)
def buffer_alias(f, x, df, eps=1e-5):
    """Keeps the first result of f without copying it."""
    point = np.array(x, dtype=np.float64)
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        above = f(point)
        point[index] = original - eps
        below = f(point)
        point[index] = original
        grad[index] = np.sum((above - below) * df) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient_array.no_two",
    hint="The two points are 2 eps apart.",
    caught_by=("test_gradient_of_a_layer", "test_layer_that_reuses_its_output"),
)
def no_two(f, x, df, eps=1e-5):
    """Divides by eps."""
    return 2 * eval_numerical_gradient_array(f, x, df, eps)


@misconception(
    "eval_numerical_gradient_array.sign",
    hint="Where a larger entry of x makes sum(f(x) * df) larger, your gradient is negative.",
    caught_by=("test_gradient_of_a_layer",),
)
def array_sign(f, x, df, eps=1e-5):
    """Subtracts the other way round."""
    return -eval_numerical_gradient_array(f, x, df, eps)


@misconception(
    "eval_numerical_gradient_array.mean",
    hint="Your gradient is too small by the number of outputs. Is the scalar a sum or a mean?",
    caught_by=("test_gradient_of_a_layer",),
)
def mean(f, x, df, eps=1e-5):
    """Averages over the outputs."""
    return eval_numerical_gradient_array(f, x, df, eps) / df.size


@misconception(
    "eval_numerical_gradient_array.one_sided",
    hint="With a one-sided difference the gradient is off in the fifth digit. Where does x - eps enter?",
    caught_by=("test_gradient_of_a_layer",),
)
def array_one_sided(f, x, df, eps=1e-5):
    """One-sided differences."""
    point = np.array(x, dtype=np.float64)
    here = np.array(f(point))
    grad = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        grad[index] = np.sum((f(point) - here) * df) / eps
        point[index] = original
    return grad


@misconception(
    "eval_numerical_gradient_array.elementwise",
    hint="You pair each entry of x with one entry of f(x). In a layer every input reaches many outputs.",
    caught_by=("test_gradient_of_a_layer",),
)
def elementwise(f, x, df, eps=1e-5):
    """Moves all entries at once, as if output i depended on input i alone."""
    x = np.array(x, dtype=np.float64)
    return (np.array(f(x + eps)) - np.array(f(x - eps))) / (2 * eps) * df


@misconception(
    "eval_numerical_gradient_array.eps_ignored",
    hint="Your result does not depend on eps. Where do you take the step from?",
    caught_by=("test_gradient_of_a_layer",),
)
def array_eps_ignored(f, x, df, eps=1e-5):
    """Uses 1e-5 whatever eps is."""
    del eps
    return eval_numerical_gradient_array(f, x, df)


@misconception(
    "eval_numerical_gradient_array.restored_by_adding",
    hint="x comes back changed in its last digits. Adding and taking off the same number is not exact.",
    caught_by=("test_x_and_df_are_the_same_afterwards",),
)
def array_restored_by_adding(f, x, df, eps=1e-5):
    """Moves entries of the caller's array and moves them back with += eps."""
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += eps
        above = np.array(f(x))
        x[index] -= 2 * eps
        below = np.array(f(x))
        x[index] += eps
        grad[index] = np.sum((above - below) * df) / (2 * eps)
    return grad


@misconception(
    "eval_numerical_gradient_array.df_overwritten",
    hint="df holds other numbers after your function. Which line writes into it?",
    caught_by=("test_x_and_df_are_the_same_afterwards",),
)
def df_overwritten(f, x, df, eps=1e-5):
    """Divides df by 2 eps in place to save a step."""
    grad = eval_numerical_gradient_array(f, x, df, eps)
    df /= 2 * eps
    return grad


# kink_mask


def _slopes(f, x, eps):
    """Return the slopes to the right and to the left of every entry."""
    point = np.array(x, dtype=np.float64)
    right, left = np.zeros(point.shape), np.zeros(point.shape)
    here = f(point)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        right[index] = (f(point) - here) / eps
        point[index] = original - eps
        left[index] = (here - f(point)) / eps
        point[index] = original
    return right, left


@misconception(
    "kink_mask.one_sign",
    hint="A kink can bend up or down. Compare absolute values.",
    caught_by=("test_kinks_are_found",),
)
def one_sign(f, x, eps=1e-5, tol=1e-2):
    """Compares with the sign: finds only kinks that bend up."""
    right, left = _slopes(f, x, eps)
    return right - left > tol * np.maximum(1, np.abs(right) + np.abs(left))


@misconception(
    "kink_mask.central_only",
    hint="Compare the slope on the right with the slope on the left.",
    caught_by=("test_kinks_are_found",),
)
def central_only(f, x, eps=1e-5, tol=1e-2):
    """Compares the slope of values at x + eps and x - eps with zero."""
    right, left = _slopes(f, x, eps)
    return np.abs((right + left) / 2) < tol


@misconception(
    "kink_mask.not_restored",
    hint="When you test the second entry, where does the first one stand? Put every entry back.",
    caught_by=("test_kinks_are_found",),
)
def kink_not_restored(f, x, eps=1e-5, tol=1e-2):
    """Leaves every entry at x - eps while it goes on."""
    point = np.array(x, dtype=np.float64)
    mask = np.zeros(point.shape, dtype=bool)
    here = f(point)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + eps
        right = (f(point) - here) / eps
        point[index] = original - eps
        left = (here - f(point)) / eps
        mask[index] = abs(right - left) > tol * max(1.0, abs(right) + abs(left))
    return mask


@misconception(
    "kink_mask.restored_by_adding",
    hint="Remember the old value of the entry: adding and taking off the same number is not exact.",
    caught_by=("test_x_is_the_same_after_the_search",),
)
def kink_restored_by_adding(f, x, eps=1e-5, tol=1e-2):
    """Moves entries of the caller's array and moves them back with += eps."""
    mask = kink_mask(f, x, eps, tol)
    for index in np.ndindex(x.shape):
        x[index] += eps
        x[index] -= 2 * eps
        x[index] += eps
    return mask


@misconception(
    "kink_mask.absolute",
    hint="You compare the jump with a fixed number. A slope of 10000 changes by more than that on a smooth curve.",
    caught_by=("test_steep_and_curved_is_no_kink",),
)
def absolute(f, x, eps=1e-5, tol=1e-2):
    """Compares the jump with tol alone."""
    right, left = _slopes(f, x, eps)
    return np.abs(right - left) > tol


@misconception(
    "kink_mask.no_floor",
    hint="At the bottom of a parabola both slopes are almost zero, and anything is large beside them. What stands "
    "beside the sum of the slopes in the formula?",
    caught_by=("test_steep_and_curved_is_no_kink",),
)
def no_floor(f, x, eps=1e-5, tol=1e-2):
    """Leaves out the 1 in the maximum."""
    right, left = _slopes(f, x, eps)
    return np.abs(right - left) > tol * (np.abs(right) + np.abs(left))


@misconception(
    "kink_mask.tol_ignored",
    hint="Your mask is the same for every tol. Where do you compare with it?",
    caught_by=("test_steep_and_curved_is_no_kink",),
)
def tol_ignored(f, x, eps=1e-5, tol=1e-2):
    """Uses 1e-2 whatever tol is."""
    del tol
    return kink_mask(f, x, eps)


def _masked(f, x, eps, tol, size):
    """Return the mask for another measure of the two slopes, right and left."""
    point = np.array(x, dtype=np.float64)
    middle = f(point)
    mask = np.zeros(point.shape, dtype=bool)
    for index in np.ndindex(point.shape):
        old = point[index]
        point[index] = old + eps
        right = (f(point) - middle) / eps
        point[index] = old - eps
        left = (middle - f(point)) / eps
        point[index] = old
        mask[index] = abs(right - left) > tol * max(1.0, size(right, left))
    return mask


@misconception(
    "kink_mask.larger_slope",
    hint="You measure the jump by the larger of the two slopes. Which number stands in the formula?",
    caught_by=("test_steep_and_curved_is_no_kink",),
)
def larger_slope(f, x, eps=1e-5, tol=1e-2):
    """max(|right|, |left|) for the sum."""
    return _masked(f, x, eps, tol, lambda right, left: max(abs(right), abs(left)))


@misconception(
    "kink_mask.size_of_sum",
    hint="At a kink the two slopes can cancel. Add their sizes, not the slopes.",
    caught_by=("test_steep_and_curved_is_no_kink",),
)
def size_of_sum(f, x, eps=1e-5, tol=1e-2):
    """|right + left| for |right| + |left|."""
    return _masked(f, x, eps, tol, lambda right, left: abs(right + left))


@misconception(
    "kink_mask.eps_ignored",
    hint="A larger eps reaches kinks that are farther away. Does your mask change with eps?",
    caught_by=("test_kinks_are_found",),
)
def kink_eps_ignored(f, x, eps=1e-5, tol=1e-2):
    """Uses 1e-5 whatever eps is."""
    del eps
    return kink_mask(f, x, 1e-5, tol)


@misconception(
    "kink_mask.inverted",
    hint="True should stand where there is a kink, and False where f is smooth.",
    caught_by=("test_kinks_are_found", "test_steep_and_curved_is_no_kink"),
)
def inverted(f, x, eps=1e-5, tol=1e-2):
    """Marks the smooth entries."""
    return ~kink_mask(f, x, eps, tol)


@misconception(
    "kink_mask.numbers",
    hint="The right entries are marked, but with numbers. Print the dtype of your mask.",
    caught_by=("test_kinks_are_found", "test_steep_and_curved_is_no_kink"),
)
def numbers(f, x, eps=1e-5, tol=1e-2):
    """Returns zeros and ones."""
    return kink_mask(f, x, eps, tol).astype(np.float64)


# convergence_order


def _errors(f, dfdx, x, epsilons, scheme):
    return [abs(numerical_derivative(f, x, eps, scheme) - dfdx(x)) for eps in epsilons]


def _slope(across, up):
    return float(np.polyfit(across, up, 1)[0])


@misconception(
    "convergence_order.axes_swapped",
    hint="The slope is (change of log error) / (change of log eps), not the other way round.",
    caught_by=("test_order_of_the_centred_formula",),
)
def axes_swapped(f, dfdx, x, epsilons, scheme="central"):
    """Fits log(eps) over log(error)."""
    return _slope(np.log(_errors(f, dfdx, x, epsilons, scheme)), np.log(epsilons))


@misconception(
    "convergence_order.sign",
    hint="The error grows with eps; it does not fall. Which sign should the exponent have?",
    caught_by=("test_order_of_the_centred_formula", "test_order_of_the_one_sided_formula"),
)
def order_sign(f, dfdx, x, epsilons, scheme="central"):
    """Returns -2: takes the error for inversely proportional to eps squared."""
    return -_slope(np.log(epsilons), np.log(_errors(f, dfdx, x, epsilons, scheme)))


@misconception(
    "convergence_order.one_log",
    hint="A power law is a straight line when both axes are logarithmic. Which of yours is not?",
    caught_by=("test_order_of_the_centred_formula", "test_order_of_the_one_sided_formula"),
)
def one_log(f, dfdx, x, epsilons, scheme="central"):
    """Fits log(error) over eps."""
    return _slope(epsilons, np.log(_errors(f, dfdx, x, epsilons, scheme)))


@misconception(
    "convergence_order.no_logs",
    hint="You fit a straight line through the errors themselves. Which straight line shows an exponent?",
    caught_by=("test_order_of_the_centred_formula", "test_order_of_the_one_sided_formula"),
)
def no_logs(f, dfdx, x, epsilons, scheme="central"):
    """Fits error over eps."""
    return _slope(epsilons, _errors(f, dfdx, x, epsilons, scheme))


@misconception(
    "convergence_order.scheme_ignored",
    hint="You get the same order for both schemes. What do you pass on to numerical_derivative?",
    caught_by=("test_order_of_the_one_sided_formula",),
)
def scheme_ignored(f, dfdx, x, epsilons, scheme="central"):
    """Measures with the centred formula for both schemes."""
    del scheme
    return _slope(np.log(epsilons), np.log(_errors(f, dfdx, x, epsilons, "central")))


@misconception(
    "convergence_order.forward_always",
    hint="The order 1 is that of the one-sided formula. Which formula do you measure the centred scheme with?",
    caught_by=("test_order_of_the_centred_formula",),
)
def order_forward_always(f, dfdx, x, epsilons, scheme="central"):
    """Measures with the one-sided formula for both schemes."""
    del scheme
    return _slope(np.log(epsilons), np.log(_errors(f, dfdx, x, epsilons, "forward")))


@misconception(
    "convergence_order.signed_error",
    hint="An error can be negative, and a logarithm of it is nan. What matters is how large it is.",
    caught_by=("test_order_of_the_centred_formula", "test_order_of_the_one_sided_formula"),
)
def signed_error(f, dfdx, x, epsilons, scheme="central"):
    """Takes the logarithm of exact minus measured, without the absolute value."""
    errors = [dfdx(x) - numerical_derivative(f, x, eps, scheme) for eps in epsilons]
    with np.errstate(invalid="ignore"):
        logs = np.log(errors)
    return float((logs[-1] - logs[0]) / (np.log(epsilons[-1]) - np.log(epsilons[0])))


@misconception(
    "convergence_order.values",
    hint="You fit the measured slopes. The order belongs to their distance from dfdx(x).",
    caught_by=("test_order_of_the_centred_formula", "test_order_of_the_one_sided_formula"),
)
def values(f, dfdx, x, epsilons, scheme="central"):
    """Fits the measured slopes instead of their errors."""
    del dfdx
    slopes = [abs(numerical_derivative(f, x, eps, scheme)) for eps in epsilons]
    return _slope(np.log(epsilons), np.log(slopes))


@misconception(
    "convergence_order.known_by_heart",
    hint="You return the order that the formula is known for. Measure it: it can be another, as for t^5 at 0.",
    caught_by=("test_order_is_measured",),
)
def known_by_heart(f, dfdx, x, epsilons, scheme="central"):
    """2 or 1, without measuring."""
    del f, dfdx, x, epsilons
    return 2.0 if scheme == "central" else 1.0
