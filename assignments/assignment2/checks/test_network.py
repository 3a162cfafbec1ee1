"""Whether the network with dropout on its hidden layers is right, forward and backward."""

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_gradient,
    assert_gradient_of,
    assert_independent,
    assert_random,
    assert_rate,
    assert_unchanged,
    check,
)

EXAMPLES, UNITS = 400, 100
"""Of the probes: enough entries to see the rate of a mask to within 0.018."""

Parameters = dict[str, np.ndarray]


@check(
    "forward_propagation_with_dropout",
    hint="With keep_prob = 1 this is the plain network. Print the shape of each Z and mask.",
)
def test_forward_keeps_all(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With keep_prob = 1 this is the network without dropout"""
    for sizes, examples in (((4, 4, 4, 4), 4), ((4, 6, 5, 2), 7)):
        X, parameters = rng.normal(size=(examples, sizes[0])), _parameters(sizes, rng)
        seed = _seed(rng)
        expected, _ = reference.forward_propagation_with_dropout(X, parameters, 1.0, np.random.default_rng(seed))
        for keep_prob in (1.0, (1.0, 1.0)):
            A3, _ = student.forward_propagation_with_dropout(X, parameters, keep_prob, np.random.default_rng(seed))
            assert_close(A3, expected, name="A3")


@check(
    "forward_propagation_with_dropout", hint="Let keep_prob = (0.6, 1) and print the mask of the first hidden layer."
)
def test_forward_first_mask(student: Student, rng: np.random.Generator) -> None:
    """With keep_prob = (0.6, 1) the first hidden layer is dropped, and nothing else"""
    X, parameters = _probe(np.eye(UNITS))
    A3, _ = student.forward_propagation_with_dropout(X, parameters, (0.6, 1.0), rng)
    _assert_shows_mask(A3, 0.6, "the mask of the first hidden layer")


@check(
    "forward_propagation_with_dropout", hint="Let keep_prob = (1, 0.6) and print the mask of the second hidden layer."
)
def test_forward_second_mask(student: Student, rng: np.random.Generator) -> None:
    """With keep_prob = (1, 0.6) the second hidden layer is dropped, and nothing else"""
    X, parameters = _probe(np.full((UNITS, UNITS), 1 / UNITS))
    A3, _ = student.forward_propagation_with_dropout(X, parameters, (1.0, 0.6), rng)
    _assert_shows_mask(A3, 0.6, "the mask of the second hidden layer")


@check(
    "forward_propagation_with_dropout",
    hint="One number for keep_prob holds for both hidden layers. How many masks do you draw?",
)
def test_forward_both_masks(student: Student, rng: np.random.Generator) -> None:
    """With keep_prob = 0.6 both hidden layers are dropped, independently of each other"""
    X, parameters = _probe(np.eye(UNITS))
    A3, _ = student.forward_propagation_with_dropout(X, parameters, 0.6, rng)
    _assert_shows_mask(A3, 0.36, "the product of the two masks")


@check("forward_propagation_with_dropout", hint="Call it twice with one generator. Are the predictions different?")
def test_forward_random(student: Student, rng: np.random.Generator) -> None:
    """Every call draws new masks from the generator, and from nothing else"""
    X, parameters = rng.normal(size=(6, 4)), _parameters((4, 20, 15, 3), rng)
    assert_random(
        lambda generator: student.forward_propagation_with_dropout.call(X, parameters, (0.5, 0.8), generator),
        name="A3",
        seed=int(rng.integers(2**32)),
    )


@check(
    "forward_propagation_with_dropout",
    group="contract",
    hint="Print X and the keys of parameters before and after the call.",
)
def test_forward_input_unchanged(student: Student, rng: np.random.Generator) -> None:
    """X and parameters stay as they are"""
    X, parameters = rng.normal(size=(6, 4)), _parameters((4, 5, 3, 2), rng)
    assert_unchanged(student.forward_propagation_with_dropout.call(X, parameters, (0.6, 0.8), rng))


@check(
    "backward_propagation_with_dropout",
    hint="Go through the layers from the last to the first and compare the shape of each gradient.",
)
def test_backward_keeps_all(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With keep_prob = 1 these are the gradients of the network without dropout"""
    for sizes, examples in (((4, 4, 4, 4), 4), ((4, 6, 5, 2), 7)):
        X, parameters = rng.normal(size=(examples, sizes[0])), _parameters(sizes, rng)
        Y = (rng.random((examples, sizes[-1])) < 0.5).astype(float)
        seed = _seed(rng)
        _, right = reference.forward_propagation_with_dropout(X, parameters, 1.0, np.random.default_rng(seed))
        _, cache = student.forward_propagation_with_dropout(X, parameters, 1.0, np.random.default_rng(seed))
        assert_gradient(
            student.backward_propagation_with_dropout(X, Y, cache),
            reference.backward_propagation_with_dropout(X, Y, right),
            name="grads",
            allow_extra=True,
            sizes={"N": examples},
        )


@check(
    "backward_propagation_with_dropout",
    hint="Every step of the forward pass has its counterpart on the way back, also the two multiplications by a mask.",
)
def test_backward_numerical(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With dropout these are the gradients of the cost of your own forward pass"""
    for sizes, keep_prob in (((2, 4, 3, 1), (0.5, 0.8)), ((3, 3, 3, 2), (0.8, 0.5))):
        _assert_follows_forward(student, reference, sizes, keep_prob, rng)


@check(
    "backward_propagation_with_dropout",
    group="contract",
    hint="Print Y before and after the call, and call it twice with the same cache. Which array was written to?",
)
def test_backward_input_unchanged(student: Student, rng: np.random.Generator) -> None:
    """The arguments stay as they are: a second call with the same cache gives the same gradients"""
    X, parameters = rng.normal(size=(6, 4)), _parameters((4, 5, 3, 2), rng)
    Y = (rng.random((6, 2)) < 0.5).astype(float)
    _, cache = student.forward_propagation_with_dropout(X, parameters, (0.6, 0.8), rng)
    first = student.backward_propagation_with_dropout.call(X, Y, cache)
    assert_unchanged(first)
    again = student.backward_propagation_with_dropout(X, Y, cache)
    for name in (f"d{parameter}" for parameter in parameters):
        assert name in first.value, f"grads has no {name}"
        assert name in again, f"grads has no {name}"
        assert_close(again[name], first.value[name], name=f"{name} of the second call")


def _assert_follows_forward(
    student: Student,
    reference: Reference,
    sizes: tuple[int, int, int, int],
    keep_prob: tuple[float, float],
    rng: np.random.Generator,
) -> None:
    """Compare the gradients with central differences of the student's cost, with the same masks at every point."""
    X, Y, parameters = _lattice(sizes, keep_prob[0], rng)
    seed = _seed(rng)

    def arguments(points: list[Parameters]) -> list[tuple[object, ...]]:
        return [(X, dict(point), keep_prob, np.random.default_rng(seed)) for point in points]

    _, cache = student.forward_propagation_with_dropout(*arguments([parameters])[0])
    assert_gradient_of(
        lambda points: [_cost(A3, Y) for A3, _ in student.forward_propagation_with_dropout.many(arguments(points))],
        student.backward_propagation_with_dropout(X, Y, cache),
        at=parameters,
        reference_forward=lambda points: [
            _cost(reference.forward_propagation_with_dropout(*call)[0], Y) for call in arguments(points)
        ],
        name="grads",
        sizes={"N": len(X)},
    )


def _seed(rng: np.random.Generator) -> int:
    """Return a seed for a generator of the student's: what the check draws must not depend on what the student does."""
    return int(rng.integers(2**32))


def _parameters(sizes: tuple[int, ...], rng: np.random.Generator) -> Parameters:
    layers = range(1, len(sizes))
    weights = {f"W{layer}": rng.normal(size=(sizes[layer - 1], sizes[layer])) for layer in layers}
    return weights | {f"b{layer}": rng.normal(size=sizes[layer]) for layer in layers}


def _probe(W2: np.ndarray) -> tuple[np.ndarray, Parameters]:
    """Return a network in which every hidden activation is 1 before dropout, so that Z3 shows the masks."""
    parameters = {"W1": np.full((4, UNITS), 0.125), "b1": np.full(UNITS, 0.5), "W2": W2, "b2": np.zeros(UNITS)}
    return np.ones((EXAMPLES, 4)), parameters | {"W3": np.eye(UNITS), "b3": np.zeros(UNITS)}


def _assert_shows_mask(A3: np.ndarray, keep_prob: float, name: str) -> None:
    """Recover the mask from the predictions of a probe, and look at its values, its rate and its independence."""
    assert_array(A3, shape=(EXAMPLES, UNITS), name="A3")
    odds = np.clip(A3, 1e-15, 1 - 1e-15)
    mask = np.log(odds / (1 - odds))
    kept = np.abs(mask) > 1e-6
    assert_close(mask, kept / keep_prob, rtol=1e-8, name="logit(A3)")
    assert_rate(kept, keep_prob, name=f"the share of units kept by {name}")
    assert_independent(kept, keep_prob, name=name)


def _lattice(
    sizes: tuple[int, int, int, int], keep_prob1: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, Parameters]:
    """Return X, Y and parameters for which no Z is near the kink of a ReLU, whatever the masks.

    X, W1, W2 are integers, so with these biases Z1 is an odd multiple of 1/2 and Z2 of 1/(4 keep_prob1).
    """
    n0, n1, n2, n3 = sizes
    X = rng.integers(-2, 3, size=(20, n0)).astype(float)
    Y = (rng.random((20, n3)) < 0.5).astype(float)
    parameters = {
        "W1": rng.integers(-1, 2, size=(n0, n1)).astype(float),
        "b1": np.full(n1, 0.5),
        "W2": rng.integers(-1, 2, size=(n1, n2)).astype(float),
        "b2": np.full(n2, 0.25 / keep_prob1),
        "W3": 0.1 * rng.normal(size=(n2, n3)),
        "b3": 0.1 * rng.normal(size=n3),
    }
    return X, Y, parameters


def _cost(A3: np.ndarray, Y: np.ndarray) -> float:
    A3 = np.clip(A3, 1e-12, 1 - 1e-12)
    return float(-np.sum(Y * np.log(A3) + (1 - Y) * np.log1p(-A3)) / len(Y))
