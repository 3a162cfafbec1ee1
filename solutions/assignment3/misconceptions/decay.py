"""Known mistakes in decay.py."""

import numpy as np
from decay import update_parameters_with_weight_decay as right_step

from grader.checks import misconception

Parameters = dict[str, np.ndarray]


def _step(parameters: Parameters, grads: Parameters, *, shrink: float, rate: float) -> Parameters:
    """Return `shrink * W - rate * dW` and `b - rate * db`."""
    return {
        name: (shrink if name.startswith("W") else 1) * value - rate * grads[f"d{name}"]
        for name, value in parameters.items()
    }


# update_parameters_with_weight_decay


@misconception(
    "update_parameters_with_weight_decay.rate_forgotten",
    hint="Decay is the penalty's gradient times the learning rate. Where is the learning rate in yours?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def rate_forgotten(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """1 - lambda / m, without the learning rate."""
    return _step(parameters, grads, shrink=1 - lambd / m, rate=learning_rate)


@misconception(
    "update_parameters_with_weight_decay.growth",
    hint="Your weights grow without any gradient. What should decay do?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def growth(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """1 + learning_rate lambda / m."""
    return _step(parameters, grads, shrink=1 + learning_rate * lambd / m, rate=learning_rate)


@misconception(
    "update_parameters_with_weight_decay.double_penalty",
    hint="Here grads come from the data alone. How often do you count the penalty?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def double_penalty(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Adds the L2 gradient to grads and decays the weights as well."""
    return _step(parameters, grads, shrink=1 - 2 * learning_rate * lambd / m, rate=learning_rate)


@misconception(
    "update_parameters_with_weight_decay.no_decay",
    hint="Without any gradient your weights stay as they are. What should lambda do to them?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def no_decay(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Plain gradient descent."""
    return _step(parameters, grads, shrink=1.0, rate=learning_rate)


@misconception(
    "update_parameters_with_weight_decay.decay_only",
    hint="Your step is the same for all gradients. Which part of it looks at the data?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty"),
)
def decay_only(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """The weights decay, and the gradients are not used."""
    return _step(parameters, grads, shrink=1 - learning_rate * lambd / m, rate=0.0)


@misconception(
    "update_parameters_with_weight_decay.ascent",
    hint="Your parameters move along the gradient. In which direction does the cost go down?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty"),
)
def ascent(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Adds the gradient."""
    return _step(parameters, grads, shrink=1 - learning_rate * lambd / m, rate=-learning_rate)


@misconception(
    "update_parameters_with_weight_decay.gradient_unscaled",
    hint="The decay of your step has the learning rate. Does the gradient's part have it too?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty"),
)
def gradient_unscaled(
    parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int
) -> Parameters:
    """The gradient is not multiplied by the learning rate."""
    return _step(parameters, grads, shrink=1 - learning_rate * lambd / m, rate=1.0)


@misconception(
    "update_parameters_with_weight_decay.no_m",
    hint="The penalty is shared among the examples. Is your decay?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def no_m(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """1 - learning_rate lambda."""
    return _step(parameters, grads, shrink=1 - learning_rate * lambd, rate=learning_rate)


@misconception(
    "update_parameters_with_weight_decay.half_left",
    hint="The penalty has a half in it. What is left of that half in its gradient?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def half_left(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """1 - learning_rate lambda / (2 m)."""
    return _step(parameters, grads, shrink=1 - learning_rate * lambd / (2 * m), rate=learning_rate)


@misconception(
    "update_parameters_with_weight_decay.averaged_again",
    hint="The gradients are averaged over the examples already. What do you divide by m?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty"),
)
def averaged_again(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """The gradient is divided by m as well."""
    return _step(parameters, grads, shrink=1 - learning_rate * lambd / m, rate=learning_rate / m)


@misconception(
    "update_parameters_with_weight_decay.step_first",
    hint="Your decay also shrinks the step itself. Which weights does the formula shrink?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty"),
)
def step_first(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Takes the step, then shrinks the result."""
    shrink = 1 - learning_rate * lambd / m
    stepped = right_step(parameters, grads, learning_rate, 0.0, m)
    return {name: shrink * value if name.startswith("W") else value for name, value in stepped.items()}


@misconception(
    "update_parameters_with_weight_decay.only_the_gradient_decays",
    hint="Your factor stands before the gradient. What is it that should decay?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def only_the_gradient_decays(
    parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int
) -> Parameters:
    """The factor multiplies the learning rate instead of the weights."""
    rate = learning_rate * (1 - learning_rate * lambd / m)
    return {
        name: value - (rate if name.startswith("W") else learning_rate) * grads[f"d{name}"]
        for name, value in parameters.items()
    }


@misconception(
    "update_parameters_with_weight_decay.constant",
    hint="Every weight loses the same amount in your version. By what should a weight of zero shrink?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def constant(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Subtracts learning_rate lambda / m from every weight."""
    stepped = right_step(parameters, grads, learning_rate, 0.0, m)
    loss = learning_rate * lambd / m
    return {name: value - loss if name.startswith("W") else value for name, value in stepped.items()}


@misconception(
    "update_parameters_with_weight_decay.l1",
    hint="Large and small weights shrink by the same amount in your version. That is L1; how does L2 treat them?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def l1(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Subtracts learning_rate lambda / m sign(W)."""
    stepped = right_step(parameters, grads, learning_rate, 0.0, m)
    loss = learning_rate * lambd / m
    return {
        name: value - loss * np.sign(parameters[name]) if name.startswith("W") else value
        for name, value in stepped.items()
    }


@misconception(
    "update_parameters_with_weight_decay.bias_decays",
    hint="The weights are right. Are the biases in the penalty?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def bias_decays(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """The biases decay as well."""
    shrink = 1 - learning_rate * lambd / m
    return {name: shrink * value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}


@misconception(
    "update_parameters_with_weight_decay.bias_forgotten",
    hint="The weights are right. Biases do not decay, but do they learn?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty"),
)
def bias_forgotten(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """The biases stay as they are."""
    stepped = right_step(parameters, grads, learning_rate, lambd, m)
    return {name: stepped[name] if name.startswith("W") else value.copy() for name, value in parameters.items()}


@misconception(
    "update_parameters_with_weight_decay.bias_missing",
    hint="The next step of the training asks for the biases too. Which keys does your dictionary have?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def bias_missing(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Returns the weights only."""
    stepped = right_step(parameters, grads, learning_rate, lambd, m)
    return {name: value for name, value in stepped.items() if name.startswith("W")}


@misconception(
    "update_parameters_with_weight_decay.last_layer_missed",
    hint="One layer is as it was before. Which number does your loop stop at?",
    caught_by=("test_step_with_decay", "test_step_is_that_of_the_l2_penalty", "test_decay_alone"),
)
def last_layer_missed(
    parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int
) -> Parameters:
    """range(1, L) leaves out layer L."""
    last = str(len(parameters) // 2)
    stepped = right_step(parameters, grads, learning_rate, lambd, m)
    return {name: parameters[name].copy() if name[1:] == last else value for name, value in stepped.items()}


@misconception(
    "update_parameters_with_weight_decay.three_layers",
    hint="The network of network.py has three layers; this dictionary may have more, or fewer.",
    caught_by=("test_step_with_decay",),
)
def three_layers(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Three layers written out."""
    shrink = 1 - learning_rate * lambd / m
    new = {}
    for layer in (1, 2, 3):
        new[f"W{layer}"] = shrink * parameters[f"W{layer}"] - learning_rate * grads[f"dW{layer}"]
        new[f"b{layer}"] = parameters[f"b{layer}"] - learning_rate * grads[f"db{layer}"]
    return new


@misconception(
    "update_parameters_with_weight_decay.in_place",
    hint="The caller's parameters changed with yours. What if the caller wants to go back to the old ones?",
    caught_by=("test_step_leaves_its_arguments_alone",),
)
def in_place(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """W *= ... and W -= ... in the caller's arrays."""
    for name, value in parameters.items():
        if name.startswith("W"):
            value *= 1 - learning_rate * lambd / m
        value -= learning_rate * grads[f"d{name}"]
    return parameters


@misconception(
    "update_parameters_with_weight_decay.grads_in_place",
    hint="The gradients of the caller have the penalty in them now. What happens when they are used again?",
    caught_by=("test_step_leaves_its_arguments_alone",),
)
def grads_in_place(parameters: Parameters, grads: Parameters, learning_rate: float, lambd: float, m: int) -> Parameters:
    """Adds the penalty's gradient to the caller's gradients."""
    for name, value in parameters.items():
        if name.startswith("W"):
            grads[f"d{name}"] += lambd / m * value
    return _step(parameters, grads, shrink=1.0, rate=learning_rate)


# soft_threshold


@misconception(
    "soft_threshold.crosses_zero",
    hint="Small weights jump over zero in your version and never rest there. Where should they stop?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def crosses_zero(w: np.ndarray, t: float) -> np.ndarray:
    """w - t sign(w): small weights change their sign."""
    if t < 0:
        raise ValueError("t must not be negative")
    return w - t * np.sign(w)


@misconception(
    "soft_threshold.l2_shrink",
    hint="This multiplies, as L2 does, and never gives an exact zero. What does L1 do?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def l2_shrink(w: np.ndarray, t: float) -> np.ndarray:
    """w / (1 + t), the shrinkage of L2."""
    if t < 0:
        raise ValueError("t must not be negative")
    return w / (1 + t)


@misconception(
    "soft_threshold.hard",
    hint="Small weights become zero and the others keep their size. Should the others stay as they are?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def hard(w: np.ndarray, t: float) -> np.ndarray:
    """Hard thresholding: keeps the entries larger than t."""
    if t < 0:
        raise ValueError("t must not be negative")
    return np.where(np.abs(w) > t, w, 0.0)


@misconception(
    "soft_threshold.clips",
    hint="You return the part between -t and t. Is that what is taken away, or what is left?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def clips(w: np.ndarray, t: float) -> np.ndarray:
    """Clips w to [-t, t]."""
    if t < 0:
        raise ValueError("t must not be negative")
    return np.clip(w, -t, t)


@misconception(
    "soft_threshold.no_sign",
    hint="All your results are positive or zero. What became of the negative weights?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def no_sign(w: np.ndarray, t: float) -> np.ndarray:
    """max(|w| - t, 0), without the sign."""
    if t < 0:
        raise ValueError("t must not be negative")
    return np.maximum(np.abs(w) - t, 0)


@misconception(
    "soft_threshold.one_sided",
    hint="Every negative weight becomes zero in your version. Should -3 and +3 be treated alike?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def one_sided(w: np.ndarray, t: float) -> np.ndarray:
    """max(w - t, 0)."""
    if t < 0:
        raise ValueError("t must not be negative")
    return np.maximum(w - t, 0)


@misconception(
    "soft_threshold.away_from_zero",
    hint="Your positive weights shrink and your negative ones grow. Which way is zero for a negative weight?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def away_from_zero(w: np.ndarray, t: float) -> np.ndarray:
    """w - t wherever |w| > t, so that negative entries grow."""
    if t < 0:
        raise ValueError("t must not be negative")
    return np.where(np.abs(w) > t, w - t, 0.0)


@misconception(
    "soft_threshold.half_step",
    hint="With t = 1, your weight of 3 stops before 2. By how much should it move?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def half_step(w: np.ndarray, t: float) -> np.ndarray:
    """Moves by t / 2, which belongs to (v - w)^2 without the 1/2."""
    if t < 0:
        raise ValueError("t must not be negative")
    return np.sign(w) * np.maximum(np.abs(w) - t / 2, 0)


@misconception(
    "soft_threshold.relative",
    hint="Your threshold depends on the largest weight. Does t mean a share, or an amount?",
    caught_by=("test_soft_threshold_of_every_entry", "test_soft_threshold_is_the_best_compromise"),
)
def relative(w: np.ndarray, t: float) -> np.ndarray:
    """Takes t as a share of the largest entry."""
    if t < 0:
        raise ValueError("t must not be negative")
    return np.sign(w) * np.maximum(np.abs(w) - t * np.max(np.abs(w)), 0)


@misconception(
    "soft_threshold.zero_refused",
    hint="t = 0 is a step of no length. Is there a reason to refuse it?",
    caught_by=("test_soft_threshold_of_every_entry",),
)
def zero_refused(w: np.ndarray, t: float) -> np.ndarray:
    """Refuses t = 0 as well."""
    if t <= 0:
        raise ValueError("t must be positive")
    return np.sign(w) * np.maximum(np.abs(w) - t, 0)


@misconception(
    "soft_threshold.in_place",
    hint="The caller's weights changed. Where does your result live?",
    caught_by=("test_soft_threshold_leaves_its_argument_alone",),
)
def soft_in_place(w: np.ndarray, t: float) -> np.ndarray:
    """Shrinks w itself."""
    if t < 0:
        raise ValueError("t must not be negative")
    w -= np.clip(w, -t, t)
    return w


@misconception(
    "soft_threshold.negative_t",
    hint="A negative t makes every weight larger. Who should notice that?",
    caught_by=("test_soft_threshold_refuses_a_negative_t",),
)
def negative_t(w: np.ndarray, t: float) -> np.ndarray:
    """Accepts a negative t."""
    return np.sign(w) * np.maximum(np.abs(w) - t, 0)


@misconception(
    "soft_threshold.asserted",
    hint="You refuse a negative t, with another kind of error. Which one does the docstring name?",
    caught_by=("test_soft_threshold_refuses_a_negative_t",),
)
def asserted(w: np.ndarray, t: float) -> np.ndarray:
    """Refuses a negative t with an AssertionError."""
    assert t >= 0, "t must not be negative"
    return np.sign(w) * np.maximum(np.abs(w) - t, 0)


@misconception(
    "soft_threshold.negative_t_ignored",
    hint="With a negative t you return w without a word. Would the caller find the mistake?",
    caught_by=("test_soft_threshold_refuses_a_negative_t",),
)
def negative_t_ignored(w: np.ndarray, t: float) -> np.ndarray:
    """Treats a negative t as 0."""
    return np.sign(w) * np.maximum(np.abs(w) - max(t, 0), 0)
