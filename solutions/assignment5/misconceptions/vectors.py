"""Mistakes that students make when they put parameters into one vector."""

import numpy as np
from vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary

from grader.checks import misconception

# dictionary_to_vector


def _joined(parameters, keys, order="C"):
    """Return the vector and the plan of the arrays under these keys."""
    theta = np.concatenate([np.ravel(parameters[key], order=order) for key in keys])
    return theta, [(key, parameters[key].shape) for key in keys]


@misconception(
    "dictionary_to_vector.fortran",
    hint="Flatten row by row, the same way in both directions.",
    caught_by=(
        "test_twelve_layers_in_the_order_of_their_numbers",
        "test_order_of_the_dictionary_does_not_matter",
        "test_theta_is_a_copy",
    ),
)
def fortran(parameters):
    """Flattens column by column."""
    _, spec = dictionary_to_vector(parameters)
    return _joined(parameters, [key for key, _ in spec], order="F")


@misconception(
    "dictionary_to_vector.column_vector",
    hint="theta is a plain vector of shape (n,) here; the (n, 1) column is the convention of the Coursera notebooks.",
    caught_by=(
        "test_twelve_layers_in_the_order_of_their_numbers",
        "test_order_of_the_dictionary_does_not_matter",
        "test_theta_is_a_copy",
    ),
)
def column_vector(parameters):
    """Theta has the shape (n, 1)."""
    theta, spec = dictionary_to_vector(parameters)
    return theta.reshape(-1, 1), spec


@misconception(
    "dictionary_to_vector.dls_keys",
    hint="The Coursera notebook returns one key for every number in theta. Here spec has one entry for each array: its "
    "key and its shape.",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers", "test_order_of_the_dictionary_does_not_matter"),
)
def dls_keys(parameters):
    """Returns a list with the key of every number."""
    theta, spec = dictionary_to_vector(parameters)
    return theta, [key for key, shape in spec for _ in range(int(np.prod(shape)))]


@misconception(
    "dictionary_to_vector.notebook",
    hint="Three layers, a column (n, 1), a key per number: so says the Coursera notebook. Here theta is (n,), with a "
    "(key, shape) for each array, however many.",
    caught_by=(
        "test_twelve_layers_in_the_order_of_their_numbers",
        "test_order_of_the_dictionary_does_not_matter",
        "test_theta_is_a_copy",
    ),
)
def notebook(parameters):
    """Returns a column and a key for every number, for three layers."""
    columns, keys = [], []
    for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
        column = np.reshape(parameters[key], (-1, 1))
        columns.append(column)
        keys += [key] * column.shape[0]
    return np.concatenate(columns, axis=0), keys


@misconception(
    "dictionary_to_vector.sizes",
    hint="A matrix of 6 numbers can be 2 x 3 or 3 x 2. What must spec hold so that it can be rebuilt?",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers", "test_order_of_the_dictionary_does_not_matter"),
)
def sizes(parameters):
    """The plan holds how many numbers an array has instead of its shape."""
    theta, spec = dictionary_to_vector(parameters)
    return theta, [(key, int(np.prod(shape))) for key, shape in spec]


@misconception(
    "dictionary_to_vector.spec_dict",
    hint="spec is to be a list of pairs (key, shape), in the order of theta. What do you return?",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers", "test_order_of_the_dictionary_does_not_matter"),
)
def spec_dict(parameters):
    """The plan is a dictionary."""
    theta, spec = dictionary_to_vector(parameters)
    return theta, dict(spec)


@misconception(
    "dictionary_to_vector.three_layers",
    hint="Your order is written out for three layers. How many layers can a network have?",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers",),
)
def three_layers(parameters):
    """Lists W1, b1, ..., W3, b3, as the Coursera notebook does."""
    return _joined(parameters, [key for key in ("W1", "b1", "W2", "b2", "W3", "b3") if key in parameters])


@misconception(
    "dictionary_to_vector.as_they_come",
    hint="Two dictionaries with the same arrays give you two different vectors. Which order is asked for?",
    caught_by=("test_order_of_the_dictionary_does_not_matter",),
)
def as_they_come(parameters):
    """Takes the keys in the order of the dictionary."""
    return _joined(parameters, list(parameters))


