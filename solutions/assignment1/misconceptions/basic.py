"""Mistakes that students make with the first weights of a network, and with the count of its distinct units."""

import numpy as np
from basic import count_distinct_units, initialize_parameters_random, initialize_parameters_zeros

from grader.checks import misconception


def _shapes(layer_dims):
    """Return number, n_in and n_out of every layer."""
    return [(layer, layer_dims[layer - 1], layer_dims[layer]) for layer in range(1, len(layer_dims))]


@misconception(
    "initialize_parameters_zeros.bias_column",
    hint="b is added to every row of Z. Which shape broadcasts along rows? The (n, 1) of Coursera does not.",
    caught_by=("test_zeros_shapes",),
)
def zeros_bias_column(layer_dims):
    """b{l} has the shape (n_l, 1)."""
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: value[:, np.newaxis] if name[0] == "b" else value for name, value in zeros.items()}


@misconception(
    "initialize_parameters_zeros.bias_row",
    hint="A bias is a vector here, one axis only. How many axes do your biases have?",
    caught_by=("test_zeros_shapes",),
)
def zeros_bias_row(layer_dims):
    """b{l} has the shape (1, n_l)."""
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: value[np.newaxis, :] if name[0] == "b" else value for name, value in zeros.items()}


@misconception(
    "initialize_parameters_zeros.columns",
    hint="This is the layout of the Deep Learning Specialization, with examples in columns. Here examples are rows.",
    caught_by=("test_zeros_shapes",),
)
def zeros_columns(layer_dims):
    """W{l} has the shape (n_l, n_{l-1}) and b{l} the shape (n_l, 1), as where examples are columns."""
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: value.T.copy() if name[0] == "W" else value[:, np.newaxis] for name, value in zeros.items()}


@misconception(
    "initialize_parameters_zeros.transposed",
    hint="Z = A_prev @ W + b with examples in rows: must W have a row for each input, or for each unit?",
    caught_by=("test_zeros_shapes",),
)
def zeros_transposed(layer_dims):
    """W{l} has the shape (n_l, n_{l-1})."""
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: value.T.copy() for name, value in zeros.items()}


@misconception(
    "initialize_parameters_zeros.bias_of_inputs",
    hint="A layer has one bias for each of its units. How many units has layer 1?",
    caught_by=("test_zeros_shapes",),
)
def zeros_bias_of_inputs(layer_dims):
    """b{l} has an entry for each input of the layer."""
    parameters = initialize_parameters_zeros(layer_dims)
    return parameters | {f"b{layer}": np.zeros(n_in) for layer, n_in, _ in _shapes(layer_dims)}


@misconception(
    "initialize_parameters_zeros.bias_scalar",
    hint="One number serves all units of a layer as bias. Should they still share it after a step of training?",
    caught_by=("test_zeros_shapes",),
)
def zeros_bias_scalar(layer_dims):
    """b{l} is the number 0."""
    parameters = initialize_parameters_zeros(layer_dims)
    return parameters | {f"b{layer}": 0.0 for layer, _, _ in _shapes(layer_dims)}


@misconception(
    "initialize_parameters_zeros.last_layer_missing",
    hint="How many weight matrices does a list of k layer sizes describe, and how many does your loop make?",
    caught_by=("test_zeros_shapes",),
)
def zeros_last_layer_missing(layer_dims):
    """The loop stops one layer too early."""
    zeros = initialize_parameters_zeros(layer_dims)
    return dict(list(zeros.items())[:-2])


@misconception(
    "initialize_parameters_zeros.keys_from_zero",
    hint="Layer 0 is the input and has no weights; parameters are named from layer 1.",
    caught_by=("test_zeros_shapes",),
)
def zeros_keys_from_zero(layer_dims):
    """The keys start at W0."""
    return {f"{name[0]}{int(name[1:]) - 1}": value for name, value in initialize_parameters_zeros(layer_dims).items()}


@misconception(
    "initialize_parameters_zeros.lower_case",
    hint="Compare the spelling of your keys with the docstring, letter by letter.",
    caught_by=("test_zeros_shapes",),
)
def zeros_lower_case(layer_dims):
    """The keys are w1, b1, ..."""
    return {name.lower(): value for name, value in initialize_parameters_zeros(layer_dims).items()}


