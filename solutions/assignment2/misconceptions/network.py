"""Mistakes that students make with dropout inside a network, forward and backward."""

from dataclasses import dataclass

import numpy as np
from layers import dropout_mask
from network import backward_propagation_with_dropout, forward_propagation_with_dropout, relu, sigmoid

from grader.checks import misconception


@misconception(
    "forward_propagation_with_dropout.mask_shape_of_W",
    hint="A mask switches activations on and off, so it needs one entry per example and unit. "
    "Which array has that shape?",
    caught_by=("test_forward_keeps_all", "test_forward_first_mask"),
)
def mask_shaped_like_weights(X, parameters, keep_prob, rng):
    """The masks have the shapes of W1 and W2."""
    masks = Masks(keep_prob, rng)
    return _forward(
        X,
        parameters,
        lambda A: A * masks.first(parameters["W1"].shape),
        lambda A: A * masks.second(parameters["W2"].shape),
    )


@misconception(
    "forward_propagation_with_dropout.weights_dropped",
    hint="Your coins switch off weights. Dropout switches off units: all weights that leave one unit at once.",
    caught_by=("test_forward_first_mask", "test_forward_second_mask"),
)
def weights_dropped(X, parameters, keep_prob, rng):
    """Drops entries of W1 and W2 instead of activations (DropConnect)."""
    masks = Masks(keep_prob, rng)
    thinned = parameters | {
        "W1": parameters["W1"] * masks.first(parameters["W1"].shape),
        "W2": parameters["W2"] * masks.second(parameters["W2"].shape),
    }
    return _forward(X, thinned, _same, _same)


@misconception(
    "forward_propagation_with_dropout.columns",
    hint="W @ X is for examples in columns, as in the Deep Learning Specialization. Here an example is a row.",
    caught_by=("test_forward_keeps_all",),
)
def columns(X, parameters, keep_prob, rng):
    """Multiplies W @ A, as for one example per column."""
    masks = Masks(keep_prob, rng)
    A1 = relu(parameters["W1"] @ X + parameters["b1"])
    A2 = relu(parameters["W2"] @ (A1 * masks.first(A1.shape)) + parameters["b2"])
    A3 = sigmoid(parameters["W3"] @ (A2 * masks.second(A2.shape)) + parameters["b3"])
    return A3, None


@misconception(
    "forward_propagation_with_dropout.bias_column",
    hint="b holds one number per unit, and the units are the columns of Z. Along which axis does yours run?",
    caught_by=("test_forward_keeps_all",),
)
def bias_column(X, parameters, keep_prob, rng):
    """Adds the biases as columns, one number per example."""
    reshaped = {key: value[:, np.newaxis] if key.startswith("b") else value for key, value in parameters.items()}
    return forward_propagation_with_dropout(X, reshaped, keep_prob, rng)


@misconception(
    "forward_propagation_with_dropout.output_dropped",
    hint="The last layer gives the prediction; switching it off corrupts the label comparison.",
    caught_by=("test_forward_second_mask", "test_forward_both_masks"),
)
def output_dropped(X, parameters, keep_prob, rng):
    """Dropout on the output layer too, with the second layer's keep_prob."""
    A3, cache = forward_propagation_with_dropout(X, parameters, keep_prob, rng)
    return A3 * Masks(keep_prob, rng).second(A3.shape), cache


@misconception(
    "forward_propagation_with_dropout.scores_dropped",
    hint="Print Z3: some of its entries are exactly zero. Which layers are to be dropped?",
    caught_by=("test_forward_second_mask", "test_forward_both_masks"),
)
def scores_dropped(X, parameters, keep_prob, rng):
    """Dropout on Z3 instead of A2."""
    masks = Masks(keep_prob, rng)
    return _forward(X, parameters, lambda A: A * masks.first(A.shape), _same, lambda Z: Z * masks.second(Z.shape) ** 2)


