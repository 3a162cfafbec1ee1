"""Mistakes that students make with fans, with the variance of first weights, and with the rules of Xavier and He."""

import numpy as np
from scaled import compute_fans, initialize_parameters_he, initialize_parameters_xavier, variance_scaling

from grader.checks import misconception


def _spread(shape, rng, std, distribution="normal"):
    """Draw weights of a standard deviation, normal or uniform."""
    if distribution == "normal":
        return rng.normal(0.0, std, shape)
    limit = np.sqrt(3) * std
    return rng.uniform(-limit, limit, shape)


def _network(layer_dims, draw):
    """Make the parameters of a network; `draw(layer, n_in, n_out)` makes a weight matrix."""
    parameters = {}
    for layer in range(1, len(layer_dims)):
        parameters[f"W{layer}"] = draw(layer, layer_dims[layer - 1], layer_dims[layer])
        parameters[f"b{layer}"] = np.zeros(layer_dims[layer])
    return parameters


def _columns(parameters):
    """Put parameters into the layout for examples in columns, without a change of the order of the draws."""
    return {
        name: value.reshape(value.shape[::-1]) if name[0] == "W" else value[:, np.newaxis]
        for name, value in parameters.items()
    }


def _require_options(mode, distribution):
    """Refuse what the reference refuses: what is the matter is something else."""
    if mode not in ("fan_in", "fan_out", "fan_avg") or distribution not in ("normal", "uniform"):
        raise ValueError(f"unknown mode {mode!r} or distribution {distribution!r}")


def _mean_fan(shape, mode):
    """Return the n of a mode."""
    fan_in, fan_out = compute_fans(shape)
    return {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]


@misconception(
    "compute_fans.swapped",
    hint="fan_in counts what goes into one unit. In a matrix of shape (in, out), which axis is that?",
    caught_by=("test_fans_of_a_matrix", "test_fans_of_a_convolution"),
)
def fans_swapped(shape):
    """Returns fan_out first."""
    fan_in, fan_out = compute_fans(shape)
    return fan_out, fan_in


@misconception(
    "compute_fans.matrix_swapped",
    hint="The fans of a convolution are right. A matrix has the shape (in, out) here; Coursera turns it round.",
    caught_by=("test_fans_of_a_matrix",),
)
def fans_matrix_swapped(shape):
    """Reads a matrix as (out, in), as where examples are columns."""
    return (shape[1], shape[0]) if len(shape) == 2 else compute_fans(shape)


@misconception(
    "compute_fans.columns",
    hint="In a matrix the inputs come first here; Coursera turns it round. And where does a kernel's size enter?",
    caught_by=("test_fans_of_a_matrix", "test_fans_of_a_convolution", "test_fans_refused"),
)
def fans_columns(shape):
    """Reads every shape as (out, in), as where examples are columns."""
    return shape[1], shape[0]


@misconception(
    "compute_fans.first_and_second",
    hint="A matrix is right. How many products does one output value of a convolution add up?",
    caught_by=("test_fans_of_a_convolution", "test_fans_refused"),
)
def fans_first_and_second(shape):
    """Reads every shape as (in, out)."""
    return shape[0], shape[1]


@misconception(
    "compute_fans.matrix_refused",
    hint="A weight matrix has fans too, and they are the simplest ones. What do you do with a shape of two axes?",
    caught_by=("test_fans_of_a_matrix",),
)
def fans_matrix_refused(shape):
    """Knows convolutions only."""
    if len(shape) != 4:
        raise ValueError(f"a shape with 4 axes is needed, got {shape}")
    return compute_fans(shape)


@misconception(
    "compute_fans.matrix_squared",
    hint="For a matrix you count all of its weights. How many of them end at one unit?",
    caught_by=("test_fans_of_a_matrix",),
)
def fans_all_weights(shape):
    """For a matrix both fans are the number of weights."""
    return (shape[0] * shape[1],) * 2 if len(shape) == 2 else compute_fans(shape)


