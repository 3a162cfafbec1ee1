"""Known mistakes in penalties.py."""

import numpy as np

from grader.checks import misconception

Parameters = dict[str, np.ndarray]


def _weights(parameters: Parameters) -> list[np.ndarray]:
    return [value for name, value in parameters.items() if name.startswith("W")]


def _grads(parameters: Parameters, weight_slope: float) -> Parameters:
    """Return `weight_slope * W` for the weights and zeros for the biases."""
    return {
        f"d{name}": weight_slope * value if name.startswith("W") else np.zeros_like(value)
        for name, value in parameters.items()
    }


def _l1(parameters: Parameters, lambd: float, m: int) -> float:
    return lambd / m * sum(float(np.sum(np.abs(W))) for W in _weights(parameters))


def _signs(parameters: Parameters, lambd: float, m: int) -> Parameters:
    return _grads({name: np.sign(value) for name, value in parameters.items()}, lambd / m)


# frobenius_norm_squared


@misconception(
    "frobenius_norm_squared.not_squared",
    hint="You return the norm. Which of the two stands in the penalty: the norm, or the norm squared?",
    caught_by=("test_squares_of_all_entries_are_added", "test_three_times_the_weights_give_nine_times_the_sum"),
)
def norm_not_squared(W: np.ndarray) -> float:
    """Returns the norm, with its square root."""
    return float(np.sqrt(np.sum(W**2)))


