"""Known mistakes in network.py."""

import numpy as np
from network import Cache, compute_cost
from network import backward_propagation_with_regularization as right_gradients
from penalties import l2_penalty

from grader.checks import misconception

Parameters = dict[str, np.ndarray]


def _weights(cache: Cache) -> dict[str, np.ndarray]:
    return {"dW1": cache[2], "dW2": cache[6], "dW3": cache[10]}


def _with_penalty(grads: Parameters, cache: Cache, factor: float) -> Parameters:
    """Return grads with `factor * W` added to each dW."""
    weights = _weights(cache)
    return {key: value + factor * weights[key] if key in weights else value for key, value in grads.items()}


def _backward(
    X: np.ndarray,
    cache: Cache,
    dZ3: np.ndarray,
    gates: tuple[np.ndarray | float, np.ndarray | float] | None = None,
) -> Parameters:
    """Return the gradients of the data that follow from `dZ3`, with other gates for layers 1 and 2 if asked."""
    Z1, A1, _, _, Z2, A2, W2, _, _, _, W3, _ = cache
    gate1, gate2 = gates or (Z1 > 0, Z2 > 0)
    dZ2 = (dZ3 @ W3.T) * gate2
    dZ1 = (dZ2 @ W2.T) * gate1
    return {
        "dW1": X.T @ dZ1,
        "db1": dZ1.sum(axis=0),
        "dW2": A1.T @ dZ2,
        "db2": dZ2.sum(axis=0),
        "dW3": A2.T @ dZ3,
        "db3": dZ3.sum(axis=0),
    }


# compute_cost_with_regularization