@misconception(
    "forward_propagation_with_dropout.input_dropped",
    hint="Here only the two hidden layers are dropped; the input stays whole.",
    caught_by=("test_forward_first_mask", "test_forward_both_masks"),
)
def input_dropped(X, parameters, keep_prob, rng):
    """Dropout on X, with the first layer's keep_prob."""
    return forward_propagation_with_dropout(X * Masks(keep_prob, rng).first(X.shape), parameters, keep_prob, rng)


@misconception(
    "forward_propagation_with_dropout.kp_swapped",
    hint="keep_prob = (a, b): a belongs to the first hidden layer.",
    caught_by=("test_forward_second_mask",),
)
def kp_swapped(X, parameters, keep_prob, rng):
    """The keep probabilities of the two layers are exchanged."""
    keep_prob1, keep_prob2 = np.broadcast_to(keep_prob, 2)
    return forward_propagation_with_dropout(X, parameters, (keep_prob2, keep_prob1), rng)


@misconception(
    "forward_propagation_with_dropout.first_for_both",
    hint="With keep_prob = (0.6, 1) your second hidden layer is dropped as well. Which number belongs to it?",
    caught_by=("test_forward_first_mask", "test_forward_second_mask"),
)
def first_for_both(X, parameters, keep_prob, rng):
    """The first keep probability is used for both layers."""
    keep_prob1, _ = np.broadcast_to(keep_prob, 2)
    return forward_propagation_with_dropout(X, parameters, keep_prob1, rng)


@misconception(
    "forward_propagation_with_dropout.number_for_first_only",
    hint="One number for keep_prob holds for both hidden layers. How many of them do you drop?",
    caught_by=("test_forward_both_masks",),
)
def number_for_first_only(X, parameters, keep_prob, rng):
    """A single number drops the first layer only."""
    return forward_propagation_with_dropout(
        X, parameters, keep_prob if isinstance(keep_prob, tuple | list) else (keep_prob, 1.0), rng
    )


@misconception(
    "forward_propagation_with_dropout.pair_only",
    hint="keep_prob may also be one number. What does your first line do with it?",
    caught_by=("test_forward_keeps_all", "test_forward_both_masks"),
)
def pair_only(X, parameters, keep_prob, rng):
    """Unpacks keep_prob without looking."""
    keep_prob1, keep_prob2 = keep_prob
    return forward_propagation_with_dropout(X, parameters, (keep_prob1, keep_prob2), rng)


@misconception(
    "forward_propagation_with_dropout.number_only",
    hint="keep_prob may also be a pair, one number for each hidden layer. What does your comparison do with it?",
    caught_by=("test_forward_keeps_all", "test_forward_first_mask"),
)
def number_only(X, parameters, keep_prob, rng):
    """Compares with keep_prob without looking whether it is a pair."""
    return forward_propagation_with_dropout(X, parameters, float(keep_prob), rng)


@misconception(
    "forward_propagation_with_dropout.same_mask",
    hint="The two layers must be dropped independently, even when they have the same size.",
    caught_by=("test_forward_both_masks",),
)
def same_mask(X, parameters, keep_prob, rng):
    """One mask is reused for both layers where they have the same size."""
    keep_prob1, keep_prob2 = np.broadcast_to(keep_prob, 2)
    first = rng.random((len(X), parameters["W1"].shape[1]))
    second = (
        first
        if parameters["W2"].shape[0] == parameters["W2"].shape[1]
        else rng.random((len(X), parameters["W2"].shape[1]))
    )
    return _forward(
        X,
        parameters,
        lambda A: A * (first < keep_prob1) / keep_prob1,
        lambda A: A * (second < keep_prob2) / keep_prob2,
    )


@misconception(
    "forward_propagation_with_dropout.first_exact_share",
    hint="In the first hidden layer every example keeps the same number of units. What would coins do?",
    caught_by=("test_forward_first_mask",),
)
def first_exact_share(X, parameters, keep_prob, rng):
    """The first mask keeps exactly the share keep_prob of the units of each example."""
    masks = Masks(keep_prob, rng)
    return _forward(
        X,
        parameters,
        lambda A: A * _exact(A, np.broadcast_to(keep_prob, 2)[0], rng),
        lambda A: A * masks.second(A.shape),
    )


