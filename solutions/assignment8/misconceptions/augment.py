"""Known mistakes in augment.py."""

import numpy as np
from augment import random_crop as right_crop
from augment import random_horizontal_flip as right_flip

from grader.checks import misconception


def _changed(x: np.ndarray, other: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Return x, with images of `other` in the place of a share p of its own. Raises `ValueError` as the right one."""
    right_flip(x[:1], p, np.random.default_rng(0))
    return np.where((rng.random(len(x)) < p)[:, None, None, None], other, x)


def _windows(
    x: np.ndarray, crop_h: int, crop_w: int, top: np.ndarray, left: np.ndarray, padding: int = 0
) -> np.ndarray:
    """Return the windows that begin at these rows and columns of the padded images."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, columns = top[:, None] + np.arange(crop_h), left[:, None] + np.arange(crop_w)
    images = np.arange(len(x))[:, None, None]
    return padded.transpose(0, 2, 3, 1)[images, rows[:, :, None], columns[:, None]].transpose(0, 3, 1, 2)


def _places(x: np.ndarray, crop_h: int, crop_w: int, padding: int) -> tuple[int, int]:
    """Return how many places there are in each direction. Raises `ValueError` as the right function."""
    right_crop(x[:1], crop_h, crop_w, np.random.default_rng(0), padding)
    return x.shape[2] + 2 * padding - crop_h + 1, x.shape[3] + 2 * padding - crop_w + 1


# random_horizontal_flip


@misconception(
    "random_horizontal_flip.vertical",
    hint="Left and right are the last axis.",
    caught_by=("test_images_come_back_as_they_are_or_mirrored", "test_none_or_all_are_mirrored"),
)
def vertical(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Flips the rows: upside down."""
    return _changed(x, x[:, :, ::-1], p, rng)


@misconception(
    "random_horizontal_flip.rotate",
    hint="A mirror image is not a rotation.",
    caught_by=("test_images_come_back_as_they_are_or_mirrored", "test_none_or_all_are_mirrored"),
)
def rotate(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Rotates by 180 degrees."""
    return _changed(x, x[:, :, ::-1, ::-1], p, rng)


@misconception(
    "random_horizontal_flip.other_images",
    hint="Each image is to be mirrored, not exchanged for another. Which axis counts the images?",
    caught_by=("test_images_come_back_as_they_are_or_mirrored",),
)
def other_images(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Reverses the batch as well."""
    return _changed(x, x[::-1, :, :, ::-1], p, rng)


@misconception(
    "random_horizontal_flip.each_row",
    hint="An image is mirrored as a whole. How many draws does it need?",
    caught_by=("test_images_come_back_as_they_are_or_mirrored",),
)
def each_row(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Each row of an image is mirrored by a draw of its own."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    return np.where((rng.random(x.shape[:3]) < p)[..., None], x[..., ::-1], x)


@misconception(
    "random_horizontal_flip.each_channel",
    hint="A colour image is mirrored as a whole. How many draws does it need?",
    caught_by=("test_images_come_back_as_they_are_or_mirrored",),
)
def each_channel(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Each channel is mirrored by a draw of its own."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    return np.where((rng.random(x.shape[:2]) < p)[:, :, None, None], x[..., ::-1], x)


@misconception(
    "random_horizontal_flip.always_half",
    hint="Compare the share of mirrored images at p = 0.3 and p = 0.75.",
    caught_by=("test_share_p_is_mirrored", "test_none_or_all_are_mirrored"),
)
def always_half(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """p is ignored: half of the images."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    return _changed(x, x[..., ::-1], 0.5, rng)


@misconception(
    "random_horizontal_flip.one_minus_p",
    hint="Which share stays as it is, and which is mirrored?",
    caught_by=("test_share_p_is_mirrored", "test_none_or_all_are_mirrored"),
)
def one_minus_p(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Mirrors with probability 1 - p."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    return _changed(x, x[..., ::-1], 1 - p, rng)


@misconception(
    "random_horizontal_flip.normal_draw",
    hint="How often is a normal number below p? Draw a number that is evenly spread between 0 and 1.",
    caught_by=("test_share_p_is_mirrored", "test_none_or_all_are_mirrored"),
)
def normal_draw(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Compares a normal draw with p."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    return np.where((rng.normal(size=len(x)) < p)[:, None, None, None], x[..., ::-1], x)


@misconception(
    "random_horizontal_flip.whole_batch",
    hint="Every image has a draw of its own. How many do you draw for a batch?",
    caught_by=("test_share_p_is_mirrored", "test_images_are_mirrored_independently"),
)
def whole_batch(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """One draw for the whole batch."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    return x[..., ::-1].copy() if rng.random() < p else x.copy()


@misconception(
    "random_horizontal_flip.first_ones",
    hint="The first images of the batch are mirrored, the others never. Which ones should a draw choose?",
    caught_by=("test_images_are_mirrored_independently", "test_flips_come_from_the_generator"),
)
def first_ones(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """The first p N images are mirrored."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    return np.where((np.arange(len(x)) < round(p * len(x)))[:, None, None, None], x[..., ::-1], x)


@misconception(
    "random_horizontal_flip.pairs",
    hint="Neighbours are mirrored together. How many numbers do you draw for N images?",
    caught_by=("test_images_are_mirrored_independently",),
)
def pairs(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """One draw for every two images."""
    _changed(x[:1], x[:1], p, np.random.default_rng(0))
    drawn = np.repeat(rng.random((len(x) + 1) // 2), 2)[: len(x)]
    return np.where((drawn < p)[:, None, None, None], x[..., ::-1], x)


@misconception(
    "random_horizontal_flip.own_seed",
    hint="The same images are mirrored in every epoch. Who chose the seed?",
    caught_by=("test_flips_come_from_the_generator",),
)
def random_own_seed(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """A fixed seed inside."""
    return right_flip(x, p, np.random.default_rng(0))


@misconception(
    "random_horizontal_flip.numpy_random",
    hint="The generator that you are given is not used. Where do your numbers come from?",
    caught_by=("test_flips_come_from_the_generator",),
)
def random_numpy_random(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Draws from numpy.random."""
    seed = int(np.random.randint(2**31))  # noqa: NPY002 - the mistake
    return right_flip(x, p, np.random.default_rng(seed))


@misconception(
    "random_horizontal_flip.no_errors",
    hint="A probability of 1.5 is a slip of somebody. Who tells them?",
    caught_by=("test_impossible_probabilities_are_refused",),
)
def random_no_errors(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Any p is accepted."""
    return right_flip(x, min(max(p, 0.0), 1.0), rng)


@misconception(
    "random_horizontal_flip.ends_refused",
    hint="Never and always are probabilities, too.",
    caught_by=("test_none_or_all_are_mirrored",),
)
def ends_refused(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """p = 0 and p = 1 are refused."""
    if not 0 < p < 1:
        raise ValueError(f"p must be in (0, 1), got {p}")
    return right_flip(x, p, rng)


@misconception(
    "random_horizontal_flip.in_place",
    hint="The original images are needed again in the next epoch.",
    caught_by=("test_flips_leave_the_images_alone",),
)
def random_in_place(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Writes the mirrored images into x."""
    x[:] = right_flip(x, p, rng)
    return x


@misconception(
    "random_horizontal_flip.becomes_float",
    hint="The images were bytes. What are they now, and how much memory do they need?",
    caught_by=("test_flips_keep_the_dtype",),
)
def becomes_float(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """The result is always float64."""
    return right_flip(x, p, rng).astype(np.float64)


# random_crop


@misconception(
    "random_crop.same_ij",
    hint="Rows and columns are drawn independently.",
    caught_by=("test_every_place_is_equally_likely", "test_images_are_cropped_independently"),
)
def same_ij(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """Row and column offset are equal."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    top = rng.integers(rows, size=len(x))
    return _windows(x, crop_h, crop_w, top, np.minimum(top, columns - 1), padding)


@misconception(
    "random_crop.centre",
    hint="The window is always in the middle. What is random about it?",
    caught_by=(
        "test_every_place_is_equally_likely",
        "test_images_are_cropped_independently",
        "test_windows_come_from_the_generator",
        "test_padding_is_part_of_the_image",
    ),
)
def centre(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """The window in the middle."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    nothing = np.zeros(len(x), dtype=int)
    return _windows(x, crop_h, crop_w, nothing + (rows - 1) // 2, nothing + (columns - 1) // 2, padding)


@misconception(
    "random_crop.one_for_all",
    hint="Every image has a place of its own. How many places do you draw for a batch?",
    caught_by=(
        "test_every_place_is_equally_likely",
        "test_images_are_cropped_independently",
        "test_padding_is_part_of_the_image",
    ),
)
def crop_one_for_all(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """One place for the whole batch."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    nothing = np.zeros(len(x), dtype=int)
    return _windows(x, crop_h, crop_w, nothing + rng.integers(rows), nothing + rng.integers(columns), padding)


@misconception(
    "random_crop.shared_rows",
    hint="The row is drawn once for the batch, the column for each image.",
    caught_by=(
        "test_every_place_is_equally_likely",
        "test_images_are_cropped_independently",
        "test_padding_is_part_of_the_image",
    ),
)
def shared_rows(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """One row offset for the whole batch."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    top = np.zeros(len(x), dtype=int) + rng.integers(rows)
    return _windows(x, crop_h, crop_w, top, rng.integers(columns, size=len(x)), padding)


@misconception(
    "random_crop.last_place_missing",
    hint="The upper end of an integer draw is left out. Can the window reach the last column?",
    caught_by=("test_every_place_is_equally_likely", "test_padding_is_part_of_the_image"),
)
def last_place_missing(
    x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0
) -> np.ndarray:
    """The last column never begins a window."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    top, left = rng.integers(rows, size=len(x)), rng.integers(max(columns - 1, 1), size=len(x))
    return _windows(x, crop_h, crop_w, top, left, padding)


@misconception(
    "random_crop.rounded",
    hint="The places at the border come half as often as the others. What does rounding do to a draw?",
    caught_by=("test_every_place_is_equally_likely",),
)
def rounded(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """A uniform number is rounded to the nearest place."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    top = np.rint(rng.uniform(0, rows - 1, size=len(x))).astype(int)
    left = np.rint(rng.uniform(0, columns - 1, size=len(x))).astype(int)
    return _windows(x, crop_h, crop_w, top, left, padding)


@misconception(
    "random_crop.pairs",
    hint="Neighbours get their windows at the same place. How many places do you draw for N images?",
    caught_by=("test_images_are_cropped_independently",),
)
def crop_pairs(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """One place for every two images."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    half = (len(x) + 1) // 2
    top, left = (np.repeat(rng.integers(count, size=half), 2)[: len(x)] for count in (rows, columns))
    return _windows(x, crop_h, crop_w, top, left, padding)


@misconception(
    "random_crop.sizes_swapped",
    hint="Compare the shape of your windows with (crop_h, crop_w).",
    caught_by=("test_windows_are_windows_of_their_images", "test_a_window_as_large_as_the_image_is_the_image"),
)
def sizes_swapped(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """Height and width of the window are exchanged."""
    _places(x, crop_h, crop_w, padding)
    fits = x.shape[2] + 2 * padding >= crop_w and x.shape[3] + 2 * padding >= crop_h
    return right_crop(x, crop_w, crop_h, rng, padding) if fits else x.transpose(0, 1, 3, 2)


@misconception(
    "random_crop.transposed",
    hint="Rows and columns of your windows are exchanged.",
    caught_by=("test_windows_are_windows_of_their_images", "test_a_window_as_large_as_the_image_is_the_image"),
)
def transposed(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """The windows are transposed."""
    return right_crop(x, crop_h, crop_w, rng, padding).transpose(0, 1, 3, 2)


@misconception(
    "random_crop.scattered",
    hint="The pixels of a window lie side by side in the image. Do yours?",
    caught_by=("test_windows_are_windows_of_their_images",),
)
def scattered(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """Rows and columns are drawn one by one."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    if rows == columns == 1:
        return x.copy()
    out = right_crop(x, crop_h, crop_w, rng, padding)
    return np.sort(out[:, :, rng.permutation(crop_h)], axis=0) if crop_h > 1 and padding == 0 and len(x) < 100 else out


@misconception(
    "random_crop.channels_apart",
    hint="All channels of an image belong together. Do they get the same window?",
    caught_by=("test_windows_are_windows_of_their_images",),
)
def channels_apart(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """Each channel has a window of its own."""
    N, C = x.shape[:2]
    return right_crop(x.reshape(N * C, 1, *x.shape[2:]), crop_h, crop_w, rng, padding).reshape(N, C, crop_h, crop_w)


@misconception(
    "random_crop.padding_ignored",
    hint="With padding, the window may reach beyond the image. Does yours?",
    caught_by=("test_padding_is_part_of_the_image",),
)
def padding_ignored(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """No padding."""
    _places(x, crop_h, crop_w, padding)
    fits = x.shape[2] >= crop_h and x.shape[3] >= crop_w
    return right_crop(x, crop_h, crop_w, rng, 0 if fits else padding)


@misconception(
    "random_crop.padding_on_one_side",
    hint="Zeros are added below and on the right. What about the other two sides?",
    caught_by=("test_padding_is_part_of_the_image",),
)
def padding_on_one_side(
    x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0
) -> np.ndarray:
    """Padding at the end of each axis only."""
    _places(x, crop_h, crop_w, padding)
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    return right_crop(padded, crop_h, crop_w, rng)


@misconception(
    "random_crop.edge_padding",
    hint="Your padding repeats the border of the image. With what does the handout fill it?",
    caught_by=("test_windows_are_windows_of_their_images", "test_padding_is_part_of_the_image"),
)
def edge_padding(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """The border is repeated instead of zeros."""
    _places(x, crop_h, crop_w, padding)
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return right_crop(np.pad(x, sides, mode="edge"), crop_h, crop_w, rng)


@misconception(
    "random_crop.own_seed",
    hint="The windows are the same in every epoch. Who chose the seed?",
    caught_by=("test_windows_come_from_the_generator",),
)
def crop_own_seed(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """A fixed seed inside."""
    return right_crop(x, crop_h, crop_w, np.random.default_rng(0), padding)


@misconception(
    "random_crop.numpy_random",
    hint="The generator that you are given is not used. Where do your numbers come from?",
    caught_by=("test_windows_come_from_the_generator",),
)
def crop_numpy_random(
    x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0
) -> np.ndarray:
    """Draws from numpy.random."""
    seed = int(np.random.randint(2**31))  # noqa: NPY002 - the mistake
    return right_crop(x, crop_h, crop_w, np.random.default_rng(seed), padding)


@misconception(
    "random_crop.full_size_fails",
    hint="How many places has a window that is as large as the image: none, or one?",
    caught_by=("test_a_window_as_large_as_the_image_is_the_image",),
)
def full_size_fails(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """A window as large as the image is refused."""
    rows, columns = _places(x, crop_h, crop_w, padding)
    if rows * columns == 1:
        raise ValueError("the window must be smaller than the image")
    return right_crop(x, crop_h, crop_w, rng, padding)


@misconception(
    "random_crop.too_large_is_cut",
    hint="A window that does not fit comes out smaller, and nobody is told.",
    caught_by=("test_windows_that_do_not_fit_are_refused",),
)
def too_large_is_cut(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """A window that does not fit is made smaller."""
    H, W = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    return right_crop(x, min(crop_h, H), min(crop_w, W), rng, padding)


@misconception(
    "random_crop.in_place",
    hint="The original images are needed again in the next epoch.",
    caught_by=("test_crops_leave_the_images_alone",),
)
def crop_in_place(x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0) -> np.ndarray:
    """x is brightened in place."""
    out = right_crop(x, crop_h, crop_w, rng, padding)
    x[:, :, :crop_h, :crop_w] = 0
    return out


@misconception(
    "random_crop.becomes_float",
    hint="The images were bytes. What are they now, and how much memory do they need?",
    caught_by=("test_crops_keep_the_dtype",),
)
def crop_becomes_float(
    x: np.ndarray, crop_h: int, crop_w: int, rng: np.random.Generator, padding: int = 0
) -> np.ndarray:
    """The result is always float64."""
    return right_crop(x, crop_h, crop_w, rng, padding).astype(np.float64)
