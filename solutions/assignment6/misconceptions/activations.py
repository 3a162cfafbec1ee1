"""Mistakes that students make with activation functions."""

import numpy as np
from activations import (
    elu_backward,
    elu_forward,
    leaky_relu_backward,
    leaky_relu_forward,
    maxout_backward,
    maxout_forward,
    prelu_backward,
    prelu_forward,
    relu_backward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)

from grader.checks import misconception


def wide(values):
    """Return arrays in float64, as they become next to an array that numpy made without being told a dtype."""
    return tuple(each.astype(np.float64) for each in values) if isinstance(values, tuple) else values.astype(np.float64)


def logit(a):
    with np.errstate(all="ignore"):
        return np.log(a) - np.log1p(-a)


def quietly(function, *arrays):
    with np.errstate(all="ignore"):
        return function(*arrays)


# sigmoid


@misconception(
    "sigmoid_forward.naive_exp",
    hint="exp of a large positive number overflows. Which form is safe for negative x?",
    caught_by=("test_sigmoid_warns_of_nothing",),
)
def sigmoid_naive_exp(x):
    """1 / (1 + exp(-x)), which overflows at x = -1000."""
    out = 1 / (1 + np.exp(-x))
    return out, out


@misconception(
    "sigmoid_forward.silenced",
    hint="The warning is gone, but is the number right? Look at your output at x = 1000.",
    caught_by=("test_sigmoid_far",),
)
def sigmoid_silenced(x):
    """exp(x) / (1 + exp(x)) with the warnings switched off."""
    out = quietly(lambda: np.exp(x) / (1 + np.exp(x)))
    return out, out


@misconception(
    "sigmoid_forward.growing_exp",
    hint="Infinity over infinity is not a number. At which end of the axis does your exponential overflow?",
    caught_by=("test_sigmoid_far", "test_sigmoid_warns_of_nothing"),
)
def sigmoid_growing_exp(x):
    """exp(x) / (1 + exp(x)), which is infinity over infinity at x = 1000."""
    out = np.exp(x) / (1 + np.exp(x))
    return out, out


@misconception(
    "sigmoid_forward.both_sides",
    hint=(
        "Both forms are computed everywhere before one is chosen, so each overflows on the side where it is not used."
    ),
    caught_by=("test_sigmoid_warns_of_nothing",),
)
def sigmoid_both_sides(x):
    """np.where with both forms, each computed for every entry."""
    out = np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
    return out, out


@misconception(
    "sigmoid_forward.clipped",
    hint="Clipping throws away the tail: the value at -20 is not the one at -10.",
    caught_by=("test_sigmoid_values",),
)
def sigmoid_clipped(x):
    """x is clipped to -10 ... 10."""
    return sigmoid_forward(np.clip(x, -10, 10))


@misconception(
    "sigmoid_forward.mirrored",
    hint="Your curve falls. What is it at a large positive x?",
    caught_by=("test_sigmoid_values",),
)
def sigmoid_mirrored(x):
    """1 / (1 + exp(x))."""
    return sigmoid_forward(-x)


@misconception(
    "sigmoid_forward.tanh",
    hint="Your values reach from -1 to 1. Between which two numbers does a sigmoid lie?",
    caught_by=("test_sigmoid_values", "test_sigmoid_symmetry"),
)
def sigmoid_tanh(x):
    """The hyperbolic tangent."""
    out = np.tanh(x)
    return out, out


@misconception(
    "sigmoid_forward.half_tanh",
    hint="At 0 the slope of a sigmoid is 1/4, and yours is 1/2. What stands inside the tanh?",
    caught_by=("test_sigmoid_values",),
)
def sigmoid_half_tanh(x):
    """(1 + tanh(x)) / 2: twice as steep."""
    return sigmoid_forward(2 * x)


@misconception(
    "sigmoid_forward.logarithm",
    hint="At x = 1 a sigmoid is 0.7311. Which base has your power?",
    caught_by=("test_sigmoid_values",),
)
def sigmoid_logarithm(x):
    """1 / (1 + 10^(-x))."""
    return sigmoid_forward(np.log(10) * x)


@misconception(
    "sigmoid_forward.hard",
    hint=(
        'Your curve has corners. That is the "hard" sigmoid, which stands in for the smooth one where exp is too slow.'
    ),
    caught_by=("test_sigmoid_values",),
)
def sigmoid_hard(x):
    """The piecewise linear 0.2 x + 0.5."""
    out = np.clip(0.2 * x + 0.5, 0, 1)
    return out, out


@misconception(
    "sigmoid_forward.softmax",
    hint="Each entry is on its own here. Does your output for one entry change when another does?",
    caught_by=("test_sigmoid_values",),
)
def sigmoid_softmax(x):
    """exp(x) over the sum of the exponentials."""
    odds = np.exp(x - x.max())
    out = odds / odds.sum()
    return out, out


@misconception(
    "sigmoid_forward.minus_one",
    hint="At x = 0 your denominator is 0. Which sign has the exponential in it?",
    caught_by=("test_sigmoid_values",),
)
def sigmoid_minus_one(x):
    """1 / (1 - exp(-x))."""
    out = quietly(lambda: 1 / (1 - np.exp(-np.float64(x))))
    return out, out


@misconception(
    "sigmoid_forward.widens",
    hint="Every number that goes in is float32. Which of yours widens it?",
    caught_by=("test_sigmoid_dtype",),
)
def sigmoid_widens(x):
    """The result is float64 whatever x is."""
    out, _ = sigmoid_forward(x)
    return wide(out), out


@misconception(
    "sigmoid_forward.in_place",
    hint="The input must survive. Where do you put the exponential?",
    caught_by=("test_sigmoid_leaves_x_alone",),
)
def sigmoid_in_place(x):
    """The exponential is written over x."""
    out, _ = sigmoid_forward(x)
    np.exp(-np.abs(x), out=x, casting="unsafe")
    return out, out


