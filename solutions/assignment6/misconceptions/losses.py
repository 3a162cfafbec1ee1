"""Mistakes that students make with softmax and with losses."""

import numpy as np
from losses import bce_with_logits, log_softmax, mse_loss, output_delta, softmax, softmax_loss

from grader.checks import misconception


def wide(array):
    """Return an array in float64, as it becomes next to an array that numpy made without being told a dtype."""
    return array.astype(np.float64)


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def require_same_shape(a, b):
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape}")


# softmax


@misconception(
    "softmax.axis0",
    hint="Each row must add up to 1.",
    caught_by=("test_probabilities", "test_rows_add_up_to_one"),
)
def softmax_axis0(z):
    """Normalizes over the examples."""
    odds = np.exp(z - z.max(axis=0))
    return odds / odds.sum(axis=0)


@misconception(
    "softmax.keepdims",
    hint="The sums have shape (N,), and numpy divides columns by them. Which shape would divide rows?",
    caught_by=("test_probabilities",),
)
def softmax_keepdims(z):
    """The sums of the rows divide the columns, where that fits."""
    odds = np.exp(z - z.max(axis=1, keepdims=True))
    sums = odds.sum(axis=1)
    return odds / (sums if sums.shape == z.shape[1:] else sums[:, np.newaxis])


@misconception(
    "softmax.whole_table",
    hint="All entries together add up to 1. Which of them compete?",
    caught_by=("test_probabilities", "test_rows_add_up_to_one"),
)
def softmax_whole_table(z):
    """Normalizes over the whole table."""
    odds = np.exp(z - z.max())
    return odds / odds.sum()


@misconception(
    "softmax.no_shift",
    hint="Shift every row by its maximum before the exponential.",
    caught_by=("test_shifted_scores", "test_large_scores", "test_softmax_warns_of_nothing"),
)
def softmax_no_shift(z):
    """No shift: infinity over infinity."""
    odds = np.exp(z)
    return odds / odds.sum(axis=1, keepdims=True)


@misconception(
    "softmax.silenced",
    hint="The warning is gone. Do the rows with large scores still add up to 1?",
    caught_by=("test_shifted_scores", "test_large_scores"),
)
def softmax_silenced(z):
    """No shift, and nan replaced by 0."""
    with np.errstate(all="ignore"):
        odds = np.exp(z)
        return np.nan_to_num(odds / odds.sum(axis=1, keepdims=True))


@misconception(
    "softmax.overall_shift",
    hint="A row far below the others vanishes completely. Each row has its own maximum.",
    caught_by=("test_shifted_scores", "test_large_scores"),
)
def softmax_overall_shift(z):
    """Shifted by the maximum of the whole table."""
    odds = np.exp(z - z.max())
    with np.errstate(all="ignore"):
        return odds / odds.sum(axis=1, keepdims=True)


