"""Mistakes that students make when they compare gradients."""

import numpy as np
from check import gradient_check, gradient_check_scales, rel_error, relative_difference, worst_components
from vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary

from grader.checks import misconception

# relative_difference


def _ratio(grad, gradapprox, size):
    """Return ||a - b|| / size(a, b), with the shapes checked and 0 for two zero gradients."""
    if grad.shape != gradapprox.shape:
        raise ValueError("the shapes differ")
    a, b = grad.ravel(), gradapprox.ravel()
    if not (a.any() or b.any()):
        return 0.0
    with np.errstate(divide="ignore"):
        return float(np.linalg.norm(a - b) / np.float64(size(a, b)))


@misconception(
    "relative_difference.squared",
    hint="Without the root, a relative error of 1e-4 looks like 1e-8. Take norms, not squared norms.",
    caught_by=("test_ratio_of_norms",),
)
def squared(grad, gradapprox):
    """Takes squared norms above and below."""
    return _ratio(grad, gradapprox, lambda a, b: (np.sum(a**2) + np.sum(b**2)) / np.linalg.norm(a - b))


@misconception(
    "relative_difference.norm_of_sum",
    hint="If the two gradients point in opposite directions your denominator vanishes. Add the norms, not the vectors.",
    caught_by=("test_ratio_of_norms", "test_two_zero_gradients_agree"),
)
def norm_of_sum(grad, gradapprox):
    """Divides by ||a + b||, as one online tutorial does."""
    if grad.shape != gradapprox.shape:
        raise ValueError("the shapes differ")
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.linalg.norm(grad - gradapprox) / np.linalg.norm(grad + gradapprox))


@misconception(
    "relative_difference.absolute",
    hint="A distance of 1e-5 is tiny for gradients of size 1 and huge for gradients of size 1e-6. Compare it with "
    "their size.",
    caught_by=("test_ratio_of_norms", "test_size_does_not_matter"),
)
def absolute(grad, gradapprox):
    """Does not divide."""
    return _ratio(grad, gradapprox, lambda a, b: 1.0)


@misconception(
    "relative_difference.one_norm_below",
    hint="Exchange the two arguments: the answer should not change.",
    caught_by=("test_ratio_of_norms", "test_size_does_not_matter", "test_two_zero_gradients_agree"),
)
def one_norm_below(grad, gradapprox):
    """Divides by ||grad|| only."""
    return _ratio(grad, gradapprox, lambda a, b: np.linalg.norm(a))


@misconception(
    "relative_difference.larger_norm",
    hint="For opposite gradients your ratio is 2. What stands below the line: the larger of the norms, or both?",
    caught_by=("test_ratio_of_norms",),
)
def larger_norm(grad, gradapprox):
    """Divides by the larger of the two norms."""
    return _ratio(grad, gradapprox, lambda a, b: max(np.linalg.norm(a), np.linalg.norm(b)))


@misconception(
    "relative_difference.product_of_norms",
    hint="Make both gradients ten times as large: your denominator grows a hundredfold.",
    caught_by=("test_ratio_of_norms", "test_size_does_not_matter"),
)
def product_of_norms(grad, gradapprox):
    """Multiplies the norms below."""
    return _ratio(grad, gradapprox, lambda a, b: np.linalg.norm(a) * np.linalg.norm(b))


@misconception(
    "relative_difference.mean_norm",
    hint="Your ratio is twice the one asked for. Which numbers does the formula add up below the line?",
    caught_by=("test_ratio_of_norms",),
)
def mean_norm(grad, gradapprox):
    """Divides by half the sum of the norms."""
    return 2 * relative_difference(grad, gradapprox)


@misconception(
    "relative_difference.difference_of_norms",
    hint="For two opposite gradients you find no difference. Subtract the vectors before you take the norm.",
    caught_by=("test_ratio_of_norms",),
)
def difference_of_norms(grad, gradapprox):
    """Compares the norms instead of the vectors."""
    return _ratio(
        grad,
        gradapprox,
        lambda a, b: (
            np.linalg.norm(a - b)
            * (np.linalg.norm(a) + np.linalg.norm(b))
            / np.maximum(abs(np.linalg.norm(a) - np.linalg.norm(b)), 1e-300)
        ),
    )


@misconception(
    "relative_difference.spectral",
    hint="Your result is right for vectors. For a matrix numpy's norm with ord=2 is another one: the largest stretch.",
    caught_by=("test_ratio_of_norms",),
)
def spectral(grad, gradapprox):
    """Takes np.linalg.norm(..., 2) of matrices."""
    if grad.ndim != 2:
        return relative_difference(grad, gradapprox)
    if grad.shape != gradapprox.shape:
        raise ValueError("the shapes differ")
    size = np.linalg.norm(grad, 2) + np.linalg.norm(gradapprox, 2)
    return float(np.linalg.norm(grad - gradapprox, 2) / size) if size else 0.0


