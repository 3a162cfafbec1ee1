"""Checks of vectors.py."""

from itertools import pairwise

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_close,
    assert_equal,
    assert_own_memory,
    assert_raises,
    assert_unchanged,
    check,
)

TWELVE_LAYERS = (3, 3, 2, 4, 2, 2, 3, 2, 1, 2, 4, 2, 3)
Parameters = dict[str, np.ndarray]


def draw_parameters(rng: np.random.Generator, *layer_dims: int) -> Parameters:
    """Return normal weights and biases of a network with these layer sizes, input first."""
    parameters = {}
    for layer, shape in enumerate(pairwise(layer_dims), start=1):
        parameters[f"W{layer}"] = rng.normal(size=shape)
        parameters[f"b{layer}"] = rng.normal(size=shape[1])
    return parameters


def shuffled(rng: np.random.Generator, arrays: Parameters) -> Parameters:
    """Return the same dictionary in another order, the last key first."""
    names = list(arrays)[::-1]
    return {name: arrays[name] for name in [names[0], *rng.permutation(names[1:]).tolist()]}


def draw_gradients(rng: np.random.Generator, parameters: Parameters) -> Parameters:
    """Return a gradient for every parameter, and some keys that backpropagation leaves there too."""
    gradients = {f"d{name}": rng.normal(size=value.shape) for name, value in parameters.items()}
    return {"dZ2": rng.normal(size=(5, 2)), **gradients, "dA1": rng.normal(size=(5, 3))}


# dictionary_to_vector


@check(
    "dictionary_to_vector",
    hint="Print the keys of spec. Which comes after W1 and b1, and where does layer 10 stand?",
)
def test_twelve_layers_in_the_order_of_their_numbers(
    student: Student, reference: Reference, rng: np.random.Generator
) -> None:
    """Twelve layers stand in the order of their numbers, each array row by row"""
    parameters = draw_parameters(rng, *TWELVE_LAYERS)
    expected, expected_spec = reference.dictionary_to_vector(parameters)
    theta, spec = student.dictionary_to_vector(parameters)
    assert_equal(spec, expected_spec, name="spec")
    assert_close(theta, expected, name="theta")


@check(
    "dictionary_to_vector",
    hint="Two dictionaries with the same arrays are the same network. Does your order depend on which key came first?",
)
def test_order_of_the_dictionary_does_not_matter(
    student: Student, reference: Reference, rng: np.random.Generator
) -> None:
    """The order of the keys in the dictionary does not matter"""
    parameters = draw_parameters(rng, 3, 4, 2, 2)
    theta, spec = student.dictionary_to_vector(shuffled(rng, parameters))
    expected, expected_spec = reference.dictionary_to_vector(parameters)
    assert_equal(spec, expected_spec, name="spec")
    assert_close(theta, expected, name="theta")


@check(
    "dictionary_to_vector",
    group="edge",
    hint="W1 is the transpose of another array here, and lies in memory column by column. Print W1 and theta.",
)
def test_array_stored_by_columns_is_read_by_rows(student: Student, rng: np.random.Generator) -> None:
    """A weight matrix that lies in memory column by column is read row by row, too"""
    parameters = {"W1": np.asfortranarray(rng.normal(size=(3, 4))), "b1": rng.normal(size=4)}
    theta, _ = student.dictionary_to_vector(parameters)
    assert_close(theta, np.concatenate([parameters["W1"].ravel(), parameters["b1"]]), name="theta")


@check(
    "dictionary_to_vector",
    group="contract",
    hint="Change one number of theta and print the parameters: they should not have noticed.",
)
def test_theta_is_a_copy(student: Student, rng: np.random.Generator) -> None:
    """theta is a copy, also for a network with a single array"""
    for parameters in ({"W1": rng.normal(size=(3, 2))}, draw_parameters(rng, 3, 2)):
        record = student.dictionary_to_vector.call(parameters)
        assert_close(record.value[0], np.concatenate([value.ravel() for value in parameters.values()]), name="theta")
        assert_own_memory(record)