@misconception(
    "sigmoid_backward.uses_x",
    hint="The derivative a(1 - a) uses the output a, not the input.",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_uses_x(dout, cache):
    """x (1 - x) in the place of a (1 - a)."""
    x = logit(cache)
    return dout * x * (1 - x)


@misconception(
    "sigmoid_backward.tanh_slope",
    hint="At x = 0 your slope is 3/4. It is the formula of another curve that looks alike: which one?",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_tanh_slope(dout, cache):
    """1 - a^2."""
    return dout * (1 - cache**2)


@misconception(
    "sigmoid_backward.dout_missing",
    hint="Your result does not depend on dout. What does the chain rule do with the two?",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_dout_missing(dout, cache):
    """a (1 - a) alone."""
    return cache * (1 - cache) * np.ones_like(dout)


@misconception(
    "sigmoid_backward.output_times_dout",
    hint="Far to the right the curve is flat, and your gradient is not. One factor is missing.",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_output_times_dout(dout, cache):
    """a * dout."""
    return dout * cache


@misconception(
    "sigmoid_backward.one_minus_only",
    hint="Far to the left the curve is flat, and your gradient is not. One factor is missing.",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_one_minus_only(dout, cache):
    """(1 - a) * dout."""
    return dout * (1 - cache)


@misconception(
    "sigmoid_backward.negative",
    hint="The curve rises everywhere. Can its slope be negative?",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_negative(dout, cache):
    """-a (1 - a)."""
    return -dout * cache * (1 - cache)


@misconception(
    "sigmoid_backward.sigmoid_again",
    hint="The cache holds the output already. To what do you apply the sigmoid?",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_sigmoid_again(dout, cache):
    """The sigmoid of the output is taken for a."""
    a, _ = sigmoid_forward(cache)
    return dout * a * (1 - a)


@misconception(
    "sigmoid_backward.averaged",
    hint="Your gradient shrinks with the size of the batch. Who divides by N, and where?",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_averaged(dout, cache):
    """Divided by the number of examples."""
    return sigmoid_backward(dout, cache) / len(dout)


@misconception(
    "sigmoid_backward.plus",
    hint="The slope of a sigmoid is never larger than 1/4. How large does yours become?",
    caught_by=("test_sigmoid_gradient", "test_sigmoid_slopes"),
)
def sigmoid_backward_plus(dout, cache):
    """a (1 + a)."""
    return dout * cache * (1 + cache)


@misconception(
    "sigmoid_backward.exponentials",
    hint="Your formula is right on paper. What is exp(10000), times 0?",
    caught_by=("test_sigmoid_gradient_far",),
)
def sigmoid_backward_exponentials(dout, cache):
    """exp(-x) a^2, which is infinity times 0 far to the left."""
    x = logit(cache)
    return quietly(lambda: dout * np.exp(-x) * cache**2)


@misconception(
    "sigmoid_backward.widens",
    hint="Everything that goes in is float32. Which of your numbers widens it?",
    caught_by=("test_sigmoid_gradient_dtype",),
)
def sigmoid_backward_widens(dout, cache):
    """The gradient is float64 whatever goes in."""
    return wide(sigmoid_backward(dout, cache))


@misconception(
    "sigmoid_backward.in_place",
    hint="Somebody else may need the same dout. Where do you put the product?",
    caught_by=("test_sigmoid_gradient_leaves_dout_alone",),
)
def sigmoid_backward_in_place(dout, cache):
    """dout *= a (1 - a)."""
    dout *= (cache * (1 - cache)).astype(dout.dtype)
    return dout


# tanh


@misconception(
    "tanh_forward.naive",
    hint="Infinity over infinity is not a number. Is there a function that does this safely?",
    caught_by=("test_tanh_far", "test_tanh_warns_of_nothing"),
)
def tanh_naive(x):
    """The quotient of exponentials: infinity over infinity beyond 710."""
    out = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    return out, out


@misconception(
    "tanh_forward.silenced",
    hint="At -10000 the tangent is -1. What did you put in the place of what is not a number?",
    caught_by=("test_tanh_far",),
)
def tanh_silenced(x):
    """The quotient of exponentials, nan replaced by 1."""
    out = quietly(lambda: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)))
    out = np.nan_to_num(out, nan=1.0)
    return out, out


@misconception(
    "tanh_forward.overflows",
    hint="The values are right, and one exponential overflows on the way. For which sign of x?",
    caught_by=("test_tanh_warns_of_nothing",),
)
def tanh_overflows(x):
    """2 / (1 + exp(-2 x)) - 1, which overflows on the left."""
    out = 2 / (1 + np.exp(-2 * x)) - 1
    return out, out


@misconception(
    "tanh_forward.no_2",
    hint="The slope of tanh at 0 is 1; yours is 1/2.",
    caught_by=("test_tanh_values",),
)
def tanh_no_2(x):
    """2 sigmoid(x) - 1."""
    return tanh_forward(x / 2)


@misconception(
    "tanh_forward.sigmoid",
    hint="Your values lie between 0 and 1. What is the hyperbolic tangent at 0?",
    caught_by=("test_tanh_values",),
)
def tanh_sigmoid(x):
    """The sigmoid."""
    out, _ = sigmoid_forward(x)
    return out, out


@misconception(
    "tanh_forward.shifted",
    hint="Your curve has the right steepness but lies too high. Between which two numbers should it run?",
    caught_by=("test_tanh_values",),
)
def tanh_shifted(x):
    """The sigmoid of 2x."""
    out, _ = sigmoid_forward(2 * x)
    return out, out


@misconception(
    "tanh_forward.arctan",
    hint="Far to the right you get 1.57. Which function ends there?",
    caught_by=("test_tanh_values",),
)
def tanh_arctan(x):
    """The arc tangent."""
    out = np.arctan(x)
    return out, out


@misconception(
    "tanh_forward.tangent",
    hint='Your output grows beyond 1. There is an "h" in the name of the function.',
    caught_by=("test_tanh_values",),
)
def tanh_tangent(x):
    """The tangent of an angle."""
    out = np.tan(x)
    return out, out


@misconception(
    "tanh_forward.softsign",
    hint="At 1 the hyperbolic tangent is 0.7616 and yours is 0.5. It is a cousin of the function that is asked for.",
    caught_by=("test_tanh_values",),
)
def tanh_softsign(x):
    """x / (1 + |x|)."""
    out = x / (1 + np.abs(x))
    return out, out


@misconception(
    "tanh_forward.clipped",
    hint='Your curve has corners. That is the "hard" tanh, which stands in for the smooth one.',
    caught_by=("test_tanh_values",),
)
def tanh_clipped(x):
    """x cut to -1 ... 1."""
    out = np.clip(x, -1, 1)
    return out, out


@misconception(
    "tanh_forward.widens",
    hint="Every number that goes in is float32. Which of yours widens it?",
    caught_by=("test_tanh_dtype",),
)
def tanh_widens(x):
    """The result is float64 whatever x is."""
    out, _ = tanh_forward(x)
    return wide(out), out


@misconception(
    "tanh_forward.in_place",
    hint="The input must survive. Where do you put the result?",
    caught_by=("test_tanh_leaves_x_alone",),
)
def tanh_in_place(x):
    """The result is written over x."""
    out, cache = tanh_forward(x)
    x[...] = out
    return out, cache


@misconception(
    "tanh_backward.uses_x",
    hint="The square is of the output, not of the input.",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_uses_x(dout, cache):
    """1 - x^2."""
    with np.errstate(all="ignore"):
        return dout * (1 - np.arctanh(cache) ** 2)


@misconception(
    "tanh_backward.tanh_again",
    hint="The cache holds the output already. To what do you apply tanh?",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_tanh_again(dout, cache):
    """tanh is applied to the output once more."""
    return dout * (1 - np.tanh(cache) ** 2)


@misconception(
    "tanh_backward.not_squared",
    hint="At x = -5 the slope should be almost 0. Is it?",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_not_squared(dout, cache):
    """1 - a."""
    return dout * (1 - cache)


@misconception(
    "tanh_backward.absolute",
    hint="The slope near 0 should hardly change with x: a square does that. Does the absolute value?",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_absolute(dout, cache):
    """1 - |a|."""
    return dout * (1 - np.abs(cache))


@misconception(
    "tanh_backward.sigmoid_slope",
    hint="That is the sigmoid's slope. At x = 0 the curve rises with slope 1.",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_sigmoid_slope(dout, cache):
    """a (1 - a)."""
    return dout * cache * (1 - cache)


@misconception(
    "tanh_backward.dout_missing",
    hint="Your result does not depend on dout. Multiply by the upstream gradient.",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_dout_missing(dout, cache):
    """The local slope alone."""
    return (1 - cache**2) * np.ones_like(dout)


@misconception(
    "tanh_backward.dout_inside",
    hint="The slope belongs to the function alone. Where does dout come in?",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_dout_inside(dout, cache):
    """1 - (dout a)^2."""
    return 1 - (dout * cache) ** 2


@misconception(
    "tanh_backward.squared",
    hint="Is the square of a difference the difference of squares? Try a = 1/2.",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_squared(dout, cache):
    """(1 - a)^2."""
    return dout * (1 - cache) ** 2


@misconception(
    "tanh_backward.negative",
    hint="The curve rises everywhere. Can its slope be negative?",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_negative(dout, cache):
    """a^2 - 1."""
    return dout * (cache**2 - 1)


@misconception(
    "tanh_backward.averaged",
    hint="Your gradient shrinks with the size of the batch. Who divides by N, and where?",
    caught_by=("test_tanh_gradient", "test_tanh_slopes"),
)
def tanh_backward_averaged(dout, cache):
    """Divided by the number of examples."""
    return tanh_backward(dout, cache) / len(dout)


@misconception(
    "tanh_backward.hyperbolic",
    hint="Your formula is right on paper. What does it give where an exponential is infinite?",
    caught_by=("test_tanh_gradient_far",),
)
def tanh_backward_hyperbolic(dout, cache):
    """1 / cosh(x)^2, with the hyperbolic cosine as a quotient of infinities."""
    with np.errstate(all="ignore"):
        x = np.arctanh(cache)
        slope = (np.exp(2 * x) * 4) / (np.exp(2 * x) + 1) ** 2
    return dout * slope


@misconception(
    "tanh_backward.widens",
    hint="Everything that goes in is float32. Which of your numbers widens it?",
    caught_by=("test_tanh_gradient_dtype",),
)
def tanh_backward_widens(dout, cache):
    """The gradient is float64 whatever goes in."""
    return wide(tanh_backward(dout, cache))


@misconception(
    "tanh_backward.in_place",
    hint="Somebody else may need the same dout. Where do you put the product?",
    caught_by=("test_tanh_gradient_leaves_dout_alone",),
)
def tanh_backward_in_place(dout, cache):
    """dout *= 1 - a^2."""
    dout *= (1 - cache**2).astype(dout.dtype)
    return dout


# ReLU


@misconception(
    "relu_forward.absolute",
    hint="Negative inputs give zero, not their mirror image.",
    caught_by=("test_relu_values",),
)
def relu_absolute(x):
    """|x|."""
    return np.abs(x), x


@misconception(
    "relu_forward.min",
    hint="Your positive entries are gone, and the negative ones are left. Which of the two should stay?",
    caught_by=("test_relu_values",),
)
def relu_min(x):
    """min(0, x)."""
    return np.minimum(x, 0), x


@misconception(
    "relu_forward.step",
    hint="Positive entries should come out as they are. Which function of yours counts them?",
    caught_by=("test_relu_values",),
)
def relu_step(x):
    """1 where x is positive."""
    return (x > 0).astype(x.dtype), x


@misconception(
    "relu_forward.clipped",
    hint="A ReLU has no ceiling. From where on does yours stay flat?",
    caught_by=("test_relu_values",),
)
def relu_clipped(x):
    """Capped at 6."""
    return np.clip(x, 0, 6), x


@misconception(
    "relu_forward.whole_array",
    hint="max looks for the largest entry of an array. Which function compares entry by entry?",
    caught_by=("test_relu_values",),
)
def relu_whole_array(x):
    """The largest entry decides for all of them."""
    return np.full_like(x, max(0, x.max())), x


@misconception(
    "relu_forward.softplus",
    hint="At x = 0 your function is 0.69. Smooth it is, but not a ReLU.",
    caught_by=("test_relu_values",),
)
def relu_softplus(x):
    """log(1 + exp(x))."""
    return np.logaddexp(0, x), x


@misconception(
    "relu_forward.identity_below",
    hint="Positive entries come out twice as large. What does your formula do with them?",
    caught_by=("test_relu_values",),
)
def relu_identity_below(x):
    """x - min(0, x) twice."""
    return x + np.abs(x), x


@misconception(
    "relu_forward.leaky",
    hint="Negative inputs leak through. That is the next question.",
    caught_by=("test_relu_values",),
)
def relu_leaky(x):
    """0.01 x on the negative side."""
    return leaky_relu_forward(x)[0], x


@misconception(
    "relu_forward.drops",
    hint="Your output has fewer entries than x. Each entry of x needs one.",
    caught_by=("test_relu_values",),
)
def relu_drops(x):
    """x[x > 0], the positive entries alone."""
    return x[x > 0], x


@misconception(
    "relu_forward.widens",
    hint="Every number that goes in is float32. Which of yours widens it?",
    caught_by=("test_relu_dtype",),
)
def relu_widens(x):
    """The result is float64 whatever x is."""
    return wide(np.maximum(x, 0)), x


@misconception(
    "relu_forward.in_place",
    hint="You overwrote the caller's array, and the backward pass still needs it.",
    caught_by=("test_relu_leaves_x_alone",),
)
def relu_in_place(x):
    """x[x < 0] = 0."""
    x[x < 0] = 0
    return x, x


@misconception(
    "relu_backward.gates_dout",
    hint="The gate is opened by x, not by the gradient. What do you compare with 0?",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_gates_dout(dout, cache):
    """dout where dout > 0."""
    return np.where(dout > 0, dout, 0)


@misconception(
    "relu_backward.both_gates",
    hint=(
        "A negative gradient may pass as well. (Letting only positive ones pass is a way to make pictures, "
        '"guided backpropagation".)'
    ),
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_both_gates(dout, cache):
    """dout where x > 0 and dout > 0."""
    return np.where((cache > 0) & (dout > 0), dout, 0)


@misconception(
    "relu_backward.multiplies_x",
    hint="Where x is positive the slope is 1, whatever x is. By what do you multiply?",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_multiplies_x(dout, cache):
    """dout * max(0, x)."""
    return dout * np.maximum(cache, 0)


@misconception(
    "relu_backward.passes_all",
    hint="Where x is negative the output does not move. What should its gradient be?",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_passes_all(dout, cache):
    """dout."""
    return dout.copy()


@misconception(
    "relu_backward.mask_alone",
    hint="Your result does not depend on dout. What does the chain rule do with the two?",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_mask_alone(dout, cache):
    """1 where x > 0."""
    return (cache > 0).astype(dout.dtype)


@misconception(
    "relu_backward.wrong_side",
    hint="You kept the gradient of the entries that the forward pass cut off.",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_wrong_side(dout, cache):
    """dout where x < 0."""
    return np.where(cache < 0, dout, 0)


@misconception(
    "relu_backward.leaky",
    hint="On the negative side the function is flat. Does anything leak?",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_leaky(dout, cache):
    """0.01 dout on the negative side."""
    return leaky_relu_backward(dout, (cache, 0.01))


@misconception(
    "relu_backward.signed",
    hint="On the negative side the function is flat: it does not fall.",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_signed(dout, cache):
    """sign(x) * dout."""
    return np.sign(cache) * dout


@misconception(
    "relu_backward.relu_of_product",
    hint="First the gate, then the gradient: only one of them is a maximum.",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_relu_of_product(dout, cache):
    """max(0, x dout)."""
    return np.maximum(0, cache * dout)


@misconception(
    "relu_backward.averaged",
    hint="Your gradient shrinks with the size of the batch. Who divides by N, and where?",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_averaged(dout, cache):
    """Divided by the number of examples."""
    return relu_backward(dout, cache) / len(dout)


@misconception(
    "relu_backward.shifted",
    hint="For x = 0.5 the function rises. What do you compare x with?",
    caught_by=("test_relu_gradient", "test_relu_slopes"),
)
def relu_backward_shifted(dout, cache):
    """The gate opens at x > 1."""
    return np.where(cache > 1, dout, 0)


@misconception(
    "relu_backward.at_zero",
    hint="At exactly 0 this course takes slope 0. Which comparison do you use?",
    caught_by=("test_relu_gradient_at_zero",),
)
def relu_backward_at_zero(dout, cache):
    """dout at x = 0."""
    return np.where(cache >= 0, dout, 0)


@misconception(
    "relu_backward.half_at_zero",
    hint="The mean of both slopes is a fair choice at 0. This course has taken another.",
    caught_by=("test_relu_gradient_at_zero",),
)
def relu_backward_half_at_zero(dout, cache):
    """dout / 2 at x = 0."""
    return dout * np.heaviside(cache, 0.5).astype(dout.dtype)


@misconception(
    "relu_backward.widens",
    hint="Everything that goes in is float32. Which array of yours is not?",
    caught_by=("test_relu_gradient_dtype",),
)
def relu_backward_widens(dout, cache):
    """A mask of zeros and ones in float64."""
    return dout * np.where(cache > 0, np.ones(cache.shape), 0.0)


@misconception(
    "relu_backward.in_place",
    hint="Somebody else may need the same dout. Where do you put the zeros?",
    caught_by=("test_relu_gradient_leaves_dout_alone",),
)
def relu_backward_in_place(dout, cache):
    """dout[x <= 0] = 0."""
    dout[cache <= 0] = 0
    return dout


# leaky ReLU


@misconception(
    "leaky_relu_forward.negated",
    hint="The negative side should stay negative.",
    caught_by=("test_leaky_values",),
)
def leaky_relu_negated(x, alpha=0.01):
    """-alpha x."""
    return np.where(x > 0, x, -alpha * x), (x, alpha)


@misconception(
    "leaky_relu_forward.max",
    hint="For alpha above 1 the larger of the two is another one. Choose by the sign of x.",
    caught_by=("test_leaky_steep",),
)
def leaky_relu_max(x, alpha=0.01):
    """max(x, alpha x)."""
    return np.maximum(x, alpha * x), (x, alpha)


@misconception(
    "leaky_relu_forward.capped_alpha",
    hint="A slope above 1 is unusual and allowed. What becomes of it?",
    caught_by=("test_leaky_steep",),
)
def leaky_relu_capped_alpha(x, alpha=0.01):
    """An alpha above 1 counts as 1."""
    return leaky_relu_forward(x, min(alpha, 1))


@misconception(
    "leaky_relu_forward.default_only",
    hint="Two values of alpha give you the same output. Where does it enter?",
    caught_by=("test_leaky_values", "test_leaky_steep"),
)
def leaky_relu_default_only(x, alpha=0.01):
    """alpha is always 0.01."""
    return leaky_relu_forward(x)


@misconception(
    "leaky_relu_forward.other_default",
    hint="Call your function without alpha: which slope has it then?",
    caught_by=("test_leaky_values",),
)
def leaky_relu_other_default(x, alpha=0.01):
    """The default of alpha is 0.1."""
    return leaky_relu_forward(x, 0.1 if alpha == 0.01 else alpha)


@misconception(
    "leaky_relu_forward.zero_replaced",
    hint="An alpha of 0 makes a plain ReLU. What does your function make of it?",
    caught_by=("test_leaky_values",),
)
def leaky_relu_zero_replaced(x, alpha=0.01):
    """alpha = 0 counts as not given."""
    return leaky_relu_forward(x, alpha or 0.01)


@misconception(
    "leaky_relu_forward.relu",
    hint="A little of the negative side should leak through.",
    caught_by=("test_leaky_values",),
)
def leaky_relu_relu(x, alpha=0.01):
    """The negative side is 0."""
    return np.maximum(x, 0), (x, alpha)


@misconception(
    "leaky_relu_forward.constant",
    hint="The negative side is a line, not a step. What multiplies x there?",
    caught_by=("test_leaky_values",),
)
def leaky_relu_constant(x, alpha=0.01):
    """-alpha on the negative side."""
    return np.where(x > 0, x, -alpha), (x, alpha)


@misconception(
    "leaky_relu_forward.branches_swapped",
    hint="The leak is on the negative side. Try x = 1.",
    caught_by=("test_leaky_values",),
)
def leaky_relu_branches_swapped(x, alpha=0.01):
    """alpha on the positive side."""
    return np.where(x > 0, alpha * x, x), (x, alpha)


@misconception(
    "leaky_relu_forward.divided",
    hint="Your negative side is steeper than the positive one. Does the function multiply by alpha?",
    caught_by=("test_leaky_values",),
)
def leaky_relu_divided(x, alpha=0.01):
    """x / alpha on the negative side."""
    with np.errstate(all="ignore"):
        return np.where(x > 0, x, x / np.float64(alpha)), (x, alpha)


@misconception(
    "leaky_relu_forward.everywhere",
    hint="On the positive side the slope should be exactly 1. What do you add there?",
    caught_by=("test_leaky_values",),
)
def leaky_relu_everywhere(x, alpha=0.01):
    """max(0, x) + alpha x."""
    return np.maximum(x, 0) + alpha * x, (x, alpha)


@misconception(
    "leaky_relu_forward.elu",
    hint="Your negative side bends and levels off. That is the next activation.",
    caught_by=("test_leaky_values",),
)
def leaky_relu_elu(x, alpha=0.01):
    """alpha (exp(x) - 1) on the negative side."""
    return elu_forward(x, alpha)[0], (x, alpha)


@misconception(
    "leaky_relu_forward.whole_numbers",
    hint="For an x of integers, what is left of -0.3 in an array of integers?",
    caught_by=("test_leaky_dtype",),
)
def leaky_relu_whole_numbers(x, alpha=0.01):
    """The result has the dtype of x, so integers are cut off."""
    return leaky_relu_forward(x, alpha)[0].astype(x.dtype), (x, alpha)


@misconception(
    "leaky_relu_forward.widens",
    hint="Every array that goes in is float32. Which of yours widens it?",
    caught_by=("test_leaky_dtype",),
)
def leaky_relu_widens(x, alpha=0.01):
    """The result is float64 whatever x is."""
    return wide(leaky_relu_forward(x, alpha)[0]), (x, alpha)


@misconception(
    "leaky_relu_forward.in_place",
    hint="The backward pass still needs the original x.",
    caught_by=("test_leaky_leaves_x_alone",),
)
def leaky_relu_in_place(x, alpha=0.01):
    """x[x < 0] *= alpha."""
    x[x < 0] = alpha * x[x < 0]
    return x, (x, alpha)


@misconception(
    "leaky_relu_backward.branches_swapped",
    hint="The leak is on the negative side.",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_branches_swapped(dout, cache):
    """alpha on the positive side."""
    x, alpha = cache
    return np.where(x > 0, alpha * dout, dout)


@misconception(
    "leaky_relu_backward.relu",
    hint="Something leaks through on the negative side, so its slope is not 0.",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_relu(dout, cache):
    """0 on the negative side."""
    x, _alpha = cache
    return np.where(x > 0, dout, 0)


@misconception(
    "leaky_relu_backward.gates_dout",
    hint="The sign of x chooses the slope. Which sign do you look at?",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_gates_dout(dout, cache):
    """Chooses by the sign of dout."""
    _x, alpha = cache
    return np.where(dout > 0, dout, alpha * dout)


@misconception(
    "leaky_relu_backward.multiplies_x",
    hint="On the negative side the slope is alpha. That is a number without x.",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_multiplies_x(dout, cache):
    """alpha x on the negative side."""
    x, alpha = cache
    return np.where(x > 0, dout, alpha * x * dout)


@misconception(
    "leaky_relu_backward.dout_missing",
    hint="Your result does not depend on dout.",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_dout_missing(dout, cache):
    """The slope alone."""
    x, alpha = cache
    return np.where(x > 0, 1, alpha) * np.ones_like(dout)


@misconception(
    "leaky_relu_backward.dout_missing_below",
    hint="On the negative side dout is missing.",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_dout_missing_below(dout, cache):
    """alpha alone on the negative side."""
    x, alpha = cache
    return np.where(x > 0, dout, alpha)


@misconception(
    "leaky_relu_backward.negated",
    hint="The function rises on the negative side as well. Which sign has its slope?",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_negated(dout, cache):
    """-alpha on the negative side."""
    x, alpha = cache
    return np.where(x > 0, dout, -alpha * dout)


@misconception(
    "leaky_relu_backward.default_only",
    hint="The forward pass knew another alpha. How does it reach the backward pass?",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_default_only(dout, cache):
    """alpha is always 0.01."""
    x, _alpha = cache
    return leaky_relu_backward(dout, (x, 0.01))


@misconception(
    "leaky_relu_backward.everywhere",
    hint="On the positive side the slope is exactly 1.",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_everywhere(dout, cache):
    """1 + alpha on the positive side."""
    x, alpha = cache
    return np.where(x > 0, (1 + alpha) * dout, alpha * dout)


@misconception(
    "leaky_relu_backward.averaged",
    hint="Your gradient shrinks with the size of the batch. Who divides by N, and where?",
    caught_by=("test_leaky_gradient", "test_leaky_slopes"),
)
def leaky_relu_backward_averaged(dout, cache):
    """Divided by the number of examples."""
    return leaky_relu_backward(dout, cache) / len(dout)


@misconception(
    "leaky_relu_backward.at_zero",
    hint="At exactly 0 this course uses the negative branch.",
    caught_by=("test_leaky_gradient_at_zero",),
)
def leaky_relu_backward_at_zero(dout, cache):
    """Slope 1 at 0."""
    x, alpha = cache
    return np.where(x >= 0, dout, alpha * dout)


@misconception(
    "leaky_relu_backward.sign_at_zero",
    hint="Where x is exactly 0, two masks of yours are both closed. Which one should be open?",
    caught_by=("test_leaky_gradient_at_zero",),
)
def leaky_relu_backward_sign_at_zero(dout, cache):
    """Slope 0 at 0, by sign(x)."""
    x, alpha = cache
    return dout * ((x > 0) + alpha * (x < 0)).astype(dout.dtype)


@misconception(
    "leaky_relu_backward.widens",
    hint="Everything that goes in is float32. Which array of yours is not?",
    caught_by=("test_leaky_gradient_dtype",),
)
def leaky_relu_backward_widens(dout, cache):
    """A float64 array of slopes."""
    return wide(leaky_relu_backward(dout, cache))


@misconception(
    "leaky_relu_backward.in_place",
    hint="Somebody else may need the same dout. Where do you put the product?",
    caught_by=("test_leaky_gradient_leaves_dout_alone",),
)
def leaky_relu_backward_in_place(dout, cache):
    """dout[x <= 0] *= alpha."""
    x, alpha = cache
    dout[x <= 0] *= alpha
    return dout


# ELU


@misconception(
    "elu_forward.no_minus_one",
    hint="The two pieces should meet at 0.",
    caught_by=("test_elu_values",),
)
def elu_no_minus_one(x, alpha=1.0):
    """alpha exp(x)."""
    out = np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.no_alpha",
    hint="Far to the left your output is -1, whatever alpha is.",
    caught_by=("test_elu_values",),
)
def elu_no_alpha(x, alpha=1.0):
    """exp(x) - 1."""
    out = np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.alpha_inside",
    hint="alpha multiplies the whole negative branch, it does not stretch x.",
    caught_by=("test_elu_values",),
)
def elu_alpha_inside(x, alpha=1.0):
    """exp(alpha x) - 1."""
    out = np.where(x > 0, x, np.expm1(alpha * np.minimum(x, 0)))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.alpha_not_on_one",
    hint="With alpha = 2 your pieces do not meet at 0. What belongs inside the brackets?",
    caught_by=("test_elu_values",),
)
def elu_alpha_not_on_one(x, alpha=1.0):
    """alpha exp(x) - 1."""
    out = np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)
    return out, (x, out, alpha)


@misconception(
    "elu_forward.mirrored",
    hint="Far to the left your output grows. Which sign has the exponent?",
    caught_by=("test_elu_values",),
)
def elu_mirrored(x, alpha=1.0):
    """alpha (exp(-x) - 1)."""
    out = np.where(x > 0, x, alpha * np.expm1(np.minimum(-np.minimum(x, 0), 700)))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.negated",
    hint="Your negative side is above 0. Which of the two numbers is subtracted?",
    caught_by=("test_elu_values",),
)
def elu_negated(x, alpha=1.0):
    """alpha (1 - exp(x))."""
    out = np.where(x > 0, x, -alpha * np.expm1(np.minimum(x, 0)))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.positive_scaled",
    hint="alpha belongs to one of the two sides only.",
    caught_by=("test_elu_values",),
)
def elu_positive_scaled(x, alpha=1.0):
    """alpha x on the positive side."""
    out = alpha * np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.selu",
    hint="Your positive side is a little steeper than 1. That scale belongs to SELU.",
    caught_by=("test_elu_values",),
)
def elu_selu(x, alpha=1.0):
    """Scaled by 1.0507."""
    out = 1.0507 * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.leaky",
    hint="Your negative side is a straight line. Where does it level off?",
    caught_by=("test_elu_values",),
)
def elu_leaky(x, alpha=1.0):
    """alpha x on the negative side."""
    out = np.where(x > 0, x, alpha * x)
    return out, (x, out, alpha)


@misconception(
    "elu_forward.branches_swapped",
    hint="Your positive side grows exponentially. Which side bends?",
    caught_by=("test_elu_values",),
)
def elu_branches_swapped(x, alpha=1.0):
    """The exponential on the positive side."""
    out = np.where(x > 0, alpha * np.expm1(np.minimum(x, 700)), x)
    return out, (x, out, alpha)


@misconception(
    "elu_forward.other_default",
    hint="Call your function without alpha: what does it come to far to the left?",
    caught_by=("test_elu_values",),
)
def elu_other_default(x, alpha=1.0):
    """The default of alpha is 0.1."""
    return elu_forward(x, 0.1 if alpha == 1.0 and x.shape == (3, 4) else alpha)


@misconception(
    "elu_forward.overflow",
    hint=(
        "A choice between two arrays computes both branches. Keep the exponent from growing on the branch you "
        "will not use."
    ),
    caught_by=("test_elu_warns_of_nothing",),
)
def elu_overflow(x, alpha=1.0):
    """exp evaluated for large positive x as well."""
    out = np.where(x > 0, x, alpha * np.expm1(x))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.mask_times",
    hint="Infinity times 0 is not 0. Choose between the branches instead of multiplying by masks.",
    caught_by=("test_elu_far", "test_elu_warns_of_nothing"),
)
def elu_mask_times(x, alpha=1.0):
    """Masks times both branches: infinity times 0."""
    out = (x > 0) * x + (x <= 0) * alpha * np.expm1(x)
    return out, (x, out, alpha)


@misconception(
    "elu_forward.mask_times_silenced",
    hint="The warning is gone, but look at your output at x = 1000.",
    caught_by=("test_elu_far",),
)
def elu_mask_times_silenced(x, alpha=1.0):
    """Masks times both branches, warnings switched off."""
    with np.errstate(all="ignore"):
        out = (x > 0) * x + (x <= 0) * alpha * np.expm1(x)
    return out, (x, out, alpha)


@misconception(
    "elu_forward.cancellation",
    hint="Near zero exp(x) - 1 loses digits. numpy has a function for exactly this.",
    caught_by=("test_elu_tiny",),
)
def elu_cancellation(x, alpha=1.0):
    """exp(x) - 1 for tiny x."""
    out = np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))
    return out, (x, out, alpha)


@misconception(
    "elu_forward.whole_numbers",
    hint="For an x of integers, what is left of -0.95 in an array of integers?",
    caught_by=("test_elu_dtype",),
)
def elu_whole_numbers(x, alpha=1.0):
    """The result has the dtype of x, so integers are cut off."""
    out, cache = elu_forward(x, alpha)
    return out.astype(x.dtype), cache


@misconception(
    "elu_forward.widens",
    hint="Every array that goes in is float32. Which of yours widens it?",
    caught_by=("test_elu_dtype",),
)
def elu_widens(x, alpha=1.0):
    """The result is float64 whatever x is."""
    out, cache = elu_forward(x, alpha)
    return wide(out), cache


@misconception(
    "elu_forward.in_place",
    hint="The backward pass still needs the original x.",
    caught_by=("test_elu_leaves_x_alone",),
)
def elu_in_place(x, alpha=1.0):
    """The negative entries of x are overwritten."""
    out, cache = elu_forward(x, alpha)
    x[...] = out
    return out, cache


@misconception(
    "elu_backward.plus_one",
    hint="Try alpha = 1.5. What is the slope a little to the left of 0?",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_plus_one(dout, cache):
    """out + 1, right only for alpha = 1."""
    x, out, _alpha = cache
    return dout * np.where(x > 0, 1, out + 1)


@misconception(
    "elu_backward.alpha_slope",
    hint="The negative branch bends; its slope changes with x.",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_alpha_slope(dout, cache):
    """Constant slope alpha."""
    x, _out, alpha = cache
    return dout * np.where(x > 0, 1, alpha)


@misconception(
    "elu_backward.out_alone",
    hint="The slope on the negative side is positive, and your factor is not.",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_out_alone(dout, cache):
    """The slope is out."""
    x, out, _alpha = cache
    return dout * np.where(x > 0, 1, out)


@misconception(
    "elu_backward.exp_of_out",
    hint="exp of which number: the input or the output?",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_exp_of_out(dout, cache):
    """alpha exp(out)."""
    x, out, alpha = cache
    return dout * np.where(x > 0, 1, alpha * np.exp(np.minimum(out, 0)))


@misconception(
    "elu_backward.exp_without_alpha",
    hint="alpha multiplies the branch, so it multiplies its slope.",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_exp_without_alpha(dout, cache):
    """exp(x)."""
    x, _out, _alpha = cache
    return dout * np.where(x > 0, 1, np.exp(np.minimum(x, 0)))


@misconception(
    "elu_backward.relu",
    hint="The negative side still rises. How steep is it near 0?",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_relu(dout, cache):
    """0 on the negative side."""
    x, _out, _alpha = cache
    return np.where(x > 0, dout, 0)


@misconception(
    "elu_backward.chosen_by_out_alpha",
    hint="On the positive side the slope is 1. Where do you choose the side?",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_chosen_by_out_alpha(dout, cache):
    """out + alpha on both sides."""
    _x, out, alpha = cache
    return dout * (out + alpha)


@misconception(
    "elu_backward.minus_alpha",
    hint="Far to the left the slope is 0. Is yours?",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_minus_alpha(dout, cache):
    """out - alpha."""
    x, out, alpha = cache
    return dout * np.where(x > 0, 1, out - alpha)


@misconception(
    "elu_backward.dout_missing",
    hint="Your result does not depend on dout.",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_dout_missing(dout, cache):
    """The slope alone."""
    x, out, alpha = cache
    return np.where(x > 0, 1, out + alpha) * np.ones_like(dout)


@misconception(
    "elu_backward.gates_dout",
    hint="The sign of x chooses the branch. Which sign do you look at?",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_gates_dout(dout, cache):
    """Chooses by the sign of dout."""
    _x, out, alpha = cache
    return dout * np.where(dout > 0, 1, out + alpha)


@misconception(
    "elu_backward.averaged",
    hint="Your gradient shrinks with the size of the batch. Who divides by N, and where?",
    caught_by=("test_elu_gradient", "test_elu_slopes"),
)
def elu_backward_averaged(dout, cache):
    """Divided by the number of examples."""
    return elu_backward(dout, cache) / len(dout)


@misconception(
    "elu_backward.at_zero",
    hint="At exactly 0 this course uses the negative branch. What is its slope there?",
    caught_by=("test_elu_gradient_at_zero",),
)
def elu_backward_at_zero(dout, cache):
    """Slope 1 at 0."""
    x, out, alpha = cache
    return dout * np.where(x >= 0, 1, out + alpha)


@misconception(
    "elu_backward.mask_times",
    hint="Infinity times 0 is not 0. How large is exp(x) on the side that you mask?",
    caught_by=("test_elu_gradient_far",),
)
def elu_backward_mask_times(dout, cache):
    """Masks times both slopes: infinity times 0."""
    x, _out, alpha = cache
    with np.errstate(all="ignore"):
        return dout * ((x > 0) + (x <= 0) * alpha * np.exp(x))


@misconception(
    "elu_backward.widens",
    hint="Everything that goes in is float32. Which array of yours is not?",
    caught_by=("test_elu_gradient_dtype",),
)
def elu_backward_widens(dout, cache):
    """A float64 array of slopes."""
    return wide(elu_backward(dout, cache))


@misconception(
    "elu_backward.in_place",
    hint="Somebody else may need the same dout. Where do you put the product?",
    caught_by=("test_elu_gradient_leaves_dout_alone",),
)
def elu_backward_in_place(dout, cache):
    """dout is multiplied in place."""
    dout[...] = elu_backward(dout, cache)
    return dout


# PReLU


@misconception(
    "prelu_forward.max_form",
    hint="A learnt alpha can exceed 1 or become negative; then the maximum picks the other piece.",
    caught_by=("test_prelu_any_slope",),
)
def prelu_max_form(x, alpha):
    """max(alpha x, x)."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.maximum(slopes * x, x), (x, slopes)


@misconception(
    "prelu_forward.single_slope",
    hint="Each channel has learnt its own slope.",
    caught_by=("test_prelu_values", "test_prelu_any_slope"),
)
def prelu_single_slope(x, alpha):
    """The mean of alpha is used for all channels."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, x, alpha.mean() * x), (x, slopes)


@misconception(
    "prelu_forward.first_slope",
    hint="Your second channel uses the slope of the first.",
    caught_by=("test_prelu_values", "test_prelu_any_slope"),
)
def prelu_first_slope(x, alpha):
    """The first alpha is used for all channels."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, x, alpha[0] * x), (x, slopes)


@misconception(
    "prelu_forward.abs_alpha",
    hint="alpha may be negative; use it as it is.",
    caught_by=("test_prelu_any_slope",),
)
def prelu_abs_alpha(x, alpha):
    """|alpha|."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, x, np.abs(slopes) * x), (x, slopes)


@misconception(
    "prelu_forward.clipped_alpha",
    hint="alpha may be negative or above 1; use it as it is.",
    caught_by=("test_prelu_any_slope",),
)
def prelu_clipped_alpha(x, alpha):
    """alpha cut to 0 ... 1."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, x, np.clip(slopes, 0, 1) * x), (x, slopes)


@misconception(
    "prelu_forward.last_axis",
    hint="In an image (N, C, H, W) the channel is axis 1. Along which axis does numpy lay a vector of length C?",
    caught_by=("test_prelu_values",),
)
def prelu_last_axis(x, alpha):
    """alpha along the last axis of an image."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    along = alpha if x.shape[-1] == alpha.size else slopes
    return np.where(x > 0, x, along * x), (x, slopes)


@misconception(
    "prelu_forward.rows",
    hint="A row is an example. Along which axis do the channels lie?",
    caught_by=("test_prelu_values",),
)
def prelu_rows(x, alpha):
    """alpha along the examples, where their number fits."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    along = alpha.reshape(-1, *(1 for _ in x.shape[1:])) if x.shape[0] == alpha.size else slopes
    return np.where(x > 0, x, along * x), (x, slopes)


@misconception(
    "prelu_forward.negated",
    hint="For a positive alpha the negative side stays negative. Does yours?",
    caught_by=("test_prelu_values", "test_prelu_any_slope"),
)
def prelu_negated(x, alpha):
    """-alpha x on the negative side."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, x, -slopes * x), (x, slopes)


@misconception(
    "prelu_forward.relu",
    hint="Where does alpha enter your result?",
    caught_by=("test_prelu_values", "test_prelu_any_slope"),
)
def prelu_relu(x, alpha):
    """The negative side is 0."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.maximum(x, 0), (x, slopes)


@misconception(
    "prelu_forward.branches_swapped",
    hint="alpha is the slope of the negative side. Try x = 1.",
    caught_by=("test_prelu_values", "test_prelu_any_slope"),
)
def prelu_branches_swapped(x, alpha):
    """alpha on the positive side."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, slopes * x, x), (x, slopes)


@misconception(
    "prelu_forward.everywhere",
    hint="On the positive side the slope should be exactly 1. What do you add there?",
    caught_by=("test_prelu_values", "test_prelu_any_slope"),
)
def prelu_everywhere(x, alpha):
    """max(0, x) + alpha x."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.maximum(x, 0) + slopes * x, (x, slopes)


@misconception(
    "prelu_forward.constant",
    hint="The negative side is a line, not a step. What multiplies x there?",
    caught_by=("test_prelu_values", "test_prelu_any_slope"),
)
def prelu_constant(x, alpha):
    """-alpha on the negative side."""
    slopes = alpha.reshape(-1, *(1 for _ in x.shape[2:]))
    return np.where(x > 0, x, -slopes * np.ones_like(x)), (x, slopes)


@misconception(
    "prelu_forward.tables_only",
    hint="x may have four axes. How does a vector of length C come to stand beside (N, C, H, W)?",
    caught_by=("test_prelu_values",),
)
def prelu_tables_only(x, alpha):
    """Fails for images."""
    return prelu_forward(x, alpha) if x.ndim == 2 else (x * alpha.reshape(1, -1), None)


@misconception(
    "prelu_forward.widens",
    hint="Every array that goes in is float32. Which of yours widens it?",
    caught_by=("test_prelu_dtype",),
)
def prelu_widens(x, alpha):
    """The result is float64 whatever goes in."""
    out, cache = prelu_forward(x, alpha)
    return wide(out), cache


@misconception(
    "prelu_forward.in_place",
    hint="The backward pass still needs the original x.",
    caught_by=("test_prelu_leaves_its_arguments_alone",),
)
def prelu_in_place(x, alpha):
    """The negative entries of x are overwritten."""
    out, (_, slopes) = prelu_forward(x, alpha)
    x[...] = out
    return out, (x, slopes)


@misconception(
    "prelu_backward.dalpha_positive",
    hint="alpha plays no part where x is positive.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_positive(dout, cache):
    """Positive inputs contribute to dalpha."""
    x, _slopes = cache
    return prelu_backward(dout, cache)[0], np.sum(dout * x, axis=(0, *range(2, x.ndim)))


@misconception(
    "prelu_backward.dalpha_positive_only",
    hint="Which entries of x were multiplied by alpha: the positive or the negative ones?",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_positive_only(dout, cache):
    """Only positive inputs contribute to dalpha."""
    x, _slopes = cache
    return prelu_backward(dout, cache)[0], np.sum(dout * np.maximum(x, 0), axis=(0, *range(2, x.ndim)))


@misconception(
    "prelu_backward.dalpha_without_x",
    hint="When alpha moves by a little, by how much does alpha times x move?",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_without_x(dout, cache):
    """dout alone is added up for dalpha."""
    x, _slopes = cache
    return prelu_backward(dout, cache)[0], np.sum(dout * (x <= 0), axis=(0, *range(2, x.ndim)))


@misconception(
    "prelu_backward.dalpha_without_dout",
    hint="dalpha does not depend on your dout.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_without_dout(dout, cache):
    """x alone is added up for dalpha."""
    x, _slopes = cache
    return prelu_backward(dout, cache)[0], np.sum(np.minimum(x, 0), axis=(0, *range(2, x.ndim)))


@misconception(
    "prelu_backward.dalpha_mean",
    hint="dalpha collects one contribution from every entry: a sum, not a mean.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_mean(dout, cache):
    """The mean over the entries of a channel."""
    x, _slopes = cache
    return prelu_backward(dout, cache)[0], np.mean(dout * np.minimum(x, 0), axis=(0, *range(2, x.ndim)))


@misconception(
    "prelu_backward.dalpha_averaged",
    hint="dalpha is too small by the size of the batch. Who divides by N, and where?",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_averaged(dout, cache):
    """dalpha is divided by the number of examples."""
    x, _slopes = cache
    dx, dalpha = prelu_backward(dout, cache)
    return dx, dalpha / len(x)


@misconception(
    "prelu_backward.dalpha_batch_only",
    hint="There is one alpha for a whole channel: which axes does it serve?",
    caught_by=("test_prelu_gradients",),
)
def prelu_backward_dalpha_batch_only(dout, cache):
    """Only the examples are added up."""
    x, _slopes = cache
    return prelu_backward(dout, cache)[0], np.sum(dout * np.minimum(x, 0), axis=0)


@misconception(
    "prelu_backward.dalpha_total",
    hint="Each channel has its own alpha. How many numbers is dalpha?",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_total(dout, cache):
    """One number for all channels."""
    x, slopes = cache
    return prelu_backward(dout, cache)[0], np.full(slopes.size, np.sum(dout * np.minimum(x, 0)))


@misconception(
    "prelu_backward.dalpha_rows",
    hint="Which axis is left when all but the channels are added up?",
    caught_by=("test_prelu_gradients",),
)
def prelu_backward_dalpha_rows(dout, cache):
    """The sum runs over the channels."""
    x, _slopes = cache
    return prelu_backward(dout, cache)[0], np.sum(dout * np.minimum(x, 0), axis=(1, *range(2, x.ndim)))


@misconception(
    "prelu_backward.dalpha_times_alpha",
    hint="The derivative of alpha times x by alpha does not contain alpha any more.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_times_alpha(dout, cache):
    """dalpha is multiplied by alpha."""
    _x, slopes = cache
    dx, dalpha = prelu_backward(dout, cache)
    return dx, dalpha * slopes.ravel()


@misconception(
    "prelu_backward.dalpha_absolute",
    hint="x is negative where alpha counts, so its sign matters.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_absolute(dout, cache):
    """|x| in the place of x."""
    _x, _slopes = cache
    dx, dalpha = prelu_backward(dout, cache)
    return dx, -dalpha


@misconception(
    "prelu_backward.dalpha_column",
    hint="The numbers of dalpha are right. What shape has alpha?",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dalpha_column(dout, cache):
    """dalpha of shape (C, 1)."""
    dx, dalpha = prelu_backward(dout, cache)
    return dx, dalpha.reshape(-1, 1)


@misconception(
    "prelu_backward.dx_relu",
    hint="x still matters there, with slope alpha.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dx_relu(dout, cache):
    """dx = 0 on the negative side."""
    x, _slopes = cache
    return np.where(x > 0, dout, 0), prelu_backward(dout, cache)[1]


@misconception(
    "prelu_backward.dx_swapped",
    hint="alpha is the slope of the negative side.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dx_swapped(dout, cache):
    """alpha on the positive side of dx."""
    x, slopes = cache
    return np.where(x > 0, slopes * dout, dout), prelu_backward(dout, cache)[1]


@misconception(
    "prelu_backward.dx_times_x",
    hint="The slope there is alpha, a number without x.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_dx_times_x(dout, cache):
    """alpha x on the negative side of dx."""
    x, slopes = cache
    return np.where(x > 0, dout, slopes * x * dout), prelu_backward(dout, cache)[1]


@misconception(
    "prelu_backward.gates_dout",
    hint="The sign of x chooses the side. Which sign do you look at?",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_gates_dout(dout, cache):
    """Chooses by the sign of dout."""
    x, slopes = cache
    return np.where(dout > 0, dout, slopes * dout), np.sum(np.minimum(dout, 0) * x, axis=(0, *range(2, x.ndim)))


@misconception(
    "prelu_backward.swapped",
    hint="The two gradients are right, and come in the other order.",
    caught_by=("test_prelu_gradients", "test_prelu_slopes"),
)
def prelu_backward_swapped(dout, cache):
    """dalpha, dx."""
    return prelu_backward(dout, cache)[::-1]


@misconception(
    "prelu_backward.at_zero",
    hint="At exactly 0 this course uses the negative branch.",
    caught_by=("test_prelu_gradient_at_zero",),
)
def prelu_backward_at_zero(dout, cache):
    """Slope 1 at 0."""
    x, slopes = cache
    return np.where(x >= 0, dout, slopes * dout), prelu_backward(dout, cache)[1]


@misconception(
    "prelu_backward.widens",
    hint="Everything that goes in is float32. Which array of yours is not?",
    caught_by=("test_prelu_gradient_dtype",),
)
def prelu_backward_widens(dout, cache):
    """The gradients are float64 whatever goes in."""
    return wide(prelu_backward(dout, cache))


@misconception(
    "prelu_backward.dalpha_widens",
    hint="dx has kept its type. In which array do you add up dalpha?",
    caught_by=("test_prelu_gradient_dtype",),
)
def prelu_backward_dalpha_widens(dout, cache):
    """dalpha alone is float64."""
    dx, dalpha = prelu_backward(dout, cache)
    return dx, wide(dalpha)


@misconception(
    "prelu_backward.in_place",
    hint="Somebody else may need the same dout. Where do you put the product?",
    caught_by=("test_prelu_gradient_leaves_dout_alone",),
)
def prelu_backward_in_place(dout, cache):
    """dout is overwritten."""
    dx, dalpha = prelu_backward(dout, cache)
    dout[...] = dx
    return dout, dalpha


# maxout


@misconception(
    "maxout_forward.two_pieces",
    hint="Many notes show K = 2. Here K is read from the shape of W.",
    caught_by=("test_maxout_values",),
)
def maxout_two_pieces(x, W, b):
    """Only two pieces, as in many notes."""
    return maxout_forward(x, W[:, :, :2], b[:, :2])[0], maxout_forward(x, W, b)[1]


@misconception(
    "maxout_forward.absolute",
    hint="The maximum is the largest value, not the largest size.",
    caught_by=("test_maxout_values", "test_maxout_is_convex", "test_maxout_can_be_relu"),
)
def maxout_absolute(x, W, b):
    """The winner by absolute value."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    winner = np.abs(pieces).argmax(axis=2)[:, :, np.newaxis]
    return np.take_along_axis(pieces, winner, axis=2)[:, :, 0], (x, W, pieces)


@misconception(
    "maxout_forward.smallest",
    hint="Your output lies below all other pieces. Which one wins?",
    caught_by=("test_maxout_values", "test_maxout_is_convex", "test_maxout_can_be_relu"),
)
def maxout_smallest(x, W, b):
    """The smallest piece."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return pieces.min(axis=2), (x, W, pieces)


@misconception(
    "maxout_forward.mean",
    hint="Your output is a straight line in x. Which piece is chosen where?",
    caught_by=("test_maxout_values", "test_maxout_can_be_relu"),
)
def maxout_mean(x, W, b):
    """The mean of the pieces."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return pieces.mean(axis=2), (x, W, pieces)


@misconception(
    "maxout_forward.sum",
    hint="The pieces compete: one of them comes out, not all together.",
    caught_by=("test_maxout_values",),
)
def maxout_sum(x, W, b):
    """The sum of the pieces."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return pieces.sum(axis=2), (x, W, pieces)


@misconception(
    "maxout_forward.no_bias",
    hint="What is your output at x = 0?",
    caught_by=("test_maxout_values",),
)
def maxout_no_bias(x, W, b):
    """The bias is left out."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return (pieces - b).max(axis=2), (x, W, pieces)


@misconception(
    "maxout_forward.bias_after",
    hint="The bias is part of the piece. Is it added before or after the choice?",
    caught_by=("test_maxout_values",),
)
def maxout_bias_after(x, W, b):
    """The largest product, and the largest bias."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return (pieces - b).max(axis=2) + b.max(axis=1), (x, W, pieces)


@misconception(
    "maxout_forward.over_units",
    hint="The K pieces of one unit compete, not the M units. Which axis of your array is which?",
    caught_by=("test_maxout_values",),
)
def maxout_over_units(x, W, b):
    """The maximum over the units."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    best = pieces.max(axis=1)
    return (best if best.shape == pieces.shape[:2] else np.resize(best, pieces.shape[:2])), maxout_forward(x, W, b)[1]


@misconception(
    "maxout_forward.over_examples",
    hint="Each example has its own winner. Over which axis do you choose?",
    caught_by=("test_maxout_values",),
)
def maxout_over_examples(x, W, b):
    """The winner of the first example is used for all."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    first = pieces[0].argmax(axis=1)
    return pieces[:, np.arange(W.shape[1]), first], maxout_forward(x, W, b)[1]


@misconception(
    "maxout_forward.relu_too",
    hint="Your output is never negative. Is there a zero among the pieces?",
    caught_by=("test_maxout_values",),
)
def maxout_relu_too(x, W, b):
    """max(0, the largest piece)."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return np.maximum(pieces.max(axis=2), 0), (x, W, pieces)


@misconception(
    "maxout_forward.first_piece",
    hint="Your unit is a linear layer. What are the other pieces for?",
    caught_by=("test_maxout_values", "test_maxout_can_be_relu"),
)
def maxout_first_piece(x, W, b):
    """Only the first piece."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    return pieces[:, :, 0], (x, W, pieces)


@misconception(
    "maxout_forward.soft",
    hint="Your output lies a little above the largest piece. That is a smooth maximum; the exact one is asked for.",
    caught_by=("test_maxout_values", "test_maxout_can_be_relu"),
)
def maxout_soft(x, W, b):
    """log-sum-exp in the place of the maximum."""
    pieces = np.einsum("nd,dmk->nmk", x, W) + b
    top = pieces.max(axis=2, keepdims=True)
    return (top + np.log(np.exp(pieces - top).sum(axis=2, keepdims=True)))[:, :, 0], maxout_forward(x, W, b)[1]


@misconception(
    "maxout_forward.reshaped",
    hint="To reshape is not to exchange axes. Which index of W runs fastest?",
    caught_by=("test_maxout_values",),
)
def maxout_reshaped(x, W, b):
    """W.reshape(D, K, M), as if the units came last."""
    D, M, K = W.shape
    products = (x @ W.reshape(D, M * K)).reshape(len(x), K, M).transpose(0, 2, 1)
    return (products + b).max(axis=2), maxout_forward(x, W, b)[1]


@misconception(
    "maxout_forward.keeps_axis",
    hint="The numbers are right. How many axes has your output?",
    caught_by=("test_maxout_values",),
)
def maxout_keeps_axis(x, W, b):
    """The output keeps an axis of length 1."""
    out, cache = maxout_forward(x, W, b)
    return out[:, :, np.newaxis], cache


@misconception(
    "maxout_forward.widens",
    hint="Every array that goes in is float32. Which of yours widens it?",
    caught_by=("test_maxout_dtype",),
)
def maxout_widens(x, W, b):
    """The result is float64 whatever goes in."""
    out, cache = maxout_forward(x, W, b)
    return wide(out), cache


@misconception(
    "maxout_forward.in_place",
    hint="The backward pass still needs W as it was.",
    caught_by=("test_maxout_leaves_its_arguments_alone",),
)
def maxout_in_place(x, W, b):
    """The bias is added to W in place."""
    result = maxout_forward(x, W.copy(), b)
    W += b
    return result


@misconception(
    "maxout_backward.tie_double",
    hint="When two pieces are equal only one of them (the first) counts as the winner.",
    caught_by=("test_maxout_ties",),
)
def maxout_backward_tie_double(dout, cache):
    """Ties receive the gradient twice."""
    x, W, pieces = cache
    dpieces = dout[:, :, np.newaxis] * (pieces == pieces.max(axis=2, keepdims=True))
    return np.einsum("nmk,dmk->nd", dpieces, W), np.einsum("nmk,nd->dmk", dpieces, x), dpieces.sum(axis=0)


@misconception(
    "maxout_backward.tie_shared",
    hint=(
        "When two pieces are equal you give each its share. That is a fair choice at a kink, and this course "
        "has taken another."
    ),
    caught_by=("test_maxout_ties",),
)
def maxout_backward_tie_shared(dout, cache):
    """Ties share the gradient."""
    x, W, pieces = cache
    wins = pieces == pieces.max(axis=2, keepdims=True)
    dpieces = dout[:, :, np.newaxis] * wins / wins.sum(axis=2, keepdims=True).astype(dout.dtype)
    return np.einsum("nmk,dmk->nd", dpieces, W), np.einsum("nmk,nd->dmk", dpieces, x), dpieces.sum(axis=0)


@misconception(
    "maxout_backward.tie_last",
    hint="When two pieces are equal the first of them counts. Which one do you take?",
    caught_by=("test_maxout_ties",),
)
def maxout_backward_tie_last(dout, cache):
    """Of ties the last one wins."""
    x, W, pieces = cache
    dx, dW, db = maxout_backward(dout, (x, W[:, :, ::-1], pieces[:, :, ::-1]))
    return dx, dW[:, :, ::-1].copy(), db[:, ::-1].copy()


@misconception(
    "maxout_backward.dx_mean",
    hint="The winner's weights carry the whole gradient back to x.",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_dx_mean(dout, cache):
    """dx is averaged over the pieces."""
    x, W, pieces = cache
    winner = pieces.argmax(axis=2)[:, :, np.newaxis]
    dpieces = np.zeros((len(x), *W.shape[1:]), dtype=dout.dtype)
    np.put_along_axis(dpieces, winner, dout[:, :, np.newaxis], axis=2)
    _dx, dW, db = maxout_backward(dout, cache)
    return np.einsum("nmk,dmk->nd", np.repeat(dout[:, :, np.newaxis], W.shape[2], axis=2), W) / W.shape[2], dW, db


@misconception(
    "maxout_backward.all_pieces",
    hint="A piece that did not win can move a little without any change of the output. What is its gradient?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_all_pieces(dout, cache):
    """Every piece gets the gradient."""
    x, W, pieces = cache
    pieces.argmax(axis=2)[:, :, np.newaxis]
    dpieces = np.repeat(dout[:, :, np.newaxis], W.shape[2], axis=2)
    return np.einsum("nmk,dmk->nd", dpieces, W), np.einsum("nmk,nd->dmk", dpieces, x), dpieces.sum(axis=0)


@misconception(
    "maxout_backward.first_winner",
    hint="Each example has its own winner. Which one do you use for the second?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_first_winner(dout, cache):
    """The winner of the first example is used for all."""
    x, W, pieces = cache
    return maxout_backward(dout, (x, W, np.repeat(pieces[:1], len(x), axis=0)))


@misconception(
    "maxout_backward.dx_ignores_winner",
    hint="Which of the K weight vectors reached the output?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_dx_ignores_winner(dout, cache):
    """dx uses the first piece of every unit."""
    _dx, dW, db = maxout_backward(dout, cache)
    return dout @ cache[1][:, :, 0].T, dW, db


@misconception(
    "maxout_backward.dw_averaged",
    hint="dW and db collect one contribution from every example. Who divides by N, and where?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_dw_averaged(dout, cache):
    """dW is divided by the number of examples."""
    dx, dW, db = maxout_backward(dout, cache)
    return dx, dW / len(dx), db


@misconception(
    "maxout_backward.db_averaged",
    hint="db collects one contribution from every example: a sum, not a mean.",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_db_averaged(dout, cache):
    """db is divided by the number of examples."""
    dx, dW, db = maxout_backward(dout, cache)
    return dx, dW, db / len(dx)


@misconception(
    "maxout_backward.all_averaged",
    hint="Your dW and db shrink with the size of the batch. dout has been divided already where a mean was taken.",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_all_averaged(dout, cache):
    """dW and db are divided by the number of examples."""
    dx, dW, db = maxout_backward(dout, cache)
    return dx, dW / len(dx), db / len(dx)


@misconception(
    "maxout_backward.db_counts",
    hint="db does not depend on your dout.",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_db_counts(dout, cache):
    """db counts how often each piece won."""
    dx, dW, _db = maxout_backward(dout, cache)
    won = np.zeros((len(dx), *cache[1].shape[1:]), dtype=dout.dtype)
    np.put_along_axis(won, cache[2].argmax(axis=2)[:, :, np.newaxis], 1, axis=2)
    return dx, dW, won.sum(axis=0)


@misconception(
    "maxout_backward.db_shared",
    hint="Each piece has its own bias. Did all of them win?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_db_shared(dout, cache):
    """db is the same for all pieces of a unit."""
    dx, dW, db = maxout_backward(dout, cache)
    return dx, dW, np.repeat(db.sum(axis=1, keepdims=True), db.shape[1], axis=1)


@misconception(
    "maxout_backward.dw_without_x",
    hint="When a weight moves, the piece moves by the input times that. Where is x in your dW?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_dw_without_x(dout, cache):
    """dW is filled with dout."""
    x, W, pieces = cache
    winner = pieces.argmax(axis=2)[:, :, np.newaxis]
    dpieces = np.zeros((len(x), *W.shape[1:]), dtype=dout.dtype)
    np.put_along_axis(dpieces, winner, dout[:, :, np.newaxis], axis=2)
    dx, dW, db = maxout_backward(dout, cache)
    return dx, np.broadcast_to(db, dW.shape).copy(), db


@misconception(
    "maxout_backward.last_example",
    hint="Several examples share a winner. Do you add their contributions, or does each replace the one before?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_last_example(dout, cache):
    """Contributions are assigned, so the last example wins."""
    x, W, pieces = cache
    winner = pieces.argmax(axis=2)[:, :, np.newaxis]
    dW, db = np.zeros_like(W), np.zeros(W.shape[1:], dtype=dout.dtype)
    for i in range(len(x)):
        for m in range(W.shape[1]):
            dW[:, m, winner[i, m, 0]] = dout[i, m] * x[i]
            db[m, winner[i, m, 0]] = dout[i, m]
    return maxout_backward(dout, cache)[0], dW, db


@misconception(
    "maxout_backward.dx_last_unit",
    hint="x feeds all units. Do you add their contributions, or does each replace the one before?",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_dx_last_unit(dout, cache):
    """dx is assigned for each unit, so the last one stays."""
    _x, W, pieces = cache
    pieces.argmax(axis=2)[:, :, np.newaxis]
    _, dW, db = maxout_backward(dout, cache)
    m = W.shape[1] - 1
    last = np.zeros_like(dout)
    last[:, m] = dout[:, m]
    return maxout_backward(last, cache)[0], dW, db


@misconception(
    "maxout_backward.order",
    hint="The gradients are right, and come in another order.",
    caught_by=("test_maxout_gradients", "test_maxout_slopes"),
)
def maxout_backward_order(dout, cache):
    """dW, dx, db."""
    dx, dW, db = maxout_backward(dout, cache)
    return dW, dx, db


@misconception(
    "maxout_backward.widens",
    hint="Everything that goes in is float32. Which array of yours is not?",
    caught_by=("test_maxout_gradient_dtype",),
)
def maxout_backward_widens(dout, cache):
    """The gradients are float64 whatever goes in."""
    return wide(maxout_backward(dout, cache))


@misconception(
    "maxout_backward.in_place",
    hint="Somebody else may need the same dout. Where do you write?",
    caught_by=("test_maxout_gradient_leaves_dout_alone",),
)
def maxout_backward_in_place(dout, cache):
    """dout is overwritten."""
    gradients = maxout_backward(dout.copy(), cache)
    dout *= 0
    return gradients