@misconception(
    "relative_difference.sum_of_sizes",
    hint="You add up absolute values. The Euclidean norm has squares and a root.",
    caught_by=("test_ratio_of_norms",),
)
def sum_of_sizes(grad, gradapprox):
    """Takes the L1 norm."""
    if grad.shape != gradapprox.shape:
        raise ValueError("the shapes differ")
    size = np.sum(np.abs(grad)) + np.sum(np.abs(gradapprox))
    return float(np.sum(np.abs(grad - gradapprox)) / size) if size else 0.0


@misconception(
    "relative_difference.largest_entry",
    hint="You return the largest relative error of any entry, which is the next question. Here one ratio is taken of "
    "norms.",
    caught_by=("test_ratio_of_norms",),
)
def largest_entry(grad, gradapprox):
    """Is rel_error."""
    if grad.shape != gradapprox.shape:
        raise ValueError("the shapes differ")
    return rel_error(grad, gradapprox)


@misconception(
    "relative_difference.floor",
    hint="A fixed small number below the line protects from 0/0, and makes all gradients of size 1e-9 look alike. What "
    "else could you do where both are zero?",
    caught_by=("test_size_does_not_matter",),
)
def floor(grad, gradapprox):
    """Takes at least 1e-8 below the line."""
    return _ratio(grad, gradapprox, lambda a, b: max(1e-8, np.linalg.norm(a) + np.linalg.norm(b)))


@misconception(
    "relative_difference.zero_zero",
    hint="Two zero gradients agree perfectly. What should the function say?",
    caught_by=("test_two_zero_gradients_agree",),
)
def zero_zero(grad, gradapprox):
    """0/0 = nan for two zero gradients."""
    if grad.any() or gradapprox.any():
        return relative_difference(grad, gradapprox)
    return float("nan")


@misconception(
    "relative_difference.one_zero",
    hint="One gradient is zero and the other is not: that is the largest possible difference, not none.",
    caught_by=("test_two_zero_gradients_agree",),
)
def one_zero(grad, gradapprox):
    """Returns 0 as soon as one of the gradients is zero."""
    return relative_difference(grad, gradapprox) if grad.any() and gradapprox.any() else 0.0


@misconception(
    "relative_difference.broadcast",
    hint="Subtracting shapes (n, 1) and (n,) gives an n x n table without warning. Refuse different shapes.",
    caught_by=("test_other_shapes_are_refused",),
)
def broadcast(grad, gradapprox):
    """Lets numpy repeat arrays of other shapes."""
    size = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return float(np.linalg.norm(grad - gradapprox) / size) if size else 0.0


@misconception(
    "relative_difference.bare_formula",
    hint="The formula is right. Two cases need a word of their own before it: both gradients zero, and two shapes that "
    "differ.",
    caught_by=("test_two_zero_gradients_agree", "test_other_shapes_are_refused"),
)
def bare_formula(grad, gradapprox):
    """Is the formula alone: nan for two zeros, and other shapes are repeated."""
    with np.errstate(invalid="ignore"):
        return float(np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox)))


@misconception(
    "relative_difference.flattened",
    hint="A gradient of shape (2, 3) beside one of shape (3, 2) is a mistake. Flattening both hides it.",
    caught_by=("test_other_shapes_are_refused",),
)
def flattened(grad, gradapprox):
    """Flattens both before it compares the shapes."""
    return relative_difference(grad.ravel(), gradapprox.ravel())


# rel_error


def _entries(x, y):
    return np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))


@misconception(
    "rel_error.abs_of_sum",
    hint="For x = -y the denominator would vanish. Add the absolute values.",
    caught_by=("test_largest_error_of_any_entry",),
)
def abs_of_sum(x, y):
    """Divides by |x + y|."""
    return float(np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x + y))))


@misconception(
    "rel_error.mean",
    hint="One bad entry among a thousand disappears in an average.",
    caught_by=("test_largest_error_of_any_entry",),
)
def mean_error(x, y):
    """Averages over the entries."""
    return float(np.mean(_entries(x, y)))


@misconception(
    "rel_error.norms",
    hint="A ratio of norms hides one small bad entry. Here each entry has its own denominator.",
    caught_by=("test_largest_error_of_any_entry",),
)
def norms(x, y):
    """Is relative_difference."""
    return relative_difference(x, y)


@misconception(
    "rel_error.largest_difference",
    hint="You divide the largest difference by the largest sum. They may belong to two different entries.",
    caught_by=("test_largest_error_of_any_entry",),
)
def largest_difference(x, y):
    """Takes the maximum above and below apart."""
    return float(np.max(np.abs(x - y)) / max(1e-8, np.max(np.abs(x) + np.abs(y))))


@misconception(
    "rel_error.signed",
    hint="Where x is smaller than y your error is negative and can never be the largest.",
    caught_by=("test_largest_error_of_any_entry",),
)
def signed(x, y):
    """Leaves out the absolute value above."""
    return float(np.max((x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))))


@misconception(
    "rel_error.larger_below",
    hint="For x = -y your error is 2. What stands below the line: the larger of the two, or both?",
    caught_by=("test_largest_error_of_any_entry",),
)
def larger_below(x, y):
    """Divides by the larger of |x| and |y|."""
    return float(np.max(np.abs(x - y) / np.maximum(1e-8, np.maximum(np.abs(x), np.abs(y)))))


