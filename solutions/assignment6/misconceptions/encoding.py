"""Mistakes that students make with labels as vectors."""

import numpy as np
from encoding import one_hot

from grader.checks import misconception


def require_labels(y, num_classes, *, low=0, whole=True):
    """Refuse labels; what is refused can be narrowed."""
    if y.size and (y.min() < low or y.max() >= num_classes or (whole and (y != np.floor(y)).any())):
        raise ValueError(f"labels {y} are not classes 0 to {num_classes - 1}")


@misconception(
    "one_hot.transposed",
    hint="One row per example here; the helper of the Coursera notebooks gives the transpose.",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_transposed(y, num_classes):
    """Shape (C, N)."""
    return one_hot(y, num_classes).T.copy()


@misconception(
    "one_hot.int_dtype",
    hint="Losses subtract this from probabilities; give them floating-point numbers.",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_int_dtype(y, num_classes):
    """An array of integers."""
    return one_hot(y, num_classes).astype(int)


@misconception(
    "one_hot.bool_dtype",
    hint="A comparison gives True and False. Losses need the numbers 1 and 0.",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_bool_dtype(y, num_classes):
    """An array of booleans."""
    return one_hot(y, num_classes) == 1


@misconception(
    "one_hot.max_label",
    hint="The last class may not occur in a batch. Where do you get the number of columns from?",
    caught_by=("test_classes_that_do_not_occur",),
)
def one_hot_max_label(y, num_classes):
    """The number of classes is read from the labels."""
    require_labels(y, num_classes)
    return one_hot(y, int(y.max()) + 1) if y.size else np.zeros((0, num_classes))


@misconception(
    "one_hot.unique",
    hint="Labels that do not occur need a column too. What does numpy's unique see?",
    caught_by=("test_classes_that_do_not_occur",),
)
def one_hot_unique(y, num_classes):
    """One column for each label that occurs."""
    require_labels(y, num_classes)
    if not y.size:
        return np.zeros((0, num_classes))
    found, place = np.unique(y, return_inverse=True)
    return np.eye(len(found))[place]


@misconception(
    "one_hot.from_one",
    hint="The labels start at 0, so the first column belongs to class 0.",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_from_one(y, num_classes):
    """Classes counted from 1."""
    require_labels(y, num_classes)
    return np.roll(one_hot(y, num_classes), -1, axis=1)


@misconception(
    "one_hot.whole_columns",
    hint="This puts a 1 into whole columns. Pick one entry per row.",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_whole_columns(y, num_classes):
    """rows[:, y] = 1."""
    require_labels(y, num_classes)
    rows = np.zeros((len(y), num_classes))
    rows[:, y.astype(int)] = 1
    return rows


@misconception(
    "one_hot.label_as_value",
    hint="Which number stands in the row of label 3?",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_label_as_value(y, num_classes):
    """The label itself in the place of 1."""
    return one_hot(y, num_classes) * np.asarray(y)[:, np.newaxis]


@misconception(
    "one_hot.inverted",
    hint="How many ones has a row of yours?",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_inverted(y, num_classes):
    """0 in the column of the class, 1 elsewhere."""
    return 1 - one_hot(y, num_classes)


@misconception(
    "one_hot.cumulative",
    hint="A row of yours has a 1 for every smaller label too. That is a code for ordered classes.",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_cumulative(y, num_classes):
    """1 up to the class."""
    return np.cumsum(one_hot(y, num_classes)[:, ::-1], axis=1)[:, ::-1].copy()


@misconception(
    "one_hot.one_row",
    hint="How many rows has your result? Each label needs its own.",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_one_row(y, num_classes):
    """A single row with all labels that occur."""
    return one_hot(y, num_classes).max(axis=0, initial=0)[np.newaxis]


@misconception(
    "one_hot.minus_one_elsewhere",
    hint="Rows of -1 and 1 suit another loss. What stands beside the 1 here?",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_minus_one_elsewhere(y, num_classes):
    """-1 in the place of 0."""
    return 2 * one_hot(y, num_classes) - 1


@misconception(
    "one_hot.extra_column",
    hint="Labels 0 to C - 1 are C classes. How many columns do you make?",
    caught_by=("test_rows_of_the_labels", "test_classes_that_do_not_occur"),
)
def one_hot_extra_column(y, num_classes):
    """num_classes + 1 columns."""
    rows = one_hot(y, num_classes)
    return np.concatenate([rows, np.zeros((len(rows), 1))], axis=1)


@misconception(
    "one_hot.empty",
    hint="No labels have no largest one. Which step of yours does not like an empty array?",
    caught_by=("test_no_labels",),
)
def one_hot_empty(y, num_classes):
    """Fails for no labels, by asking for the largest one."""
    y.max()
    return one_hot(y, num_classes)


@misconception(
    "one_hot.empty_flat",
    hint="An array made of no rows does not know how many columns it has.",
    caught_by=("test_no_labels",),
)
def one_hot_empty_flat(y, num_classes):
    """An empty list of rows for no labels."""
    return np.array(list(one_hot(y, num_classes)))


@misconception(
    "one_hot.negative_wraps",
    hint="In numpy the index -1 is the last column. Is a label of -1 the last class?",
    caught_by=("test_negative_labels_are_refused",),
)
def one_hot_negative_wraps(y, num_classes):
    """Negative labels count from the end."""
    require_labels(y, num_classes, low=-num_classes)
    return np.eye(num_classes)[y.astype(int)]


@misconception(
    "one_hot.too_large_dropped",
    hint="A label of 3 with three classes is a mistake somewhere. A row of zeros hides it.",
    caught_by=("test_large_labels_are_refused",),
)
def one_hot_too_large_dropped(y, num_classes):
    """Labels that are no class give a row of zeros."""
    require_labels(y, np.inf)
    return (np.asarray(y)[:, np.newaxis] == np.arange(num_classes)).astype(np.float64)


@misconception(
    "one_hot.too_large_index",
    hint="The error that comes is one about an index. The caller would rather hear which label is no class.",
    caught_by=("test_large_labels_are_refused",),
)
def one_hot_too_large_index(y, num_classes):
    """An IndexError for labels that are no class."""
    require_labels(y, np.inf)
    return np.eye(num_classes)[y.astype(int)]


@misconception(
    "one_hot.truncated",
    hint="1.5 became class 1 without a word. Look at the labels before you turn them into integers.",
    caught_by=("test_fractions_are_refused",),
)
def one_hot_truncated(y, num_classes):
    """Fractions are cut off."""
    require_labels(y, num_classes, whole=False)
    return np.eye(num_classes)[y.astype(int)]


@misconception(
    "one_hot.fractions_unmatched",
    hint="A label of 1.5 is equal to no class, so its row is empty. Should that pass in silence?",
    caught_by=("test_fractions_are_refused",),
)
def one_hot_fractions_unmatched(y, num_classes):
    """Fractions give a row of zeros."""
    require_labels(y, num_classes, whole=False)
    return (np.asarray(y)[:, np.newaxis] == np.arange(num_classes)).astype(np.float64)


@misconception(
    "one_hot.nothing_refused",
    hint="Your rows are right for right labels. What does indexing do with -1, with 3 of three classes, with 1.5?",
    caught_by=("test_negative_labels_are_refused", "test_large_labels_are_refused", "test_fractions_are_refused"),
)
def one_hot_nothing_refused(y, num_classes):
    """The rows of an identity, taken by label, and nothing else."""
    return np.eye(num_classes)[y]


@misconception(
    "one_hot.in_place",
    hint="The labels have become positions. Where do you put the sum?",
    caught_by=("test_labels_are_left_alone",),
)
def one_hot_in_place(y, num_classes):
    """y becomes positions in the flattened table."""
    rows = one_hot(y, num_classes)
    y += num_classes * np.arange(len(y), dtype=y.dtype)
    return rows
