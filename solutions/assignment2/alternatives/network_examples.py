"""The network for one example after the other, gradients added up; the cache is a list of examples' records."""

import numpy as np


class Example:
    """One example on its way through the network."""

    def __init__(self, x, parameters, keep_prob1, keep_prob2, rng):
        """Run the network forward."""
        self.parameters = parameters
        self.activations = [x]
        self.factors = []
        for layer, keep_prob in ((1, keep_prob1), (2, keep_prob2)):
            z = self.activations[-1].dot(parameters[f"W{layer}"]) + parameters[f"b{layer}"]
            factor = (z > 0) * (rng.uniform(size=z.size) < keep_prob) / keep_prob
            self.factors.append(factor)
            self.activations.append(z * factor)
        z = self.activations[-1].dot(parameters["W3"]) + parameters["b3"]
        self.prediction = (1 + np.tanh(z / 2)) / 2

    def gradients(self, y):
        """Return the gradients of this example's cost."""
        dz = self.prediction - y
        grads = {"dW3": np.outer(self.activations[2], dz), "db3": dz}
        for layer in (2, 1):
            dz = self.parameters[f"W{layer + 1}"].dot(dz) * self.factors[layer - 1]
            grads[f"dW{layer}"] = np.outer(self.activations[layer - 1], dz)
            grads[f"db{layer}"] = dz
        return grads


def forward_propagation_with_dropout(X, parameters, keep_prob, rng):
    """Run the examples one by one."""
    try:
        keep_prob1, keep_prob2 = keep_prob
    except TypeError:
        keep_prob1 = keep_prob2 = keep_prob
    examples = [Example(x, parameters, keep_prob1, keep_prob2, rng) for x in X]
    return np.array([example.prediction for example in examples]), examples


def backward_propagation_with_dropout(X, Y, cache):
    """Average the examples' gradients."""
    all_grads = [example.gradients(y) for example, y in zip(cache, Y, strict=True)]
    return {key: np.mean([grads[key] for grads in all_grads], axis=0) for key in all_grads[0]}