# vector_to_dictionary


@check(
    "vector_to_dictionary",
    hint="Fill theta with 0, 1, 2, … and print the dictionary: the numbers show where every piece was taken from.",
)
def test_every_array_is_back_in_its_place(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every array comes back with its shape and its numbers, in the order of spec"""
    unusual = [("b2", (3,)), ("W1", (2, 2, 3)), ("W2", (3, 3)), ("b1", (2,))]
    _, usual = reference.dictionary_to_vector(draw_parameters(rng, *TWELVE_LAYERS))
    for spec in (usual, unusual):
        theta = rng.normal(size=sum(int(np.prod(shape)) for _, shape in spec))
        expected = reference.vector_to_dictionary(theta, spec)
        assert_close(student.vector_to_dictionary(theta, spec), expected, name="parameters")


@check(
    "vector_to_dictionary",
    group="contract",
    hint="Change a weight in the dictionary and print theta: it should not have noticed.",
)
def test_arrays_are_copies(student: Student, rng: np.random.Generator) -> None:
    """The arrays are copies of their part of theta"""
    assert_own_memory(student.vector_to_dictionary.call(rng.normal(size=8), [("W1", (3, 2)), ("b1", (2,))]))


@check(
    "vector_to_dictionary",
    group="contract",
    hint="Compare how many numbers spec asks for with how many theta has: one too many tells of a mistake, too.",
)
def test_vector_of_another_length_is_refused(student: Student, rng: np.random.Generator) -> None:
    """A vector that is too short or too long raises a ValueError"""
    spec = [("W1", (3, 2)), ("b1", (2,))]
    for size in (7, 9):
        assert_raises(ValueError, student.vector_to_dictionary, rng.normal(size=size), spec, naming="theta")


# gradients_to_vector


@check(
    "gradients_to_vector",
    hint="Entry 0 of this vector must belong to entry 0 of theta. Which key does spec name first?",
)
def test_gradients_stand_where_their_parameters_stand(
    student: Student, reference: Reference, rng: np.random.Generator
) -> None:
    """Every gradient stands where its parameter stands, whatever else the dictionary holds"""
    for layer_dims in ((4, 4, 3, 2), TWELVE_LAYERS):
        parameters = draw_parameters(rng, *layer_dims)
        gradients = shuffled(rng, draw_gradients(rng, parameters))
        _, spec = reference.dictionary_to_vector(parameters)
        expected = reference.gradients_to_vector(gradients, spec)
        assert_close(student.gradients_to_vector(gradients, spec), expected, name="the vector")


@check(
    "gradients_to_vector",
    group="contract",
    hint="A transposed gradient has as many numbers as its parameter. What can tell the two apart?",
)
def test_gradient_of_another_shape_is_refused(student: Student, rng: np.random.Generator) -> None:
    """A gradient of another size, transposed, or of a bias but with two axes, raises a ValueError"""
    spec = [("W1", (3, 2)), ("b1", (2,))]
    gradients = {"dW1": rng.normal(size=(3, 2)), "db1": rng.normal(size=2)}
    for name, shape in (("db1", (3,)), ("dW1", (2, 3)), ("db1", (2, 1)), ("db1", (1, 2))):
        changed = {**gradients, name: rng.normal(size=shape)}
        assert_raises(ValueError, student.gradients_to_vector, changed, spec, naming=name)


@check(
    "gradients_to_vector",
    group="contract",
    hint="Print the keys of gradients after the call. Are they all still there?",
)
def test_gradients_are_the_same_afterwards(student: Student, rng: np.random.Generator) -> None:
    """The dictionary of gradients is the same afterwards"""
    gradients = {"dW1": rng.normal(size=(3, 2)), "db1": rng.normal(size=2)}
    assert_unchanged(student.gradients_to_vector.call(gradients, [("W1", (3, 2)), ("b1", (2,))]))