@misconception(
    "dictionary_to_vector.alphabetical",
    hint="In the alphabet W10 comes before W2, and all W come before all b.",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers", "test_order_of_the_dictionary_does_not_matter"),
)
def alphabetical(parameters):
    """Sorts the keys as texts."""
    return _joined(parameters, sorted(parameters))


@misconception(
    "dictionary_to_vector.number_as_text",
    hint="Your order is right up to nine layers. As a text, what comes after 1: 2 or 10?",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers",),
)
def number_as_text(parameters):
    """Sorts by the number of the layer as a text: 1, 10, 11, 12, 2."""
    return _joined(parameters, sorted(parameters, key=lambda key: (key[1:], key[0])))


@misconception(
    "dictionary_to_vector.last_digit",
    hint="Layer 12 and layer 2 have the same last digit. How do you read the number of a layer?",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers",),
)
def last_digit(parameters):
    """Sorts by the last character of the key."""
    return _joined(parameters, sorted(parameters, key=lambda key: (int(key[-1]), key[0])))


@misconception(
    "dictionary_to_vector.weights_first",
    hint="The order goes layer by layer: W1, b1, W2, b2. Where does yours put b1?",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers", "test_order_of_the_dictionary_does_not_matter"),
)
def weights_first(parameters):
    """All weights, then all biases."""
    return _joined(parameters, sorted(parameters, key=lambda key: (key[0], int(key[1:]))))


@misconception(
    "dictionary_to_vector.bias_first",
    hint="Within a layer the weights come first: W1, then b1.",
    caught_by=("test_twelve_layers_in_the_order_of_their_numbers", "test_order_of_the_dictionary_does_not_matter"),
)
def bias_first(parameters):
    """B1, W1, b2, W2."""
    return _joined(parameters, sorted(parameters, key=lambda key: (int(key[1:]), -ord(key[0]))))


@misconception(
    "dictionary_to_vector.weights_only",
    hint="The biases are parameters, too: their gradients also need checking.",
    caught_by=(
        "test_twelve_layers_in_the_order_of_their_numbers",
        "test_order_of_the_dictionary_does_not_matter",
        "test_theta_is_a_copy",
    ),
)
def weights_only(parameters):
    """Leaves out the biases."""
    return dictionary_to_vector({key: value for key, value in parameters.items() if key.startswith("W")})


@misconception(
    "dictionary_to_vector.view",
    hint="Changing theta must not change the network. Make sure you return a copy.",
    caught_by=("test_theta_is_a_copy",),
)
def view(parameters):
    """Returns a view of the parameters where there is a single array."""
    theta, spec = dictionary_to_vector(parameters)
    return (next(iter(parameters.values())).reshape(-1) if len(parameters) == 1 else theta), spec


@misconception(
    "dictionary_to_vector.memory_order",
    hint="You read each array as it lies in memory. For a transposed one that is column by column.",
    caught_by=("test_array_stored_by_columns_is_read_by_rows",),
)
def memory_order(parameters):
    """Reads the arrays in the order of their memory."""
    _, spec = dictionary_to_vector(parameters)
    return _joined(parameters, [key for key, _ in spec], order="K")


# vector_to_dictionary


@misconception(
    "vector_to_dictionary.view",
    hint="Writing into the dictionary changed theta. Copy the pieces.",
    caught_by=("test_arrays_are_copies",),
)
def views_of_theta(theta, spec):
    """Returns views into theta."""
    parameters, start = {}, 0
    for key, shape in spec:
        size = int(np.prod(shape))
        parameters[key] = theta[start : start + size].reshape(shape)
        start += size
    if start != theta.size:
        raise ValueError(f"theta has {theta.size} numbers, spec asks for {start}")
    return parameters