@misconception(
    "initialize_parameters_zeros.no_biases",
    hint="The weights are right. What else does a layer add to what comes in?",
    caught_by=("test_zeros_shapes",),
)
def zeros_no_biases(layer_dims):
    """There are no biases."""
    return {name: value for name, value in initialize_parameters_zeros(layer_dims).items() if name[0] == "W"}


@misconception(
    "initialize_parameters_zeros.input_biases",
    hint="You made parameters for layer 0 too. That is the input: nothing is computed there.",
    caught_by=("test_zeros_shapes",),
)
def zeros_input_biases(layer_dims):
    """There is a b0 as well."""
    return initialize_parameters_zeros(layer_dims) | {"b0": np.zeros(layer_dims[0])}


@misconception(
    "initialize_parameters_zeros.overwritten",
    hint="Every turn of your loop writes to the same two keys, so only the last layer is left at the end.",
    caught_by=("test_zeros_shapes",),
)
def zeros_overwritten(layer_dims):
    """All layers are stored under W and b."""
    return {name[0]: value for name, value in initialize_parameters_zeros(layer_dims).items()}


@misconception(
    "initialize_parameters_zeros.float32",
    hint="Print the dtype of your arrays. Gradients will be checked with them, and that takes float64.",
    caught_by=("test_zeros_shapes",),
)
def zeros_float32(layer_dims):
    """The arrays are float32."""
    return {name: value.astype(np.float32) for name, value in initialize_parameters_zeros(layer_dims).items()}


@misconception(
    "initialize_parameters_zeros.integers",
    hint="Print the dtype of your arrays. What becomes of a step of 0.01 in an array of whole numbers?",
    caught_by=("test_zeros_shapes", "test_zeros_values"),
)
def zeros_integers(layer_dims):
    """The arrays hold integers."""
    return {name: value.astype(np.int64) for name, value in initialize_parameters_zeros(layer_dims).items()}


@misconception(
    "initialize_parameters_zeros.constant",
    hint="Any constant leaves the units identical, but this function is asked for zeros: look at the value.",
    caught_by=("test_zeros_values",),
)
def zeros_constant(layer_dims):
    """A small constant instead of zero."""
    return {name: value + 0.01 for name, value in initialize_parameters_zeros(layer_dims).items()}


@misconception(
    "initialize_parameters_zeros.ones",
    hint="Every entry is 1. Which number does the name of the function promise?",
    caught_by=("test_zeros_values",),
)
def zeros_ones(layer_dims):
    """Ones instead of zeros."""
    return {name: value + 1 for name, value in initialize_parameters_zeros(layer_dims).items()}


@misconception(
    "initialize_parameters_zeros.bias_ones",
    hint="The weights are zero. Are the biases?",
    caught_by=("test_zeros_values",),
)
def zeros_bias_ones(layer_dims):
    """The biases are 1."""
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: value + (name[0] == "b") for name, value in zeros.items()}


@misconception(
    "initialize_parameters_zeros.weights_ones",
    hint="The biases are zero. Are the weights?",
    caught_by=("test_zeros_values",),
)
def zeros_weights_ones(layer_dims):
    """The weights are 1."""
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: value + (name[0] == "W") for name, value in zeros.items()}


@misconception(
    "initialize_parameters_zeros.small_random",
    hint="Small is not zero: this is the idea of the next function already.",
    caught_by=("test_zeros_values",),
)
def zeros_small_random(layer_dims):
    """Small random weights."""
    return initialize_parameters_random(layer_dims, np.random.default_rng(3))


@misconception(
    "initialize_parameters_zeros.shared_arrays",
    hint="Two of your arrays are one and the same. Does a step of training that changes one leave the other alone?",
    caught_by=("test_zeros_own_arrays",),
)
def zeros_shared_arrays(layer_dims):
    """Layers of equal shape share one array."""
    made = {}
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: made.setdefault(value.shape, value) for name, value in zeros.items()}


@misconception(
    "initialize_parameters_zeros.bias_view",
    hint="Your bias is a part of the weight matrix. Change one entry of it and look at the matrix.",
    caught_by=("test_zeros_own_arrays",),
)
def zeros_bias_view(layer_dims):
    """b{l} is the first row of W{l}."""
    parameters = initialize_parameters_zeros(layer_dims)
    return parameters | {f"b{layer}": parameters[f"W{layer}"][0] for layer, _, _ in _shapes(layer_dims)}