@misconception(
    "compute_cost_with_regularization.m_from_columns",
    hint="With examples in rows, which entry of Y.shape counts them?",
    caught_by=("test_cost_is_data_plus_penalty",),
)
def m_from_columns(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """m = Y.shape[1] in the penalty."""
    return compute_cost(A3, Y) + l2_penalty(parameters, lambd, Y.shape[1])


@misconception(
    "compute_cost_with_regularization.columns_everywhere",
    hint="Both parts of your cost are divided by the number of outputs. Which axis of Y holds the examples?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def columns_everywhere(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """m = Y.shape[1] in both parts."""
    return compute_cost(A3, Y) * len(Y) / Y.shape[1] + l2_penalty(parameters, lambd, Y.shape[1])


@misconception(
    "compute_cost_with_regularization.all_entries",
    hint="The penalty is shared among the examples. Did you count the outputs of an example one by one?",
    caught_by=("test_cost_is_data_plus_penalty",),
)
def all_entries(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """m = Y.size in the penalty."""
    return compute_cost(A3, Y) + l2_penalty(parameters, lambd, Y.size)


@misconception(
    "compute_cost_with_regularization.mean_over_outputs",
    hint="The cross-entropy is summed over the outputs of an example. What does a mean over all entries do instead?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def mean_over_outputs(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """Averages the cross-entropy over the outputs as well."""
    return compute_cost(A3, Y) / Y.shape[1] + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.summed",
    hint="Twice the same data doubles your cross-entropy. Is the cost a sum over the examples, or a mean?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def summed(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The cross-entropy is not averaged over the examples."""
    return compute_cost(A3, Y) * len(Y) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.minus",
    hint="Raising lambda lowered your cost. Should large weights be rewarded?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def minus(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The penalty is subtracted."""
    return compute_cost(A3, Y) - l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.penalty_missing",
    hint="Changing lambda does not change your cost. Which of the two parts is there?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def penalty_missing(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The cross-entropy only."""
    return compute_cost(A3, Y)


@misconception(
    "compute_cost_with_regularization.penalty_only",
    hint="At lambda = 0 your cost is zero, whatever the network predicts. Where did the data go?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def penalty_only(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The penalty only."""
    return l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.no_m",
    hint="Both terms of the cost are divided by the number of examples. Is your penalty?",
    caught_by=("test_cost_is_data_plus_penalty",),
)
def no_m(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The penalty is not divided by m."""
    return compute_cost(A3, Y) + l2_penalty(parameters, lambd, 1)


@misconception(
    "compute_cost_with_regularization.m_twice",
    hint="The penalty function already divides by the number of examples. How often do you divide?",
    caught_by=("test_cost_is_data_plus_penalty",),
)
def m_twice(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The penalty is divided by m twice."""
    return compute_cost(A3, Y) + l2_penalty(parameters, lambd, len(Y)) / len(Y)


@misconception(
    "compute_cost_with_regularization.no_half",
    hint="Your penalty is twice the one of the formula. Which factor stands in front of the sum of squares?",
    caught_by=("test_cost_is_data_plus_penalty",),
)
def no_half(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """lambda / m without the 1/2."""
    return compute_cost(A3, Y) + 2 * l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.whole_cost_scaled",
    hint="lambda weighs the penalty alone; with lambda = 0 the cross-entropy must remain. Does it?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def whole_cost_scaled(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """lambda multiplies the cross-entropy as well."""
    return lambd * (compute_cost(A3, Y) + l2_penalty(parameters, 1.0, len(Y)))


@misconception(
    "compute_cost_with_regularization.weighted_mean",
    hint="In your version a larger lambda makes the data count less. Is that in the formula?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def weighted_mean(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """(1 - lambda) times the cross-entropy plus the penalty."""
    return (1 - lambd) * compute_cost(A3, Y) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.lambda_squared",
    hint="Doubling lambda multiplies your penalty by four. How often do you multiply by lambda?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def lambda_squared(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """Multiplies by lambda again, though the penalty has it already."""
    return compute_cost(A3, Y) + lambd * l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.outer_product",
    hint="You summed an N x N table. Each label belongs to its own prediction only.",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def outer_product(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """np.dot(Y, log(A).T) summed: every label against every prediction."""
    A = np.clip(A3, 1e-15, 1 - 1e-15)
    data = -np.sum(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)) / len(Y)
    return float(data) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.positive_only",
    hint="A label of 0 predicted as 0.9 costs nothing in your version. Which half of the cross-entropy is missing?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def positive_only(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """Only the part of the labels 1."""
    data = -np.sum(Y * np.log(np.clip(A3, 1e-15, 1.0))) / len(Y)
    return float(data) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.minus_covers_one",
    hint="The minus sign of the cross-entropy belongs to both of its terms. How far does yours reach?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def minus_covers_one(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """-Y log A + (1 - Y) log(1 - A)."""
    A = np.clip(A3, 1e-15, 1 - 1e-15)
    data = np.sum(-Y * np.log(A) + (1 - Y) * np.log(1 - A)) / len(Y)
    return float(data) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.log2",
    hint="Your cross-entropy is 1.44 times the right one everywhere. Which logarithm is that?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_grows_evenly_with_lambda"),
)
def log2(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The logarithm to base 2."""
    return compute_cost(A3, Y) / float(np.log(2)) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.bias_included",
    hint="Biases stay free. Which arrays do you add to the penalty?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_of_a_perfect_prediction"),
)
def bias_included(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """Penalises the biases as well."""
    squares = sum(float(np.sum(value**2)) for value in parameters.values())
    return compute_cost(A3, Y) + lambd / (2 * len(Y)) * squares


@misconception(
    "compute_cost_with_regularization.last_layer_only",
    hint="Every layer's weights are penalised. How many matrices did you sum?",
    caught_by=("test_cost_is_data_plus_penalty", "test_cost_of_a_perfect_prediction"),
)
def cost_last_layer_only(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """Only W3 is in the penalty."""
    return compute_cost(A3, Y) + l2_penalty({"W3": parameters["W3"]}, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.unclipped",
    hint="A perfect prediction makes your cost nan: 0 times log 0. Which given function takes care of that?",
    caught_by=("test_cost_of_a_perfect_prediction",),
)
def unclipped(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """The cross-entropy without clipping."""
    with np.errstate(divide="ignore", invalid="ignore"):
        data = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / len(Y)
    return float(data) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "compute_cost_with_regularization.coarse_clipping",
    hint="A perfect prediction costs something in your version. How far from 0 and 1 do you keep probabilities?",
    caught_by=("test_cost_of_a_perfect_prediction",),
)
def coarse_clipping(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """Clips at 0.01, which costs a perfect prediction something."""
    return compute_cost(np.clip(A3, 0.01, 0.99), Y) + l2_penalty(parameters, lambd, len(Y))


# backward_propagation_with_regularization


@misconception(
    "backward_propagation_with_regularization.no_reg",
    hint="The cost contains a term in W. Where is its derivative in dW?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def no_reg(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """No term with lambda."""
    return right_gradients(X, Y, cache, 0.0)


@misconception(
    "backward_propagation_with_regularization.last_layer_only",
    hint="Each layer's weights are in the penalty. Which of your dW know about lambda?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def last_layer_only(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """The term with lambda only in dW3."""
    grads = right_gradients(X, Y, cache, 0.0)
    return {**grads, "dW3": right_gradients(X, Y, cache, lambd)["dW3"]}


@misconception(
    "backward_propagation_with_regularization.first_layer_missed",
    hint="dW3 and dW2 know about lambda. Is W1 in the penalty?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def first_layer_missed(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """No term with lambda in dW1."""
    grads = right_gradients(X, Y, cache, lambd)
    return {**grads, "dW1": right_gradients(X, Y, cache, 0.0)["dW1"]}


@misconception(
    "backward_propagation_with_regularization.bias_reg",
    hint="The penalty does not contain the biases. What does lambda do in your db?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def bias_reg(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """lambda / N b added to db."""
    grads = right_gradients(X, Y, cache, lambd)
    biases = {"db1": cache[3], "db2": cache[7], "db3": cache[11]}
    return {key: value + lambd / len(X) * biases[key] if key in biases else value for key, value in grads.items()}


@misconception(
    "backward_propagation_with_regularization.no_m",
    hint="The penalty is divided by the number of examples. What does that do to its derivative?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def reg_no_m(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """lambda W."""
    return _with_penalty(right_gradients(X, Y, cache, 0.0), cache, lambd)


@misconception(
    "backward_propagation_with_regularization.half_left",
    hint="The derivative of w^2 has a factor of its own. What becomes of the 2 below the line?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def half_left(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """lambda / (2 N) W."""
    return right_gradients(X, Y, cache, lambd / 2)


@misconception(
    "backward_propagation_with_regularization.reg_negative",
    hint="Your penalty's part makes large weights larger. In which direction should its gradient point?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def reg_negative(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """-lambda / N W."""
    return right_gradients(X, Y, cache, -lambd)


@misconception(
    "backward_propagation_with_regularization.reg_l1",
    hint="Your pull does not depend on how large a weight is. Which penalty has such a slope?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def reg_l1(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """lambda / N sign(W), the gradient of L1."""
    grads, weights = right_gradients(X, Y, cache, 0.0), _weights(cache)
    return {
        key: value + lambd / len(X) * np.sign(weights[key]) if key in weights else value for key, value in grads.items()
    }


@misconception(
    "backward_propagation_with_regularization.reg_number",
    hint="You add the same number to all entries of dW. Does each weight not have a pull of its own?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def reg_number(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """Adds the penalty itself, one number, to each dW."""
    grads, weights = right_gradients(X, Y, cache, 0.0), _weights(cache)
    return {
        key: value + lambd / (2 * len(X)) * np.sum(weights[key] ** 2) if key in weights else value
        for key, value in grads.items()
    }


@misconception(
    "backward_propagation_with_regularization.double_1_over_m",
    hint="Two conventions mixed: either dZ3 carries the 1/N, or each dW does. How often do you divide?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def double_1_over_m(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """1/N in dZ3 and again in each dW and db."""
    N = len(X)
    grads = {key: value / N for key, value in right_gradients(X, Y, cache, 0.0).items()}
    return _with_penalty(grads, cache, lambd / N)


@misconception(
    "backward_propagation_with_regularization.no_1_over_m",
    hint="The cost is a mean over the examples. Where does the 1/N enter the backward pass?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def no_1_over_m(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dZ3 = A3 - Y, without the mean."""
    return _with_penalty(_backward(X, cache, cache[9] - Y), cache, lambd / len(X))


@misconception(
    "backward_propagation_with_regularization.all_entries",
    hint="The cross-entropy is summed over the outputs of an example. By which number do you divide?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def all_entries_mean(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dZ3 divided by all entries of Y."""
    return _with_penalty(_backward(X, cache, (cache[9] - Y) / Y.size), cache, lambd / len(X))


@misconception(
    "backward_propagation_with_regularization.penalty_not_shared",
    hint="The part of the data is right. By which number do you divide the penalty's part?",
    caught_by=(
        "test_gradients_of_all_layers",
        "test_gradients_are_the_slopes",
        "test_lambda_adds_its_share_to_the_weights",
    ),
)
def penalty_from_columns(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """The penalty's part is divided by X.shape[1]."""
    return _with_penalty(right_gradients(X, Y, cache, 0.0), cache, lambd / X.shape[1])


@misconception(
    "backward_propagation_with_regularization.m_from_columns",
    hint="Examples are rows here. Which entry of X.shape counts them?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def gradients_m_from_columns(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """m = X.shape[1] everywhere."""
    m = X.shape[1]
    return _with_penalty(_backward(X, cache, (cache[9] - Y) / m), cache, lambd / m)


@misconception(
    "backward_propagation_with_regularization.sign",
    hint="For a label of 1 the score should go up, so its gradient is negative. Which sign does your dZ3 have?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def sign(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dZ3 = (Y - A3) / N."""
    return _with_penalty(_backward(X, cache, (Y - cache[9]) / len(X)), cache, lambd / len(X))


@misconception(
    "backward_propagation_with_regularization.sigmoid_slope",
    hint="The slope of the sigmoid cancels against the logarithm of the cost. Is it in your dZ3?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def sigmoid_slope(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dZ3 multiplied by A3 (1 - A3)."""
    A3, N = cache[9], len(X)
    return _with_penalty(_backward(X, cache, (A3 - Y) * A3 * (1 - A3) / N), cache, lambd / N)


@misconception(
    "backward_propagation_with_regularization.gate_of_gradient",
    hint="The gate of a layer is decided by its Z in the forward pass. What decides it in your version?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def gate_of_gradient(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """The ReLU gate opens where the gradient is positive."""
    A3, W2, W3, N = cache[9], cache[6], cache[10], len(X)
    dZ3 = (A3 - Y) / N
    gate2 = dZ3 @ W3.T > 0
    gate1 = ((dZ3 @ W3.T) * gate2) @ W2.T > 0
    return _with_penalty(_backward(X, cache, dZ3, (gate1, gate2)), cache, lambd / N)


@misconception(
    "backward_propagation_with_regularization.relu_gate_wrong_layer",
    hint="Each gate belongs to the Z of its own layer. Which Z do you look at for dZ1, and which for dZ2?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def gate_of_other_layer(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """The gates of layers 1 and 2 are exchanged, which only fits layers of one size."""
    Z1, Z2, N = cache[0], cache[4], len(X)
    return _with_penalty(_backward(X, cache, (cache[9] - Y) / N, (Z2 > 0, Z1 > 0)), cache, lambd / N)


@misconception(
    "backward_propagation_with_regularization.no_gate",
    hint="A unit that was off in the forward pass cannot pass a gradient on. Where do you switch it off?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def no_gate(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """No ReLU gates at all."""
    N = len(X)
    return _with_penalty(_backward(X, cache, (cache[9] - Y) / N, (1.0, 1.0)), cache, lambd / N)


@misconception(
    "backward_propagation_with_regularization.one_gate",
    hint="Layers 3 and 2 are right. Does layer 1 have a ReLU too?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def one_gate(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """No gate at layer 1."""
    N = len(X)
    return _with_penalty(_backward(X, cache, (cache[9] - Y) / N, (1.0, cache[4] > 0)), cache, lambd / N)


@misconception(
    "backward_propagation_with_regularization.before_activation",
    hint="Layer 2 was fed with A1. What do you multiply with dZ2 to get dW2?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def before_activation(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dW2 and dW3 from Z1 and Z2 instead of A1 and A2."""
    Z1, _, _, _, Z2, *rest = cache
    return right_gradients(X, Y, (Z1, Z1, *cache[2:4], Z2, Z2, *rest[1:]), lambd)


@misconception(
    "backward_propagation_with_regularization.input_of_another_layer",
    hint="Only dW1 is off. Which values went into layer 1 in the forward pass?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def input_of_another_layer(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dW1 from A1 instead of X, which only fits an input of that size."""
    grads = right_gradients(X, Y, cache, lambd)
    from_a1 = _backward(cache[1], cache, (cache[9] - Y) / len(X))["dW1"]
    return {**grads, "dW1": from_a1 + lambd / len(X) * cache[2]}


@misconception(
    "backward_propagation_with_regularization.not_transposed",
    hint="Write the shapes of dZ3 and W3 next to each other. Which way round must W3 stand to get the shape of A2?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def not_transposed(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dZ3 @ W3 and dZ2 @ W2, which only fits square matrices."""
    return right_gradients(X, Y, (*cache[:6], cache[6].T, *cache[7:10], cache[10].T, cache[11]), lambd)


@misconception(
    "backward_propagation_with_regularization.planted_2",
    hint="One matrix is off by a constant factor. Which one? Compare the layers separately.",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def planted_2(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """The data's part of dW2 is doubled, as in the gradient checking notebook of the Deep Learning Specialization."""
    grads = right_gradients(X, Y, cache, 0.0)
    return _with_penalty({**grads, "dW2": 2 * grads["dW2"]}, cache, lambd / len(X))


@misconception(
    "backward_propagation_with_regularization.planted_4",
    hint="One bias is off by a constant factor. Which one? Compare the layers separately.",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def planted_4(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """db1 is multiplied by 4, as in the gradient checking notebook of the Deep Learning Specialization."""
    grads = right_gradients(X, Y, cache, lambd)
    return {**grads, "db1": 4 * grads["db1"]}


@misconception(
    "backward_propagation_with_regularization.db_mean",
    hint="dZ carries the 1/N already. What do you do with its rows to get db?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def db_mean(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """db averages dZ over the examples."""
    grads = right_gradients(X, Y, cache, lambd)
    return {key: value / len(X) if key.startswith("db") else value for key, value in grads.items()}


@misconception(
    "backward_propagation_with_regularization.db_row",
    hint="In this course a bias has the shape (n,). Which shape has your db?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def db_row(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """db of shape (1, n), from keepdims=True."""
    grads = right_gradients(X, Y, cache, lambd)
    return {key: value[np.newaxis] if key.startswith("db") else value for key, value in grads.items()}


@misconception(
    "backward_propagation_with_regularization.db_missing",
    hint="The step after this one asks for a gradient of every bias. Which keys do you return?",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def db_missing(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """No db."""
    return {key: value for key, value in right_gradients(X, Y, cache, lambd).items() if key.startswith("dW")}


@misconception(
    "backward_propagation_with_regularization.dw_transposed",
    hint="Each gradient has the shape of its parameter. Compare W1 and your dW1.",
    caught_by=("test_gradients_of_all_layers", "test_gradients_are_the_slopes"),
)
def dw_transposed(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """dW is transposed, as in a course where examples are columns."""
    return {key: value.T for key, value in right_gradients(X, Y, cache, lambd).items()}


# arguments changed in place


@misconception(
    "compute_cost_with_regularization.clipped_in_place",
    hint="Print A3 before and after the call, for a perfect prediction. Who clips it, and where to?",
    caught_by=("test_cost_leaves_its_arguments_alone",),
)
def clipped_in_place(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
    """Clips A3 in place."""
    np.clip(A3, 1e-15, 1 - 1e-15, out=A3)
    return compute_cost(A3, Y) + l2_penalty(parameters, lambd, len(Y))


@misconception(
    "backward_propagation_with_regularization.predictions_overwritten",
    hint="The gradients are right, but A3 in the cache is not what it was. What does -= do to an array?",
    caught_by=("test_gradients_leave_their_arguments_alone",),
)
def predictions_overwritten(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """Subtracts Y from the A3 of the cache, in place."""
    grads = right_gradients(X, Y, cache, lambd)
    A3 = cache[9]
    A3 -= Y
    return grads


@misconception(
    "backward_propagation_with_regularization.labels_overwritten",
    hint="The gradients are right, but Y is not what it was before the call. What does -= do to an array?",
    caught_by=("test_gradients_leave_their_arguments_alone",),
)
def labels_overwritten(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
    """Subtracts A3 from Y, in place."""
    grads = right_gradients(X, Y, cache, lambd)
    Y -= cache[9]
    return grads