@misconception(
    "softmax.minimum_shift",
    hint="After your shift the smallest score is 0 and the others lie above. Which exponentials overflow?",
    caught_by=("test_large_scores", "test_softmax_warns_of_nothing"),
)
def softmax_minimum_shift(z):
    """Shifted by the minimum of each row."""
    odds = np.exp(z - z.min(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


@misconception(
    "softmax.mean_shift",
    hint="After your shift some scores are still far above 0.",
    caught_by=("test_large_scores", "test_softmax_warns_of_nothing"),
)
def softmax_mean_shift(z):
    """Shifted by the mean of each row."""
    odds = np.exp(z - z.mean(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


@misconception(
    "softmax.size_shift",
    hint="Where all scores are at -10000 your shift moves them to -20000. What is left of the exponentials?",
    caught_by=("test_large_scores",),
)
def softmax_size_shift(z):
    """Shifted by the largest absolute value."""
    odds = np.exp(z - np.abs(z).max(axis=1, keepdims=True))
    with np.errstate(all="ignore"):
        return odds / odds.sum(axis=1, keepdims=True)


@misconception(
    "softmax.clipped",
    hint="Two scores that are both above your limit become equal. Are they?",
    caught_by=("test_shifted_scores", "test_large_scores"),
)
def softmax_clipped(z):
    """Scores cut at 500."""
    odds = np.exp(np.clip(z, -500, 500))
    return odds / odds.sum(axis=1, keepdims=True)


@misconception(
    "softmax.standardized",
    hint=(
        "Dividing changes how far scores lie apart. What may be done to all scores of a row without changing "
        "the result?"
    ),
    caught_by=("test_probabilities",),
)
def softmax_standardized(z):
    """The scores are divided by the row maximum."""
    odds = np.exp(z / np.abs(z).max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


@misconception(
    "softmax.epsilon",
    hint="Your rows add up to a little less than 1. With the maximum taken out, can the sum be 0?",
    caught_by=("test_probabilities", "test_rows_add_up_to_one"),
)
def softmax_epsilon(z):
    """A small number is added to the sum."""
    odds = np.exp(z - z.max(axis=1, keepdims=True))
    return odds / (odds.sum(axis=1, keepdims=True) + 1e-6)


@misconception(
    "softmax.sigmoid",
    hint="Your entries are probabilities each on its own. What do they add up to in a row?",
    caught_by=("test_probabilities", "test_rows_add_up_to_one"),
)
def softmax_sigmoid(z):
    """A sigmoid for every score."""
    return sigmoid(z)


@misconception(
    "softmax.no_exp",
    hint="A probability is positive also for a negative score. Which function takes care of that?",
    caught_by=("test_probabilities",),
)
def softmax_no_exp(z):
    """Scores over their sum."""
    with np.errstate(all="ignore"):
        return z / z.sum(axis=1, keepdims=True)


@misconception(
    "softmax.base_2",
    hint="Your probabilities are too even. Which base has your power?",
    caught_by=("test_probabilities",),
)
def softmax_base_2(z):
    """Powers of 2."""
    return softmax(z * np.log(2))


@misconception(
    "softmax.negated",
    hint="The largest score of a row has the smallest probability. Which sign has your exponent?",
    caught_by=("test_probabilities",),
)
def softmax_negated(z):
    """exp(-z)."""
    return softmax(-z)


@misconception(
    "softmax.squares",
    hint="Your entries do not notice the sign of a score.",
    caught_by=("test_probabilities",),
)
def softmax_squares(z):
    """Squares over their sum."""
    return z**2 / np.sum(z**2, axis=1, keepdims=True)


@misconception(
    "softmax.hard",
    hint="Your result knows only who won. Softmax also says by how much.",
    caught_by=("test_probabilities",),
)
def softmax_hard(z):
    """1 for the largest score, 0 elsewhere."""
    return np.eye(z.shape[1])[z.argmax(axis=1)].astype(z.dtype)


@misconception(
    "softmax.logarithm",
    hint="Your entries are negative. That is the next question.",
    caught_by=("test_probabilities", "test_rows_add_up_to_one"),
)
def softmax_logarithm(z):
    """The logarithm of it."""
    return log_softmax(z)


@misconception(
    "softmax.norm",
    hint="The squares of a row of yours add up to 1. What should?",
    caught_by=("test_probabilities", "test_rows_add_up_to_one"),
)
def softmax_norm(z):
    """Exponentials over the root of the sum of their squares."""
    odds = np.exp(z - z.max(axis=1, keepdims=True))
    return odds / np.sqrt((odds**2).sum(axis=1, keepdims=True))


@misconception(
    "softmax.widens",
    hint="The scores are float32. Which of your arrays widens them?",
    caught_by=("test_softmax_dtype",),
)
def softmax_widens(z):
    """The result is float64 whatever z is."""
    return wide(softmax(z))


@misconception(
    "softmax.in_place",
    hint="The loss may need the scores as well. Where do you put the shifted ones?",
    caught_by=("test_softmax_leaves_z_alone",),
)
def softmax_in_place(z):
    """z -= the row maximum."""
    z -= z.max(axis=1, keepdims=True)
    return softmax(z)


# log_softmax


@misconception(
    "log_softmax.log_of_softmax",
    hint="A probability of 0 has no logarithm. Stay in the log domain.",
    caught_by=("test_logs_of_large_scores", "test_log_softmax_warns_of_nothing"),
)
def log_softmax_log_of_softmax(z):
    """log(softmax(z)): -inf where a probability underflows."""
    return np.log(softmax(z))


@misconception(
    "log_softmax.no_shift",
    hint="Shift every row by its maximum before the exponential.",
    caught_by=("test_logs_of_large_scores", "test_log_of_shifted_scores", "test_log_softmax_warns_of_nothing"),
)
def log_softmax_no_shift(z):
    """log-sum-exp without the shift."""
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


@misconception(
    "log_softmax.silenced",
    hint="The warning is gone. Is there an infinity in your result for large scores?",
    caught_by=("test_logs_of_large_scores", "test_log_of_shifted_scores"),
)
def log_softmax_silenced(z):
    """log-sum-exp without the shift, warnings switched off."""
    with np.errstate(all="ignore"):
        return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


@misconception(
    "log_softmax.epsilon",
    hint="Your smallest value is -18.4. With z = 0 and 1000 it should be -1000.",
    caught_by=("test_log_probabilities", "test_logs_of_large_scores"),
)
def log_softmax_epsilon(z):
    """log(softmax(z) + 1e-8)."""
    return np.log(softmax(z) + 1e-8)


@misconception(
    "log_softmax.clipped_softmax",
    hint="A probability kept from 0 is no longer the one of the scores. What is its logarithm on paper?",
    caught_by=("test_logs_of_large_scores",),
)
def log_softmax_clipped_softmax(z):
    """log of a softmax that is kept from 0."""
    return np.log(np.maximum(softmax(z), 1e-300))


@misconception(
    "log_softmax.log2",
    hint="Two equal scores give you -1. Gradients and frameworks use the natural logarithm.",
    caught_by=("test_log_probabilities",),
)
def log_softmax_log2(z):
    """The logarithm to base 2."""
    return log_softmax(z) / np.log(2)


@misconception(
    "log_softmax.log10",
    hint="Two equal scores give you -0.301. Which logarithm is that?",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_log10(z):
    """The logarithm to base 10."""
    return log_softmax(z) / np.log(10)


@misconception(
    "log_softmax.axis0",
    hint="The exponentials of each row must add up to 1.",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_axis0(z):
    """Normalizes over the examples."""
    return log_softmax(z.T).T.copy()


@misconception(
    "log_softmax.keepdims",
    hint="The sums have shape (N,), and numpy takes them along the columns. Which shape belongs to rows?",
    caught_by=("test_log_probabilities",),
)
def log_softmax_keepdims(z):
    """The row sums are subtracted from the columns, where that fits."""
    shifted = z - z.max(axis=1, keepdims=True)
    logs = np.log(np.exp(shifted).sum(axis=1))
    return shifted - (logs if logs.shape == z.shape[1:] else logs[:, np.newaxis])


@misconception(
    "log_softmax.whole_table",
    hint="The exponentials of all entries together add up to 1. Which of them compete?",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_whole_table(z):
    """Normalizes over the whole table."""
    shifted = z - z.max()
    return shifted - np.log(np.exp(shifted).sum())


@misconception(
    "log_softmax.overall_shift",
    hint="A row far below the others vanishes completely. Each row has its own maximum.",
    caught_by=("test_logs_of_large_scores", "test_log_of_shifted_scores"),
)
def log_softmax_overall_shift(z):
    """Shifted by the maximum of the whole table."""
    shifted = z - z.max()
    with np.errstate(all="ignore"):
        return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@misconception(
    "log_softmax.shift_forgotten",
    hint="Shift both the score and the sum, or neither. Is your result for the largest score above 0?",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_shift_forgotten(z):
    """The maximum is taken out and not out of the score itself."""
    return z - np.log(np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))


@misconception(
    "log_softmax.sum_of_logs",
    hint="The logarithm of a sum of exponentials is not the sum of the scores.",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_sum_of_logs(z):
    """The sum of the scores is subtracted."""
    return z - z.sum(axis=1, keepdims=True)


@misconception(
    "log_softmax.divided",
    hint="The logarithm of a fraction is a difference. Which operation do you use?",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_divided(z):
    """Score over log-sum-exp."""
    shifted = z - z.max(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return shifted / np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@misconception(
    "log_softmax.negated",
    hint="Logarithms of probabilities are not positive. The minus belongs to the loss.",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_negated(z):
    """The negative logarithm."""
    return -log_softmax(z)


@misconception(
    "log_softmax.probabilities",
    hint="Your entries lie between 0 and 1. The logarithm is still to come.",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_probabilities(z):
    """softmax itself."""
    return softmax(z)


@misconception(
    "log_softmax.shift_only",
    hint="The largest score of each row gives you exactly 0, as if it were certain. What is the second term?",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_shift_only(z):
    """Only the maximum is subtracted."""
    return z - z.max(axis=1, keepdims=True)


@misconception(
    "log_softmax.mean_exp",
    hint="Your results are too large by the same number everywhere. Sum or mean?",
    caught_by=("test_log_probabilities", "test_exponentials_add_up_to_one"),
)
def log_softmax_mean_exp(z):
    """log of the mean of the exponentials."""
    return log_softmax(z) + np.log(z.shape[1])


@misconception(
    "log_softmax.widens",
    hint="The scores are float32. Which of your arrays widens them?",
    caught_by=("test_log_softmax_dtype",),
)
def log_softmax_widens(z):
    """The result is float64 whatever z is."""
    return wide(log_softmax(z))


@misconception(
    "log_softmax.in_place",
    hint="The loss may need the scores as well. Where do you put the shifted ones?",
    caught_by=("test_log_softmax_leaves_z_alone",),
)
def log_softmax_in_place(z):
    """z -= the row maximum."""
    z -= z.max(axis=1, keepdims=True)
    return log_softmax(z)


# mse_loss


@misconception(
    "mse_loss.no_half",
    hint="The error of this course carries a 1/2, which makes the gradient neat.",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_no_half(o, y):
    """1/N times the squares."""
    loss, do = mse_loss(o, y)
    return 2 * loss, do


@misconception(
    "mse_loss.no_half_anywhere",
    hint="Loss and gradient fit together, and both are twice as large. Where is the 1/2?",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_no_half_anywhere(o, y):
    """1/N times the squares, with its gradient."""
    loss, do = mse_loss(o, y)
    return 2 * loss, 2 * do


@misconception(
    "mse_loss.grad_twice",
    hint="The square brings a 2 down. What does it meet in the loss?",
    caught_by=("test_squared_error_and_gradient", "test_squared_error_slope"),
)
def mse_loss_grad_twice(o, y):
    """2 (o - y) / N."""
    loss, do = mse_loss(o, y)
    return loss, 2 * do


@misconception(
    "mse_loss.grad_half",
    hint="The square brings a 2 down. Did it cancel the 1/2?",
    caught_by=("test_squared_error_and_gradient", "test_squared_error_slope"),
)
def mse_loss_grad_half(o, y):
    """(o - y) / (2N)."""
    loss, do = mse_loss(o, y)
    return loss, do / 2


@misconception(
    "mse_loss.grad_sign",
    hint="Raising o above y should raise the loss.",
    caught_by=("test_squared_error_and_gradient", "test_squared_error_slope"),
)
def mse_loss_grad_sign(o, y):
    """y - o."""
    loss, do = mse_loss(o, y)
    return loss, -do


@misconception(
    "mse_loss.grad_no_n",
    hint="The loss is a mean; its gradient is divided as well.",
    caught_by=("test_squared_error_and_gradient", "test_squared_error_slope"),
)
def mse_loss_grad_no_n(o, y):
    """o - y."""
    loss, do = mse_loss(o, y)
    return loss, do * len(o)


@misconception(
    "mse_loss.grad_over_size",
    hint="The loss is divided by the number of examples. By which number do you divide the gradient?",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_grad_over_size(o, y):
    """(o - y) over all entries."""
    loss, _do = mse_loss(o, y)
    return loss, (o - y) / o.size


@misconception(
    "mse_loss.over_size",
    hint=(
        "Frameworks divide by the number of entries. Here the outputs of an example are added up, and the "
        "mean is over the examples."
    ),
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_over_size(o, y):
    """The mean over all entries, as frameworks do."""
    loss, do = mse_loss(o, y)
    return loss / o.shape[1], do / o.shape[1]


@misconception(
    "mse_loss.sum",
    hint="Twice the data should not double the loss.",
    caught_by=("test_squared_error_and_gradient", "test_squared_error_is_a_mean"),
)
def mse_loss_sum(o, y):
    """Summed over the examples."""
    loss, do = mse_loss(o, y)
    return loss * len(o), do * len(o)


@misconception(
    "mse_loss.loss_sum",
    hint="Twice the data should not double the loss.",
    caught_by=("test_squared_error_and_gradient", "test_squared_error_slope", "test_squared_error_is_a_mean"),
)
def mse_loss_loss_sum(o, y):
    """The loss is summed, the gradient averaged."""
    loss, do = mse_loss(o, y)
    return loss * len(o), do


@misconception(
    "mse_loss.columns",
    hint="In the Deep Learning Specialization a column is an example; here a row is.",
    caught_by=("test_squared_error_and_gradient", "test_squared_error_is_a_mean"),
)
def mse_loss_columns(o, y):
    """N is taken from the columns."""
    loss, do = mse_loss(o, y)
    return loss * len(o) / o.shape[1], do * len(o) / o.shape[1]


@misconception(
    "mse_loss.per_example",
    hint="A loss is one number. How many do you return?",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_per_example(o, y):
    """One loss for each example."""
    _loss, do = mse_loss(o, y)
    return np.sum((o - y) ** 2, axis=1) / 2, do


@misconception(
    "mse_loss.absolute",
    hint="An error of 2 should cost four times an error of 1.",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_absolute(o, y):
    """|o - y| in the place of the square."""
    _loss, do = mse_loss(o, y)
    return float(np.sum(np.abs(o - y))) / (2 * len(o)), do


@misconception(
    "mse_loss.root",
    hint="The root is a measure to report. What do you differentiate?",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_root(o, y):
    """The root of the mean square."""
    _loss, do = mse_loss(o, y)
    return float(np.sqrt(np.mean((o - y) ** 2))), do


@misconception(
    "mse_loss.squared_sum",
    hint="Errors of 1 and -1 cancel in your sum. Square first.",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_squared_sum(o, y):
    """The square of the sum."""
    _loss, do = mse_loss(o, y)
    return float(np.sum(o - y)) ** 2 / (2 * len(o)), do


@misconception(
    "mse_loss.swapped",
    hint="The two results are right, and come in the other order.",
    caught_by=("test_squared_error_and_gradient",),
)
def mse_loss_swapped(o, y):
    """(do, loss)."""
    loss, do = mse_loss(o, y)
    return do, loss


@misconception(
    "mse_loss.broadcast",
    hint="(N, 1) minus (N,) is a table of N x N. Refuse different shapes.",
    caught_by=("test_squared_error_refuses_other_shapes",),
)
def mse_loss_broadcast(o, y):
    """(N, 1) against (N,) broadcast to (N, N)."""
    error = o - y
    return float(np.sum(error**2)) / (2 * len(o)), error / len(o)


@misconception(
    "mse_loss.reshaped",
    hint="Numbers in another shape may be in another order. Refuse different shapes.",
    caught_by=("test_squared_error_refuses_other_shapes",),
)
def mse_loss_reshaped(o, y):
    """Targets are reshaped to fit."""
    return mse_loss(o, np.resize(y, o.shape))


@misconception(
    "mse_loss.length_only",
    hint="Four rows and four numbers have the same length, and another shape.",
    caught_by=("test_squared_error_refuses_other_shapes",),
)
def mse_loss_length_only(o, y):
    """Only the lengths are compared."""
    if len(o) != len(y):
        raise ValueError("lengths")
    error = o - y
    return float(np.sum(error**2)) / (2 * len(o)), error / len(o)


@misconception(
    "mse_loss.in_place",
    hint="The predictions changed.",
    caught_by=("test_squared_error_leaves_its_arguments_alone",),
)
def mse_loss_in_place(o, y):
    """o -= y."""
    result = mse_loss(o, y)
    o -= y
    return result


# bce_with_logits


@misconception(
    "bce_with_logits.naive_log",
    hint="sigmoid(1000) is exactly 1 and log(0) follows. Work with z itself.",
    caught_by=("test_cross_entropy_of_large_scores", "test_cross_entropy_warns_of_nothing"),
)
def bce_with_logits_naive_log(z, y):
    """log(sigmoid(z)): infinite at |z| = 1000."""
    require_same_shape(z, y)
    a = 1 / (1 + np.exp(-z))
    losses = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    return float(np.sum(losses)) / len(z), (a - y) / len(z)


@misconception(
    "bce_with_logits.clipped",
    hint="Your loss never exceeds 27.6. What does a score of 1000 on the far side cost?",
    caught_by=("test_cross_entropy_of_large_scores",),
)
def bce_with_logits_clipped(z, y):
    """Probabilities kept 1e-12 away from 0 and 1."""
    _loss, dz = bce_with_logits(z, y)
    a = np.clip(sigmoid(z), 1e-12, 1 - 1e-12)
    return -float(np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))) / len(z), dz


@misconception(
    "bce_with_logits.nan_to_num",
    hint="A score of 1000 on the far side costs you nothing. What became of the infinite term?",
    caught_by=("test_cross_entropy_of_large_scores",),
)
def bce_with_logits_nan_to_num(z, y):
    """Terms that are not numbers count as 0."""
    _loss, dz = bce_with_logits(z, y)
    with np.errstate(all="ignore"):
        a = 1 / (1 + np.exp(-z))
        losses = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    return float(np.sum(np.nan_to_num(losses, nan=0.0, posinf=0.0))) / len(z), dz


@misconception(
    "bce_with_logits.unsafe_exp",
    hint="For z = 1000 the exponential overflows, although the loss is 1000 or 0. Which sign may its argument have?",
    caught_by=("test_cross_entropy_of_large_scores", "test_cross_entropy_warns_of_nothing"),
)
def bce_with_logits_unsafe_exp(z, y):
    """log(1 + exp(z)) - z y."""
    require_same_shape(z, y)
    _, dz = bce_with_logits(z, y)
    return float(np.sum(np.log(1 + np.exp(z)) - z * y)) / len(z), dz


@misconception(
    "bce_with_logits.gradient_overflows",
    hint="The loss overflows nowhere. And the sigmoid in the gradient?",
    caught_by=("test_cross_entropy_warns_of_nothing",),
)
def bce_with_logits_gradient_overflows(z, y):
    """The loss is safe, the gradient uses 1 / (1 + exp(-z))."""
    loss, _dz = bce_with_logits(z, y)
    return loss, (1 / (1 + np.exp(-z)) - y) / len(z)


@misconception(
    "bce_with_logits.sign",
    hint="Logarithms of probabilities are negative; a loss is not.",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_sign(z, y):
    """The minus sign is missing."""
    loss, dz = bce_with_logits(z, y)
    return -loss, dz


@misconception(
    "bce_with_logits.brackets",
    hint="Brackets: the minus covers both terms. Some notes leave them out.",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_brackets(z, y):
    """The minus covers the first term only."""
    _loss, dz = bce_with_logits(z, y)
    with np.errstate(all="ignore"):
        return float(np.sum(y * np.logaddexp(0, -z) - (1 - y) * np.logaddexp(0, z))) / len(z), dz


@misconception(
    "bce_with_logits.positive_only",
    hint="An example with y = 0 predicted as 1 costs nothing in your version.",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs"),
)
def bce_with_logits_positive_only(z, y):
    """Only the term with y."""
    _loss, dz = bce_with_logits(z, y)
    return float(np.sum(y * np.logaddexp(0, -z))) / len(z), dz


@misconception(
    "bce_with_logits.labels_swapped",
    hint="A confident right answer costs you much. Which logarithm belongs to y = 1?",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs"),
)
def bce_with_logits_labels_swapped(z, y):
    """y and 1 - y exchanged."""
    return bce_with_logits(z, 1 - y)


@misconception(
    "bce_with_logits.loss_labels_swapped",
    hint="For y = 1 a larger score should cost less.",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs", "test_cross_entropy_slope"),
)
def bce_with_logits_loss_labels_swapped(z, y):
    """y and 1 - y exchanged in the loss only."""
    _loss, dz = bce_with_logits(z, y)
    return bce_with_logits(z, 1 - y)[0], dz


@misconception(
    "bce_with_logits.no_sigmoid",
    hint="z is a score and may be negative. What turns it into a probability?",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs"),
)
def bce_with_logits_no_sigmoid(z, y):
    """z is taken for a probability."""
    _loss, _dz = bce_with_logits(z, y)
    with np.errstate(all="ignore"):
        return -float(np.sum(np.nan_to_num(y * np.log(z) + (1 - y) * np.log(1 - z)))) / len(z), (z - y) / len(z)


@misconception(
    "bce_with_logits.softmax_first",
    hint="Each output is a yes or no of its own. Which scores compete in your version?",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs"),
)
def bce_with_logits_softmax_first(z, y):
    """A softmax over the scores."""
    _loss, _dz = bce_with_logits(z, y)
    p = softmax(z.reshape(len(z), -1) if z.ndim > 1 else z[np.newaxis]).reshape(z.shape)
    with np.errstate(all="ignore"):
        return -float(np.sum(np.log(np.maximum(np.where(y > 0.5, p, 1 - p), 1e-300)))) / len(z), (p - y) / len(z)


@misconception(
    "bce_with_logits.sigmoid_twice",
    hint="Your probabilities all lie between 0.5 and 0.74. How often do you squash the score?",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_sigmoid_twice(z, y):
    """The sigmoid is applied twice."""
    _loss, _dz = bce_with_logits(z, y)
    return bce_with_logits(sigmoid(z), y)


@misconception(
    "bce_with_logits.log2",
    hint="For scores of 0 your loss is 1. Which logarithm gives ln 2?",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_log2(z, y):
    """The logarithm to base 2."""
    loss, dz = bce_with_logits(z, y)
    return loss / np.log(2), dz


@misconception(
    "bce_with_logits.log2_throughout",
    hint="Loss and gradient fit together, and both are 1.44 times as large. Which logarithm do you use?",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_log2_throughout(z, y):
    """The logarithm to base 2, with its gradient."""
    loss, dz = bce_with_logits(z, y)
    return loss / np.log(2), dz / np.log(2)


@misconception(
    "bce_with_logits.squared",
    hint="For scores of 0 your loss is 1/8. Which loss is that?",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_squared(z, y):
    """The squared error of the probabilities."""
    _loss, dz = bce_with_logits(z, y)
    return float(np.sum((sigmoid(z) - y) ** 2)) / (2 * len(z)), dz


@misconception(
    "bce_with_logits.grad_sign",
    hint="For y = 1 the score should go up, so the gradient must be negative.",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs", "test_cross_entropy_slope"),
)
def bce_with_logits_grad_sign(z, y):
    """y - a."""
    loss, dz = bce_with_logits(z, y)
    return loss, -dz


@misconception(
    "bce_with_logits.grad_no_n",
    hint="Coursera's notebooks put the 1/m into dW; here it belongs to this gradient.",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs", "test_cross_entropy_slope"),
)
def bce_with_logits_grad_no_n(z, y):
    """a - y, not divided."""
    loss, dz = bce_with_logits(z, y)
    return loss, dz * len(z)


@misconception(
    "bce_with_logits.grad_slope",
    hint="The sigmoid's slope cancels against the logarithm; that is why this loss does not saturate.",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_slope",
        "test_cross_entropy_of_large_scores",
    ),
)
def bce_with_logits_grad_slope(z, y):
    """A further factor a (1 - a)."""
    loss, dz = bce_with_logits(z, y)
    a = sigmoid(z)
    return loss, dz * a * (1 - a)


@misconception(
    "bce_with_logits.grad_by_a",
    hint="The gradient is wanted by the score z, one step further back than a.",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs", "test_cross_entropy_slope"),
)
def bce_with_logits_grad_by_a(z, y):
    """The gradient by the probability a."""
    loss, dz = bce_with_logits(z, y)
    a = sigmoid(z)
    with np.errstate(all="ignore"):
        return loss, np.nan_to_num(dz / (a * (1 - a)))


@misconception(
    "bce_with_logits.grad_z",
    hint="Compare the label with the probability, not with the score.",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs", "test_cross_entropy_slope"),
)
def bce_with_logits_grad_z(z, y):
    """z - y in the place of a - y."""
    loss, _dz = bce_with_logits(z, y)
    return loss, (z - y) / len(z)


@misconception(
    "bce_with_logits.grad_rounded",
    hint="Your gradient is 0 for every example on the right side, however unsure. What do you compare y with?",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs", "test_cross_entropy_slope"),
)
def bce_with_logits_grad_rounded(z, y):
    """The predicted class in the place of a."""
    loss, _dz = bce_with_logits(z, y)
    return loss, ((z > 0) - y) / len(z)


@misconception(
    "bce_with_logits.sum",
    hint="Twice the data should not double the loss.",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_is_a_mean",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_sum(z, y):
    """Summed over the examples."""
    loss, dz = bce_with_logits(z, y)
    return loss * len(z), dz * len(z)


@misconception(
    "bce_with_logits.loss_sum",
    hint="Twice the data should not double the loss.",
    caught_by=(
        "test_cross_entropy_and_gradient",
        "test_cross_entropy_of_several_outputs",
        "test_cross_entropy_slope",
        "test_cross_entropy_is_a_mean",
        "test_cross_entropy_of_a_guess",
    ),
)
def bce_with_logits_loss_sum(z, y):
    """The loss is summed, the gradient averaged."""
    loss, dz = bce_with_logits(z, y)
    return loss * len(z), dz


@misconception(
    "bce_with_logits.over_size",
    hint=(
        "Frameworks divide by the number of entries. Here the outputs of an example are added up, and the "
        "mean is over the examples."
    ),
    caught_by=("test_cross_entropy_of_several_outputs",),
)
def bce_with_logits_over_size(z, y):
    """The mean over all entries, as frameworks do."""
    loss, dz = bce_with_logits(z, y)
    return loss * len(z) / z.size, dz * len(z) / z.size


@misconception(
    "bce_with_logits.columns",
    hint="In the Deep Learning Specialization a column is an example; here a row is.",
    caught_by=("test_cross_entropy_of_several_outputs",),
)
def bce_with_logits_columns(z, y):
    """N is the last axis."""
    loss, dz = bce_with_logits(z, y)
    return loss * len(z) / z.shape[-1], dz * len(z) / z.shape[-1]


@misconception(
    "bce_with_logits.per_example",
    hint="A loss is one number. How many do you return?",
    caught_by=("test_cross_entropy_and_gradient", "test_cross_entropy_of_several_outputs"),
)
def bce_with_logits_per_example(z, y):
    """One loss for each example."""
    _loss, dz = bce_with_logits(z, y)
    return np.logaddexp(0, z) - z * y, dz


@misconception(
    "bce_with_logits.broadcast",
    hint="(N, 1) times (N,) is a table of N x N. Refuse different shapes.",
    caught_by=("test_cross_entropy_refuses_other_shapes",),
)
def bce_with_logits_broadcast(z, y):
    """(N, 1) against (N,) broadcast to (N, N)."""
    a = sigmoid(z)
    return float(np.sum(np.logaddexp(0, z) - z * y)) / len(z), (a - y) / len(z)


@misconception(
    "bce_with_logits.reshaped",
    hint="Labels in another shape may be in another order. Refuse different shapes.",
    caught_by=("test_cross_entropy_refuses_other_shapes",),
)
def bce_with_logits_reshaped(z, y):
    """Labels are reshaped to fit."""
    return bce_with_logits(z, y.reshape(z.shape))


@misconception(
    "bce_with_logits.in_place",
    hint="The scores changed. Where do you put a - y?",
    caught_by=("test_cross_entropy_leaves_its_arguments_alone",),
)
def bce_with_logits_in_place(z, y):
    """The gradient is written over z."""
    loss, dz = bce_with_logits(z, y)
    z[...] = dz
    return loss, dz


# softmax_loss


@misconception(
    "softmax_loss.log2",
    hint="With 10 classes and equal scores the loss should be 2.303. Yours is 3.32: which logarithm is that?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_log2(z, y):
    """-log2 p, as in some notes."""
    loss, dz = softmax_loss(z, y)
    return loss / np.log(2), dz


@misconception(
    "softmax_loss.log2_throughout",
    hint="Loss and gradient fit together, and both are 1.44 times as large. Which logarithm do you use?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_log2_throughout(z, y):
    """The logarithm to base 2, with its gradient."""
    loss, dz = softmax_loss(z, y)
    return loss / np.log(2), dz / np.log(2)


@misconception(
    "softmax_loss.log10",
    hint="With 10 classes and equal scores your loss is 1. Which logarithm is that?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_log10(z, y):
    """The logarithm to base 10."""
    loss, dz = softmax_loss(z, y)
    return loss / np.log(10), dz


@misconception(
    "softmax_loss.sign",
    hint="Your loss is negative. Logarithms of probabilities are; a loss is not.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_sign(z, y):
    """The minus sign is missing."""
    loss, dz = softmax_loss(z, y)
    return -loss, dz


@misconception(
    "softmax_loss.grad_sign",
    hint="Raising the score of the right class lowers the loss. Which sign has its gradient?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope"),
)
def softmax_loss_grad_sign(z, y):
    """one_hot(y) - p."""
    loss, dz = softmax_loss(z, y)
    return loss, -dz


@misconception(
    "softmax_loss.grad_no_n",
    hint="The loss is a mean; divide the gradient as well.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope"),
)
def softmax_loss_grad_no_n(z, y):
    """p - one_hot(y), not divided by N."""
    loss, dz = softmax_loss(z, y)
    return loss, dz * len(z)


@misconception(
    "softmax_loss.column_index",
    hint="This subtracts 1 in whole columns. Pick one entry per row.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_rows_of_the_gradient_add_up_to_zero"),
)
def softmax_loss_column_index(z, y):
    """dz[:, y] -= 1."""
    loss, dz = softmax_loss(z, y)
    dz = softmax(z)
    dz[:, y] -= 1
    return loss, dz / len(z)


@misconception(
    "softmax_loss.grad_probabilities",
    hint="Each row of your gradient adds up to 1/N. Where does the label enter?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_rows_of_the_gradient_add_up_to_zero"),
)
def softmax_loss_grad_probabilities(z, y):
    """p alone."""
    loss, _dz = softmax_loss(z, y)
    return loss, softmax(z) / len(z)


@misconception(
    "softmax_loss.grad_label_only",
    hint="The scores of the other classes matter as well. What is their gradient?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_rows_of_the_gradient_add_up_to_zero"),
)
def softmax_loss_grad_label_only(z, y):
    """Only the entry of the right class."""
    loss, dz = softmax_loss(z, y)
    only = np.zeros_like(dz)
    rows = np.arange(len(z))
    only[rows, y] = dz[rows, y]
    return loss, only


@misconception(
    "softmax_loss.grad_by_p",
    hint="The gradient is wanted by the scores, one step further back than the probabilities.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope"),
)
def softmax_loss_grad_by_p(z, y):
    """The gradient by the probabilities, -1/p."""
    loss, dz = softmax_loss(z, y)
    rows = np.arange(len(z))
    by_p = np.zeros_like(dz)
    with np.errstate(all="ignore"):
        by_p[rows, y] = -1 / softmax(z)[rows, y] / len(z)
    return loss, by_p


@misconception(
    "softmax_loss.grad_slope",
    hint="The slope of softmax has cancelled already in p minus the label. What do you multiply with?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope"),
)
def softmax_loss_grad_slope(z, y):
    """A further factor p (1 - p)."""
    loss, dz = softmax_loss(z, y)
    p = softmax(z)
    return loss, dz * p * (1 - p)


@misconception(
    "softmax_loss.grad_minus_label",
    hint="The class number is a name, not an amount. What is subtracted, and where?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_rows_of_the_gradient_add_up_to_zero"),
)
def softmax_loss_grad_minus_label(z, y):
    """The label number is subtracted."""
    loss, _dz = softmax_loss(z, y)
    return loss, (softmax(z) - y[:, np.newaxis]) / len(z)


@misconception(
    "softmax_loss.grad_scores",
    hint="Compare the label with the probabilities, not with the scores.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope"),
)
def softmax_loss_grad_scores(z, y):
    """z - one_hot(y)."""
    loss, _dz = softmax_loss(z, y)
    return loss, (z - np.eye(z.shape[1])[y]) / len(z)


@misconception(
    "softmax_loss.grad_log",
    hint="The probabilities are wanted here, not their logarithms.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope"),
)
def softmax_loss_grad_log(z, y):
    """log p - one_hot(y)."""
    loss, _dz = softmax_loss(z, y)
    return loss, (log_softmax(z) - np.eye(z.shape[1])[y]) / len(z)


@misconception(
    "softmax_loss.sum",
    hint="Twice the data should not double the loss.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_is_a_mean", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_sum(z, y):
    """Summed over the examples."""
    loss, dz = softmax_loss(z, y)
    return loss * len(z), dz * len(z)


@misconception(
    "softmax_loss.loss_sum",
    hint="Twice the data should not double the loss.",
    caught_by=(
        "test_softmax_loss_and_gradient",
        "test_softmax_loss_slope",
        "test_softmax_loss_is_a_mean",
        "test_softmax_loss_of_a_guess",
    ),
)
def softmax_loss_loss_sum(z, y):
    """The loss is summed, the gradient averaged."""
    loss, dz = softmax_loss(z, y)
    return loss * len(z), dz


@misconception(
    "softmax_loss.over_size",
    hint="Only one entry per row counts. By how many of them do you divide?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_over_size(z, y):
    """The mean over all entries of the table."""
    loss, dz = softmax_loss(z, y)
    return loss / z.shape[1], dz / z.shape[1]


@misconception(
    "softmax_loss.loss_over_size",
    hint="Only one entry per row counts. By how many of them do you divide the loss?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_loss_over_size(z, y):
    """The loss is the mean over all entries of the table."""
    loss, dz = softmax_loss(z, y)
    return loss / z.shape[1], dz


@misconception(
    "softmax_loss.all_classes",
    hint="The other classes add log(1 - p) in your version. Which probabilities does the loss look at?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_all_classes(z, y):
    """Binary cross-entropy of each probability."""
    _loss, dz = softmax_loss(z, y)
    p, hot = softmax(z), np.eye(z.shape[1])[y]
    with np.errstate(all="ignore"):
        losses = -np.nan_to_num(hot * np.log(p) + (1 - hot) * np.log(1 - p))
    return float(losses.sum()) / len(z), dz


@misconception(
    "softmax_loss.all_logs",
    hint="The label does not enter your loss. Which probability of a row counts?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_all_logs(z, y):
    """The logarithms of all classes are added up."""
    _loss, dz = softmax_loss(z, y)
    return -float(log_softmax(z).sum()) / len(z), dz


@misconception(
    "softmax_loss.no_log",
    hint="Your loss never exceeds 1. What does the logarithm do to a probability close to 0?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_no_log(z, y):
    """1 - p of the right class."""
    _loss, dz = softmax_loss(z, y)
    return float(np.sum(1 - softmax(z)[np.arange(len(z)), y])) / len(z), dz


@misconception(
    "softmax_loss.score_of_label",
    hint="Adding 1 to all scores of a row changes your loss. Which term is missing?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_score_of_label(z, y):
    """The score of the right class, without the normalization."""
    _loss, dz = softmax_loss(z, y)
    return -float(np.sum(z[np.arange(len(z)), y])) / len(z), dz


@misconception(
    "softmax_loss.hinge",
    hint="Your loss is 0 once the margin is 1. That is the loss of another classifier.",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_slope", "test_softmax_loss_of_a_guess"),
)
def softmax_loss_hinge(z, y):
    """The hinge loss."""
    _loss, dz = softmax_loss(z, y)
    rows = np.arange(len(z))
    margins = np.maximum(0, z - z[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    return float(margins.sum()) / len(z), dz


@misconception(
    "softmax_loss.softmax_twice",
    hint="Your loss changes little between sure and unsure scores. How often do you normalize?",
    caught_by=("test_softmax_loss_and_gradient",),
)
def softmax_loss_softmax_twice(z, y):
    """Softmax is applied to probabilities."""
    return softmax_loss(softmax(z), y)


@misconception(
    "softmax_loss.axis0",
    hint="The scores of one example compete with each other: a row.",
    caught_by=("test_softmax_loss_and_gradient", "test_rows_of_the_gradient_add_up_to_zero"),
)
def softmax_loss_axis0(z, y):
    """Normalizes over the examples."""
    log_p = log_softmax(z.T).T
    rows = np.arange(len(z))
    dz = np.exp(log_p)
    dz[rows, y] -= 1
    return -float(np.sum(log_p[rows, y])) / len(z), dz / len(z)


@misconception(
    "softmax_loss.largest_score",
    hint="The label does not enter your loss. Whose probability do you look at?",
    caught_by=("test_softmax_loss_and_gradient",),
)
def softmax_loss_largest_score(z, y):
    """The largest score counts as the right class."""
    return softmax_loss(z, z.argmax(axis=1))


@misconception(
    "softmax_loss.log_of_softmax",
    hint="A probability of 0 has no logarithm. Which form never takes that step?",
    caught_by=("test_softmax_loss_of_large_scores", "test_softmax_loss_warns_of_nothing"),
)
def softmax_loss_log_of_softmax(z, y):
    """log(softmax(z)): infinite where a probability underflows."""
    _loss, dz = softmax_loss(z, y)
    return -float(np.sum(np.log(softmax(z))[np.arange(len(z)), y])) / len(z), dz


@misconception(
    "softmax_loss.epsilon",
    hint="Your loss never exceeds 11.5. What is it on paper for scores of 10000?",
    caught_by=("test_softmax_loss_and_gradient", "test_softmax_loss_of_large_scores"),
)
def softmax_loss_epsilon(z, y):
    """log(p + 1e-5)."""
    _loss, dz = softmax_loss(z, y)
    return -float(np.sum(np.log(softmax(z) + 1e-5)[np.arange(len(z)), y])) / len(z), dz


@misconception(
    "softmax_loss.clipped",
    hint="Your loss has a ceiling. What is it on paper for scores of 10000?",
    caught_by=("test_softmax_loss_of_large_scores",),
)
def softmax_loss_clipped(z, y):
    """Probabilities kept from 0."""
    _loss, dz = softmax_loss(z, y)
    return -float(np.sum(np.log(np.maximum(softmax(z), 1e-300))[np.arange(len(z)), y])) / len(z), dz


@misconception(
    "softmax_loss.no_shift",
    hint="exp(1e4) is infinite. Which number can be taken from a row without changing its probabilities?",
    caught_by=("test_softmax_loss_of_large_scores", "test_softmax_loss_warns_of_nothing"),
)
def softmax_loss_no_shift(z, y):
    """Exponentials without the shift."""
    odds = np.exp(z)
    p = odds / odds.sum(axis=1, keepdims=True)
    rows = np.arange(len(z))
    loss = -float(np.sum(np.log(p[rows, y]))) / len(z)
    p[rows, y] -= 1
    return loss, p / len(z)


@misconception(
    "softmax_loss.per_example",
    hint="A loss is one number. How many do you return?",
    caught_by=("test_softmax_loss_and_gradient",),
)
def softmax_loss_per_example(z, y):
    """One loss for each example."""
    _loss, dz = softmax_loss(z, y)
    return -log_softmax(z)[np.arange(len(z)), y], dz


@misconception(
    "softmax_loss.in_place",
    hint="The scores changed. Where do you subtract the 1?",
    caught_by=("test_softmax_loss_leaves_its_arguments_alone",),
)
def softmax_loss_in_place(z, y):
    """The gradient is written over z."""
    loss, dz = softmax_loss(z, y)
    z[...] = dz
    return loss, dz


# output_delta


@misconception(
    "output_delta.averaged",
    hint="This function returns one value per example, without the mean.",
    caught_by=("test_deltas_of_both_losses",),
)
def output_delta_averaged(z, y, loss):
    """Divided by N."""
    delta = output_delta(z, y, loss)
    return delta / len(z)


@misconception(
    "output_delta.slopes_swapped",
    hint="For which of the two losses does the slope of the sigmoid cancel?",
    caught_by=("test_deltas_of_both_losses", "test_saturated_output_learns_with_cross_entropy_only"),
)
def output_delta_slopes_swapped(z, y, loss):
    """The slope is in the other one of the two."""
    return output_delta(z, y, {"mse": "bce", "bce": "mse"}.get(loss, loss))


@misconception(
    "output_delta.slope_everywhere",
    hint="With cross-entropy the sigmoid's slope cancels against the logarithm.",
    caught_by=("test_deltas_of_both_losses", "test_saturated_output_learns_with_cross_entropy_only"),
)
def output_delta_slope_everywhere(z, y, loss):
    """a (1 - a) with both losses."""
    delta = output_delta(z, y, loss)
    a = sigmoid(z)
    return delta * a * (1 - a) if loss == "bce" else delta


@misconception(
    "output_delta.slope_nowhere",
    hint="The squared error is differentiated by a first, then a by z. Where is the second factor?",
    caught_by=("test_deltas_of_both_losses", "test_saturated_output_learns_with_cross_entropy_only"),
)
def output_delta_slope_nowhere(z, y, loss):
    """a - y with both losses."""
    return output_delta(z, y, "bce") if loss == "mse" else output_delta(z, y, loss)


@misconception(
    "output_delta.sign",
    hint="For y = 1 a larger score costs less, so its gradient is negative.",
    caught_by=("test_deltas_of_both_losses", "test_saturated_output_learns_with_cross_entropy_only"),
)
def output_delta_sign(z, y, loss):
    """y - a."""
    return -output_delta(z, y, loss)


@misconception(
    "output_delta.sign_mse",
    hint='With "mse" the sign is the other way round than with "bce".',
    caught_by=("test_deltas_of_both_losses",),
)
def output_delta_sign_mse(z, y, loss):
    """y - a with the squared error only."""
    delta = output_delta(z, y, loss)
    return -delta if loss == "mse" else delta


@misconception(
    "output_delta.slope_of_z",
    hint="The slope of the sigmoid uses its output, not its input.",
    caught_by=("test_deltas_of_both_losses", "test_saturated_output_learns_with_cross_entropy_only"),
)
def output_delta_slope_of_z(z, y, loss):
    """z (1 - z) in the place of a (1 - a)."""
    delta = output_delta(z, y, loss)
    return (sigmoid(z) - y) * z * (1 - z) if loss == "mse" else delta


@misconception(
    "output_delta.sigmoid_of_a",
    hint="To what do you apply the sigmoid for the slope: to z, or to a?",
    caught_by=("test_deltas_of_both_losses",),
)
def output_delta_sigmoid_of_a(z, y, loss):
    """The slope at a, by one sigmoid too many."""
    delta = output_delta(z, y, loss)
    a = sigmoid(z)
    again = sigmoid(a)
    return (a - y) * again * (1 - again) if loss == "mse" else delta


@misconception(
    "output_delta.tanh_slope",
    hint="At z = 0 the slope of a sigmoid is 1/4, and yours is 3/4.",
    caught_by=("test_deltas_of_both_losses",),
)
def output_delta_tanh_slope(z, y, loss):
    """1 - a^2."""
    delta = output_delta(z, y, loss)
    a = sigmoid(z)
    return (a - y) * (1 - a**2) if loss == "mse" else delta


@misconception(
    "output_delta.mse_doubled",
    hint="The square brings a 2 down. What does it meet in the loss?",
    caught_by=("test_deltas_of_both_losses",),
)
def output_delta_mse_doubled(z, y, loss):
    """2 (a - y) a (1 - a)."""
    delta = output_delta(z, y, loss)
    return 2 * delta if loss == "mse" else delta


@misconception(
    "output_delta.no_sigmoid",
    hint="z is a score. What does the output unit make of it before the loss sees it?",
    caught_by=("test_deltas_of_both_losses", "test_saturated_output_learns_with_cross_entropy_only"),
)
def output_delta_no_sigmoid(z, y, loss):
    """z - y."""
    output_delta(z, y, loss)
    return (z - y) * z * (1 - z) if loss == "mse" else z - y


@misconception(
    "output_delta.squared_error",
    hint="The derivative of a square is not a square any more.",
    caught_by=("test_deltas_of_both_losses",),
)
def output_delta_squared_error(z, y, loss):
    """(a - y)^2 a (1 - a)."""
    delta = output_delta(z, y, loss)
    a = sigmoid(z)
    return (a - y) ** 2 * a * (1 - a) if loss == "mse" else delta


@misconception(
    "output_delta.losses",
    hint="Your numbers are losses. Their gradient by z is wanted.",
    caught_by=("test_deltas_of_both_losses",),
)
def output_delta_losses(z, y, loss):
    """The loss itself."""
    output_delta(z, y, loss)
    a = sigmoid(z)
    return (a - y) ** 2 / 2 if loss == "mse" else np.logaddexp(0, z) - z * y


@misconception(
    "output_delta.gradient_by_a",
    hint="The gradient is wanted by the score z, one step further back than a.",
    caught_by=("test_deltas_of_both_losses", "test_saturated_output_learns_with_cross_entropy_only"),
)
def output_delta_gradient_by_a(z, y, loss):
    """The gradient by a."""
    output_delta(z, y, loss)
    a = sigmoid(z)
    return a - y if loss == "mse" else (a - y) / (a * (1 - a))


@misconception(
    "output_delta.clipped",
    hint='At z = -12 your "mse" delta is larger than it should be. What keeps it up?',
    caught_by=("test_saturated_output_learns_with_cross_entropy_only",),
)
def output_delta_clipped(z, y, loss):
    """a kept 0.001 away from 0 and 1."""
    delta = output_delta(z, y, loss)
    a = np.clip(sigmoid(z), 1e-3, 1 - 1e-3)
    return (a - y) * a * (1 - a) if loss == "mse" else delta


@misconception(
    "output_delta.any_loss",
    hint="A slip in the name of the loss goes unnoticed. Which names do you know?",
    caught_by=("test_other_losses_are_refused",),
)
def output_delta_any_loss(z, y, loss):
    """Every other name counts as "bce"."""
    return output_delta(z, y, loss if loss == "mse" else "bce")


@misconception(
    "output_delta.none",
    hint="For an unknown name nothing comes back, and the error shows up much later.",
    caught_by=("test_other_losses_are_refused",),
)
def output_delta_none(z, y, loss):
    """None for every other name."""
    return output_delta(z, y, loss) if loss in ("mse", "bce") else None


@misconception(
    "output_delta.key_error",
    hint="A ValueError says that a value is not one of those known. Which error comes from your function?",
    caught_by=("test_other_losses_are_refused",),
)
def output_delta_key_error(z, y, loss):
    """A KeyError for every other name."""
    return output_delta(z, y, {"mse": "mse", "bce": "bce"}[loss])


@misconception(
    "output_delta.in_place",
    hint="The scores changed. Where do you put a?",
    caught_by=("test_deltas_leave_their_arguments_alone",),
)
def output_delta_in_place(z, y, loss):
    """z is overwritten with its sigmoid."""
    delta = output_delta(z, y, loss)
    z[...] = sigmoid(z)
    return delta