@misconception(
    "initialize_parameters_zeros.single_size",
    hint="With one size there is an input and nothing else. Would the caller notice that no layer was made?",
    caught_by=("test_zeros_bad_sizes",),
)
def zeros_single_size(layer_dims):
    """A list of one size, or none, gives an empty dictionary."""
    return initialize_parameters_zeros(layer_dims) if len(layer_dims) > 1 else {}


@misconception(
    "initialize_parameters_zeros.nothing_refused",
    hint="Try the sizes 4, 0, 2, and 4 alone. A layer without units would swallow every signal.",
    caught_by=("test_zeros_bad_sizes",),
)
def zeros_nothing_refused(layer_dims):
    """No size is looked at."""
    parameters = {}
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"], parameters[f"b{layer}"] = np.zeros((n_in, n_out)), np.zeros(n_out)
    return parameters


@misconception(
    "initialize_parameters_zeros.asserted",
    hint="An assert raises an AssertionError, and disappears when Python runs with -O. Which error is asked for?",
    caught_by=("test_zeros_bad_sizes",),
)
def zeros_asserted(layer_dims):
    """Bad sizes are refused with assert."""
    assert len(layer_dims) > 1
    assert min(layer_dims) > 0
    return initialize_parameters_zeros(layer_dims)


@misconception(
    "initialize_parameters_zeros.sizes_used_up",
    hint="Your function takes the sizes off the list that the caller still needs. Loop over them, or over a copy.",
    caught_by=("test_zeros_sizes_unchanged",),
)
def zeros_sizes_used_up(layer_dims):
    """Pops the sizes off the list."""
    zeros = initialize_parameters_zeros(layer_dims)
    del layer_dims[:-1]
    return zeros


@misconception(
    "initialize_parameters_zeros.three_layers",
    hint="A list of four sizes has three layers, but lists can be longer. Where does your function stop?",
    caught_by=("test_zeros_shapes",),
)
def zeros_three_layers(layer_dims):
    """Makes three layers at most, as the networks of the notebooks have."""
    zeros = initialize_parameters_zeros(layer_dims)
    return {name: value for name, value in zeros.items() if int(name[1:]) <= 3}


@misconception(
    "initialize_parameters_random.columns",
    hint="This is the layout of the Deep Learning Specialization, with examples in columns. Here examples are rows.",
    caught_by=("test_random_shapes",),
)
def random_columns(layer_dims, rng, scale=0.01):
    """W{l} has the shape (n_l, n_{l-1}) and b{l} the shape (n_l, 1), as where examples are columns."""
    parameters = {}
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