@misconception(
    "forward_propagation_with_dropout.second_exact_share",
    hint="In the second hidden layer every example keeps the same number of units. What would coins do?",
    caught_by=("test_forward_second_mask",),
)
def second_exact_share(X, parameters, keep_prob, rng):
    """The second mask keeps exactly the share keep_prob of the units of each example."""
    masks = Masks(keep_prob, rng)
    return _forward(
        X,
        parameters,
        lambda A: A * masks.first(A.shape),
        lambda A: A * _exact(A, np.broadcast_to(keep_prob, 2)[1], rng),
    )


@misconception(
    "forward_propagation_with_dropout.first_missing",
    hint="The first hidden layer is not dropped at all. How many masks are there?",
    caught_by=("test_forward_first_mask", "test_forward_both_masks"),
)
def first_missing(X, parameters, keep_prob, rng):
    """Only the second hidden layer is dropped."""
    _, keep_prob2 = np.broadcast_to(keep_prob, 2)
    return forward_propagation_with_dropout(X, parameters, (1.0, keep_prob2), rng)


@misconception(
    "forward_propagation_with_dropout.condition_copied",
    hint="With keep_prob = (0.6, 1) nothing is dropped. Which keep_prob decides whether the first mask is drawn?",
    caught_by=("test_forward_first_mask",),
)
def condition_copied(X, parameters, keep_prob, rng):
    """The first mask is drawn only if the second layer's keep_prob is below 1."""
    keep_prob1, keep_prob2 = np.broadcast_to(keep_prob, 2)
    return forward_propagation_with_dropout(X, parameters, (keep_prob1 if keep_prob2 < 1 else 1.0, keep_prob2), rng)


@misconception(
    "forward_propagation_with_dropout.second_missing",
    hint="The second hidden layer is not dropped at all. How many masks are there?",
    caught_by=("test_forward_second_mask", "test_forward_both_masks"),
)
def second_missing(X, parameters, keep_prob, rng):
    """Only the first hidden layer is dropped."""
    keep_prob1, _ = np.broadcast_to(keep_prob, 2)
    return forward_propagation_with_dropout(X, parameters, (keep_prob1, 1.0), rng)


@misconception(
    "forward_propagation_with_dropout.not_inverted",
    hint="Units are dropped as they should be, but the kept ones are as small as before. What keeps the average?",
    caught_by=("test_forward_first_mask", "test_forward_second_mask", "test_forward_both_masks"),
)
def not_inverted(X, parameters, keep_prob, rng):
    """The masks are 0/1."""
    masks = Masks(keep_prob, rng)
    return _forward(X, parameters, lambda A: A * (masks.first(A.shape) > 0), lambda A: A * (masks.second(A.shape) > 0))


@misconception(
    "forward_propagation_with_dropout.second_not_scaled",
    hint="The first hidden layer is right. What is different in what you do with the second?",
    caught_by=("test_forward_second_mask", "test_forward_both_masks"),
)
def second_not_scaled(X, parameters, keep_prob, rng):
    """The second mask is 0/1."""
    masks = Masks(keep_prob, rng)
    return _forward(X, parameters, lambda A: A * masks.first(A.shape), lambda A: A * (masks.second(A.shape) > 0))


@misconception(
    "forward_propagation_with_dropout.drop_rate",
    hint="keep_prob is the share that is kept. Count the units that survive your first mask at keep_prob = 0.6.",
    caught_by=("test_forward_keeps_all", "test_forward_first_mask", "test_forward_second_mask"),
)
def drop_rate(X, parameters, keep_prob, rng):
    """Reads keep_prob as the rate of dropping."""
    keep_prob1, keep_prob2 = np.broadcast_to(keep_prob, 2)

    def drop(A, rate):
        return A * (rng.random(A.shape) >= rate) / (1 - rate if rate < 1 else 1)

    return _forward(X, parameters, lambda A: drop(A, keep_prob1), lambda A: drop(A, keep_prob2))


