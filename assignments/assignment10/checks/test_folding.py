"""Whether a folded layer does what a linear layer and batch normalization did."""

import numpy as np

from grader.checks import Reference, Student, assert_array, assert_close, assert_unchanged, check


@check(
    "fold_batchnorm",
    hint="Write the formula of batch normalization with x @ W + b in it. What multiplies x, what does not?",
)
def test_folded_weights(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The folded weights and biases are right"""
    for n_in, n_out, eps in ((4, 3, 1e-5), (3, 3, 0.3), (2, 5, 0.1)):
        layer = _layer(rng, n_in, n_out)
        expected = reference.fold_batchnorm(*layer, eps)
        got = student.fold_batchnorm(*layer, eps)
        for name, ours, wanted in zip(("W_folded", "b_folded"), got, expected, strict=True):
            assert_close(ours, wanted, name=name)


@check(
    "fold_batchnorm", hint="Send one x through both. Is the difference the same for every x, or does it grow with x?"
)
def test_the_outputs_agree(student: Student, rng: np.random.Generator) -> None:
    """The folded layer gives the outputs of the two steps that it replaces"""
    W, b, gamma, beta, mean, var = _layer(rng, 4, 3)
    x = rng.normal(size=(6, 4))
    folded, bias = student.fold_batchnorm(W, b, gamma, beta, mean, var)
    assert_array(folded, shape=W.shape, name="W_folded")
    assert_array(bias, shape=b.shape, name="b_folded")
    both = gamma * (x @ W + b - mean) / np.sqrt(var + 1e-5) + beta
    assert_close(x @ folded + bias, both, name="the output of the folded layer")


@check(
    "fold_batchnorm", group="edge", hint="A unit that never varied has the variance 0. What keeps the division finite?"
)
def test_unit_that_never_varied(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A unit whose running variance is 0 is folded as well"""
    W, b, gamma, beta, mean, _ = _layer(rng, 3, 4)
    var = np.array([0.0, 1.0, 0.0, 1e-8])
    expected = reference.fold_batchnorm(W, b, gamma, beta, mean, var, 1e-3)
    got = student.fold_batchnorm(W, b, gamma, beta, mean, var, 1e-3)
    for name, ours, wanted in zip(("W_folded", "b_folded"), got, expected, strict=True):
        assert_close(ours, wanted, name=name)


@check(
    "fold_batchnorm",
    group="contract",
    hint="The training may go on with the layer as it was. Which line writes into it?",
)
def test_layer_is_left_alone(student: Student, rng: np.random.Generator) -> None:
    """W, b and what belongs to the batch normalization are left as they were"""
    assert_unchanged(student.fold_batchnorm.call(*_layer(rng, 4, 3)))


def _layer(rng: np.random.Generator, n_in: int, n_out: int) -> tuple[np.ndarray, ...]:
    """Return W, b, gamma, beta, running mean and running variance; units differ in mean and scale."""
    W, b = rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)
    gamma = np.where(np.arange(n_out) % 2, -1.0, 1.0) * rng.uniform(0.5, 2, size=n_out)
    return W, b, gamma, rng.normal(size=n_out), rng.normal(2, 2, size=n_out), rng.uniform(0.2, 4, size=n_out)