@misconception(
    "initialize_parameters_random.dls_transposed",
    hint="Z = A_prev @ W + b with examples in rows: which shape must W have?",
    caught_by=("test_random_shapes",),
)
def random_transposed(layer_dims, rng, scale=0.01):
    """W{l} has the shape (n_l, n_{l-1})."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
    return parameters


@misconception(
    "initialize_parameters_random.bias_column",
    hint="b is added to every row of Z. Which shape broadcasts along rows? The (n, 1) of Coursera does not.",
    caught_by=("test_random_shapes",),
)
def random_bias_column(layer_dims, rng, scale=0.01):
    """b{l} has the shape (n_l, 1)."""
    drawn = initialize_parameters_random(layer_dims, rng, scale)
    return {name: value[:, np.newaxis] if name[0] == "b" else value for name, value in drawn.items()}


@misconception(
    "initialize_parameters_random.last_layer_missing",
    hint="How many weight matrices does a list of k layer sizes describe, and how many does your loop make?",
    caught_by=("test_random_shapes",),
)
def random_last_layer_missing(layer_dims, rng, scale=0.01):
    """The loop stops one layer too early."""
    return initialize_parameters_random(layer_dims[:-1], rng, scale)


@misconception(
    "initialize_parameters_random.keys_from_zero",
    hint="Layer 0 is the input and has no weights; parameters are named from layer 1.",
    caught_by=("test_random_shapes",),
)
def random_keys_from_zero(layer_dims, rng, scale=0.01):
    """The keys start at W0."""
    drawn = initialize_parameters_random(layer_dims, rng, scale)
    return {f"{name[0]}{int(name[1:]) - 1}": value for name, value in drawn.items()}


@misconception(
    "initialize_parameters_random.float32",
    hint="Print the dtype of your arrays. Gradients will be checked with them, and that takes float64.",
    caught_by=("test_random_shapes",),
)
def random_float32(layer_dims, rng, scale=0.01):
    """The arrays are float32."""
    drawn = initialize_parameters_random(layer_dims, rng, scale)
    return {name: value.astype(np.float32) for name, value in drawn.items()}


@misconception(
    "initialize_parameters_random.random_bias",
    hint="The weights already differ from unit to unit, so the biases may start at zero.",
    caught_by=("test_random_biases",),
)
def random_random_bias(layer_dims, rng, scale=0.01):
    """The biases are random too."""
    parameters = {}
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = rng.standard_normal((n_in, n_out)) * scale
        parameters[f"b{layer}"] = rng.standard_normal(n_out) * scale
    return parameters


@misconception(
    "initialize_parameters_random.bias_ones",
    hint="Your biases start at 1. Is there a reason to push every unit up before it has seen an example?",
    caught_by=("test_random_biases",),
)
def random_bias_ones(layer_dims, rng, scale=0.01):
    """The biases are 1."""
    drawn = initialize_parameters_random(layer_dims, rng, scale)
    return {name: value + (name[0] == "b") for name, value in drawn.items()}


@misconception(
    "initialize_parameters_random.bias_small",
    hint="A small positive bias is an old habit with no settled benefit; here biases start at exactly zero.",
    caught_by=("test_random_biases",),
)
def random_bias_small(layer_dims, rng, scale=0.01):
    """The biases are 0.01."""
    drawn = initialize_parameters_random(layer_dims, rng, scale)
    return {name: value + 0.01 * (name[0] == "b") for name, value in drawn.items()}


@misconception(
    "initialize_parameters_random.reseed",
    hint="A seed inside, as in the notebooks, makes every call return the same. Use the generator you are given.",
    caught_by=("test_random_generator",),
)
def random_reseed(layer_dims, rng, scale=0.01):
    """Makes a generator with a fixed seed and ignores rng."""
    return initialize_parameters_random(layer_dims, np.random.default_rng(3), scale)


@misconception(
    "initialize_parameters_random.global_random",
    hint="The numbers do not come from rng, so two people with the same rng would see different weights.",
    caught_by=("test_random_generator",),
)
def random_global_random(layer_dims, rng, scale=0.01):
    """Draws from the global generator."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = np.random.randn(n_in, n_out) * scale  # noqa: NPY002 - the mistake itself
    return parameters


@misconception(
    "initialize_parameters_random.global_seed",
    hint="The notebooks seed the global generator. Here the caller decides on the numbers, by passing rng.",
    caught_by=("test_random_generator",),
)
def random_global_seed(layer_dims, rng, scale=0.01):
    """Seeds the global generator and draws from it."""
    np.random.seed(3)  # noqa: NPY002 - the mistake itself
    return random_global_random(layer_dims, rng, scale)


@misconception(
    "initialize_parameters_random.own_entropy",
    hint="You make a generator of your own, with numbers that nobody can repeat. What is the argument rng for?",
    caught_by=("test_random_generator",),
)
def random_own_entropy(layer_dims, rng, scale=0.01):
    """Makes a fresh generator without a seed and ignores rng."""
    return initialize_parameters_random(layer_dims, np.random.default_rng(), scale)


@misconception(
    "initialize_parameters_random.generator_copied",
    hint="You draw from a copy, so the caller's generator stands still and the next call gets the same numbers.",
    caught_by=("test_random_generator",),
)
def random_generator_copied(layer_dims, rng, scale=0.01):
    """Draws from a copy of rng."""
    copied = np.random.Generator(type(rng.bit_generator)())
    copied.bit_generator.state = rng.bit_generator.state
    return initialize_parameters_random(layer_dims, copied, scale)