@misconception(
    "forward_propagation_with_dropout.comparison_reversed",
    hint="The scale is right, the share is not: which side of the comparison with keep_prob is kept?",
    caught_by=("test_forward_first_mask", "test_forward_second_mask"),
)
def comparison_reversed(X, parameters, keep_prob, rng):
    """Keeps with probability 1 - keep_prob, but divides by keep_prob."""
    keep_prob1, keep_prob2 = np.broadcast_to(keep_prob, 2)

    def drop(A, p):
        return A * ((rng.random(A.shape) > p) | (p == 1)) / p

    return _forward(X, parameters, lambda A: drop(A, keep_prob1), lambda A: drop(A, keep_prob2))


@misconception(
    "forward_propagation_with_dropout.per_feature_mask",
    hint="Each row (example) needs its own mask.",
    caught_by=("test_forward_first_mask", "test_forward_second_mask"),
)
def per_feature_mask(X, parameters, keep_prob, rng):
    """A mask of shape (1, n) is shared by the batch."""
    masks = Masks(keep_prob, rng)
    return _forward(
        X,
        parameters,
        lambda A: A * masks.first((1, A.shape[1])),
        lambda A: A * masks.second((1, A.shape[1])),
    )


@misconception(
    "forward_propagation_with_dropout.drop_preactivation_bias",
    hint="Dropout acts on the activation a, after the non-linearity, not on the weighted sum.",
    caught_by=("test_forward_first_mask",),
)
def drop_preactivation_bias(X, parameters, keep_prob, rng):
    """The first mask is applied before the bias is added."""
    masks = Masks(keep_prob, rng)
    Z1 = X @ parameters["W1"]
    Z1 = Z1 * masks.first(Z1.shape) + parameters["b1"]
    A2 = relu(relu(Z1) @ parameters["W2"] + parameters["b2"])
    A2 = A2 * masks.second(A2.shape)
    return sigmoid(A2 @ parameters["W3"] + parameters["b3"]), None


@misconception(
    "forward_propagation_with_dropout.relu_on_output",
    hint="The last layer has an activation of its own. Are all your predictions between 0 and 1?",
    caught_by=("test_forward_keeps_all",),
)
def relu_on_output(X, parameters, keep_prob, rng):
    """ReLU on the output layer as well."""
    masks = Masks(keep_prob, rng)
    A1 = relu(X @ parameters["W1"] + parameters["b1"])
    A2 = relu(A1 * masks.first(A1.shape) @ parameters["W2"] + parameters["b2"])
    return relu(A2 * masks.second(A2.shape) @ parameters["W3"] + parameters["b3"]), None


@misconception(
    "forward_propagation_with_dropout.relu_and_sigmoid",
    hint="What does the sigmoid receive? Negative scores are what makes a prediction smaller than one half.",
    caught_by=("test_forward_keeps_all",),
)
def relu_and_sigmoid(X, parameters, keep_prob, rng):
    """ReLU before the sigmoid of the output layer."""
    masks = Masks(keep_prob, rng)
    return _forward(
        X, parameters, lambda A: A * masks.first(A.shape), lambda A: A * masks.second(A.shape), lambda Z: relu(Z)
    )


@misconception(
    "forward_propagation_with_dropout.second_relu_missing",
    hint="Without dropout the second hidden layer is already different. What follows its linear part?",
    caught_by=("test_forward_keeps_all",),
)
def second_relu_missing(X, parameters, keep_prob, rng):
    """No ReLU in the second hidden layer."""
    masks = Masks(keep_prob, rng)
    A1 = relu(X @ parameters["W1"] + parameters["b1"])
    Z2 = A1 * masks.first(A1.shape) @ parameters["W2"] + parameters["b2"]
    return sigmoid(Z2 * masks.second(Z2.shape) @ parameters["W3"] + parameters["b3"]), None


@misconception(
    "forward_propagation_with_dropout.biases_missing",
    hint="Give the network weights of zero. What should be left?",
    caught_by=("test_forward_keeps_all",),
)
def biases_missing(X, parameters, keep_prob, rng):
    """The biases are not added."""
    without = {key: value if key.startswith("W") else np.zeros_like(value) for key, value in parameters.items()}
    return forward_propagation_with_dropout(X, without, keep_prob, rng)


