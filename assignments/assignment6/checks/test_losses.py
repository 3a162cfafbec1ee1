"""Checks of losses.py."""

from collections.abc import Callable

import numpy as np

from grader.checks import (
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_gradient,
    assert_raises,
    assert_unchanged,
    check,
    numerical_gradient,
)
from grader.checks.student import StudentFunction

Batch = tuple[np.ndarray, np.ndarray]
"""Outputs or scores, and labels."""
LARGE = np.array([[1e4, 0.0, -1e4], [-1e4, -1e4, -1e4], [800.0, 790.0, 0.0]])
"""Scores whose exponentials overflow, or vanish all at once."""


def draw_targets(rng: np.random.Generator, N: int, D: int) -> Batch:
    """Return outputs and real targets."""
    return rng.normal(size=(N, D)), rng.normal(size=(N, D))


def draw_binary(rng: np.random.Generator, *shape: int) -> Batch:
    """Return scores and labels 0 and 1, both at least once."""
    y = rng.integers(2, size=shape).astype(np.float64)
    y.flat[0], y.flat[-1] = 0.0, 1.0
    return rng.uniform(-4, 4, size=shape), y


def draw_classes(rng: np.random.Generator, N: int, C: int) -> Batch:
    """Return scores and class numbers."""
    return rng.normal(scale=2, size=(N, C)), rng.integers(C, size=N)


def assert_loss(
    student: StudentFunction, reference: Callable[..., tuple[float, np.ndarray]], *batch: np.ndarray
) -> None:
    """Compare loss and gradient with the reference's."""
    loss, gradient = student(*batch)
    expected, expected_gradient = reference(*batch)
    sizes = {"N": len(batch[0])}
    assert_close(loss, expected, name="the loss", sizes=sizes)
    assert_gradient(gradient, expected_gradient, name="the gradient", rtol=1e-9, sizes=sizes)


def assert_slope_of_loss(student: StudentFunction, at: np.ndarray, labels: np.ndarray) -> None:
    """Compare the gradient with what small steps do to the student's own loss."""
    _, gradient = student(at, labels)
    slopes = numerical_gradient(
        lambda points: [loss for loss, _ in student.many([(each, labels) for each in points])], at
    )
    assert_gradient(
        gradient,
        slopes.gradient,
        name="the gradient",
        rtol=1e-6,
        against="the numerical gradient of your own loss",
        sizes={"N": len(at)},
    )


def assert_mean(student: StudentFunction, outputs: np.ndarray, labels: np.ndarray) -> None:
    """Ask for the same loss when every example comes twice."""
    once, _ = student(outputs, labels)
    twice, _ = student(np.concatenate([outputs, outputs]), np.concatenate([labels, labels]))
    assert_close(twice, once, name="the loss of every example twice")


# softmax