@misconception(
    "rel_error.one_below",
    hint="Exchange x and y: the answer should not change.",
    caught_by=("test_largest_error_of_any_entry",),
)
def one_below(x, y):
    """Divides by |x| only."""
    return float(np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x))))


@misconception(
    "rel_error.array",
    hint="You return an error for every entry. Which one of them is asked for?",
    caught_by=("test_largest_error_of_any_entry",),
)
def array(x, y):
    """Returns all errors."""
    return _entries(x, y)


@misconception(
    "rel_error.no_floor",
    hint="Where x and y are zero you divide 0 by 0, and noise of size 1e-10 counts as much as a gradient. What is the "
    "1e-8 in the formula for?",
    caught_by=("test_noise_around_zero_is_not_an_error", "test_zeros_agree"),
)
def no_floor(x, y):
    """Leaves out the 1e-8."""
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(x - y) / (np.abs(x) + np.abs(y))))


@misconception(
    "rel_error.tiny_floor",
    hint="Your floor keeps 0/0 away but is far below 1e-8, so rounding noise looks like a mistake.",
    caught_by=("test_noise_around_zero_is_not_an_error",),
)
def tiny_floor(x, y):
    """Takes 1e-15 for the floor."""
    return float(np.max(np.abs(x - y) / np.maximum(1e-15, np.abs(x) + np.abs(y))))


@misconception(
    "rel_error.zeros_skipped",
    hint="Leaving out the entries that are zero avoids 0/0. Noise of size 1e-10 next to zero is still taken seriously.",
    caught_by=("test_noise_around_zero_is_not_an_error",),
)
def zeros_skipped(x, y):
    """Takes the error only where something is not zero, without a floor."""
    size = np.abs(x) + np.abs(y)
    errors = np.abs(x - y) / np.where(size == 0, 1.0, size)
    return float(np.max(errors))


@misconception(
    "rel_error.zeros_left_out",
    hint="You leave out the entries where both are zero. What is the maximum when no entry is left?",
    caught_by=("test_zeros_agree",),
)
def zeros_left_out(x, y):
    """Takes the maximum over the entries that are not both zero, of which there may be none."""
    return float(np.max(_entries(x, y)[(x != 0) | (y != 0)]))


@misconception(
    "rel_error.nan_hidden",
    hint="A gradient of nan is left out of your maximum, and the check says that all is well.",
    caught_by=("test_nan_is_not_hidden",),
)
def nan_hidden(x, y):
    """Takes np.nanmax."""
    return float(np.nanmax(_entries(x, y)))


@misconception(
    "rel_error.python_max",
    hint="Python's own max loses a nan that is not the first entry. Which maximum keeps it?",
    caught_by=("test_nan_is_not_hidden",),
)
def python_max(x, y):
    """Takes Python's max."""
    return float(max(_entries(x, y).ravel()))


# gradient_check


def _report(grad, gradapprox, spec):
    return {"difference": relative_difference(grad, gradapprox), "grad": grad, "gradapprox": gradapprox, "spec": spec}


def _doubles(parameters):
    return {key: np.asarray(value, dtype=np.float64) for key, value in parameters.items()}


def _vectors(parameters, gradients):
    theta, spec = dictionary_to_vector(_doubles(parameters))
    return theta, spec, gradients_to_vector(gradients, spec)


@misconception(
    "gradient_check.forward",
    hint="With a one-sided difference even a correct gradient fails at 1e-7.",
    caught_by=("test_right_gradients_pass", "test_cost_is_asked_at_two_points_per_number"),
)
def forward(cost_fn, parameters, gradients, epsilon=1e-5):
    """One-sided differences."""
    theta, spec, grad = _vectors(parameters, gradients)
    here = cost_fn(vector_to_dictionary(theta, spec))
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.size):
        above = theta.copy()
        above[i] += epsilon
        gradapprox[i] = (cost_fn(vector_to_dictionary(above, spec)) - here) / epsilon
    return _report(grad, gradapprox, spec)


@misconception(
    "gradient_check.plus_reused",
    hint="The second point must start from the original theta, not from the one that you have moved.",
    caught_by=("test_right_gradients_pass", "test_cost_is_asked_at_two_points_per_number"),
)
def plus_reused(cost_fn, parameters, gradients, epsilon=1e-5):
    """Builds the lower point from the upper one."""
    theta, spec, grad = _vectors(parameters, gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.size):
        moved = theta.copy()
        moved[i] += epsilon
        above = cost_fn(vector_to_dictionary(moved, spec))
        moved[i] -= epsilon
        gradapprox[i] = (above - cost_fn(vector_to_dictionary(moved, spec))) / (2 * epsilon)
    return _report(grad, gradapprox, spec)