@misconception(
    "forward_propagation_with_dropout.no_dropout",
    hint="This is the network without dropout. Where do the masks come in?",
    caught_by=("test_forward_first_mask", "test_forward_second_mask", "test_forward_both_masks", "test_forward_random"),
)
def no_dropout(X, parameters, keep_prob, rng):
    """keep_prob is not used."""
    return forward_propagation_with_dropout(X, parameters, 1.0, np.random.default_rng(0))


@misconception(
    "forward_propagation_with_dropout.reseed",
    hint="The same units are dropped in every call. Use the generator you were given.",
    caught_by=("test_forward_random",),
)
def reseed(X, parameters, keep_prob, rng):
    """Uses a generator with a fixed seed, as the programming assignment of the Deep Learning Specialization does."""
    return forward_propagation_with_dropout(X, parameters, keep_prob, np.random.default_rng(1))


@misconception(
    "forward_propagation_with_dropout.global_random",
    hint="The generator passed in is not the one that you draw from, so nobody can repeat your run.",
    caught_by=("test_forward_random",),
)
def global_random(X, parameters, keep_prob, rng):
    """Draws from the global generator."""
    keep_prob1, keep_prob2 = np.broadcast_to(keep_prob, 2)

    def drop(A, p):
        return A * (np.random.rand(*A.shape) < p) / p  # noqa: NPY002 - the mistake itself

    return _forward(X, parameters, lambda A: drop(A, keep_prob1), lambda A: drop(A, keep_prob2))


@misconception(
    "forward_propagation_with_dropout.masks_in_parameters",
    hint="The caller's dictionary has new entries after the call. The cache is the place for what you want to keep.",
    caught_by=("test_forward_input_unchanged",),
)
def masks_in_parameters(X, parameters, keep_prob, rng):
    """Stores the masks in the caller's dictionary."""
    A3, cache = forward_propagation_with_dropout(X, parameters, keep_prob, rng)
    parameters["D1"], parameters["D2"] = cache[1], cache[4]
    return A3, cache


@misconception(
    "forward_propagation_with_dropout.weights_rescaled",
    hint="Print W2 before and after the call: it was divided. Next time it will be divided again.",
    caught_by=("test_forward_input_unchanged",),
)
def weights_rescaled(X, parameters, keep_prob, rng):
    """Writes the scale 1/keep_prob into the weights of the next layer, in place."""
    A3, cache = forward_propagation_with_dropout(X, parameters, keep_prob, rng)
    parameters["W2"] /= np.broadcast_to(keep_prob, 2)[0]
    return A3, cache


@misconception(
    "backward_propagation_with_dropout.mask1_missing",
    hint="Gradients must not flow through units that were off in the forward pass. Check the first hidden layer.",
    caught_by=("test_backward_numerical",),
)
def mask1_missing(X, Y, cache):
    """dA1 is not masked."""
    return _backward(X, Y, cache, D1=np.ones_like(cache[1]))


@misconception(
    "backward_propagation_with_dropout.mask2_missing",
    hint="Gradients must not flow through units that were off. Check the second hidden layer.",
    caught_by=("test_backward_numerical",),
)
def mask2_missing(X, Y, cache):
    """dA2 is not masked."""
    return _backward(X, Y, cache, D2=np.ones_like(cache[4]))


@misconception(
    "backward_propagation_with_dropout.masks_missing",
    hint="These are the gradients of the plain network. What did dropout do to A1 and A2 on the way forward?",
    caught_by=("test_backward_numerical",),
)
def masks_missing(X, Y, cache):
    """Neither dA1 nor dA2 is masked."""
    return _backward(X, Y, cache, D1=np.ones_like(cache[1]), D2=np.ones_like(cache[4]))


@misconception(
    "backward_propagation_with_dropout.scale_missing",
    hint="The forward pass divided by keep_prob; the chain rule brings that factor back.",
    caught_by=("test_backward_numerical",),
)
def scale_missing(X, Y, cache):
    """The masks are used without 1/keep_prob."""
    return _backward(X, Y, cache, D1=np.sign(cache[1]), D2=np.sign(cache[4]))


