import numpy as np


def dictionary_to_vector(parameters):
    theta, keys = None, []
    for key in ["W1", "b1", "W2", "b2", "W3", "b3"]:
        column = parameters[key].reshape(-1, 1)
        keys += [key] * len(column)
        theta = column if theta is None else np.vstack((theta, column))
    return theta, keys


def vector_to_dictionary(theta, spec):
    return {
        "W1": theta[:20].reshape((5, 4)),
        "b1": theta[20:25].reshape((5, 1)),
        "W2": theta[25:40].reshape((3, 5)),
        "b2": theta[40:43].reshape((3, 1)),
        "W3": theta[43:46].reshape((1, 3)),
        "b3": theta[46:47].reshape((1, 1)),
    }


def gradients_to_vector(gradients, spec):
    columns = [gradients[key].reshape(-1, 1) for key in ["dW1", "db1", "dW2", "db2", "dW3", "db3"]]
    return np.vstack(columns)