@misconception(
    "gradient_check.no_copy",
    hint="After the first parameter theta itself has moved. Where does the second parameter start from?",
    caught_by=("test_right_gradients_pass", "test_cost_is_asked_at_two_points_per_number"),
)
def no_copy(cost_fn, parameters, gradients, epsilon=1e-5):
    """Takes two names for one array instead of two copies."""
    theta, spec, grad = _vectors(parameters, gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.size):
        above = theta
        above[i] = above[i] + epsilon
        rise = cost_fn(vector_to_dictionary(above, spec))
        below = theta
        below[i] = below[i] - epsilon
        gradapprox[i] = (rise - cost_fn(vector_to_dictionary(below, spec))) / (2 * epsilon)
        below[i] = below[i] - epsilon
    return _report(grad, gradapprox, spec)


@misconception(
    "gradient_check.divided_by_epsilon",
    hint="Your gradapprox is twice what it should be. How far apart are the two points?",
    caught_by=("test_right_gradients_pass", "test_planted_mistakes_are_found"),
)
def divided_by_epsilon(cost_fn, parameters, gradients, epsilon=1e-5):
    """Divides by epsilon."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    return _report(report["grad"], 2 * report["gradapprox"], report["spec"])


@misconception(
    "gradient_check.fixed_epsilon",
    hint="You move the parameters by a number of your own. Where does the argument epsilon enter?",
    caught_by=("test_cost_is_asked_at_two_points_per_number",),
)
def fixed_epsilon(cost_fn, parameters, gradients, epsilon=1e-5):
    """Uses 1e-5 whatever epsilon is."""
    del epsilon
    return gradient_check(cost_fn, parameters, gradients)


@misconception(
    "gradient_check.base_each_time",
    hint="Your result is right, but you evaluate the cost at theta itself for every parameter. Is that value needed?",
    caught_by=("test_cost_is_asked_at_two_points_per_number",),
)
def base_each_time(cost_fn, parameters, gradients, epsilon=1e-5):
    """Evaluates the cost at theta for every parameter."""
    for _ in range(sum(value.size for value in parameters.values())):
        cost_fn(_doubles(parameters))
    return gradient_check(cost_fn, parameters, gradients, epsilon)


@misconception(
    "gradient_check.difference_only",
    hint="You return the difference alone, as the Coursera notebook does. Here the report also holds both vectors and "
    "their plan, so that a mistake can be found.",
    caught_by=("test_right_gradients_pass",),
)
def difference_only(cost_fn, parameters, gradients, epsilon=1e-5):
    """Returns the difference."""
    return gradient_check(cost_fn, parameters, gradients, epsilon)["difference"]


@misconception(
    "gradient_check.columns",
    hint="Your vectors are columns of shape (n, 1), as in the Coursera notebooks. Here they have the shape (n,).",
    caught_by=("test_right_gradients_pass",),
)
def columns(cost_fn, parameters, gradients, epsilon=1e-5):
    """Returns vectors of shape (n, 1)."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    return {**report, "grad": report["grad"].reshape(-1, 1), "gradapprox": report["gradapprox"].reshape(-1, 1)}


@misconception(
    "gradient_check.notebook",
    hint="As in the Coursera notebook, gradapprox is a column (n, 1), here beside a vector (n,), and their ratio comes "
    "back alone. Print the shape of their difference.",
    caught_by=("test_right_gradients_pass", "test_planted_mistakes_are_found"),
)
def notebook(cost_fn, parameters, gradients, epsilon=1e-7):
    """Subtracts a column from a vector and returns the difference alone."""
    theta, spec, grad = _vectors(parameters, gradients)
    gradapprox = np.zeros((len(theta), 1))
    for i in range(len(theta)):
        above, below = np.copy(theta), np.copy(theta)
        above[i] = above[i] + epsilon
        below[i] = below[i] - epsilon
        rise = cost_fn(vector_to_dictionary(above, spec)) - cost_fn(vector_to_dictionary(below, spec))
        gradapprox[i] = rise / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


@misconception(
    "gradient_check.columns_mixed",
    hint="One of your vectors has the shape (n, 1) and the other (n,). Print the shape of their difference.",
    caught_by=("test_right_gradients_pass", "test_planted_mistakes_are_found"),
)
def columns_mixed(cost_fn, parameters, gradients, epsilon=1e-5):
    """Subtracts a vector from a column."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    grad, gradapprox = report["grad"], report["gradapprox"].reshape(-1, 1)
    size = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return {**report, "gradapprox": gradapprox, "difference": float(np.linalg.norm(grad - gradapprox) / size)}


@misconception(
    "gradient_check.compared_with_itself",
    hint="Whatever mistake you plant in the gradients, the difference stays zero. Which two vectors do you compare?",
    caught_by=("test_planted_mistakes_are_found",),
)
def compared_with_itself(cost_fn, parameters, gradients, epsilon=1e-5):
    """Compares the numerical gradient with itself."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    return {**report, "difference": relative_difference(report["gradapprox"], report["gradapprox"])}