@check("softmax", hint="Take one row of scores: its probabilities are the exponentials over their sum.")
def test_probabilities(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The probabilities of every row are right"""
    for shape in ((5, 4), (4, 4), (1, 3)):
        z = rng.normal(scale=2, size=shape)
        assert_close(student.softmax(z), reference.softmax(z), name="p")


@check("softmax", hint="Add up the rows of your result, and then the columns. Which of them are 1?")
def test_rows_add_up_to_one(student: Student, rng: np.random.Generator) -> None:
    """The probabilities of every example add up to 1"""
    p = student.softmax(rng.normal(scale=2, size=(4, 6)))
    assert_array(p, shape=(4, 6), name="p")
    assert_close(p.sum(axis=1), np.ones(4), name="the sum of every row of p")


@check("softmax", hint="A number added to all scores of a row cancels in the fraction. Which number would you add?")
def test_shifted_scores(student: Student, rng: np.random.Generator) -> None:
    """Adding 1000 to one row of scores changes nothing"""
    z = rng.normal(size=(3, 4))
    p = student.softmax(z)
    shifted = student.softmax(z + np.array([[1000.0], [0.0], [-1000.0]]))
    assert_array(p, shape=z.shape, name="p")
    assert_close(shifted, p, name="shifted p", rtol=1e-6)


@check(
    "softmax",
    group="edge",
    hint="exp(1e4) is infinite. Which number can you take from a row without changing its result?",
)
def test_large_scores(student: Student, reference: Reference) -> None:
    """Scores of ±1e4 have the right probabilities, also where one row lies far below another"""
    assert_close(student.softmax(LARGE), reference.softmax(LARGE), name="p")


@check("softmax", group="edge", hint="Print what you take the exponential of. Is any of it far above 0?")
def test_softmax_warns_of_nothing(student: Student) -> None:
    """Nothing overflows on the way, whatever the size of the scores"""
    student.softmax.strictly(LARGE)


@check("softmax", group="contract", hint="Print the dtype of the result for scores of dtype float32.")
def test_softmax_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    z = rng.normal(size=(3, 4)).astype(np.float32)
    expected = reference.softmax(z.astype(np.float64))
    assert_close(student.softmax(z), expected, name="p", rtol=2e-5, atol=2e-5, dtype=np.float32)


@check("softmax", group="contract", hint="The loss may need the scores as well. Print z before and after the call.")
def test_softmax_leaves_z_alone(student: Student, rng: np.random.Generator) -> None:
    """The scores are not changed"""
    assert_unchanged(student.softmax.call(rng.normal(size=(3, 4))))


# log_softmax


@check("log_softmax", hint="The logarithm of a fraction is a difference. What is subtracted from every score of a row?")
def test_log_probabilities(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The logarithms of the probabilities of every row are right"""
    for shape in ((5, 4), (4, 4), (1, 3)):
        z = rng.normal(scale=2, size=shape)
        assert_close(student.log_softmax(z), reference.log_softmax(z), name="log p")


@check("log_softmax", hint="The exponentials of a row of your result are probabilities. What do they add up to?")
def test_exponentials_add_up_to_one(student: Student, rng: np.random.Generator) -> None:
    """The exponentials of every row add up to 1"""
    log_p = student.log_softmax(rng.normal(scale=2, size=(4, 6)))
    assert_array(log_p, shape=(4, 6), name="log p")
    with np.errstate(over="ignore"):
        assert_close(np.exp(log_p).sum(axis=1), np.ones(4), name="the sum of every row of exp(log p)")


@check("log_softmax", hint="A number added to all scores of a row cancels. Which number would you take from them?")
def test_log_of_shifted_scores(student: Student, rng: np.random.Generator) -> None:
    """Adding 1000 to one row of scores changes nothing"""
    z = rng.normal(size=(3, 4))
    log_p = student.log_softmax(z)
    shifted = student.log_softmax(z + np.array([[1000.0], [0.0], [-1000.0]]))
    assert_array(log_p, shape=z.shape, name="log p")
    assert_close(shifted, log_p, name="shifted log p", rtol=1e-6)


@check(
    "log_softmax",
    group="edge",
    hint="The probability of the smallest score is 0 in the computer. What is its logarithm on paper?",
)
def test_logs_of_large_scores(student: Student, reference: Reference) -> None:
    """Scores of ±1e4 have finite logarithms, and the right ones"""
    assert_close(student.log_softmax(LARGE), reference.log_softmax(LARGE), name="log p")


@check(
    "log_softmax",
    group="edge",
    hint="Print what you take the exponential and the logarithm of. Is one too large, or 0?",
)
def test_log_softmax_warns_of_nothing(student: Student) -> None:
    """Nothing overflows and no logarithm of 0 is taken on the way"""
    student.log_softmax.strictly(LARGE)


@check("log_softmax", group="contract", hint="Print the dtype of the result for scores of dtype float32.")
def test_log_softmax_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """float32 in gives float32 out"""
    z = rng.normal(size=(3, 4)).astype(np.float32)
    expected = reference.log_softmax(z.astype(np.float64))
    assert_close(student.log_softmax(z), expected, name="log p", rtol=2e-5, atol=2e-5, dtype=np.float32)


@check("log_softmax", group="contract", hint="Print z before and after the call. The loss may need it as it was.")
def test_log_softmax_leaves_z_alone(student: Student, rng: np.random.Generator) -> None:
    """The scores are not changed"""
    assert_unchanged(student.log_softmax.call(rng.normal(size=(3, 4))))


# mse_loss


@check(
    "mse_loss",
    hint="Work out the loss of one example with o = 3 and y = 1. Then give it two outputs, then two examples.",
)
def test_squared_error_and_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The loss and its gradient are right"""
    for N, D in ((7, 3), (4, 4), (5, 1)):
        assert_loss(student.mse_loss, reference.mse_loss, *draw_targets(rng, N, D))


@check("mse_loss", hint="Move one output a little and watch your loss: that change per step is do.")
def test_squared_error_slope(student: Student, rng: np.random.Generator) -> None:
    """The gradient is that of your own loss, measured with small steps"""
    assert_slope_of_loss(student.mse_loss, *draw_targets(rng, 4, 3))


@check("mse_loss", hint="Give every example twice. A mean stays what it was.")
def test_squared_error_is_a_mean(student: Student, rng: np.random.Generator) -> None:
    """Every example twice gives the same loss"""
    assert_mean(student.mse_loss, *draw_targets(rng, 5, 3))


@check("mse_loss", group="contract", hint="Print o and y before and after the call.")
def test_squared_error_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The arrays o and y are not changed"""
    assert_unchanged(student.mse_loss.call(*draw_targets(rng, 5, 3)))


@check(
    "mse_loss",
    group="contract",
    hint="What shape has the difference of (4, 1) and (4,) in numpy? Compare the shapes first.",
)
def test_squared_error_refuses_other_shapes(student: Student, rng: np.random.Generator) -> None:
    """Outputs and targets of different shapes are a ValueError"""
    o = rng.normal(size=(4, 1))
    for y in (o.T, o[:1], o[:, 0]):
        assert_raises(ValueError, student.mse_loss, o, y, naming="the shapes")


# bce_with_logits


@check(
    "bce_with_logits",
    hint="Take z = 0 and then z = 2, each with y = 1 and y = 0. Four losses, four gradients: which are off?",
)
def test_cross_entropy_and_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The loss and its gradient are right"""
    for shape in ((7,), (5, 1)):
        assert_loss(student.bce_with_logits, reference.bce_with_logits, *draw_binary(rng, *shape))


@check(
    "bce_with_logits",
    hint="Of a table of N rows, the outputs of a row are added up. By which number is the sum divided?",
)
def test_cross_entropy_of_several_outputs(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With several outputs, an example's losses are added up and the mean is over the examples"""
    for shape in ((6, 3), (4, 4)):
        assert_loss(student.bce_with_logits, reference.bce_with_logits, *draw_binary(rng, *shape))


@check(
    "bce_with_logits",
    hint="Move one score a little and watch your loss: that change per step is dz.",
)
def test_cross_entropy_slope(student: Student, rng: np.random.Generator) -> None:
    """The gradient is that of your own loss, measured with small steps"""
    assert_slope_of_loss(student.bce_with_logits, *draw_binary(rng, 4, 3))


@check("bce_with_logits", hint="Give every example twice. A mean stays what it was.")
def test_cross_entropy_is_a_mean(student: Student, rng: np.random.Generator) -> None:
    """Every example twice gives the same loss"""
    assert_mean(student.bce_with_logits, *draw_binary(rng, 6))


@check(
    "bce_with_logits", hint="Scores of 0 say 50 : 50. The logarithm of 2 is 0.6931: is that your loss, with this sign?"
)
def test_cross_entropy_of_a_guess(student: Student, rng: np.random.Generator) -> None:
    """With all scores 0 the loss is ln 2"""
    _, y = draw_binary(rng, 6)
    loss, _ = student.bce_with_logits(np.zeros(6), y)
    assert_close(loss, np.log(2), name="the loss")


@check(
    "bce_with_logits",
    group="edge",
    hint="sigmoid(1000) is 1 in the computer, and log(0) follows. Which form works with z itself?",
)
def test_cross_entropy_of_large_scores(student: Student) -> None:
    """A score of ±1000 costs 1000 where it is against the label, and nothing where it agrees"""
    z, y = np.array([1000.0, -1000.0, 1000.0, -1000.0]), np.array([0.0, 1.0, 1.0, 0.0])
    loss, dz = student.bce_with_logits(z, y)
    assert_close(loss, 500.0, name="the loss")
    assert_close(dz, np.array([0.25, -0.25, 0.0, 0.0]), name="dz", atol=1e-12)


@check("bce_with_logits", group="edge", hint="Print what you take the exponential of. Is any of it far above 0?")
def test_cross_entropy_warns_of_nothing(student: Student) -> None:
    """Nothing overflows and no logarithm of 0 is taken on the way"""
    z = np.array([1e4, -1e4, 800.0, -800.0])
    student.bce_with_logits.strictly(z, np.array([0.0, 1.0, 1.0, 0.0]))


@check("bce_with_logits", group="contract", hint="Print z and y before and after the call.")
def test_cross_entropy_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The arrays z and y are not changed"""
    assert_unchanged(student.bce_with_logits.call(*draw_binary(rng, 4, 3)))


@check(
    "bce_with_logits",
    group="contract",
    hint="What shape has z times y for (4, 1) and (4,) in numpy? Compare the shapes first.",
)
def test_cross_entropy_refuses_other_shapes(student: Student, rng: np.random.Generator) -> None:
    """Scores and labels of different shapes are a ValueError"""
    z, y = draw_binary(rng, 4, 1)
    for other in (y[:, 0], y.T):
        assert_raises(ValueError, student.bce_with_logits, z, other, naming="the shapes")


# softmax_loss


@check(
    "softmax_loss", hint="Take one example: which of its probabilities does the loss look at, and which entries has dz?"
)
def test_softmax_loss_and_gradient(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The loss and its gradient are right"""
    for N, C in ((7, 4), (4, 4), (5, 2)):
        assert_loss(student.softmax_loss, reference.softmax_loss, *draw_classes(rng, N, C))


@check("softmax_loss", hint="Move one score a little and watch your loss: that change per step is dz.")
def test_softmax_loss_slope(student: Student, rng: np.random.Generator) -> None:
    """The gradient is that of your own loss, measured with small steps"""
    assert_slope_of_loss(student.softmax_loss, *draw_classes(rng, 4, 3))


@check("softmax_loss", hint="Give every example twice. A mean stays what it was.")
def test_softmax_loss_is_a_mean(student: Student, rng: np.random.Generator) -> None:
    """Every example twice gives the same loss"""
    assert_mean(student.softmax_loss, *draw_classes(rng, 5, 3))


@check(
    "softmax_loss",
    hint="With ten classes and equal scores each has probability 1/10. ln 10 is 2.303: what is your loss?",
)
def test_softmax_loss_of_a_guess(student: Student, rng: np.random.Generator) -> None:
    """With equal scores the loss is the natural logarithm of the number of classes"""
    loss, _ = student.softmax_loss(np.full((6, 10), 3.0), rng.integers(10, size=6))
    assert_close(loss, np.log(10), name="the loss")


@check(
    "softmax_loss",
    hint="Adding a number to a whole row of scores changes no probability. So what is each row of dz in sum?",
)
def test_rows_of_the_gradient_add_up_to_zero(student: Student, rng: np.random.Generator) -> None:
    """Every row of the gradient adds up to 0"""
    _, dz = student.softmax_loss(*draw_classes(rng, 6, 4))
    assert_array(dz, shape=(6, 4), name="dz")
    assert_close(dz.sum(axis=1), np.zeros(6), name="the sum of every row of dz", atol=1e-12)


@check(
    "softmax_loss",
    group="edge",
    hint="The probability of the right class can be 0 in the computer. Who knows its logarithm all the same?",
)
def test_softmax_loss_of_large_scores(student: Student, reference: Reference) -> None:
    """Scores of ±1e4 have a finite loss, and the right one"""
    assert_loss(student.softmax_loss, reference.softmax_loss, LARGE, np.array([2, 0, 1]))


@check(
    "softmax_loss",
    group="edge",
    hint="Print what you take the exponential and the logarithm of. Is one too large, or 0?",
)
def test_softmax_loss_warns_of_nothing(student: Student) -> None:
    """Nothing overflows and no logarithm of 0 is taken on the way"""
    student.softmax_loss.strictly(LARGE, np.array([2, 0, 1]))


@check("softmax_loss", group="contract", hint="Print z and y before and after the call.")
def test_softmax_loss_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The arrays z and y are not changed"""
    assert_unchanged(student.softmax_loss.call(*draw_classes(rng, 5, 3)))


# output_delta


@check("output_delta", hint="Take z = 0 and y = 1: a is 1/2. What do the two formulas give?")
def test_deltas_of_both_losses(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The deltas of both losses are right, example by example"""
    for shape in ((7,), (4, 4)):
        z, y = draw_binary(rng, *shape)
        for loss in ("bce", "mse"):
            expected = reference.output_delta(z, y, loss)
            assert_close(
                student.output_delta(z, y, loss), expected, name=f'the delta for "{loss}"', sizes={"N": len(z)}
            )


@check("output_delta", hint="At z = -12 and y = 1 the output is as far off as can be. Which delta still says so?")
def test_saturated_output_learns_with_cross_entropy_only(student: Student) -> None:
    """A saturated output that is far off has hardly any delta with "mse", and a large one with "bce\""""
    z, y = np.array([-12.0, 12.0]), np.array([1.0, 0.0])
    slow, fast = (student.output_delta(z, y, loss) for loss in ("mse", "bce"))
    for delta, loss in ((slow, "mse"), (fast, "bce")):
        assert_array(delta, shape=(2,), name=f'the delta for "{loss}"')
    assert np.abs(slow).max() < 1e-4, f'the delta for "mse" is {slow[0]:.4g} at z = -12, y = 1; expected about -6e-06'
    for delta, side, (score, label) in zip(fast, (-1, 1), ((-12, 1), (12, 0)), strict=True):
        assert side * delta > 0.9, (
            f'the delta for "bce" is {delta:.4g} at z = {score}, y = {label}; expected about {side}'
        )


@check("output_delta", group="contract", hint="Print z and y before and after the call.")
def test_deltas_leave_their_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The arrays z and y are not changed"""
    for loss in ("mse", "bce"):
        assert_unchanged(student.output_delta.call(*draw_binary(rng, 5), loss))


@check(
    "output_delta", group="contract", hint="Two losses are known. What does your function do with the name of a third?"
)
def test_other_losses_are_refused(student: Student, rng: np.random.Generator) -> None:
    """Another loss than "mse" and "bce" is a ValueError"""
    assert_raises(ValueError, student.output_delta, *draw_binary(rng, 5), "hinge", naming="loss")
