"""Whether orthogonal initial weights are orthogonal, and random."""

import numpy as np

from grader.checks import Student, assert_array, assert_close, assert_random, assert_rate, check

SHAPES = ((5, 5), (7, 4), (3, 6))
"""A square, a tall and a wide one."""
MATRICES = 100
"""Each of two signs is + in half of them; at P = 1e-11 a share between 0.14 and 0.86 is accepted."""


@check(
    "orthogonal", hint="Multiply the matrix with its own transpose. Which of the two products should be the identity?"
)
def test_columns_or_rows_are_orthogonal(student: Student, rng: np.random.Generator) -> None:
    """The columns of a tall matrix, and the rows of a wide one, are orthogonal and of length gain"""
    for shape in SHAPES:
        for gain in (1.0, 1.7):
            W = student.orthogonal(shape, np.random.default_rng(rng.integers(2**32)), gain)
            assert_array(W, shape=shape, name="W")
            products, which = (W.T @ W, "W.T @ W") if shape[0] >= shape[1] else (W @ W.T, "W @ W.T")
            name = f"{which} for the shape {shape} and gain {gain:g}"
            assert_close(products, gain**2 * np.eye(min(shape)), atol=1e-9, name=name)


@check(
    "orthogonal",
    hint="Make a few matrices and look at the sign of W[0, 0]. Which rule of the decomposition do you see there?",
)
def test_signs_are_random(student: Student, rng: np.random.Generator) -> None:
    """The first two entries of the diagonal are positive in half of all matrices"""
    calls = [((3, 3), np.random.default_rng(rng.integers(2**32))) for _ in range(MATRICES)]
    matrices = student.orthogonal.many(calls)
    for W in matrices:
        assert_array(W, shape=(3, 3), name="W")
    for i in range(2):
        signs = np.array([W[i, i] > 0 for W in matrices])
        assert_rate(signs, 0.5, name=f"the share of matrices with W[{i}, {i}] > 0")


@check("orthogonal", hint="From which generator does every number come, and what is different in the second call?")
def test_randomness_comes_from_the_generator(student: Student, rng: np.random.Generator) -> None:
    """The numbers come from the generator that is passed in, and from nothing else"""
    assert_random(lambda coins: student.orthogonal.call((4, 3), coins), name="W", seed=int(rng.integers(2**32)))