@misconception(
    "gradient_check.best_parameter",
    hint="You compare parameter by parameter and report the smallest difference. One right gradient then hides all "
    "others.",
    caught_by=("test_planted_mistakes_are_found",),
)
def best_parameter(cost_fn, parameters, gradients, epsilon=1e-5):
    """Reports the smallest of the parameters' differences."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    analytic, numeric = (vector_to_dictionary(report[key], report["spec"]) for key in ("grad", "gradapprox"))
    return {**report, "difference": min(relative_difference(analytic[key], numeric[key]) for key in analytic)}


@misconception(
    "gradient_check.mean_of_parameters",
    hint="You average the differences of the single parameters. The docstring asks for one ratio of whole vectors.",
    caught_by=("test_planted_mistakes_are_found",),
)
def mean_of_parameters(cost_fn, parameters, gradients, epsilon=1e-5):
    """Averages the parameters' differences."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    analytic, numeric = (vector_to_dictionary(report[key], report["spec"]) for key in ("grad", "gradapprox"))
    differences = [relative_difference(analytic[key], numeric[key]) for key in analytic]
    return {**report, "difference": sum(differences) / len(differences)}


@misconception(
    "gradient_check.squared",
    hint="Plant a mistake that you can work out by hand: your difference is about the square of the ratio of norms.",
    caught_by=("test_planted_mistakes_are_found",),
)
def squared_difference(cost_fn, parameters, gradients, epsilon=1e-5):
    """Squares the difference."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    return {**report, "difference": report["difference"] ** 2}


@misconception(
    "gradient_check.gradients_as_they_come",
    hint="Your gradients stand in the order of their dictionary, your parameters by number. Do they still belong "
    "together?",
    caught_by=("test_order_of_the_dictionaries_does_not_matter",),
)
def gradients_as_they_come(cost_fn, parameters, gradients, epsilon=1e-5):
    """Joins the gradients in the order of their dictionary."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    grad = np.concatenate([np.ravel(gradients[key]) for key in gradients if key[1:] in parameters])
    return _report(grad, report["gradapprox"], report["spec"])


@misconception(
    "gradient_check.extra_keys",
    hint="Backpropagation leaves dZ and dA in its dictionary. Which of the keys belong to a parameter?",
    caught_by=("test_order_of_the_dictionaries_does_not_matter",),
)
def extra_keys(cost_fn, parameters, gradients, epsilon=1e-5):
    """Takes every key of the gradients for that of a parameter."""
    spec = [(key[1:], value.shape) for key, value in gradients.items()]
    for key, shape in spec:
        if parameters[key].shape != shape:
            raise ValueError(f"d{key} does not fit {key}")
    return gradient_check(cost_fn, parameters, gradients, epsilon)


@misconception(
    "gradient_check.low_precision",
    hint="Near 1 a float32 number has steps of 1e-7, so adding 1e-5 is off by a percent. Convert before you add.",
    caught_by=("test_float32_parameters",),
)
def low_precision(cost_fn, parameters, gradients, epsilon=1e-5):
    """Adds epsilon in the precision of the parameters."""
    theta, spec = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients, spec)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.size):
        above, below = theta.copy(), theta.copy()
        above[i] += epsilon
        below[i] -= epsilon
        rise = cost_fn(vector_to_dictionary(above, spec)) - cost_fn(vector_to_dictionary(below, spec))
        gradapprox[i] = rise / (2 * epsilon)
    return _report(grad, gradapprox, spec)


@misconception(
    "gradient_check.in_place",
    hint="You move the caller's parameters, and they come back changed. Work on a vector of your own.",
    caught_by=("test_parameters_are_not_touched",),
)
def in_place(cost_fn, parameters, gradients, epsilon=1e-5):
    """Leaves the last entry of the first parameter moved."""
    report = gradient_check(cost_fn, parameters, gradients, epsilon)
    next(iter(parameters.values())).flat[-1] += epsilon
    return report


# gradient_check_scales


def _difference(cost_fn, grad_fn, parameters, scale, epsilon):
    scaled = {key: scale * value for key, value in parameters.items()}
    return gradient_check(cost_fn, scaled, grad_fn(scaled), epsilon)["difference"]