@misconception(
    "initialize_parameters_random.reseed_per_layer",
    hint="Two layers of the same size received identical weights. Draw all layers from one stream.",
    caught_by=("test_random_independent",),
)
def random_reseed_per_layer(layer_dims, rng, scale=0.01):
    """Makes a fresh generator with the same seed for each layer."""
    seed = int(rng.integers(2**32))
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = np.random.default_rng(seed).standard_normal((n_in, n_out)) * scale
    return parameters


@misconception(
    "initialize_parameters_random.fixed_seed_per_layer",
    hint="Each layer starts the same stream of numbers anew, so equal layers get equal weights. What is rng for?",
    caught_by=("test_random_generator", "test_random_independent"),
)
def random_fixed_seed_per_layer(layer_dims, rng, scale=0.01):
    """Makes a generator with the same fixed seed for each layer and ignores rng."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = np.random.default_rng(3).standard_normal((n_in, n_out)) * scale
    return parameters


@misconception(
    "initialize_parameters_random.first_layer_reused",
    hint="Print two weight matrices of the same shape next to each other. Were they both drawn?",
    caught_by=("test_random_independent",),
)
def random_first_layer_reused(layer_dims, rng, scale=0.01):
    """Layers of the same shape get the same weights."""
    drawn, made = initialize_parameters_random(layer_dims, rng, scale), {}
    return {name: made.setdefault((name[0], value.shape), value).copy() for name, value in drawn.items()}


@misconception(
    "initialize_parameters_random.tiled_unit",
    hint="All units of a layer start with the same weights, so they stay twins. Each unit needs its own draws.",
    caught_by=("test_random_independent",),
)
def random_tiled_unit(layer_dims, rng, scale=0.01):
    """One random column is copied to all units of a layer."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = np.tile(rng.standard_normal((n_in, 1)) * scale, n_out)
    return parameters


@misconception(
    "initialize_parameters_random.tiled_input",
    hint="Every row of a weight matrix is the same, so a unit weighs all inputs alike. Each connection needs a draw.",
    caught_by=("test_random_independent",),
)
def random_tiled_input(layer_dims, rng, scale=0.01):
    """One random row is copied to all inputs of a layer."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = np.tile(rng.standard_normal(n_out) * scale, (n_in, 1))
    return parameters


@misconception(
    "initialize_parameters_random.one_number",
    hint="You drew one number for a whole layer, so its units are copies of each other. How many weights are there?",
    caught_by=("test_random_independent", "test_random_spread"),
)
def random_one_number(layer_dims, rng, scale=0.01):
    """One random number fills a whole matrix."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, _, _ in _shapes(layer_dims):
        parameters[f"W{layer}"] += rng.standard_normal() * scale
    return parameters


@misconception(
    "initialize_parameters_random.divide_scale",
    hint="With scale = 0.01 your weights are of size 100. Which operation makes them small?",
    caught_by=("test_random_spread",),
)
def random_divide_scale(layer_dims, rng, scale=0.01):
    """Divides by scale."""
    return initialize_parameters_random(layer_dims, rng, 1 / scale)


@misconception(
    "initialize_parameters_random.scale_is_variance",
    hint="Is scale the standard deviation of the weights here, or their variance?",
    caught_by=("test_random_spread",),
)
def random_scale_is_variance(layer_dims, rng, scale=0.01):
    """The variance is scale."""
    return initialize_parameters_random(layer_dims, rng, np.sqrt(scale))


@misconception(
    "initialize_parameters_random.scale_squared",
    hint="The generator's normal distribution wants a standard deviation, and a variance was handed to it.",
    caught_by=("test_random_spread",),
)
def random_scale_squared(layer_dims, rng, scale=0.01):
    """The standard deviation is the square of scale."""
    return initialize_parameters_random(layer_dims, rng, scale**2)


@misconception(
    "initialize_parameters_random.scale_ignored",
    hint="Change scale from 0.01 to 10 and print the weights. Did they change?",
    caught_by=("test_random_spread",),
)
def random_scale_ignored(layer_dims, rng, scale=0.01):
    """The weights always have the standard deviation 0.01."""
    return initialize_parameters_random(layer_dims, rng)


@misconception(
    "initialize_parameters_random.not_scaled",
    hint="Your weights are of size 1 whatever scale is. Where does scale enter?",
    caught_by=("test_random_spread",),
)
def random_not_scaled(layer_dims, rng, scale=0.01):
    """The weights always have the standard deviation 1."""
    return initialize_parameters_random(layer_dims, rng, 1.0)