@misconception(
    "vector_to_dictionary.fortran",
    hint="The numbers of each matrix are right and stand in other places. Is it filled row by row or column by column?",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def fill_by_columns(theta, spec):
    """Fills the arrays column by column."""
    return {
        key: value.ravel().reshape(value.shape, order="F") for key, value in vector_to_dictionary(theta, spec).items()
    }


@misconception(
    "vector_to_dictionary.transposed",
    hint="Your matrices come out transposed: (n_l, n_{l-1}) is the convention of the Coursera notebooks. spec has the "
    "shape that is wanted here.",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def transposed(theta, spec):
    """Returns matrices of shape (n_l, n_{l-1})."""
    return {key: value.T.copy() for key, value in vector_to_dictionary(theta, spec).items()}


@misconception(
    "vector_to_dictionary.bias_column",
    hint="A bias has the shape (n,) here; (n, 1) is the convention of the Coursera notebooks. What does spec say?",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def bias_column(theta, spec):
    """Returns biases of shape (n, 1)."""
    parameters = vector_to_dictionary(theta, spec)
    return {key: value.reshape(-1, 1) if value.ndim == 1 else value for key, value in parameters.items()}


@misconception(
    "vector_to_dictionary.notebook",
    hint="You cut theta where the network of the Coursera notebook has its borders, and its biases are columns. Where "
    "do the sizes of this network stand?",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def notebook_network(theta, spec):
    """Cuts theta for one fixed network of three layers, in the convention of columns."""
    del spec
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    parameters, start = {}, 0
    for key, (rows, columns) in shapes.items():
        parameters[key] = theta[start : start + rows * columns].reshape((rows, columns))
        start += rows * columns
    return parameters


@misconception(
    "vector_to_dictionary.flat",
    hint="Each piece has the right numbers. Which shape does spec ask for?",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def flat(theta, spec):
    """Does not bring the pieces into shape."""
    return {key: value.ravel() for key, value in vector_to_dictionary(theta, spec).items()}


@misconception(
    "vector_to_dictionary.start_stands_still",
    hint="Every array begins with the same numbers. Where in theta does the second one start?",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def start_stands_still(theta, spec):
    """Takes every array from the start of theta."""
    vector_to_dictionary(theta, spec)
    return {key: theta[: int(np.prod(shape))].reshape(shape).copy() for key, shape in spec}


@misconception(
    "vector_to_dictionary.sorted",
    hint="You take the arrays in an order of your own. Which order does spec have?",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def own_order(theta, spec):
    """Goes through the keys by number instead of by spec."""
    return vector_to_dictionary(theta, sorted(spec, key=lambda item: (int(item[0][1:]), item[0][0])))


@misconception(
    "vector_to_dictionary.two_axes",
    hint="Your sizes are right for matrices. How many numbers has an array of shape (2, 2, 3)?",
    caught_by=("test_every_array_is_back_in_its_place",),
)
def two_axes(theta, spec):
    """Takes shape[0] * shape[1] for the size of every array but vectors."""
    parameters, start = {}, 0
    for key, shape in spec:
        size = shape[0] * (shape[1] if len(shape) > 1 else 1)
        parameters[key] = theta[start : start + size].reshape(shape).copy()
        start += size
    if start != theta.size:
        raise ValueError("theta does not fit spec")
    return parameters


@misconception(
    "vector_to_dictionary.rest_ignored",
    hint="With a theta that is too long you use the front part. A vector that does not fit is a mistake; say so.",
    caught_by=("test_vector_of_another_length_is_refused",),
)
def rest_ignored(theta, spec):
    """Ignores what is left of a vector that is too long."""
    return vector_to_dictionary(theta[: sum(int(np.prod(shape)) for _, shape in spec)], spec)


@misconception(
    "vector_to_dictionary.assertion",
    hint="The length is checked; the docstring names the kind of error to raise.",
    caught_by=("test_vector_of_another_length_is_refused",),
)
def assertion(theta, spec):
    """Raises an AssertionError."""
    assert theta.size == sum(int(np.prod(shape)) for _, shape in spec), "theta does not fit spec"
    return vector_to_dictionary(theta, spec)


# gradients_to_vector


@misconception(
    "gradients_to_vector.weights_only",
    hint="theta contains the biases as well.",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def gradient_weights_only(gradients, spec):
    """Leaves out the biases."""
    gradients_to_vector(gradients, spec)
    return gradients_to_vector(gradients, [(key, shape) for key, shape in spec if key.startswith("W")])


@misconception(
    "gradients_to_vector.as_they_come",
    hint="Backpropagation finds the last layer first and leaves dZ and dA in the dictionary, too. What does spec name?",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def gradients_as_they_come(gradients, spec):
    """Joins all arrays of the dictionary in its order."""
    gradients_to_vector(gradients, spec)
    return np.concatenate([np.ravel(value) for value in gradients.values()])


@misconception(
    "gradients_to_vector.dictionary_order",
    hint="You take the right keys, in the order of the dictionary of gradients. Which order does theta have?",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def dictionary_order(gradients, spec):
    """Takes the keys that spec names in the order of the dictionary."""
    gradients_to_vector(gradients, spec)
    keys = {f"d{key}" for key, _ in spec}
    return np.concatenate([np.ravel(value) for key, value in gradients.items() if key in keys])


@misconception(
    "gradients_to_vector.alphabetical",
    hint="You sort the keys as texts. Which order has spec, and where does layer 10 stand in it?",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def gradients_alphabetical(gradients, spec):
    """Sorts the keys as texts."""
    gradients_to_vector(gradients, spec)
    return np.concatenate([np.ravel(gradients[f"d{key}"]) for key in sorted(key for key, _ in spec)])


@misconception(
    "gradients_to_vector.fortran",
    hint="theta was read row by row, your gradients column by column. Does entry 1 still belong to entry 1?",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def gradients_by_columns(gradients, spec):
    """Flattens column by column."""
    gradients_to_vector(gradients, spec)
    return np.concatenate([np.ravel(gradients[f"d{key}"], order="F") for key, _ in spec])


@misconception(
    "gradients_to_vector.column_vector",
    hint="The vector is to have the shape (n,); the (n, 1) column is the convention of the Coursera notebooks.",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def gradient_column(gradients, spec):
    """Returns the shape (n, 1)."""
    return gradients_to_vector(gradients, spec).reshape(-1, 1)


@misconception(
    "gradients_to_vector.notebook",
    hint="The Coursera notebook knows three layers and makes a column (n, 1). Here spec says which keys there are, and "
    "the result is a vector (n,).",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def gradients_notebook(gradients, spec):
    """Joins columns of three layers, whatever spec says."""
    del spec
    keys = ("dW1", "db1", "dW2", "db2", "dW3", "db3")
    return np.concatenate([np.reshape(gradients[key], (-1, 1)) for key in keys], axis=0)


@misconception(
    "gradients_to_vector.three_layers",
    hint="Your keys are written out for three layers. Which keys does spec name?",
    caught_by=("test_gradients_stand_where_their_parameters_stand",),
)
def gradients_three_layers(gradients, spec):
    """Lists dW1, db1, ..., dW3, db3, as the Coursera notebook does."""
    return gradients_to_vector(gradients, [item for item in spec if item[0][1:] in ("1", "2", "3")])


@misconception(
    "gradients_to_vector.any_shape",
    hint="A gradient of another shape goes through, as long as it can be flattened. Compare its shape with spec.",
    caught_by=("test_gradient_of_another_shape_is_refused",),
)
def any_shape(gradients, spec):
    """Does not look at shapes."""
    return np.concatenate([np.ravel(gradients[f"d{key}"]) for key, _ in spec])


@misconception(
    "gradients_to_vector.size_only",
    hint="A transposed matrix has the same number of entries. What tells it apart?",
    caught_by=("test_gradient_of_another_shape_is_refused",),
)
def size_only(gradients, spec):
    """Compares how many numbers there are instead of shapes."""
    for key, shape in spec:
        if gradients[f"d{key}"].size != np.prod(shape):
            raise ValueError(f"d{key} does not fit {key}")
    return any_shape(gradients, spec)


@misconception(
    "gradients_to_vector.taken_out",
    hint="pop takes the gradients out of the dictionary, and the step of training that follows finds none.",
    caught_by=("test_gradients_are_the_same_afterwards",),
)
def taken_out(gradients, spec):
    """Pops the gradients from the dictionary."""
    vector = gradients_to_vector(gradients, spec)
    for key, _ in spec:
        gradients.pop(f"d{key}")
    return vector