@misconception(
    "compute_fans.no_receptive_field",
    hint="One output pixel of a convolution sees every input channel at every kernel position. Count them.",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_no_receptive_field(shape):
    """The size of the kernel is forgotten."""
    return compute_fans(shape) if len(shape) != 4 else (shape[1], shape[0])


@misconception(
    "compute_fans.as_a_matrix",
    hint="The first two axes of a kernel's shape are the channels, out and in. Where do height and width enter?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_as_a_matrix(shape):
    """Reads the first two axes of a convolution's kernels as (in, out)."""
    return compute_fans(shape) if len(shape) != 4 else (shape[0], shape[1])


@misconception(
    "compute_fans.square_kernel",
    hint="Your count is right for square kernels. Try a 1 x 7 kernel.",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_square_kernel(shape):
    """Squares the height of the kernel."""
    return compute_fans(shape if len(shape) != 4 else (*shape[:3], shape[2]))


@misconception(
    "compute_fans.square_kernel_of_width",
    hint="Your count is right for square kernels. Which of the two sizes of a 1 x 7 kernel did you use twice?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_square_kernel_of_width(shape):
    """Squares the width of the kernel."""
    return compute_fans(shape if len(shape) != 4 else (*shape[:2], shape[3], shape[3]))


@misconception(
    "compute_fans.height_only",
    hint="A kernel has a height and a width. Which of them is missing in your count?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_height_only(shape):
    """The width of the kernel is forgotten."""
    return compute_fans(shape if len(shape) != 4 else (*shape[:3], 1))


@misconception(
    "compute_fans.kernel_added",
    hint="A 3 x 3 kernel has nine positions. How many do you count?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_kernel_added(shape):
    """Adds height and width of the kernel."""
    return compute_fans(shape if len(shape) != 4 else (*shape[:2], shape[2] + shape[3], 1))


@misconception(
    "compute_fans.convolution_swapped",
    hint="The shape of the kernels starts with C_out. Which channels does one output value add up over?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_convolution_swapped(shape):
    """Reads the kernels as (C_in, C_out, kH, kW)."""
    return compute_fans(shape if len(shape) != 4 else (shape[1], shape[0], *shape[2:]))


@misconception(
    "compute_fans.channels_last",
    hint="Keras puts the kernel's height and width first. Which order has the shape here?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_channels_last(shape):
    """Reads the kernels as (kH, kW, C_in, C_out)."""
    return compute_fans(shape if len(shape) != 4 else (shape[3], shape[2], *shape[:2]))


@misconception(
    "compute_fans.field_in_only",
    hint="fan_in is right. To how many output values does one input value go, through how many positions?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_field_in_only(shape):
    """fan_out of a convolution is the number of channels."""
    return compute_fans(shape) if len(shape) != 4 else (compute_fans(shape)[0], shape[0])


@misconception(
    "compute_fans.field_out_only",
    hint="fan_out is right. An output value adds up products over more than the channels.",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_field_out_only(shape):
    """fan_in of a convolution is the number of channels."""
    return compute_fans(shape) if len(shape) != 4 else (shape[1], compute_fans(shape)[1])


@misconception(
    "compute_fans.whole_filter",
    hint="All weights of all kernels together end at many outputs. How many of them end at one?",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_whole_filter(shape):
    """Both fans of a convolution are the number of weights."""
    return compute_fans(shape) if len(shape) != 4 else (int(np.prod(shape)),) * 2


@misconception(
    "compute_fans.convolution_refused",
    hint="A shape of four axes belongs to a convolution. The docstring says how to count there.",
    caught_by=("test_fans_of_a_convolution",),
)
def fans_convolution_refused(shape):
    """Knows matrices only."""
    if len(shape) != 2:
        raise ValueError(f"a shape with 2 axes is needed, got {shape}")
    return compute_fans(shape)


@misconception(
    "compute_fans.silent_3d",
    hint="Only shapes of two and four axes have agreed fans. Refuse others with a ValueError that names the shape.",
    caught_by=("test_fans_refused",),
)
def fans_any_rank(shape):
    """Accepts any number of axes."""
    if len(shape) == 2:
        return compute_fans(shape)
    positions = int(np.prod(shape[2:]))
    return shape[1 % len(shape)] * positions, shape[0] * positions


@misconception(
    "compute_fans.vector_accepted",
    hint="What are the fans of a shape with one axis? If there is no answer, a ValueError is one.",
    caught_by=("test_fans_refused",),
)
def fans_vector_accepted(shape):
    """Accepts one axis."""
    return (shape[0], shape[0]) if len(shape) == 1 else compute_fans(shape)


@misconception(
    "compute_fans.index_error",
    hint="Some shapes end in an error that Python raised for you. Which sentence would help the caller more?",
    caught_by=("test_fans_refused",),
)
def fans_index_error(shape):
    """Takes every shape that is no matrix for a convolution's."""
    if len(shape) == 2:
        return compute_fans(shape)
    positions = shape[2] * shape[3]
    return shape[1] * positions, shape[0] * positions


@misconception(
    "compute_fans.none_for_others",
    hint="For other shapes your function ends without a result. The caller stumbles later. Which error is asked for?",
    caught_by=("test_fans_refused",),
)
def fans_none_for_others(shape):
    """Returns nothing for other numbers of axes."""
    return compute_fans(shape) if len(shape) in (2, 4) else None


@misconception(
    "variance_scaling.transposed",
    hint="Return exactly the shape that you were asked for.",
    caught_by=("test_scaling_shapes",),
)
def scaling_transposed(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Returns the transposed shape."""
    return variance_scaling(shape, rng, scale, mode, distribution).T


@misconception(
    "variance_scaling.fans_as_shape",
    hint="For kernels of a convolution you return a matrix. Print the shape that you hand to the generator.",
    caught_by=("test_scaling_shapes", "test_scaling_kernels"),
)
def scaling_fans_as_shape(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Returns a matrix of shape (fan_in, fan_out)."""
    return variance_scaling(compute_fans(shape), rng, scale, mode, distribution)


@misconception(
    "variance_scaling.flat",
    hint="The numbers are right, but they stand in one long row. Which shape was asked for?",
    caught_by=("test_scaling_shapes",),
)
def scaling_flat(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Returns an array with one axis."""
    return variance_scaling(shape, rng, scale, mode, distribution).ravel()


@misconception(
    "variance_scaling.matrix_of_kernels",
    hint="For kernels of a convolution you return one row per kernel. Which shape was asked for?",
    caught_by=("test_scaling_shapes",),
)
def scaling_matrix_of_kernels(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Flattens each kernel."""
    return variance_scaling(shape, rng, scale, mode, distribution).reshape(shape[0], -1)


@misconception(
    "variance_scaling.float32",
    hint="Print the dtype of the result. Gradients will be checked with these weights, and that takes float64.",
    caught_by=("test_scaling_shapes",),
)
def scaling_float32(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Returns float32."""
    return variance_scaling(shape, rng, scale, mode, distribution).astype(np.float32)


@misconception(
    "variance_scaling.no_sqrt",
    hint="Multiplying unit-normal numbers by c multiplies their variance by c squared. Which c gives scale/n?",
    caught_by=("test_scaling_normal", "test_scaling_kernels"),
)
def scaling_no_sqrt(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The variance stands where the standard deviation belongs, for normal weights."""
    _require_options(mode, distribution)
    if distribution == "uniform":
        return variance_scaling(shape, rng, scale, mode, distribution)
    return _spread(shape, rng, scale / _mean_fan(shape, mode))


@misconception(
    "variance_scaling.no_sqrt_anywhere",
    hint="Both of your distributions are off by a root. Is scale/n a variance or a standard deviation?",
    caught_by=("test_scaling_normal", "test_scaling_uniform", "test_scaling_kernels"),
)
def scaling_no_sqrt_anywhere(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The variance stands where the standard deviation belongs, for both distributions."""
    _require_options(mode, distribution)
    return _spread(shape, rng, scale / _mean_fan(shape, mode), distribution)


@misconception(
    "variance_scaling.sqrt_twice",
    hint="The generator's normal distribution takes a standard deviation; a root has been taken once too often.",
    caught_by=("test_scaling_normal", "test_scaling_kernels"),
)
def scaling_sqrt_twice(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Takes the root twice, for normal weights."""
    if distribution == "uniform":
        return variance_scaling(shape, rng, scale, mode, distribution)
    _require_options(mode, distribution)
    return _spread(shape, rng, (scale / _mean_fan(shape, mode)) ** 0.25)


@misconception(
    "variance_scaling.multiply_sqrt_n",
    hint="As a unit gets more inputs its weights must shrink. Yours grow.",
    caught_by=("test_scaling_normal", "test_scaling_kernels"),
)
def scaling_multiply_sqrt_n(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Multiplies by the root of n instead of dividing."""
    _require_options(mode, distribution)
    return _spread(shape, rng, np.sqrt(scale * _mean_fan(shape, mode)), distribution)


@misconception(
    "variance_scaling.divided_by_n",
    hint="The sum of n independent products grows like the root of n. By what do you divide?",
    caught_by=("test_scaling_normal", "test_scaling_uniform", "test_scaling_kernels"),
)
def scaling_divided_by_n(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Takes the root of scale only."""
    _require_options(mode, distribution)
    return _spread(shape, rng, np.sqrt(scale) / _mean_fan(shape, mode), distribution)


@misconception(
    "variance_scaling.scale_outside_root",
    hint="With scale = 1 the weights are right. What does scale = 3 do to their variance, and what to their spread?",
    caught_by=("test_scaling_normal", "test_scaling_uniform"),
)
def scaling_scale_outside_root(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Multiplies the standard deviation by scale."""
    return scale * variance_scaling(shape, rng, 1.0, mode, distribution)


@misconception(
    "variance_scaling.scale_ignored",
    hint="Change scale from 1 to 3 and print the variance. Did it change?",
    caught_by=("test_scaling_normal", "test_scaling_uniform"),
)
def scaling_scale_ignored(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """scale is not used."""
    return variance_scaling(shape, rng, 1.0, mode, distribution)


@misconception(
    "variance_scaling.scale_two",
    hint="The 2 of He's rule is in your formula already. Here that factor comes from the caller, as scale.",
    caught_by=("test_scaling_normal", "test_scaling_uniform", "test_scaling_kernels"),
)
def scaling_scale_two(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """A factor of 2 is built in: the variance is 2 scale / n."""
    return variance_scaling(shape, rng, 2 * scale, mode, distribution)


@misconception(
    "variance_scaling.fan_swapped",
    hint="Print fan_in for a 400 x 100 matrix: how many numbers are added up inside one unit?",
    caught_by=("test_scaling_normal", "test_scaling_uniform", "test_scaling_kernels"),
)
def scaling_fan_swapped(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Mode fan_in uses the number of outputs and mode fan_out that of inputs."""
    other = {"fan_in": "fan_out", "fan_out": "fan_in"}.get(mode, mode)
    return variance_scaling(shape, rng, scale, other, distribution)


@misconception(
    "variance_scaling.avg_is_sum",
    hint="An average of two numbers is half their sum; see where the 2 in 2/(n_in + n_out) comes from.",
    caught_by=("test_scaling_normal", "test_scaling_uniform"),
)
def scaling_avg_is_sum(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Mode fan_avg divides by fan_in + fan_out."""
    return variance_scaling(shape, rng, scale / 2 if mode == "fan_avg" else scale, mode, distribution)


@misconception(
    "variance_scaling.avg_doubled",
    hint="For the mode fan_avg, put both fans to the same n. Does your variance become scale/n?",
    caught_by=("test_scaling_normal", "test_scaling_uniform"),
)
def scaling_avg_doubled(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Mode fan_avg has the 2 of Glorot's formula and the half of the mean."""
    return variance_scaling(shape, rng, 2 * scale if mode == "fan_avg" else scale, mode, distribution)


@misconception(
    "variance_scaling.avg_geometric",
    hint="For the mode fan_avg, which mean of 200 and 50 do you take? Two are in use, and only one is half the sum.",
    caught_by=("test_scaling_normal", "test_scaling_uniform"),
)
def scaling_avg_geometric(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Mode fan_avg takes the geometric mean."""
    if mode != "fan_avg":
        return variance_scaling(shape, rng, scale, mode, distribution)
    _require_options(mode, distribution)
    return _spread(shape, rng, np.sqrt(scale / np.sqrt(np.prod(compute_fans(shape)))), distribution)


@misconception(
    "variance_scaling.avg_of_variances",
    hint="For the mode fan_avg you average scale/fan_in and scale/fan_out. What is to be averaged, the fans or that?",
    caught_by=("test_scaling_normal", "test_scaling_uniform"),
)
def scaling_avg_of_variances(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Mode fan_avg averages the two variances."""
    if mode != "fan_avg":
        return variance_scaling(shape, rng, scale, mode, distribution)
    _require_options(mode, distribution)
    return _spread(shape, rng, np.sqrt(scale * np.mean([1 / fan for fan in compute_fans(shape)])), distribution)


@misconception(
    "variance_scaling.mode_ignored",
    hint="Change mode and compare the spread of the weights: it should change when fan_in and fan_out differ.",
    caught_by=("test_scaling_normal", "test_scaling_uniform", "test_scaling_kernels"),
)
def scaling_mode_ignored(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Always fan_in."""
    _require_options(mode, distribution)
    return variance_scaling(shape, rng, scale, "fan_in", distribution)


@misconception(
    "variance_scaling.always_average",
    hint="Change mode and compare the spread of the weights. Glorot's average of the fans is one of three modes.",
    caught_by=("test_scaling_normal", "test_scaling_uniform", "test_scaling_kernels"),
)
def scaling_always_average(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Always fan_avg."""
    _require_options(mode, distribution)
    return variance_scaling(shape, rng, scale, "fan_avg", distribution)


@misconception(
    "variance_scaling.default_average",
    hint="Called without options, your function takes another mode than the signature of the stub says.",
    caught_by=("test_scaling_normal",),
)
def scaling_default_average(shape, rng, scale=1.0, mode="fan_avg", distribution="normal"):
    """The default of mode is fan_avg."""
    return variance_scaling(shape, rng, scale, mode, distribution)


@misconception(
    "variance_scaling.default_uniform",
    hint="Called without options, your function takes another distribution than the signature of the stub says.",
    caught_by=("test_scaling_normal",),
)
def scaling_default_uniform(shape, rng, scale=1.0, mode="fan_in", distribution="uniform"):
    """The default of distribution is uniform."""
    return variance_scaling(shape, rng, scale, mode, distribution)


@misconception(
    "variance_scaling.distribution_ignored",
    hint="With distribution 'uniform' no weight may lie outside the limit. Are yours bounded?",
    caught_by=("test_scaling_uniform",),
)
def scaling_distribution_ignored(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Always normal."""
    _require_options(mode, distribution)
    return variance_scaling(shape, rng, scale, mode)


@misconception(
    "variance_scaling.always_uniform",
    hint="With distribution 'normal' some weights lie beyond three standard deviations. Do any of yours?",
    caught_by=("test_scaling_normal", "test_scaling_kernels"),
)
def scaling_always_uniform(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Always uniform."""
    _require_options(mode, distribution)
    return variance_scaling(shape, rng, scale, mode, "uniform")


@misconception(
    "variance_scaling.distributions_swapped",
    hint="Print the largest weight for each distribution. Which of the two has a limit?",
    caught_by=("test_scaling_normal", "test_scaling_uniform", "test_scaling_kernels"),
)
def scaling_distributions_swapped(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Normal is uniform, and uniform is normal."""
    _require_options(mode, distribution)
    return variance_scaling(shape, rng, scale, mode, "uniform" if distribution == "normal" else "normal")


@misconception(
    "variance_scaling.truncated",
    hint="No weight lies beyond two standard deviations. The docstring asks for a normal distribution with tails.",
    caught_by=("test_scaling_normal", "test_scaling_kernels"),
)
def scaling_truncated(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Normal weights are drawn anew where they lie beyond two standard deviations."""
    W = variance_scaling(shape, rng, scale, mode, distribution)
    std = np.sqrt(scale / _mean_fan(shape, mode))
    while (far := np.abs(W) > 2 * std).any():
        W[far] = rng.normal(0.0, std, np.count_nonzero(far))
    return W


@misconception(
    "variance_scaling.uniform_limit_is_std",
    hint="A uniform variable on [-m, m] has the variance m^2/3, not m^2. Solve for m.",
    caught_by=("test_scaling_uniform",),
)
def scaling_uniform_limit_is_std(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The uniform limit is the standard deviation."""
    if distribution != "uniform":
        return variance_scaling(shape, rng, scale, mode, distribution)
    _require_options(mode, distribution)
    return _spread(shape, rng, np.sqrt(scale / _mean_fan(shape, mode) / 3), distribution)


@misconception(
    "variance_scaling.uniform_6",
    hint="The famous 6 already contains the 2 of the Glorot or He variance. Start from variance = m^2/3.",
    caught_by=("test_scaling_uniform",),
)
def scaling_uniform_6(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The uniform limit has a 6 for every mode."""
    return variance_scaling(shape, rng, 2 * scale if distribution == "uniform" else scale, mode, distribution)


@misconception(
    "variance_scaling.uniform_12",
    hint="The 12 belongs to the full width of the interval. Is your limit the width, or half of it?",
    caught_by=("test_scaling_uniform",),
)
def scaling_uniform_12(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The uniform limit is the full width of the interval."""
    return variance_scaling(shape, rng, 4 * scale if distribution == "uniform" else scale, mode, distribution)


@misconception(
    "variance_scaling.uniform_half",
    hint="Your uniform weights fill half of the interval they should. Is the limit from 0 to L, or from -L to L?",
    caught_by=("test_scaling_uniform",),
)
def scaling_uniform_half(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The interval has the width L."""
    return variance_scaling(shape, rng, scale / 4 if distribution == "uniform" else scale, mode, distribution)


@misconception(
    "variance_scaling.uniform_positive",
    hint="None of your uniform weights is negative. Where should the interval be centred?",
    caught_by=("test_scaling_uniform",),
)
def scaling_uniform_positive(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Uniform from 0 to L."""
    if distribution != "uniform":
        return variance_scaling(shape, rng, scale, mode, distribution)
    _require_options(mode, distribution)
    return rng.uniform(0.0, np.sqrt(3 * scale / _mean_fan(shape, mode)), shape)


@misconception(
    "variance_scaling.uniform_no_sqrt",
    hint="Your limit grows with 1/n. Which power of L does the variance of U(-L, L) contain?",
    caught_by=("test_scaling_uniform",),
)
def scaling_uniform_no_sqrt(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The root of the uniform limit is forgotten."""
    if distribution != "uniform":
        return variance_scaling(shape, rng, scale, mode, distribution)
    _require_options(mode, distribution)
    limit = 3 * scale / _mean_fan(shape, mode)
    return rng.uniform(-limit, limit, shape)


@misconception(
    "variance_scaling.kernel_forgotten",
    hint="A matrix is right. One output value of a convolution adds up more products than it has input channels.",
    caught_by=("test_scaling_kernels",),
)
def scaling_kernel_forgotten(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The fans of a convolution are its channels."""
    _require_options(mode, distribution)
    fans = (shape[0], shape[1]) if len(shape) == 2 else (shape[1], shape[0])
    return _spread(shape, rng, np.sqrt(scale / _mean_fan(fans, mode)), distribution)


@misconception(
    "variance_scaling.first_two_axes",
    hint="You read the first two axes as n_in and n_out. For kernels they are C_out and C_in, and two more follow.",
    caught_by=("test_scaling_kernels",),
)
def scaling_first_two_axes(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Reads the first two axes as n_in and n_out, whatever the rank."""
    _require_options(mode, distribution)
    return _spread(shape, rng, np.sqrt(scale / _mean_fan(shape[:2], mode)), distribution)


@misconception(
    "variance_scaling.kernels_turned",
    hint="The shape of the kernels starts with C_out. Which channels does one output value add up over?",
    caught_by=("test_scaling_kernels",),
)
def scaling_kernels_turned(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Takes kernels to have the shape (C_in, C_out, kH, kW)."""
    _require_options(mode, distribution)
    fans_of = shape if len(shape) == 2 else (shape[1], shape[0], *shape[2:])
    return _spread(shape, rng, np.sqrt(scale / _mean_fan(fans_of, mode)), distribution)


@misconception(
    "variance_scaling.global_random",
    hint="The numbers do not come from rng, so two people with the same rng would see different weights.",
    caught_by=("test_scaling_generator",),
)
def scaling_global_random(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Draws from the global generator."""
    drawn = np.random.Generator(np.random.PCG64(np.random.randint(2**31)))  # noqa: NPY002 - the mistake itself
    return variance_scaling(shape, drawn, scale, mode, distribution)


@misconception(
    "variance_scaling.reseed",
    hint="Every call returns the same weights. Use the generator you were given.",
    caught_by=("test_scaling_generator",),
)
def scaling_reseed(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Makes a generator with a fixed seed and ignores rng."""
    return variance_scaling(shape, np.random.default_rng(3), scale, mode, distribution)


@misconception(
    "variance_scaling.own_entropy",
    hint="You make a generator of your own, with numbers that nobody can repeat. What is the argument rng for?",
    caught_by=("test_scaling_generator",),
)
def scaling_own_entropy(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Makes a fresh generator without a seed and ignores rng."""
    return variance_scaling(shape, np.random.default_rng(), scale, mode, distribution)


@misconception(
    "variance_scaling.uniform_global",
    hint="The normal weights come from rng. And the uniform ones?",
    caught_by=("test_scaling_generator",),
)
def scaling_uniform_global(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Uniform weights are drawn from the global generator."""
    if distribution != "uniform":
        return variance_scaling(shape, rng, scale, mode, distribution)
    return scaling_global_random(shape, rng, scale, mode, distribution)


@misconception(
    "variance_scaling.mode_unchecked",
    hint="An unknown distribution is refused. What about an unknown mode?",
    caught_by=("test_scaling_refused",),
)
def scaling_mode_unchecked(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Any other mode is fan_avg."""
    return variance_scaling(shape, rng, scale, mode if mode in ("fan_in", "fan_out") else "fan_avg", distribution)


@misconception(
    "variance_scaling.distribution_unchecked",
    hint="A misspelt distribution passes in silence, and the weights are not what the caller asked for.",
    caught_by=("test_scaling_refused",),
)
def scaling_distribution_unchecked(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """Any other distribution is uniform."""
    return variance_scaling(shape, rng, scale, mode, "normal" if distribution == "normal" else "uniform")


@misconception(
    "variance_scaling.key_error",
    hint="A KeyError came from a dictionary of yours. A ValueError that names the argument tells the caller more.",
    caught_by=("test_scaling_refused",),
)
def scaling_key_error(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """An unknown mode ends in a KeyError."""
    known = {name: name for name in ("fan_in", "fan_out", "fan_avg")}
    return variance_scaling(shape, rng, scale, known[mode], distribution)


@misconception(
    "variance_scaling.one_draw_per_channel",
    hint="All weights of one output channel are the same number. How many independent numbers has a 3 x 5 kernel?",
    caught_by=("test_scaling_independent",),
)
def scaling_one_draw_per_channel(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """One number is drawn for each output channel, and spread over all of its weights."""
    W = variance_scaling(shape, rng, scale, mode, distribution)
    return W if W.ndim == 2 else W[:, :1, :1, :1] * np.ones(shape[1:])


@misconception(
    "variance_scaling.centred",
    hint="The average of your weights is exactly 0. Independent draws come near it, and that is enough.",
    caught_by=("test_scaling_independent",),
)
def scaling_centred(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The mean of the draws is taken off, which ties the weights to each other."""
    W = variance_scaling(shape, rng, scale, mode, distribution)
    return W - W.mean()


@misconception(
    "variance_scaling.whole_fan",
    hint="For the fans 1 and 2 the mean is 1.5. Does your division keep the half?",
    caught_by=("test_scaling_uniform",),
)
def scaling_whole_fan(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The mean of the fans is a whole number: (fan_in + fan_out) // 2."""
    if mode != "fan_avg":
        return variance_scaling(shape, rng, scale, mode, distribution)
    both = sum(compute_fans(shape))
    return variance_scaling(shape, rng, scale * (both / 2) / (both // 2), mode, distribution)


@misconception(
    "variance_scaling.uniform_unscaled",
    hint="For scale = 1 your uniform weights are right. Does their limit change with the scale?",
    caught_by=("test_scaling_uniform",),
)
def scaling_uniform_unscaled(shape, rng, scale=1.0, mode="fan_in", distribution="normal"):
    """The limit of the uniform weights leaves the scale out."""
    return variance_scaling(shape, rng, 1.0 if distribution == "uniform" else scale, mode, distribution)


@misconception(
    "initialize_parameters_xavier.columns",
    hint="This is the layout of the Deep Learning Specialization, with examples in columns. Here examples are rows.",
    caught_by=("test_xavier_shapes",),
)
def xavier_columns(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """W{l} has the shape (n_l, n_{l-1}) and b{l} the shape (n_l, 1), as where examples are columns."""
    return _columns(initialize_parameters_xavier(layer_dims, rng, distribution, mode))


@misconception(
    "initialize_parameters_xavier.dls_transposed",
    hint="Z = A_prev @ W + b with examples in rows: which shape must W have?",
    caught_by=("test_xavier_shapes",),
)
def xavier_transposed(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """W{l} has the shape (n_l, n_{l-1})."""
    drawn = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    return drawn | {name: value for name, value in _columns(drawn).items() if name[0] == "W"}


@misconception(
    "initialize_parameters_xavier.bias_column",
    hint="b is added to every row of Z. Which shape broadcasts along rows? The (n, 1) of Coursera does not.",
    caught_by=("test_xavier_shapes",),
)
def xavier_bias_column(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """b{l} has the shape (n_l, 1)."""
    drawn = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    return drawn | {name: value for name, value in _columns(drawn).items() if name[0] == "b"}


@misconception(
    "initialize_parameters_xavier.last_layer_missing",
    hint="How many weight matrices does a list of k layer sizes describe, and how many does your loop make?",
    caught_by=("test_xavier_shapes",),
)
def xavier_last_layer_missing(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The loop stops one layer too early."""
    return initialize_parameters_xavier(layer_dims[:-1], rng, distribution, mode)


@misconception(
    "initialize_parameters_xavier.keys_from_zero",
    hint="Layer 0 is the input and has no weights; parameters are named from layer 1.",
    caught_by=("test_xavier_shapes",),
)
def xavier_keys_from_zero(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The keys start at W0."""
    drawn = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    return {f"{name[0]}{int(name[1:]) - 1}": value for name, value in drawn.items()}


@misconception(
    "initialize_parameters_xavier.random_bias",
    hint="The weights already differ, so the biases may start at zero.",
    caught_by=("test_xavier_biases",),
)
def xavier_random_bias(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The biases are random too."""
    drawn = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    return {name: rng.normal(0.0, 0.1, value.shape) if name[0] == "b" else value for name, value in drawn.items()}


@misconception(
    "initialize_parameters_xavier.bias_ones",
    hint="Your biases start at 1. Is there a reason to push every unit up before it has seen an example?",
    caught_by=("test_xavier_biases",),
)
def xavier_bias_ones(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The biases are 1."""
    drawn = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    return {name: value + (name[0] == "b") for name, value in drawn.items()}


@misconception(
    "initialize_parameters_xavier.reseed",
    hint="Every call returns the same weights. Use the generator you were given.",
    caught_by=("test_xavier_generator",),
)
def xavier_reseed(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Makes a generator with a fixed seed and ignores rng."""
    return initialize_parameters_xavier(layer_dims, np.random.default_rng(3), distribution, mode)


@misconception(
    "initialize_parameters_xavier.global_random",
    hint="The numbers do not come from rng, so two people with the same rng would see different weights.",
    caught_by=("test_xavier_generator",),
)
def xavier_global_random(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Draws from the global generator."""
    drawn = np.random.Generator(np.random.PCG64(np.random.randint(2**31)))  # noqa: NPY002 - the mistake itself
    return initialize_parameters_xavier(layer_dims, drawn, distribution, mode)


@misconception(
    "initialize_parameters_xavier.seed_per_layer",
    hint="Two layers of the same size received identical weights. Draw all layers from one stream.",
    caught_by=("test_xavier_independent",),
)
def xavier_seed_per_layer(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Makes a fresh generator with the same seed for each layer."""
    seed = int(rng.integers(2**32))
    return _network(
        layer_dims,
        lambda _, n_in, n_out: variance_scaling(
            (n_in, n_out), np.random.default_rng(seed), mode=mode, distribution=distribution
        ),
    )


@misconception(
    "initialize_parameters_xavier.tiled_unit",
    hint="All units of a layer start with the same weights, so they stay twins. Each unit needs its own draws.",
    caught_by=("test_xavier_independent",),
)
def xavier_tiled_unit(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """One random column is copied to all units of a layer."""
    drawn = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    return {name: np.tile(value[:, :1], value.shape[1]) if name[0] == "W" else value for name, value in drawn.items()}


def _xavier(layer_dims, rng, distribution, variance):
    """Make a network whose weights have the variance `variance(n_in, n_out)`."""
    return _network(
        layer_dims,
        lambda _, n_in, n_out: _spread((n_in, n_out), rng, np.sqrt(variance(n_in, n_out)), distribution),
    )


def _xavier_variance(n_in, n_out, mode):
    return 1 / n_in if mode == "fan_in" else 2 / (n_in + n_out)


@misconception(
    "initialize_parameters_xavier.variants_mixed",
    hint="Two rules carry this name: 1/n_in and 2/(n_in + n_out). The 2/n_in rule is He's, for ReLU.",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_variants_mixed(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """2/n_in goes by the name of Xavier."""
    return _xavier(layer_dims, rng, distribution, lambda n_in, n_out: 2 / n_in)


@misconception(
    "initialize_parameters_xavier.he_in_fan_in",
    hint="The mode fan_avg is right. In the mode fan_in, is the 2 that of Glorot's formula or of He's?",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_he_in_fan_in(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Mode fan_in has the variance 2/n_in."""
    return _xavier(
        layer_dims, rng, distribution, lambda n_in, n_out: 2 / n_in if mode == "fan_in" else 2 / (n_in + n_out)
    )


@misconception(
    "initialize_parameters_xavier.glorot_missing_2",
    hint="Glorot's variance lies between 1/n_in and 1/n_out. Put n_in = n_out and see what it should become.",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_glorot_missing_2(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Mode fan_avg has the variance 1/(n_in + n_out)."""
    return _xavier(
        layer_dims, rng, distribution, lambda n_in, n_out: 1 / n_in if mode == "fan_in" else 1 / (n_in + n_out)
    )


@misconception(
    "initialize_parameters_xavier.six_in_normal",
    hint="The 6 belongs to the limits of the uniform version; a normal draw needs the standard deviation itself.",
    caught_by=("test_xavier_normal",),
)
def xavier_six_in_normal(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The uniform limit is the standard deviation of the normal weights."""
    factor = 3 if distribution == "normal" else 1
    return _xavier(layer_dims, rng, distribution, lambda n_in, n_out: factor * _xavier_variance(n_in, n_out, mode))


@misconception(
    "initialize_parameters_xavier.no_sqrt",
    hint="2/(n_in + n_out) is a variance. What must a unit-normal draw be multiplied by to get that variance?",
    caught_by=("test_xavier_normal",),
)
def xavier_no_sqrt(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The root is forgotten for normal weights."""
    power = 2 if distribution == "normal" else 1
    return _xavier(layer_dims, rng, distribution, lambda n_in, n_out: _xavier_variance(n_in, n_out, mode) ** power)


@misconception(
    "initialize_parameters_xavier.next_layer",
    hint="For W{l} the outgoing side is layer l itself, not the layer after it.",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_next_layer(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Takes the layer after for n_out."""

    def draw(layer, n_in, n_out):
        following = layer_dims[min(layer + 1, len(layer_dims) - 1)]
        return _spread((n_in, n_out), rng, np.sqrt(_xavier_variance(n_in, following, mode)), distribution)

    return _network(layer_dims, draw)


@misconception(
    "initialize_parameters_xavier.first_layer_everywhere",
    hint="All layers get the same spread. Whose sizes enter the variance of W2?",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_first_layer_everywhere(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """All layers have the variance of the first one."""
    return _xavier(
        layer_dims, rng, distribution, lambda n_in, n_out: _xavier_variance(layer_dims[0], layer_dims[1], mode)
    )


@misconception(
    "initialize_parameters_xavier.ends_of_the_network",
    hint="You take the input and the output of the whole network. Which two sizes belong to one layer?",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_ends_of_the_network(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """n_in and n_out are those of the whole network."""
    return _xavier(
        layer_dims, rng, distribution, lambda n_in, n_out: _xavier_variance(layer_dims[0], layer_dims[-1], mode)
    )


@misconception(
    "initialize_parameters_xavier.mode_ignored",
    hint="Ask for the mode fan_in and compare the spread of the weights: it should be another.",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_mode_ignored(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Always fan_avg."""
    return initialize_parameters_xavier(layer_dims, rng, distribution)


@misconception(
    "initialize_parameters_xavier.always_fan_in",
    hint="1/n_in is the rule of the mode fan_in. Without a mode, n_out has a say too.",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_always_fan_in(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Always 1/n_in, as in the slides of the courses."""
    return initialize_parameters_xavier(layer_dims, rng, distribution, "fan_in")


@misconception(
    "initialize_parameters_xavier.fan_out",
    hint="In the mode fan_in, how many numbers are added up in one unit: the size of this layer or of the one before?",
    caught_by=("test_xavier_normal", "test_xavier_uniform"),
)
def xavier_fan_out(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Mode fan_in divides by the number of outputs."""
    return _xavier(layer_dims, rng, distribution, lambda n_in, n_out: _xavier_variance(n_out, n_in, mode))


@misconception(
    "initialize_parameters_xavier.default_fan_in",
    hint="Called without a mode, your function takes another than the signature of the stub says.",
    caught_by=("test_xavier_normal",),
)
def xavier_default_fan_in(layer_dims, rng, distribution="normal", mode="fan_in"):
    """The default of mode is fan_in."""
    return initialize_parameters_xavier(layer_dims, rng, distribution, mode)


@misconception(
    "initialize_parameters_xavier.default_uniform",
    hint="Called without a distribution, your function takes another than the signature of the stub says.",
    caught_by=("test_xavier_normal",),
)
def xavier_default_uniform(layer_dims, rng, distribution="uniform", mode="fan_avg"):
    """The default of distribution is uniform."""
    return initialize_parameters_xavier(layer_dims, rng, distribution, mode)


@misconception(
    "initialize_parameters_xavier.distribution_ignored",
    hint="Uniform weights have a limit. Print your largest one.",
    caught_by=("test_xavier_uniform",),
)
def xavier_distribution_ignored(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Always normal."""
    return initialize_parameters_xavier(layer_dims, rng, "normal", mode)


@misconception(
    "initialize_parameters_xavier.uniform_limit_is_std",
    hint="The limit of your uniform weights is the deviation of the normal ones. Which variance does that give?",
    caught_by=("test_xavier_uniform",),
)
def xavier_uniform_limit_is_std(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The uniform limit is the standard deviation."""
    factor = 1 / 3 if distribution == "uniform" else 1
    return _xavier(layer_dims, rng, distribution, lambda n_in, n_out: factor * _xavier_variance(n_in, n_out, mode))


@misconception(
    "initialize_parameters_xavier.six_for_fan_in",
    hint="The 6 of the uniform limit contains the 2 of Glorot's variance. Which number belongs to mode fan_in?",
    caught_by=("test_xavier_uniform",),
)
def xavier_six_for_fan_in(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The uniform limit of mode fan_in is the root of 6/n_in."""
    factor = 2 if (distribution, mode) == ("uniform", "fan_in") else 1
    return _xavier(layer_dims, rng, distribution, lambda n_in, n_out: factor * _xavier_variance(n_in, n_out, mode))


@misconception(
    "initialize_parameters_xavier.three_for_average",
    hint="The number in the uniform limit is three times that in the variance. Which variance has the mode fan_avg?",
    caught_by=("test_xavier_uniform",),
)
def xavier_three_for_average(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """The uniform limit of mode fan_avg is the root of 3/(n_in + n_out)."""
    factor = 0.5 if (distribution, mode) == ("uniform", "fan_avg") else 1
    return _xavier(layer_dims, rng, distribution, lambda n_in, n_out: factor * _xavier_variance(n_in, n_out, mode))


@misconception(
    "initialize_parameters_xavier.uniform_positive",
    hint="None of your uniform weights is negative. Where should the interval be centred?",
    caught_by=("test_xavier_uniform",),
)
def xavier_uniform_positive(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Uniform from 0 to the limit."""
    drawn = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    return {name: np.abs(value) for name, value in drawn.items()} if distribution == "uniform" else drawn


def _he(layer_dims, rng, distribution, variance):
    """Make a network whose weights have the variance `variance(layer, n_in, n_out)`."""
    return _network(
        layer_dims,
        lambda layer, n_in, n_out: _spread((n_in, n_out), rng, np.sqrt(variance(layer, n_in, n_out)), distribution),
    )


@misconception(
    "initialize_parameters_xavier.sizes_used_up",
    hint="Your function takes the sizes off the list that the caller still needs. Loop over them, or over a copy.",
    caught_by=("test_xavier_sizes_unchanged",),
)
def xavier_sizes_used_up(layer_dims, rng, distribution="normal", mode="fan_avg"):
    """Pops the sizes off the list."""
    parameters = initialize_parameters_xavier(layer_dims, rng, distribution, mode)
    del layer_dims[:-1]
    return parameters


@misconception(
    "initialize_parameters_he.columns",
    hint="This is the layout of the Deep Learning Specialization, with examples in columns. Here examples are rows.",
    caught_by=("test_he_shapes",),
)
def he_columns(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """W{l} has the shape (n_l, n_{l-1}) and b{l} the shape (n_l, 1), as where examples are columns."""
    return _columns(initialize_parameters_he(layer_dims, rng, distribution, negative_slope))


@misconception(
    "initialize_parameters_he.dls_transposed",
    hint="Z = A_prev @ W + b with examples in rows: which shape must W have?",
    caught_by=("test_he_shapes",),
)
def he_transposed(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """W{l} has the shape (n_l, n_{l-1})."""
    drawn = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    return drawn | {name: value for name, value in _columns(drawn).items() if name[0] == "W"}


@misconception(
    "initialize_parameters_he.bias_column",
    hint="b is added to every row of Z. Which shape broadcasts along rows? The (n, 1) of Coursera does not.",
    caught_by=("test_he_shapes",),
)
def he_bias_column(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """b{l} has the shape (n_l, 1)."""
    drawn = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    return drawn | {name: value for name, value in _columns(drawn).items() if name[0] == "b"}


@misconception(
    "initialize_parameters_he.last_layer_missing",
    hint="How many weight matrices does a list of k layer sizes describe, and how many does your loop make?",
    caught_by=("test_he_shapes",),
)
def he_last_layer_missing(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The loop stops one layer too early."""
    return initialize_parameters_he(layer_dims[:-1], rng, distribution, negative_slope)


@misconception(
    "initialize_parameters_he.keys_from_zero",
    hint="Layer 0 is the input and has no weights; parameters are named from layer 1.",
    caught_by=("test_he_shapes",),
)
def he_keys_from_zero(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The keys start at W0."""
    drawn = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    return {f"{name[0]}{int(name[1:]) - 1}": value for name, value in drawn.items()}


@misconception(
    "initialize_parameters_he.bias_001",
    hint="A small positive bias is an old habit with no settled benefit; here biases start at exactly zero.",
    caught_by=("test_he_biases",),
)
def he_bias_001(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The biases start at 0.01."""
    drawn = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    return {name: value + 0.01 * (name[0] == "b") for name, value in drawn.items()}


@misconception(
    "initialize_parameters_he.random_bias",
    hint="The weights already differ, so the biases may start at zero.",
    caught_by=("test_he_biases",),
)
def he_random_bias(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The biases are random too."""
    drawn = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    return {name: rng.normal(0.0, 0.1, value.shape) if name[0] == "b" else value for name, value in drawn.items()}


@misconception(
    "initialize_parameters_he.reseed",
    hint="Every call returns the same weights. Use the generator you were given.",
    caught_by=("test_he_generator",),
)
def he_reseed(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Makes a generator with a fixed seed and ignores rng."""
    return initialize_parameters_he(layer_dims, np.random.default_rng(3), distribution, negative_slope)


@misconception(
    "initialize_parameters_he.global_random",
    hint="The numbers do not come from rng, so two people with the same rng would see different weights.",
    caught_by=("test_he_generator",),
)
def he_global_random(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Draws from the global generator."""
    drawn = np.random.Generator(np.random.PCG64(np.random.randint(2**31)))  # noqa: NPY002 - the mistake itself
    return initialize_parameters_he(layer_dims, drawn, distribution, negative_slope)


@misconception(
    "initialize_parameters_he.seed_per_layer",
    hint="Two layers of the same size received identical weights. Draw all layers from one stream.",
    caught_by=("test_he_independent",),
)
def he_seed_per_layer(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Makes a fresh generator with the same seed for each layer."""
    seed, scale = int(rng.integers(2**32)), 2 / (1 + negative_slope**2)
    return _network(
        layer_dims,
        lambda _, n_in, n_out: variance_scaling(
            (n_in, n_out), np.random.default_rng(seed), scale, distribution=distribution
        ),
    )


@misconception(
    "initialize_parameters_he.tiled_unit",
    hint="All units of a layer start with the same weights, so they stay twins. Each unit needs its own draws.",
    caught_by=("test_he_independent",),
)
def he_tiled_unit(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """One random column is copied to all units of a layer."""
    drawn = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    return {name: np.tile(value[:, :1], value.shape[1]) if name[0] == "W" else value for name, value in drawn.items()}


@misconception(
    "initialize_parameters_he.xavier_on_relu",
    hint="ReLU sets half of its inputs to zero and with them half of the second moment. What factor restores it?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_xavier_on_relu(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """1/n_in: the factor 2 is forgotten."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 1 / ((1 + negative_slope**2) * n_in))


@misconception(
    "initialize_parameters_he.no_sqrt",
    hint="2/n is a variance. What must a unit-normal draw be multiplied by to get that variance?",
    caught_by=("test_he_normal",),
)
def he_no_sqrt(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The root is forgotten for normal weights."""
    power = 2 if distribution == "normal" else 1
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: (2 / ((1 + negative_slope**2) * n_in)) ** power)


@misconception(
    "initialize_parameters_he.multiply",
    hint="As a unit gets more inputs its weights must shrink. Yours grow.",
    caught_by=("test_he_normal",),
)
def he_multiply(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Multiplies by the root of n_in/2 instead of dividing."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: (1 + negative_slope**2) * n_in / 2)


@misconception(
    "initialize_parameters_he.fan_out",
    hint="Which layer feeds this one? The variance depends on its size.",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_fan_out(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """2/n_l."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 2 / ((1 + negative_slope**2) * n_out))


@misconception(
    "initialize_parameters_he.glorot_denominator",
    hint="He's rule looks at one side only: the layer that comes before. Which sizes are in your denominator?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_glorot_denominator(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """2/(n_in + n_out)."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 2 / ((1 + negative_slope**2) * (n_in + n_out)))


@misconception(
    "initialize_parameters_he.average_fan",
    hint="You doubled Glorot's variance. He's rule does not reflect the size of the layer itself.",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_average_fan(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """4/(n_in + n_out): the mean of the fans instead of n_in."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 4 / ((1 + negative_slope**2) * (n_in + n_out)))


@misconception(
    "initialize_parameters_he.input_size_everywhere",
    hint="The first layer is right. By which size do you divide in the second one?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_input_size_everywhere(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """n_in is the size of the network's input in every layer."""
    return _he(layer_dims, rng, distribution, lambda *_: 2 / ((1 + negative_slope**2) * layer_dims[0]))


@misconception(
    "initialize_parameters_he.output_layer_xavier",
    hint="The last layer departs from the rule. A thought worth having where no ReLU follows, but not asked here.",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_output_layer_xavier(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The output layer has the variance 1/n_in."""
    scale = 2 / (1 + negative_slope**2)
    return _he(
        layer_dims,
        rng,
        distribution,
        lambda layer, n_in, n_out: (1 if layer == len(layer_dims) - 1 else scale) / n_in,
    )


@misconception(
    "initialize_parameters_he.slope_ignored",
    hint="With a slope of 0 the weights are right. What gets through a leaky ReLU that a ReLU stops?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_slope_ignored(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """negative_slope is not used."""
    return initialize_parameters_he(layer_dims, rng, distribution)


@misconception(
    "initialize_parameters_he.slope_not_squared",
    hint="With a slope of 0 the weights are right. The second moment of a x is how many times that of x?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_slope_not_squared(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """2/((1 + a) n_in)."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 2 / ((1 + negative_slope) * n_in))


@misconception(
    "initialize_parameters_he.slope_sum_squared",
    hint="With a slope of 0 the weights are right. Is 1 + a squared, or only a?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_slope_sum_squared(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """2/((1 + a)^2 n_in)."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 2 / ((1 + negative_slope) ** 2 * n_in))


@misconception(
    "initialize_parameters_he.slope_enlarges",
    hint="A leaky ReLU lets more through than a ReLU. Should its weights be larger or smaller?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_slope_enlarges(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """2 (1 + a^2)/n_in."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 2 * (1 + negative_slope**2) / n_in)


@misconception(
    "initialize_parameters_he.slope_subtracted",
    hint="With a slope of 1 nothing is stopped and the factor should be 1. What does your formula give there?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_slope_subtracted(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """2/((1 - a^2) n_in)."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 2 / ((1 - negative_slope**2) * n_in))


@misconception(
    "initialize_parameters_he.slope_outside_root",
    hint="With a slope of 0 the weights are right. Is 1 + a squared inside your root, or outside?",
    caught_by=("test_he_normal", "test_he_uniform"),
)
def he_slope_outside_root(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The standard deviation is divided by 1 + a^2."""
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: 2 / ((1 + negative_slope**2) ** 2 * n_in))


@misconception(
    "initialize_parameters_he.default_uniform",
    hint="Called without a distribution, your function takes another than the signature of the stub says.",
    caught_by=("test_he_normal",),
)
def he_default_uniform(layer_dims, rng, distribution="uniform", negative_slope=0.0):
    """The default of distribution is uniform."""
    return initialize_parameters_he(layer_dims, rng, distribution, negative_slope)


@misconception(
    "initialize_parameters_he.default_leaky",
    hint="Called without a slope, your function reckons with a leaky ReLU. Which default has the stub?",
    caught_by=("test_he_normal",),
)
def he_default_leaky(layer_dims, rng, distribution="normal", negative_slope=0.5):
    """The default of negative_slope is 0.5."""
    return initialize_parameters_he(layer_dims, rng, distribution, negative_slope)


@misconception(
    "initialize_parameters_he.six_in_normal",
    hint="The 6 belongs to the limits of the uniform version; a normal draw needs the standard deviation itself.",
    caught_by=("test_he_normal",),
)
def he_six_in_normal(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The uniform limit is the standard deviation of the normal weights."""
    factor = 6 if distribution == "normal" else 2
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: factor / ((1 + negative_slope**2) * n_in))


@misconception(
    "initialize_parameters_he.distribution_ignored",
    hint="Uniform weights have a limit. Print your largest one.",
    caught_by=("test_he_uniform",),
)
def he_distribution_ignored(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Always normal."""
    return initialize_parameters_he(layer_dims, rng, "normal", negative_slope)


@misconception(
    "initialize_parameters_he.uniform_limit_is_std",
    hint="The root of 2/n_in is a standard deviation. How wide must a uniform interval be to have that deviation?",
    caught_by=("test_he_uniform",),
)
def he_uniform_limit_is_std(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The uniform limit is the root of 2/n_in, as some notes print it."""
    factor = 2 / 3 if distribution == "uniform" else 2
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: factor / ((1 + negative_slope**2) * n_in))


@misconception(
    "initialize_parameters_he.uniform_three",
    hint="The limit of your uniform weights belongs to the variance 1/n_in. Where is He's factor?",
    caught_by=("test_he_uniform",),
)
def he_uniform_three(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """The uniform limit is the root of 3/n_in."""
    factor = 1 if distribution == "uniform" else 2
    return _he(layer_dims, rng, distribution, lambda _, n_in, n_out: factor / ((1 + negative_slope**2) * n_in))


@misconception(
    "initialize_parameters_he.uniform_slope_ignored",
    hint="The normal weights are right for every slope. Does the limit of the uniform ones change with it?",
    caught_by=("test_he_uniform",),
)
def he_uniform_slope_ignored(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """negative_slope is not used for uniform weights."""
    return initialize_parameters_he(layer_dims, rng, distribution, negative_slope if distribution == "normal" else 0.0)


@misconception(
    "initialize_parameters_he.uniform_positive",
    hint="None of your uniform weights is negative. Where should the interval be centred?",
    caught_by=("test_he_uniform",),
)
def he_uniform_positive(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Uniform from 0 to the limit."""
    drawn = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    return {name: np.abs(value) for name, value in drawn.items()} if distribution == "uniform" else drawn


@misconception(
    "initialize_parameters_he.sizes_used_up",
    hint="Your function takes the sizes off the list that the caller still needs. Loop over them, or over a copy.",
    caught_by=("test_he_sizes_unchanged",),
)
def he_sizes_used_up(layer_dims, rng, distribution="normal", negative_slope=0.0):
    """Pops the sizes off the list."""
    parameters = initialize_parameters_he(layer_dims, rng, distribution, negative_slope)
    del layer_dims[:-1]
    return parameters