@misconception(
    "initialize_parameters_random.scale_is_mean",
    hint="A normal distribution takes a mean and a standard deviation. Which of the two is scale in your call?",
    caught_by=("test_random_spread",),
)
def random_scale_is_mean(layer_dims, rng, scale=0.01):
    """scale is handed to the generator as the mean."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = rng.normal(scale, size=(n_in, n_out))
    return parameters


@misconception(
    "initialize_parameters_random.uniform_positive",
    hint="None of your weights is negative. Which distribution has its mean at 0?",
    caught_by=("test_random_spread",),
)
def random_uniform_positive(layer_dims, rng, scale=0.01):
    """Uniform numbers from 0 to scale."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = rng.random((n_in, n_out)) * scale
    return parameters


@misconception(
    "initialize_parameters_random.uniform",
    hint="No weight is larger than scale. A normal distribution has tails that reach beyond its standard deviation.",
    caught_by=("test_random_spread",),
)
def random_uniform(layer_dims, rng, scale=0.01):
    """Uniform numbers from -scale to scale."""
    parameters = initialize_parameters_zeros(layer_dims)
    for layer, n_in, n_out in _shapes(layer_dims):
        parameters[f"W{layer}"] = rng.uniform(-scale, scale, (n_in, n_out))
    return parameters


@misconception(
    "initialize_parameters_random.absolute",
    hint="All weights are positive. Where did the minus signs go?",
    caught_by=("test_random_spread",),
)
def random_absolute(layer_dims, rng, scale=0.01):
    """The sizes of normal numbers."""
    return {name: np.abs(value) for name, value in initialize_parameters_random(layer_dims, rng, scale).items()}


@misconception(
    "initialize_parameters_random.clipped",
    hint="Large weights are cut off. Count how many of 10 000 lie beyond three times the standard deviation.",
    caught_by=("test_random_spread",),
)
def random_clipped(layer_dims, rng, scale=0.01):
    """Weights beyond two standard deviations are clipped."""
    drawn = initialize_parameters_random(layer_dims, rng, scale)
    return {name: np.clip(value, -2 * scale, 2 * scale) for name, value in drawn.items()}


@misconception(
    "initialize_parameters_random.fan_in_too",
    hint="The spread of your weights changes with the size of the layer. That is the idea of the other module.",
    caught_by=("test_random_spread",),
)
def random_fan_in_too(layer_dims, rng, scale=0.01):
    """Divides by the root of the number of inputs as well."""
    parameters = initialize_parameters_random(layer_dims, rng, scale)
    for layer, n_in, _ in _shapes(layer_dims):
        parameters[f"W{layer}"] /= np.sqrt(n_in)
    return parameters


@misconception(
    "initialize_parameters_random.first_layer_only",
    hint="The first layer is right. Compare the spread of the second one with it.",
    caught_by=("test_random_spread",),
)
def random_first_layer_only(layer_dims, rng, scale=0.01):
    """Only the first layer is scaled."""
    parameters = initialize_parameters_random(layer_dims, rng, 1.0)
    parameters["W1"] = parameters["W1"] * scale
    return parameters


@misconception(
    "initialize_parameters_random.default_one",
    hint="Call your function without a scale. Is the default of the signature still in place?",
    caught_by=("test_random_spread",),
)
def random_default_one(layer_dims, rng, scale=1.0):
    """The default of scale is 1."""
    return initialize_parameters_random(layer_dims, rng, scale)


@misconception(
    "initialize_parameters_random.sizes_used_up",
    hint="Your function takes the sizes off the list that the caller still needs. Loop over them, or over a copy.",
    caught_by=("test_random_sizes_unchanged",),
)
def random_sizes_used_up(layer_dims, rng, scale=0.01):
    """Pops the sizes off the list."""
    parameters = initialize_parameters_random(layer_dims, rng, scale)
    del layer_dims[:-1]
    return parameters


@misconception(
    "initialize_parameters_random.digits_cut",
    hint="Your weights have a few digits only, so many of them are equal. The examples are rounded for print alone.",
    caught_by=("test_random_independent",),
)
def random_digits_cut(layer_dims, rng, scale=0.01):
    """Weights are rounded to four digits, as the example prints them."""
    return {name: value.round(4) for name, value in initialize_parameters_random(layer_dims, rng, scale).items()}