@misconception(
    "gradient_check_scales.cumulative",
    hint="Every scale starts again from the original parameters.",
    caught_by=("test_every_scale_starts_from_the_same_parameters",),
)
def cumulative(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Multiplies the result of the scale before."""
    return gradient_check_scales(cost_fn, grad_fn, parameters, np.cumprod(scales), epsilon)


@misconception(
    "gradient_check_scales.best_only",
    hint="A bug may hide near zero weights. The largest difference decides, so report one number per scale.",
    caught_by=("test_mistake_that_hides_near_zero",),
)
def best_only(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Returns the smallest difference."""
    return gradient_check_scales(cost_fn, grad_fn, parameters, scales, epsilon).min()


@misconception(
    "gradient_check_scales.worst_only",
    hint="The largest difference decides, but the caller wants to see one number per scale.",
    caught_by=("test_mistake_that_hides_near_zero",),
)
def worst_only(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Returns the largest difference."""
    return gradient_check_scales(cost_fn, grad_fn, parameters, scales, epsilon).max()


@misconception(
    "gradient_check_scales.sorted",
    hint="Your differences are sorted. Which of them belongs to the first scale?",
    caught_by=("test_mistake_that_hides_near_zero",),
)
def sorted_scales(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Goes from the smallest scale to the largest."""
    return gradient_check_scales(cost_fn, grad_fn, parameters, sorted(scales), epsilon)


@misconception(
    "gradient_check_scales.gradients_once",
    hint="The cost is measured at the scaled parameters. At which parameters are the gradients computed?",
    caught_by=("test_mistake_that_hides_near_zero",),
)
def gradients_once(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Computes the gradients at the original parameters."""
    gradients = grad_fn(parameters)
    return gradient_check_scales(cost_fn, lambda _: gradients, parameters, scales, epsilon)


@misconception(
    "gradient_check_scales.gradients_scaled",
    hint="You multiply the gradients by the scale. A gradient at other weights is another gradient; ask for it there.",
    caught_by=("test_mistake_that_hides_near_zero",),
)
def gradients_scaled(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Multiplies the gradients at the original parameters by the scale."""
    gradients = grad_fn(parameters)
    differences = []
    for scale in scales:
        scaled = {key: scale * value for key, value in parameters.items()}
        moved = {key: scale * value for key, value in gradients.items()}
        differences.append(gradient_check(cost_fn, scaled, moved, epsilon)["difference"])
    return np.array(differences)


@misconception(
    "gradient_check_scales.weights_only",
    hint="The biases stay as they are when you scale. The docstring says which parameters are multiplied.",
    caught_by=("test_mistake_that_hides_near_zero", "test_every_scale_starts_from_the_same_parameters"),
)
def weights_only(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Scales the weights and leaves the biases."""
    differences = []
    for scale in scales:
        scaled = {key: scale * value if key.startswith("W") else value for key, value in parameters.items()}
        differences.append(gradient_check(cost_fn, scaled, grad_fn(scaled), epsilon)["difference"])
    return np.array(differences)


@misconception(
    "gradient_check_scales.not_scaled",
    hint="All your differences are the same. Where do the scales enter?",
    caught_by=("test_mistake_that_hides_near_zero", "test_every_scale_starts_from_the_same_parameters"),
)
def not_scaled(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Checks at the original parameters every time."""
    return gradient_check_scales(cost_fn, grad_fn, parameters, [1.0 for _ in scales], epsilon)


@misconception(
    "gradient_check_scales.scaled_in_place",
    hint="You multiply the caller's arrays, so the second scale starts from the first one's result, and training goes "
    "on with other weights.",
    caught_by=("test_every_scale_starts_from_the_same_parameters",),
)
def scaled_in_place(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Multiplies the caller's arrays by each scale."""
    differences = []
    for scale in scales:
        for value in parameters.values():
            value *= scale
        differences.append(gradient_check(cost_fn, parameters, grad_fn(parameters), epsilon)["difference"])
    return np.array(differences)


@misconception(
    "gradient_check_scales.epsilon_ignored",
    hint="You take epsilon as an argument. Do you pass it on?",
    caught_by=("test_every_scale_starts_from_the_same_parameters",),
)
def epsilon_ignored(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Does not pass epsilon on."""
    del epsilon
    return gradient_check_scales(cost_fn, grad_fn, parameters, scales)


@misconception(
    "gradient_check_scales.reports",
    hint="You return a list. If it holds whole reports, which entry of each is asked for? Make it an array.",
    caught_by=("test_mistake_that_hides_near_zero", "test_every_scale_starts_from_the_same_parameters"),
)
def reports(cost_fn, grad_fn, parameters, scales, epsilon=1e-5):
    """Returns a list of reports."""
    return [{"difference": _difference(cost_fn, grad_fn, parameters, scale, epsilon)} for scale in scales]


# gradient_verdict


def _verdict(difference, correct, probable, suspicious):
    if difference <= correct:
        return "correct"
    if difference <= probable:
        return "probably correct"
    return "suspicious" if difference < suspicious else "wrong"


@misconception(
    "gradient_verdict.cs231n_thresholds",
    hint="Those limits belong to the elementwise error of CS231n. This scale follows the ratio of norms.",
    caught_by=("test_every_range_has_its_word",),
)
def cs231n_thresholds(difference):
    """Takes the limits 1e-7, 1e-4 and 1e-2."""
    return _verdict(difference, 1e-7, 1e-4, 1e-2)


@misconception(
    "gradient_verdict.notebook_threshold",
    hint="2e-7 is the limit of the Coursera notebook, for a step of 1e-7. Which limit does the docstring name?",
    caught_by=("test_every_range_has_its_word",),
)
def notebook_threshold(difference):
    """Takes 2e-7 for the first limit."""
    return _verdict(difference, 2e-7, 1e-5, 1e-3)


@misconception(
    "gradient_verdict.boundary",
    hint="1e-3 or more means a bug. On which side is 1e-3 itself?",
    caught_by=("test_every_range_has_its_word",),
)
def boundary(difference):
    """Takes 1e-3 itself for suspicious."""
    return "suspicious" if difference == 1e-3 else _verdict(difference, 1e-7, 1e-5, 1e-3)


@misconception(
    "gradient_verdict.strict",
    hint="At most 1e-7 includes 1e-7. On which side do your first two borders stand?",
    caught_by=("test_every_range_has_its_word",),
)
def strict(difference):
    """Takes < for the first two borders."""
    return _verdict(difference, np.nextafter(1e-7, 0), np.nextafter(1e-5, 0), 1e-3)


@misconception(
    "gradient_verdict.gap",
    hint="What does your function say between 1e-5 and 1e-3? There is a word for that range, too.",
    caught_by=("test_every_range_has_its_word",),
)
def gap(difference):
    """Knows three words only."""
    return _verdict(difference, 1e-7, 1e-5, 1e-5)


@misconception(
    "gradient_verdict.orders",
    hint="A small difference gets your worst word. Is a large number good or bad here?",
    caught_by=("test_every_range_has_its_word",),
)
def orders(difference):
    """Turns the scale round."""
    words = {"correct": "wrong", "probably correct": "suspicious", "suspicious": "probably correct", "wrong": "correct"}
    return words[_verdict(difference, 1e-7, 1e-5, 1e-3)]


@misconception(
    "gradient_verdict.capitals",
    hint="The ranges are right. Compare the spelling of your words with the docstring, letter by letter.",
    caught_by=("test_every_range_has_its_word",),
)
def capitals(difference):
    """Writes the words with a capital."""
    return _verdict(difference, 1e-7, 1e-5, 1e-3).capitalize()


@misconception(
    "gradient_verdict.nan_passes",
    hint="Every comparison with nan is False, so nan ends in your last branch. Which word stands there?",
    caught_by=("test_nan_is_no_pass",),
)
def nan_passes(difference):
    """Asks from the worst word to the best, so that nan is correct."""
    return "correct" if difference != difference else _verdict(difference, 1e-7, 1e-5, 1e-3)


@misconception(
    "gradient_verdict.nan_suspicious",
    hint="A gradient that is not a number is more than suspicious. In which branch does nan end?",
    caught_by=("test_nan_is_no_pass",),
)
def nan_suspicious(difference):
    """Takes nan for suspicious: asks for >= 1e-3 before the last branch."""
    return "suspicious" if difference != difference else _verdict(difference, 1e-7, 1e-5, 1e-3)


# worst_components


def _rows(grad, gradapprox, spec, order):
    """Return the entries in this order."""
    places = [(key, index) for key, shape in spec for index in np.ndindex(*shape)]
    relative = _entries(grad, gradapprox)
    return [(*places[i], float(grad[i]), float(gradapprox[i]), float(relative[i])) for i in order]


@misconception(
    "worst_components.ascending",
    hint="The worst offender should come first.",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def ascending(grad, gradapprox, spec, k=5):
    """Lists the best components."""
    return _rows(grad, gradapprox, spec, np.argsort(_entries(grad, gradapprox), kind="stable")[:k])


@misconception(
    "worst_components.last_first",
    hint="These are the right entries, with the worst at the end. It should come first.",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def last_first(grad, gradapprox, spec, k=5):
    """Takes the k worst in ascending order."""
    return worst_components(grad, gradapprox, spec, k)[::-1]


@misconception(
    "worst_components.global_index",
    hint="Count from the start of this parameter, not of the whole vector.",
    caught_by=("test_planted_mistakes_are_named",),
)
def global_index(grad, gradapprox, spec, k=5):
    """Gives the place in the whole vector, also where the parameter is a vector that does not stand first."""
    order = np.argsort(-_entries(grad, gradapprox), kind="stable")[:k]
    rows = _rows(grad, gradapprox, spec, order)
    return [(row[0], (int(i),), *row[2:]) for i, row in zip(order, rows, strict=True)]


@misconception(
    "worst_components.flat_index",
    hint="The place inside a matrix has two numbers, its row and its column. How many has yours?",
    caught_by=("test_planted_mistakes_are_named",),
)
def flat_index(grad, gradapprox, spec, k=5):
    """Gives the place in the flattened parameter."""
    shapes = dict(spec)
    rows = worst_components(grad, gradapprox, spec, k)
    return [(row[0], (int(np.ravel_multi_index(row[1], shapes[row[0]])),), *row[2:]) for row in rows]


@misconception(
    "worst_components.fortran",
    hint="Rows and columns came out exchanged: use the same order as in the flattening.",
    caught_by=("test_planted_mistakes_are_named",),
)
def fortran(grad, gradapprox, spec, k=5):
    """Finds row and column as if the parameter had been read column by column."""
    shapes = dict(spec)
    rows = worst_components(grad, gradapprox, spec, k)
    flat = [int(np.ravel_multi_index(row[1], shapes[row[0]])) for row in rows]
    places = [np.unravel_index(i, shapes[row[0]], order="F") for i, row in zip(flat, rows, strict=True)]
    return [(row[0], tuple(map(int, place)), *row[2:]) for row, place in zip(rows, places, strict=True)]


@misconception(
    "worst_components.gradient_names",
    hint="You put a d before the names. Which key does spec give the parameter?",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def gradient_names(grad, gradapprox, spec, k=5):
    """Names the gradients instead of the parameters."""
    return [(f"d{row[0]}", *row[1:]) for row in worst_components(grad, gradapprox, spec, k)]


@misconception(
    "worst_components.exchanged",
    hint="The third number is what backpropagation says, the fourth what was measured. Which way round are yours?",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def exchanged(grad, gradapprox, spec, k=5):
    """Exchanges the two numbers."""
    return [(*row[:2], row[3], row[2], row[4]) for row in worst_components(grad, gradapprox, spec, k)]


@misconception(
    "worst_components.sorted_by_difference",
    hint="You report the relative error and sort by the absolute one. Is 10 off at 1000 worse than 10 off at 5?",
    caught_by=("test_errors_are_relative",),
)
def sorted_by_difference(grad, gradapprox, spec, k=5):
    """Sorts by |a - b|."""
    return _rows(grad, gradapprox, spec, np.argsort(-np.abs(grad - gradapprox), kind="stable")[:k])


@misconception(
    "worst_components.absolute",
    hint="Your last number is the distance of the two. Divide by their size, so that small gradients count as much.",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def absolute_errors(grad, gradapprox, spec, k=5):
    """Takes |a - b| for the error."""
    rows = sorted_by_difference(grad, gradapprox, spec, k)
    return [(*row[:4], abs(row[2] - row[3])) for row in rows]


@misconception(
    "worst_components.one_below",
    hint="Your error is measured by the numerical gradient alone. Which two numbers stand below the line?",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def one_number_below(grad, gradapprox, spec, k=5):
    """Divides by |numeric| only."""
    relative = np.abs(grad - gradapprox) / np.maximum(1e-8, np.abs(gradapprox))
    order = np.argsort(-relative, kind="stable")[:k]
    rows = _rows(grad, gradapprox, spec, order)
    return [(*row[:4], float(relative[i])) for i, row in zip(order, rows, strict=True)]


@misconception(
    "worst_components.signed",
    hint="You sort by an error with a sign. Where the analytic number is too small, the entry falls to the end.",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def signed_errors(grad, gradapprox, spec, k=5):
    """Sorts by a - b with its sign, over the size."""
    relative = (grad - gradapprox) / np.maximum(1e-8, np.abs(grad) + np.abs(gradapprox))
    return _rows(grad, gradapprox, spec, np.argsort(-relative, kind="stable")[:k])


@misconception(
    "worst_components.k_ignored",
    hint="The caller says with k how many entries to list. Where does it enter?",
    caught_by=("test_as_many_as_asked_for",),
)
def k_ignored(grad, gradapprox, spec, k=5):
    """Lists five whatever k is."""
    del k
    return worst_components(grad, gradapprox, spec)


@misconception(
    "worst_components.too_few",
    hint="With fewer than k entries there is nothing to fill up the list with. What do you do beyond the last one?",
    caught_by=("test_as_many_as_asked_for",),
)
def too_few(grad, gradapprox, spec, k=5):
    """Asks for entry k - 1, which does not exist in a small network."""
    rows = worst_components(grad, gradapprox, spec, k)
    return [rows[i] for i in range(k)]


@misconception(
    "worst_components.no_floor",
    hint="An entry where both gradients are zero comes out as nan. What is the 1e-8 in the formula for?",
    caught_by=("test_as_many_as_asked_for",),
)
def no_floor_below(grad, gradapprox, spec, k=5):
    """Leaves out the 1e-8."""
    with np.errstate(invalid="ignore"):
        relative = np.abs(grad - gradapprox) / (np.abs(grad) + np.abs(gradapprox))
    order = np.argsort(-relative, kind="stable")[:k]
    rows = _rows(grad, gradapprox, spec, order)
    return [(*row[:4], float(relative[i])) for i, row in zip(order, rows, strict=True)]


@misconception(
    "worst_components.below_analytic",
    hint="Your error is measured by the analytic gradient alone. Which two numbers stand below the line?",
    caught_by=("test_planted_mistakes_are_named", "test_errors_are_relative"),
)
def below_analytic(grad, gradapprox, spec, k=5):
    """Divides by |a| alone."""
    rows = [
        (*row[:4], abs(row[2] - row[3]) / max(1e-8, abs(row[2])))
        for row in worst_components(grad, gradapprox, spec, len(grad))
    ]
    return sorted(rows, key=lambda row: -row[4])[:k]


@misconception(
    "worst_components.noise_counts",
    hint="Two numbers near 1e-15 are rounding noise. What keeps the formula from taking them seriously?",
    caught_by=("test_as_many_as_asked_for",),
)
def noise_counts(grad, gradapprox, spec, k=5):
    """Leaves the floor of 1e-8 out, and counts two zeros as equal."""
    rows = [
        (*row[:4], abs(row[2] - row[3]) / (abs(row[2]) + abs(row[3]) or 1.0))
        for row in worst_components(grad, gradapprox, spec, len(grad))
    ]
    return sorted(rows, key=lambda row: -row[4])[:k]