@misconception(
    "backward_propagation_with_dropout.scale_twice",
    hint="The 1/keep_prob is already inside the masks you stored. Count how often it appears.",
    caught_by=("test_backward_numerical",),
)
def scale_twice(X, Y, cache):
    """1/keep_prob is applied twice."""
    return _backward(X, Y, cache, D1=cache[1] ** 2, D2=cache[4] ** 2)


@misconception(
    "backward_propagation_with_dropout.masks_swapped",
    hint="Going back, the second hidden layer comes first. Which mask belongs to dA2?",
    caught_by=("test_backward_numerical",),
)
def masks_swapped(X, Y, cache):
    """Each layer gets the other's mask."""
    return _backward(X, Y, cache, D1=cache[4], D2=cache[1])


@misconception(
    "backward_propagation_with_dropout.first_mask_twice",
    hint="Both hidden layers get one and the same mask on the way back. Which mask belongs to dA2?",
    caught_by=("test_backward_numerical",),
)
def first_mask_twice(X, Y, cache):
    """dA2 is multiplied by the first mask, where the two layers have one size."""
    return _backward(X, Y, cache, D2=cache[1] if cache[1].shape == cache[4].shape else cache[4])


@misconception(
    "backward_propagation_with_dropout.labels_overwritten",
    hint="The gradients are right, but Y is not what it was before the call. Where do you write to it?",
    caught_by=("test_backward_input_unchanged",),
)
def labels_overwritten(X, Y, cache):
    """Subtracts the predictions from Y in place."""
    grads = _backward(X, Y, cache)
    Y -= cache[6]
    return grads


@misconception(
    "backward_propagation_with_dropout.cache_overwritten",
    hint="A second call with the same cache gives other gradients. Which array of the cache do you write to?",
    caught_by=("test_backward_input_unchanged",),
)
def cache_overwritten(X, Y, cache):
    """Applies the masks to themselves, in the cache."""
    grads = _backward(X, Y, cache)
    for mask in (cache[1], cache[4]):
        mask *= mask
    return grads


@misconception(
    "backward_propagation_with_dropout.new_masks",
    hint="The backward pass has to switch off the same units as the forward pass. Where could it find out which?",
    caught_by=("test_backward_numerical",),
)
def new_masks(X, Y, cache):
    """Draws masks of its own."""
    rng = np.random.default_rng(0)
    D1, D2 = (dropout_mask(D.shape, 1 / max(D.max(), 1.0), rng) for D in (cache[1], cache[4]))
    return _backward(X, Y, cache, D1=D1, D2=D2)


@misconception(
    "backward_propagation_with_dropout.dropped_activations_missing",
    hint="db1 and db2 are right. Which activations did the second and the third layer really receive?",
    caught_by=("test_backward_numerical",),
)
def dropped_activations_missing(X, Y, cache):
    """dW2 and dW3 are formed with the activations before dropout."""
    return _backward(X, Y, cache, A1=relu(cache[0]), A2=relu(cache[3]))