@misconception(
    "initialize_parameters_random.centred",
    hint="The average of your weights is exactly 0. Independent draws come near it, and that is enough.",
    caught_by=("test_random_independent",),
)
def random_centred(layer_dims, rng, scale=0.01):
    """The mean of each matrix is taken off, which ties its weights to each other."""
    parameters = initialize_parameters_random(layer_dims, rng, scale)
    return {name: value - value.mean() for name, value in parameters.items()}


@misconception(
    "count_distinct_units.rows",
    hint="One unit owns one column of W here; in the Coursera notebooks it is a row. Along which axis do you compare?",
    caught_by=("test_distinct_columns",),
)
def distinct_rows(W, b=None):
    """Counts the different rows."""
    return len(np.unique(W, axis=0))


@misconception(
    "count_distinct_units.numbers",
    hint="You are counting different numbers, not different columns.",
    caught_by=("test_distinct_columns",),
)
def distinct_numbers(W, b=None):
    """Counts the different entries."""
    return len(np.unique(W)) if b is None else len(np.unique(np.vstack([W, b])))


@misconception(
    "count_distinct_units.all_units",
    hint="This is the number of units. How many of them are twins of another?",
    caught_by=("test_distinct_columns",),
)
def distinct_all_units(W, b=None):
    """Counts all columns."""
    return W.shape[1]


@misconception(
    "count_distinct_units.first_row",
    hint="Two units may agree in their first weight and still differ. How much of a column do you look at?",
    caught_by=("test_distinct_columns",),
)
def distinct_first_row(W, b=None):
    """Compares the first weights only."""
    return count_distinct_units(W[:1], b)


@misconception(
    "count_distinct_units.sums",
    hint="Two different columns can have the same sum. Compare them entry by entry.",
    caught_by=("test_distinct_columns",),
)
def distinct_sums(W, b=None):
    """Compares the sums of the columns."""
    return count_distinct_units(W.sum(axis=0, keepdims=True), b)


@misconception(
    "count_distinct_units.sorted",
    hint="The same numbers in another order belong to other inputs. Do such units compute the same?",
    caught_by=("test_distinct_columns",),
)
def distinct_sorted(W, b=None):
    """Sorts the columns first."""
    return count_distinct_units(np.sort(W, axis=0), b)


@misconception(
    "count_distinct_units.sign_ignored",
    hint="A weight of 4 and one of -4 are different weights. Where do the signs get lost?",
    caught_by=("test_distinct_columns", "test_distinct_rank_one"),
)
def distinct_sign_ignored(W, b=None):
    """Compares sizes without signs."""
    return count_distinct_units(np.abs(W), b)


@misconception(
    "count_distinct_units.neighbours",
    hint="Twins need not stand next to each other. With which other columns do you compare a column?",
    caught_by=("test_distinct_columns",),
)
def distinct_neighbours(W, b=None):
    """Counts the places where a column differs from the one before."""
    units = W if b is None else np.vstack([W, b])
    return 1 + int(np.count_nonzero(np.any(np.diff(units, axis=1) != 0, axis=0)))


@misconception(
    "count_distinct_units.unlike_first",
    hint="You compare with the first unit only. Two units that differ from it may still be twins of each other.",
    caught_by=("test_distinct_columns",),
)
def distinct_unlike_first(W, b=None):
    """Counts the columns that differ from the first one, and that one."""
    units = W if b is None else np.vstack([W, b])
    return 1 + int(np.count_nonzero(np.any(units != units[:, :1], axis=0)))


@misconception(
    "count_distinct_units.without_twin",
    hint="You leave out units that have a twin. One of each set of twins still counts.",
    caught_by=("test_distinct_columns",),
)
def distinct_without_twin(W, b=None):
    """Counts the columns that occur once."""
    units = W if b is None else np.vstack([W, b])
    return int(np.count_nonzero(np.unique(units, axis=1, return_counts=True)[1] == 1))


@misconception(
    "count_distinct_units.twins",
    hint="You count the units that are too many. How many are left without them?",
    caught_by=("test_distinct_columns",),
)
def distinct_twins(W, b=None):
    """Counts the columns that repeat another."""
    return W.shape[1] - count_distinct_units(W, b)