@misconception(
    "frobenius_norm_squared.l1",
    hint="You summed |w|, which is the L1 norm. What should happen to each entry before the sum?",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def sum_of_sizes(W: np.ndarray) -> float:
    """Adds absolute values."""
    return float(np.sum(np.abs(W)))


@misconception(
    "frobenius_norm_squared.axis",
    hint="The result must be one number for the whole matrix. How many does your sum return?",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def one_axis(W: np.ndarray) -> np.ndarray:
    """Sums over one axis only and returns a vector."""
    return np.sum(W**2, axis=0)


@misconception(
    "frobenius_norm_squared.two_axes",
    hint="An array of rank 4 has as many squares as entries. Over how many of its axes do you sum?",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def two_axes(W: np.ndarray) -> np.ndarray:
    """Sums over the first two axes, whatever the rank."""
    return np.sum(W**2, axis=(0, 1)) if W.ndim > 1 else np.sum(W**2)


@misconception(
    "frobenius_norm_squared.square_of_sum",
    hint="You square once, after adding. Positive and negative entries cancel that way; should they?",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def square_of_sum(W: np.ndarray) -> float:
    """Squares the sum instead of summing the squares."""
    return float(np.sum(W)) ** 2


@misconception(
    "frobenius_norm_squared.sum_without_squares",
    hint="An entry of -2 makes your sum smaller. Can it make a sum of squares smaller?",
    caught_by=("test_squares_of_all_entries_are_added", "test_three_times_the_weights_give_nine_times_the_sum"),
)
def sum_without_squares(W: np.ndarray) -> float:
    """Adds the entries as they are."""
    return float(np.sum(W))


@misconception(
    "frobenius_norm_squared.mean",
    hint="Your result stays the same when the matrix is repeated. Does a sum of squares?",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def mean_of_squares(W: np.ndarray) -> float:
    """Averages the squares."""
    return float(np.mean(W**2))


@misconception(
    "frobenius_norm_squared.matrix_product",
    hint="W times W is a matrix product: rows meet columns. Each entry should meet only itself.",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def matrix_product(W: np.ndarray) -> float:
    """Takes the matrix product for the square (fails for matrices that are not square)."""
    return float(np.sum(W @ W))


@misconception(
    "frobenius_norm_squared.spectral",
    hint="You return the square of the largest stretch of W, one singular value. The Frobenius norm uses every entry.",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def spectral(W: np.ndarray) -> float:
    """Takes the matrix 2-norm, the largest singular value."""
    return float(np.linalg.norm(W, 2)) ** 2


@misconception(
    "frobenius_norm_squared.half",
    hint="The half belongs to the penalty. Is it in the norm as well?",
    caught_by=("test_squares_of_all_entries_are_added",),
)
def half_of_squares(W: np.ndarray) -> float:
    """Puts the 1/2 of the penalty into the norm."""
    return 0.5 * float(np.sum(W**2))


@misconception(
    "frobenius_norm_squared.zero_scale",
    hint="You divide by the largest entry. What is it for a matrix of zeros?",
    caught_by=("test_zeros_give_zero",),
)
def zero_scale(W: np.ndarray) -> float:
    """Scales by the largest entry to avoid overflow, and divides 0 by 0 for a matrix of zeros."""
    largest = np.max(np.abs(W))
    with np.errstate(invalid="ignore"):
        return float(largest**2 * np.sum((W / largest) ** 2))


@misconception(
    "frobenius_norm_squared.floor",
    hint="A matrix of zeros has the norm zero. What did you add to be on the safe side?",
    caught_by=("test_zeros_give_zero",),
)
def floor(W: np.ndarray) -> float:
    """Never returns less than a small eps."""
    return max(float(np.sum(W**2)), 1e-8)


# l2_penalty


@misconception(
    "l2_penalty.bias_included",
    hint="Shift the biases by 100: the penalty should not notice. Which arrays of the dictionary do you add?",
    caught_by=("test_l2_of_networks_of_any_depth", "test_l2_ignores_the_biases"),
)
def bias_included(parameters: Parameters, lambd: float, m: int) -> float:
    """Penalises the biases as well."""
    return lambd / (2 * m) * sum(float(np.sum(value**2)) for value in parameters.values())


@misconception(
    "l2_penalty.no_half",
    hint="Differentiate your penalty. Is the gradient (lambda/m) W, or twice that?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def no_half(parameters: Parameters, lambd: float, m: int) -> float:
    """lambda / m without the 1/2."""
    return lambd / m * sum(float(np.sum(W**2)) for W in _weights(parameters))


@misconception(
    "l2_penalty.no_m",
    hint="The cost of the data is a mean over the examples. Is your penalty?",
    caught_by=("test_l2_of_networks_of_any_depth", "test_l2_halves_with_twice_the_examples"),
)
def no_m(parameters: Parameters, lambd: float, m: int) -> float:
    """lambda / 2 without the 1/m."""
    return lambd / 2 * sum(float(np.sum(W**2)) for W in _weights(parameters))


@misconception(
    "l2_penalty.times_m",
    hint="More examples make your penalty larger. Read the denominator again: what belongs below the line?",
    caught_by=("test_l2_of_networks_of_any_depth", "test_l2_halves_with_twice_the_examples"),
)
def times_m(parameters: Parameters, lambd: float, m: int) -> float:
    """lambda / 2 * m, which multiplies by m."""
    return lambd / 2 * m * sum(float(np.sum(W**2)) for W in _weights(parameters))


@misconception(
    "l2_penalty.lambda_twice",
    hint="Your penalty grows with the square of lambda. How often does lambda stand in the formula?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def lambda_twice(parameters: Parameters, lambd: float, m: int) -> float:
    """Multiplies by lambda in each layer and again at the end."""
    return lambd / (2 * m) * sum(lambd * float(np.sum(W**2)) for W in _weights(parameters))


@misconception(
    "l2_penalty.lambda_missing",
    hint="Your penalty is the same for every lambda. What is lambda there for?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def lambda_missing(parameters: Parameters, lambd: float, m: int) -> float:
    """Forgets lambda."""
    return sum(float(np.sum(W**2)) for W in _weights(parameters)) / (2 * m)


@misconception(
    "l2_penalty.last_layer_only",
    hint="Every layer's weights are penalised. How many matrices did you sum?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def last_layer_only(parameters: Parameters, lambd: float, m: int) -> float:
    """Only the last weight matrix, overwritten in the loop."""
    return lambd / (2 * m) * float(np.sum(_weights(parameters)[-1] ** 2))


@misconception(
    "l2_penalty.first_layer_only",
    hint="Your result is the first layer's penalty. Does your loop return before it has finished?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def first_layer_only(parameters: Parameters, lambd: float, m: int) -> float:
    """Returns inside the loop, after the first layer."""
    return lambd / (2 * m) * float(np.sum(parameters["W1"] ** 2))


@misconception(
    "l2_penalty.last_layer_missed",
    hint="One layer is missing from your sum. Which number does your loop stop at?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def last_layer_missed(parameters: Parameters, lambd: float, m: int) -> float:
    """range(1, L) leaves out layer L."""
    layers = len(parameters) // 2
    return lambd / (2 * m) * sum(float(np.sum(parameters[f"W{layer}"] ** 2)) for layer in range(1, layers))


@misconception(
    "l2_penalty.norm_not_squared",
    hint="Double the weights: a squared norm grows fourfold. Does yours?",
    caught_by=("test_l2_of_networks_of_any_depth", "test_l2_grows_with_the_square"),
)
def norms_not_squared(parameters: Parameters, lambd: float, m: int) -> float:
    """Adds Frobenius norms, not their squares."""
    return lambd / (2 * m) * sum(float(np.linalg.norm(W)) for W in _weights(parameters))


@misconception(
    "l2_penalty.sizes",
    hint="You added |w|. L1 adds sizes; what does L2 add?",
    caught_by=("test_l2_of_networks_of_any_depth", "test_l2_grows_with_the_square"),
)
def l1_instead(parameters: Parameters, lambd: float, m: int) -> float:
    """The L1 sum with the factor of L2."""
    return lambd / (2 * m) * sum(float(np.sum(np.abs(W))) for W in _weights(parameters))


@misconception(
    "l2_penalty.square_of_sum_of_norms",
    hint="You added the norms of the layers and squared afterwards. Which comes first in the formula?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def square_of_sum_of_norms(parameters: Parameters, lambd: float, m: int) -> float:
    """Squares the sum of the norms."""
    return lambd / (2 * m) * sum(float(np.linalg.norm(W)) for W in _weights(parameters)) ** 2


@misconception(
    "l2_penalty.three_layers",
    hint="The network of network.py has three layers; this dictionary may have more, or fewer.",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def three_layers(parameters: Parameters, lambd: float, m: int) -> float:
    """W1, W2 and W3 written out."""
    weights = (parameters[name] for name in ("W1", "W2", "W3"))
    return lambd / (2 * m) * sum(float(np.sum(W**2)) for W in weights)


@misconception(
    "l2_penalty.one_digit",
    hint="Look at the names of the layers in a deep network. How many characters does the name of layer 10 have?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def one_digit(parameters: Parameters, lambd: float, m: int) -> float:
    """Takes names of two characters only, so W10 and later are left out."""
    weights = (value for name, value in parameters.items() if name[0] == "W" and len(name) == 2)
    return lambd / (2 * m) * sum(float(np.sum(W**2)) for W in weights)


@misconception(
    "l2_penalty.mean_of_squares",
    hint="Your penalty divides by the number of weights as well. Which numbers stand below the line in the formula?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def mean_of_weights(parameters: Parameters, lambd: float, m: int) -> float:
    """Averages the squares of each layer."""
    return lambd / (2 * m) * sum(float(np.mean(W**2)) for W in _weights(parameters))


@misconception(
    "l2_penalty.negative",
    hint="Large weights lower your penalty. Should they be rewarded?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def negative(parameters: Parameters, lambd: float, m: int) -> float:
    """A minus sign, as in front of the cross-entropy."""
    return -lambd / (2 * m) * sum(float(np.sum(W**2)) for W in _weights(parameters))


# l2_penalty_grad


@misconception(
    "l2_penalty_grad.half_left",
    hint="The derivative of w^2 has a factor of its own. What becomes of the 2 below the line?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def half_left(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """lambda / (2 m) W."""
    return _grads(parameters, lambd / (2 * m))


@misconception(
    "l2_penalty_grad.double",
    hint="The derivative of w^2 has a 2, and the penalty divides by 2. Did you keep only one of them?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def double(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """2 lambda / m W."""
    return _grads(parameters, 2 * lambd / m)


@misconception(
    "l2_penalty_grad.no_m",
    hint="The penalty is divided by m. What does that do to its gradient?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def grad_no_m(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """lambda W."""
    return _grads(parameters, lambd)


@misconception(
    "l2_penalty_grad.lambda_missing",
    hint="A larger lambda should pull harder. Does your gradient change with lambda?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def grad_lambda_missing(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """W / m."""
    return _grads(parameters, 1 / m)


@misconception(
    "l2_penalty_grad.bias_decays",
    hint="Biases are not in the penalty. What is the derivative of something that does not contain b?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def bias_decays(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """db = lambda / m b."""
    return {f"d{name}": lambd / m * value for name, value in parameters.items()}


@misconception(
    "l2_penalty_grad.db_missing",
    hint="The caller adds these gradients key by key. Which keys does it look for?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def db_missing(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """No keys for the biases."""
    return {f"d{name}": lambd / m * value for name, value in parameters.items() if name.startswith("W")}


@misconception(
    "l2_penalty_grad.db_number",
    hint="Each gradient has the shape of its parameter. What is the shape of your db?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def db_number(parameters: Parameters, lambd: float, m: int) -> dict[str, object]:
    """db is the number 0."""
    return {f"d{name}": lambd / m * value if name.startswith("W") else 0.0 for name, value in parameters.items()}


@misconception(
    "l2_penalty_grad.bias_column",
    hint="In this course a bias has the shape (n,). Which shape did you give its gradient?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def bias_column(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """db of shape (n, 1), a column as in the Deep Learning Specialization."""
    grads = _grads(parameters, lambd / m)
    return {key: value[:, np.newaxis] if value.ndim == 1 else value for key, value in grads.items()}


@misconception(
    "l2_penalty_grad.parameter_names",
    hint="The values belong to dW1, db1 and so on. Under which names do you return them?",
    caught_by=("test_l2_gradient_of_every_parameter",),
)
def parameter_names(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """Keys W1, b1 instead of dW1, db1."""
    return {key[1:]: value for key, value in _grads(parameters, lambd / m).items()}


@misconception(
    "l2_penalty_grad.norm_gradient",
    hint="That is the slope of the norm without its square. The square of the norm has a simpler one.",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def norm_gradient(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """W / ||W||, the gradient of the norm."""
    norms = {name: value / np.linalg.norm(value) for name, value in parameters.items()}
    return _grads(norms, lambd / m)


@misconception(
    "l2_penalty_grad.sign",
    hint="Every weight gets the same pull in your version. With L2, should a large weight feel more than a small one?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def sign_of_weights(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """lambda / m sign(W), the gradient of L1."""
    return _signs(parameters, lambd, m)


@misconception(
    "l2_penalty_grad.negative",
    hint="A step against your gradient makes the weights larger. Which sign does the slope of w^2 have at w = 3?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_is_the_slope"),
)
def grad_negative(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """-lambda / m W."""
    return _grads(parameters, -lambd / m)


@misconception(
    "l2_penalty_grad.transposed",
    hint="Each gradient has the shape of its parameter. Compare the shapes of W1 and of your dW1.",
    caught_by=("test_l2_gradient_of_every_parameter",),
)
def transposed(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """dW is transposed."""
    return {key: value.T for key, value in _grads(parameters, lambd / m).items()}


@misconception(
    "l2_penalty_grad.three_layers",
    hint="The network of network.py has three layers; this dictionary may have more, or fewer.",
    caught_by=("test_l2_gradient_of_every_parameter",),
)
def grad_three_layers(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """Knows W1 to W3 only."""
    first = {name: value for name, value in parameters.items() if name[1:] in ("1", "2", "3")}
    return _grads(first, lambd / m)


@misconception(
    "l2_penalty_grad.in_place",
    hint="The weights of the caller were multiplied too. Who else still needs them?",
    caught_by=("test_l2_gradient_leaves_the_parameters_alone",),
)
def grad_in_place(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """W *= lambda / m in the caller's arrays."""
    grads = {}
    for name, value in parameters.items():
        if name.startswith("W"):
            value *= lambd / m
        grads[f"d{name}"] = value if name.startswith("W") else np.zeros_like(value)
    return grads


@misconception(
    "l2_penalty_grad.same_dictionary",
    hint="The caller's dictionary has new keys now. In which dictionary should the gradients be?",
    caught_by=("test_l2_gradient_of_every_parameter", "test_l2_gradient_leaves_the_parameters_alone"),
)
def same_dictionary(parameters: Parameters, lambd: float, m: int) -> Parameters:
    """Puts the gradients into the caller's dictionary and returns it."""
    parameters.update(_grads(parameters, lambd / m))
    return parameters


# l1_penalty


@misconception(
    "l1_penalty.squares",
    hint="L1 adds absolute values; L2 adds squares. Which are yours?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def squares(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Adds squares; the gradient is right."""
    penalty = lambd / m * sum(float(np.sum(W**2)) for W in _weights(parameters))
    return penalty, _signs(parameters, lambd, m)


@misconception(
    "l1_penalty.l2_instead",
    hint="Both parts are those of L2. With L1, does a large weight feel a stronger pull than a small one?",
    caught_by=("test_l1_penalty_and_gradient",),
)
def l2_instead(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """The L2 penalty and its gradient."""
    penalty = lambd / (2 * m) * sum(float(np.sum(W**2)) for W in _weights(parameters))
    return penalty, _grads(parameters, lambd / m)


@misconception(
    "l1_penalty.half",
    hint="The half of L2 is there to cancel the 2 of the square. What would it cancel in |w|?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def l1_half(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """lambda / (2 m) in the penalty."""
    return _l1(parameters, lambd, m) / 2, _signs(parameters, lambd, m)


@misconception(
    "l1_penalty.half_in_both",
    hint="The factor of L2 has a half, to cancel the 2 of the square. Does L1 have a square?",
    caught_by=("test_l1_penalty_and_gradient",),
)
def l1_half_in_both(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """lambda / (2 m) in the penalty and in the gradient."""
    return _l1(parameters, lambd / 2, m), _signs(parameters, lambd / 2, m)


@misconception(
    "l1_penalty.no_m",
    hint="The cost of the data is a mean over the examples. Is your penalty, and is its gradient?",
    caught_by=("test_l1_penalty_and_gradient",),
)
def l1_no_m(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Neither the penalty nor the gradient is divided by m."""
    return _l1(parameters, lambd, 1), _signs(parameters, lambd, 1)


@misconception(
    "l1_penalty.grad_no_m",
    hint="Your penalty is divided by m. What does that do to its gradient?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def l1_grad_no_m(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """lambda sign(W), without 1/m."""
    return _l1(parameters, lambd, m), _signs(parameters, lambd, 1)


@misconception(
    "l1_penalty.bias_included",
    hint="Only weights are penalised, for L1 as for L2. Which arrays do you add?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def l1_bias_included(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Adds |b|; the gradient is right."""
    penalty = lambd / m * sum(float(np.sum(np.abs(value))) for value in parameters.values())
    return penalty, _signs(parameters, lambd, m)


@misconception(
    "l1_penalty.bias_gradient",
    hint="The biases are not in the penalty. What is the derivative of something that does not contain b?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def l1_bias_gradient(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """db = lambda / m sign(b)."""
    grads = {f"d{name}": lambd / m * np.sign(value) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), grads


@misconception(
    "l1_penalty.db_missing",
    hint="The caller adds these gradients key by key. Which keys does it look for?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def l1_db_missing(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """No keys for the biases."""
    grads = {key: value for key, value in _signs(parameters, lambd, m).items() if key.startswith("dW")}
    return _l1(parameters, lambd, m), grads


@misconception(
    "l1_penalty.grad_divides",
    hint="At w = 0 your formula is 0/0. Is there a function that gives the sign and is safe there?",
    caught_by=("test_l1_at_weights_of_zero",),
)
def grad_divides(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """W / |W|, which is nan at 0."""
    with np.errstate(invalid="ignore"):
        signs = {name: value / np.abs(value) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), _grads(signs, lambd / m)


@misconception(
    "l1_penalty.sign_of_zero",
    hint="At the kink of |w| any slope in [-1, 1] is allowed; this course takes 0, so that a weight at zero may rest.",
    caught_by=("test_l1_at_weights_of_zero",),
)
def sign_of_zero(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Gradient +1 at w = 0."""
    signs = {name: np.where(value >= 0, 1.0, -1.0) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), _grads(signs, lambd / m)


@misconception(
    "l1_penalty.sign_of_zero_negative",
    hint="A weight of exactly zero gets the slope -1 in your version. Which value does this course choose at the kink?",
    caught_by=("test_l1_at_weights_of_zero",),
)
def sign_of_zero_negative(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Gradient -1 at w = 0."""
    signs = {name: np.where(value > 0, 1.0, -1.0) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), _grads(signs, lambd / m)


@misconception(
    "l1_penalty.smoothed",
    hint="You divide by |w| plus something small. What does that give for a weight as small as that something?",
    caught_by=("test_l1_penalty_and_gradient",),
)
def smoothed(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """W / (|W| + 1e-3), a smoothed sign."""
    signs = {name: value / (np.abs(value) + 1e-3) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), _grads(signs, lambd / m)


@misconception(
    "l1_penalty.grad_l2",
    hint="The slope of |w| does not depend on how large w is. Does yours?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def grad_l2(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Gradient lambda / m W."""
    return _l1(parameters, lambd, m), _grads(parameters, lambd / m)


@misconception(
    "l1_penalty.grad_abs",
    hint="Negative weights should be pushed up and positive ones down. What sign does your gradient have?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def grad_abs(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Gradient lambda / m |W|."""
    sizes = {name: np.abs(value) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), _grads(sizes, lambd / m)


@misconception(
    "l1_penalty.grad_ones",
    hint="Your gradient pushes every weight the same way. Which way should a negative weight go?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def grad_ones(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Gradient lambda / m everywhere, as if all weights were positive."""
    ones = {name: np.ones_like(value) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), _grads(ones, lambd / m)


@misconception(
    "l1_penalty.no_abs",
    hint="Positive and negative weights cancel in your sum. What should |w| do about that?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def no_abs(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Adds the weights without their absolute value."""
    penalty = lambd / m * sum(float(np.sum(W)) for W in _weights(parameters))
    return penalty, _signs(parameters, lambd, m)


@misconception(
    "l1_penalty.induced_norm",
    hint="numpy's matrix norm of order 1 is the largest column sum. The penalty adds every entry.",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def induced_norm(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """np.linalg.norm(W, 1): the largest column sum, not the sum of all entries."""
    penalty = lambd / m * sum(float(np.linalg.norm(W, 1)) for W in _weights(parameters))
    return penalty, _signs(parameters, lambd, m)


@misconception(
    "l1_penalty.last_layer_only",
    hint="Every layer's weights are penalised. How many matrices did you sum?",
    caught_by=("test_l1_penalty_and_gradient", "test_l1_gradient_is_the_slope"),
)
def l1_last_layer_only(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """The penalty has only the last weight matrix."""
    penalty = lambd / m * float(np.sum(np.abs(_weights(parameters)[-1])))
    return penalty, _signs(parameters, lambd, m)


# arguments changed in place, and other slips of any question


@misconception(
    "frobenius_norm_squared.in_place",
    hint="Print W before and after the call: it holds its own squares. Where are they written?",
    caught_by=("test_norm_leaves_its_argument_alone",),
)
def squared_in_place(W: np.ndarray) -> float:
    """Squares W in place."""
    W *= W
    return float(W.sum())


@misconception(
    "l2_penalty.in_place",
    hint="Print the weights before and after the call: they hold their own squares. Where are they written?",
    caught_by=("test_l2_leaves_the_parameters_alone",),
)
def l2_in_place(parameters: Parameters, lambd: float, m: int) -> float:
    """Squares the weights in place."""
    total = 0.0
    for W in _weights(parameters):
        W *= W
        total += float(W.sum())
    return lambd / (2 * m) * total


@misconception(
    "l2_penalty.floor_division",
    hint="Print the factor before the sum. What does // do with 0.7 and 14?",
    caught_by=("test_l2_of_networks_of_any_depth",),
)
def l2_floor_division(parameters: Parameters, lambd: float, m: int) -> float:
    """Divides with //."""
    return lambd // (2 * m) * sum(float(np.sum(W**2)) for W in _weights(parameters))


@misconception(
    "l1_penalty.in_place",
    hint="Print the weights before and after the call: they hold their gradient. Where do you write it?",
    caught_by=("test_l1_leaves_the_parameters_alone",),
)
def l1_in_place(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Writes the gradients into the parameters."""
    penalty = _l1(parameters, lambd, m)
    for name, value in parameters.items():
        value[...] = lambd / m * np.sign(value) if name.startswith("W") else 0.0
    return penalty, {f"d{name}": value for name, value in parameters.items()}


@misconception(
    "l1_penalty.small_taken_for_zero",
    hint="Weights close to zero get no pull at all. Which weights are the only ones without?",
    caught_by=("test_l1_pulls_small_weights_as_hard",),
)
def small_taken_for_zero(parameters: Parameters, lambd: float, m: int) -> tuple[float, Parameters]:
    """Takes weights below a tolerance for zeros."""
    large = {name: np.where(np.abs(value) > 1e-4, value, 0.0) for name, value in parameters.items()}
    return _l1(parameters, lambd, m), _signs(large, lambd, m)