@misconception(
    "backward_propagation_with_dropout.no_1_over_N",
    hint="The cost is a mean over examples. In this course the 1/N enters once, in the first backward step.",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def mean_forgotten(X, Y, cache):
    """dZ3 = A3 - Y: the mean is forgotten."""
    return _scaled(X, Y, cache, len(X))


@misconception(
    "backward_propagation_with_dropout.double_1_over_N",
    hint="Your gradients are N times too small: the 1/N was used in dZ3 and again in dW.",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def mean_taken_twice(X, Y, cache):
    """1/N in dZ3 and again in dW and db."""
    return _scaled(X, Y, cache, 1 / len(X))


@misconception(
    "backward_propagation_with_dropout.weights_double_1_over_N",
    hint="db is right, dW is N times too small. How often does 1/N enter on the way to dW?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def mean_taken_twice_for_weights(X, Y, cache):
    """1/N in dZ3 and again in dW."""
    grads = _backward(X, Y, cache)
    return {key: value / len(X) if key.startswith("dW") else value for key, value in grads.items()}


@misconception(
    "backward_propagation_with_dropout.biases_averaged",
    hint="dW is right, db is N times too small. The 1/N is already in dZ; what is left to do over the examples?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def biases_averaged(X, Y, cache):
    """db is the mean over the examples instead of the sum."""
    grads = _backward(X, Y, cache)
    return {key: value / len(X) if key.startswith("db") else value for key, value in grads.items()}


@misconception(
    "backward_propagation_with_dropout.m_from_columns",
    hint="You divide by the number of features. Examples are rows here, not columns as in the Deep Learning "
    "Specialization.",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def m_from_columns(X, Y, cache):
    """The number of examples is taken from X.shape[1]."""
    return _scaled(X, Y, cache, len(X) / X.shape[1])


@misconception(
    "backward_propagation_with_dropout.mean_over_outputs",
    hint="The cost is summed over the outputs and averaged over the examples. By what do you divide?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def mean_over_outputs(X, Y, cache):
    """Divides by the number of all entries of Y."""
    return _scaled(X, Y, cache, 1 / Y.shape[1])


@misconception(
    "backward_propagation_with_dropout.columns",
    hint="These products are for examples in columns, as in the Deep Learning Specialization. Here they are rows.",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def backward_columns(X, Y, cache):
    """Multiplies dZ @ A.T, as for one example per column."""
    Z1, D1, A1, Z2, D2, A2, A3, parameters = cache
    dZ3 = (A3 - Y) / X.shape[1]
    dZ2 = parameters["W3"].T @ dZ3 * D2 * (Z2 > 0)
    dZ1 = parameters["W2"].T @ dZ2 * D1 * (Z1 > 0)
    weights = {"dW1": dZ1 @ X.T, "dW2": dZ2 @ A1.T, "dW3": dZ3 @ A2.T}
    return weights | {f"db{i}": dZ.sum(axis=1) for i, dZ in enumerate((dZ1, dZ2, dZ3), start=1)}


@misconception(
    "backward_propagation_with_dropout.transposed",
    hint="Each dW has the shape of its W. In which order do you multiply?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def transposed(X, Y, cache):
    """dW is transposed."""
    grads = _backward(X, Y, cache)
    return {key: np.ascontiguousarray(value.T) for key, value in grads.items()}


@misconception(
    "backward_propagation_with_dropout.bias_rows",
    hint="b1 has the shape (n1,), and so has db1. What do your db look like?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def bias_rows(X, Y, cache):
    """db has the shape (1, n)."""
    grads = _backward(X, Y, cache)
    return {key: value[np.newaxis] if key.startswith("db") else value for key, value in grads.items()}


@misconception(
    "backward_propagation_with_dropout.sign",
    hint="Everywhere the opposite sign: if a prediction is too large, should its score go up or down?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def sign(X, Y, cache):
    """dZ3 = Y - A3."""
    return _scaled(X, Y, cache, -1.0)


@misconception(
    "backward_propagation_with_dropout.sigmoid_slope",
    hint="Sigmoid and cross-entropy together have a simple gradient. Is the sigmoid's slope in it?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def sigmoid_slope(X, Y, cache):
    """An extra factor A3 (1 - A3), as for the squared error."""
    A3 = cache[6]
    return _backward(X, Y, cache, dZ3=(A3 - Y) * A3 * (1 - A3) / len(X))


@misconception(
    "backward_propagation_with_dropout.gates_missing",
    hint="A ReLU that was off passes no gradient. Where does Z1 or Z2 come into your way back?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def gates_missing(X, Y, cache):
    """The ReLUs' derivatives are forgotten."""
    return _backward(X, Y, cache, Z1=np.ones_like(cache[0]), Z2=np.ones_like(cache[3]))


@misconception(
    "backward_propagation_with_dropout.first_gate_missing",
    hint="The second and third layer are right. A ReLU that was off passes no gradient; look at the first.",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def first_gate_missing(X, Y, cache):
    """The first ReLU's derivative is forgotten."""
    return _backward(X, Y, cache, Z1=np.ones_like(cache[0]))


@misconception(
    "backward_propagation_with_dropout.relu_of_gradient",
    hint="Which gradients pass through a ReLU is decided on the way forward. Whose sign do you look at?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def relu_of_gradient(X, Y, cache):
    """Applies relu to the gradients instead of gating them."""
    _, D1, A1, _, D2, A2, A3, parameters = cache
    dZ3 = (A3 - Y) / len(X)
    dZ2 = relu(dZ3 @ parameters["W3"].T * D2)
    dZ1 = relu(dZ2 @ parameters["W2"].T * D1)
    return _grads(X, A1, A2, dZ1, dZ2, dZ3)


@misconception(
    "backward_propagation_with_dropout.keys_without_d",
    hint="The gradient of W1 is called dW1. Which keys does your dictionary have?",
    caught_by=("test_backward_keeps_all",),
)
def keys_without_d(X, Y, cache):
    """The gradients are stored under the parameters' names."""
    return {key[1:]: value for key, value in _backward(X, Y, cache).items()}


@misconception(
    "backward_propagation_with_dropout.biases_missing",
    hint="The biases are learnt as well. How many gradients does a network of three layers have?",
    caught_by=("test_backward_keeps_all", "test_backward_numerical"),
)
def gradients_of_weights_only(X, Y, cache):
    """There is no db."""
    return {key: value for key, value in _backward(X, Y, cache).items() if key.startswith("dW")}


@dataclass
class Masks:
    """Draws the masks of the two hidden layers."""

    keep_prob: float | tuple[float, float]
    rng: np.random.Generator

    def first(self, shape):
        """The first layer's mask, for an array of this shape."""
        return dropout_mask(shape, np.broadcast_to(self.keep_prob, 2)[0], self.rng)

    def second(self, shape):
        """The second layer's mask, for an array of this shape."""
        return dropout_mask(shape, np.broadcast_to(self.keep_prob, 2)[1], self.rng)


def _exact(A, keep_prob, rng):
    ranks = rng.random(A.shape).argsort(axis=1).argsort(axis=1)
    return (ranks < round(keep_prob * A.shape[1])) / keep_prob


def _same(A):
    return A


def _forward(X, parameters, drop1, drop2, drop3=_same):
    """The network with given kinds of dropout on A1, A2 and Z3.

    The cache has the masks that the reference's backward pass expects, as far as the activations show them.
    """
    Z1 = X @ parameters["W1"] + parameters["b1"]
    A1 = drop1(relu(Z1))
    Z2 = A1 @ parameters["W2"] + parameters["b2"]
    A2 = drop2(relu(Z2))
    A3 = sigmoid(drop3(A2 @ parameters["W3"] + parameters["b3"]))
    D1, D2 = (np.divide(A, relu(Z), out=np.zeros_like(Z), where=Z > 0) for A, Z in ((A1, Z1), (A2, Z2)))
    return A3, (Z1, D1, A1, Z2, D2, A2, A3, parameters)


def _backward(X, Y, cache, **replaced):
    """The right backward pass, with some of its ingredients replaced."""
    names = ("Z1", "D1", "A1", "Z2", "D2", "A2", "A3", "parameters")
    given = dict(zip(names, cache, strict=True)) | replaced
    dZ3 = replaced.get("dZ3", (given["A3"] - Y) / len(X))
    dZ2 = dZ3 @ given["parameters"]["W3"].T * given["D2"] * (given["Z2"] > 0)
    dZ1 = dZ2 @ given["parameters"]["W2"].T * given["D1"] * (given["Z1"] > 0)
    return _grads(X, given["A1"], given["A2"], dZ1, dZ2, dZ3)


def _grads(X, A1, A2, dZ1, dZ2, dZ3):
    weights = {"dW1": X.T @ dZ1, "dW2": A1.T @ dZ2, "dW3": A2.T @ dZ3}
    return weights | {f"db{i}": dZ.sum(axis=0) for i, dZ in enumerate((dZ1, dZ2, dZ3), start=1)}


def _scaled(X, Y, cache, factor):
    return {key: factor * value for key, value in backward_propagation_with_dropout(X, Y, cache).items()}