@misconception(
    "count_distinct_units.any_weight",
    hint="Units are twins when all weights agree. You call them twins as soon as one does.",
    caught_by=("test_distinct_columns",),
)
def distinct_any_weight(W, b=None):
    """The most different values in one row: columns that agree in any place are taken for twins."""
    units = W if b is None else np.vstack([W, b])
    return min(len(np.unique(row)) for row in units)


@misconception(
    "count_distinct_units.bias_ignored",
    hint="Two units with equal weights are still different when their biases are.",
    caught_by=("test_distinct_biases",),
)
def distinct_bias_ignored(W, b=None):
    """b is not looked at."""
    return count_distinct_units(W)


@misconception(
    "count_distinct_units.bias_alone",
    hint="Equal biases do not make twins of units whose weights differ. What do you compare when b is given?",
    caught_by=("test_distinct_biases",),
)
def distinct_bias_alone(W, b=None):
    """Counts the different biases where there are any."""
    return count_distinct_units(W) if b is None else len(np.unique(b))


@misconception(
    "count_distinct_units.bias_added",
    hint="W + b can agree where W and b do not: a weight may make up for a bias. Keep them apart.",
    caught_by=("test_distinct_biases",),
)
def distinct_bias_added(W, b=None):
    """Counts the different biases and the different columns together."""
    return count_distinct_units(W) + (0 if b is None else len(np.unique(b)))


@misconception(
    "count_distinct_units.bias_column",
    hint="b has one entry for each unit, so it belongs below W as a row. As a column, it belongs to nobody.",
    caught_by=("test_distinct_biases",),
)
def distinct_bias_column(W, b=None):
    """b is treated as one more unit."""
    if b is None:
        return count_distinct_units(W)
    return count_distinct_units(np.column_stack([W, np.resize(b, len(W))]))


@misconception(
    "count_distinct_units.zero_biases_ignored",
    hint="With biases that are all zero the weights alone decide. What do you do there?",
    caught_by=("test_distinct_biases",),
)
def distinct_equal_biases_give_one(W, b=None):
    """Equal biases are taken to make twins of all units."""
    if b is not None and np.all(b == b[0]):
        return 1
    return count_distinct_units(W, b)


@misconception(
    "count_distinct_units.rounded",
    hint="Nearly equal units can still grow apart; only exactly equal ones are trapped.",
    caught_by=("test_distinct_rank_one",),
)
def distinct_rounded(W, b=None):
    """Rounds before comparing."""
    return count_distinct_units(W.round(8), b)


@misconception(
    "count_distinct_units.close",
    hint="A comparison with a tolerance takes nearly equal units for twins. They are not: a small difference can grow.",
    caught_by=("test_distinct_rank_one",),
)
def distinct_close(W, b=None):
    """Compares with a tolerance."""
    units = W if b is None else np.vstack([W, b])
    kept = []
    for column in units.T:
        if not any(np.allclose(column, other) for other in kept):
            kept.append(column)
    return len(kept)


@misconception(
    "count_distinct_units.rank",
    hint="A matrix of rank 1 can have many different columns. Is a unit with twice the weights of another its twin?",
    caught_by=("test_distinct_columns", "test_distinct_rank_one"),
)
def distinct_rank(W, b=None):
    """The rank of the matrix."""
    return int(np.linalg.matrix_rank(W if b is None else np.vstack([W, b])))


@misconception(
    "count_distinct_units.directions",
    hint="A unit with twice the weights of another computes something else. Why do you divide by the length?",
    caught_by=("test_distinct_rank_one",),
)
def distinct_directions(W, b=None):
    """Counts the directions of the columns, whatever their lengths."""
    if b is not None:
        return count_distinct_units(W, b)
    lengths = np.linalg.norm(W, axis=0)
    return count_distinct_units((W / np.where(lengths > 0, lengths, 1)).round(12))


@misconception(
    "count_distinct_units.twelve_digits",
    hint="You compare twelve digits or so. Two units that differ in the last bit are different, and grow apart.",
    caught_by=("test_distinct_rank_one",),
)
def distinct_twelve_digits(W, b=None):
    """Columns are rounded to twelve digits before they are counted."""
    return count_distinct_units(W.round(12), b)
