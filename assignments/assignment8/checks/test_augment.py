"""Checks of augment.py: mirrored images and windows of images."""

import numpy as np

from grader.checks import (
    CheckFailure,
    Student,
    assert_array,
    assert_close,
    assert_raises,
    assert_random,
    assert_rate,
    assert_unchanged,
    check,
)

MANY = 20_000
"""Images, small ones, whose flips are counted."""
CROPS = 4000
CELL_ALLOWED = 0.06
"""sqrt(ln(2 * 12 / 1e-11) / (2 * 4000)): Hoeffding's bound for 12 places."""


def coded(N: int, C: int, H: int, W: int) -> np.ndarray:
    """Return images in which every pixel has a number of its own, from 1."""
    return 1.0 + np.arange(N * C * H * W, dtype=np.float64).reshape(N, C, H, W)


def flips_of(student: Student, p: float, rng: np.random.Generator) -> np.ndarray:
    """Return which of many small images came back mirrored."""
    x = np.tile(np.array([1.0, 2.0]), (MANY, 1, 1, 1))
    out = student.random_horizontal_flip(x, p, np.random.default_rng(rng.integers(2**32)))
    assert_array(out, shape=x.shape, name="the images")
    flipped: np.ndarray = out[:, 0, 0, 0] == 2.0
    return flipped


@check(
    "random_horizontal_flip", hint="Left and right are the last axis. Print one small image and what comes out of it."
)
def test_images_come_back_as_they_are_or_mirrored(student: Student, rng: np.random.Generator) -> None:
    """Each image comes back as it is or mirrored left to right, in all of its channels"""
    for shape in ((24, 2, 3, 5), (24, 3, 4, 4)):
        x = coded(*shape)
        out = student.random_horizontal_flip(x, 0.5, np.random.default_rng(rng.integers(2**32)))
        assert_array(out, shape=shape, name="the images")
        strange = [n for n in range(len(x)) if not any(np.array_equal(out[n], y) for y in (x[n], x[n, :, :, ::-1]))]
        if strange:
            raise CheckFailure(
                f"{len(strange)} of {len(x)} images are neither as they were nor mirrored; "
                f"the first is image {strange[0]}"
            )


@check("random_horizontal_flip", hint="Count the mirrored ones among a thousand images at p = 0.3.")
def test_share_p_is_mirrored(student: Student, rng: np.random.Generator) -> None:
    """A share p of the images is mirrored"""
    for p in (0.3, 0.75):
        assert_rate(flips_of(student, p, rng), p, name="the share of mirrored images")


@check("random_horizontal_flip", hint="Every image has a draw of its own. How many numbers do you draw for a batch?")
def test_images_are_mirrored_independently(student: Student, rng: np.random.Generator) -> None:
    """Whether an image is mirrored says nothing about its neighbour"""
    flipped = flips_of(student, 0.5, rng)
    assert_rate(flipped[::2] != flipped[1::2], 0.5, name="the share of neighbours of which one is mirrored")


@check("random_horizontal_flip", hint="Which draw comes from elsewhere than the generator?")
def test_flips_come_from_the_generator(student: Student, rng: np.random.Generator) -> None:
    """The flips come from the generator: the same state gives the same images"""
    x = coded(40, 1, 2, 3)
    assert_random(lambda generator: student.random_horizontal_flip(x, 0.5, generator), name="the images")


@check("random_horizontal_flip", group="edge", hint="Can a draw between 0 and 1 be below 0, and is it always below 1?")
def test_none_or_all_are_mirrored(student: Student, rng: np.random.Generator) -> None:
    """p = 0 mirrors none of the images, p = 1 all of them"""
    x = coded(200, 1, 2, 3)
    for p, wanted in ((0.0, x), (1.0, x[..., ::-1])):
        out = student.random_horizontal_flip(x, p, np.random.default_rng(rng.integers(2**32)))
        assert_close(out, wanted, name=f"the images at p = {p:g}")


@check("random_horizontal_flip", group="contract", hint="Which values can a probability have?")
def test_impossible_probabilities_are_refused(student: Student) -> None:
    """A p outside of [0, 1] raises ValueError"""
    for p in (-0.1, 1.5):
        assert_raises(
            ValueError, student.random_horizontal_flip, coded(2, 1, 2, 2), p, np.random.default_rng(1), naming="p"
        )


@check("random_horizontal_flip", group="contract", hint="The original images are needed again in the next epoch.")
def test_flips_leave_the_images_alone(student: Student) -> None:
    """The images that came in are not changed"""
    assert_unchanged(student.random_horizontal_flip.call(coded(30, 1, 3, 4), 0.5, np.random.default_rng(1)), "x")


@check(
    "random_horizontal_flip",
    group="contract",
    hint="Images are often bytes. What is the dtype of your result made from?",
)
def test_flips_keep_the_dtype(student: Student) -> None:
    """Images of bytes stay images of bytes"""
    x = (coded(6, 1, 3, 4) % 251).astype(np.uint8)
    out = student.random_horizontal_flip(x, 0.5, np.random.default_rng(1))
    assert_array(out, shape=x.shape, dtype=np.uint8, name="the images")


def places_of(out: np.ndarray, x: np.ndarray, padding: int) -> list[tuple[int, int]]:
    """Return the place of every window in its padded image. Raises `CheckFailure` for one that is none."""
    N, _, crop_h, crop_w = out.shape
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, columns = padded.shape[2] - crop_h + 1, padded.shape[3] - crop_w + 1
    windows = np.lib.stride_tricks.sliding_window_view(padded, (crop_h, crop_w), axis=(2, 3))
    fits = (windows == out[:, :, None, None]).all(axis=(1, 4, 5)).reshape(N, rows * columns)
    strange = np.flatnonzero(~fits.any(axis=1))
    if strange.size:
        raise CheckFailure(
            f"{strange.size} of {N} results are no window of {crop_h} x {crop_w} pixels of their image; "
            f"the first is image {strange[0]}"
        )
    return [divmod(int(place), columns) for place in fits.argmax(axis=1)]


def crop_places(student: Student, rng: np.random.Generator) -> np.ndarray:
    """Return the places, as numbers from 0 to 11, of windows of many small images."""
    x = np.tile(coded(1, 1, 5, 6), (CROPS, 1, 1, 1))
    out = student.random_crop(x, 3, 3, np.random.default_rng(rng.integers(2**32)))
    assert_array(out, shape=(CROPS, 1, 3, 3), name="the windows")
    place = out[:, 0, 0, 0].astype(int) - 1
    rows, columns = place // 6, place % 6
    if not ((rows >= 0) & (rows < 3) & (columns >= 0) & (columns < 4)).all():
        raise CheckFailure("some windows do not begin at one of the 12 places of a 3 x 3 window in 5 x 6 pixels")
    numbers: np.ndarray = 4 * rows + columns
    return numbers


@check(
    "random_crop",
    hint="Print one small image with numbered pixels, and its window. Do rows and columns follow each other?",
)
def test_windows_are_windows_of_their_images(student: Student, rng: np.random.Generator) -> None:
    """Each result is a window of its own image, in all of its channels"""
    for shape, size, padding in (((20, 2, 5, 8), (3, 4), 0), ((20, 3, 6, 6), (4, 4), 0), ((30, 2, 4, 5), (4, 3), 2)):
        x = coded(*shape)
        out = student.random_crop(x, *size, np.random.default_rng(rng.integers(2**32)), padding)
        assert_array(out, shape=(*shape[:2], *size), name="the windows")
        places_of(out, x, padding)


@check("random_crop", hint="How many places are there for the window, and does every one of them come?")
def test_every_place_is_equally_likely(student: Student, rng: np.random.Generator) -> None:
    """Each of the 12 places of a 3 x 3 window in 5 x 6 pixels is as likely as the others"""
    shares = np.bincount(crop_places(student, rng), minlength=12) / CROPS
    worst = int(np.abs(shares - 1 / 12).argmax())
    assert abs(shares[worst] - 1 / 12) <= CELL_ALLOWED, (
        f"the window at row {worst // 4}, column {worst % 4} comes in a share of {shares[worst]:.3f} of the images; "
        f"expected {1 / 12:.3f}, at most {CELL_ALLOWED} off"
    )


@check("random_crop", hint="Every image has a place of its own. How many places do you draw for a batch?")
def test_images_are_cropped_independently(student: Student, rng: np.random.Generator) -> None:
    """The window of one image says nothing about that of its neighbour"""
    places = crop_places(student, rng)
    assert_rate(
        places[::2] == places[1::2], 1 / 12, name="the share of neighbours with their windows at the same place"
    )


@check("random_crop", hint="Padding adds rows and columns on all four sides. How far can the window go then?")
def test_padding_is_part_of_the_image(student: Student, rng: np.random.Generator) -> None:
    """With padding, windows reach into the zeros on all four sides"""
    x = coded(400, 1, 3, 3)
    out = student.random_crop(x, 3, 3, np.random.default_rng(rng.integers(2**32)), 1)
    assert_array(out, shape=x.shape, name="the windows")
    places = set(places_of(out, x, 1))
    # One of 9 places is missed by 400 images with probability 9 * (8/9)**400 = 3e-20.
    missing = sorted({(i, j) for i in range(3) for j in range(3)} - places)
    assert not missing, f"no window begins at row {missing[0][0]}, column {missing[0][1]} of the padded images"


@check("random_crop", hint="Which draw comes from elsewhere than the generator?")
def test_windows_come_from_the_generator(student: Student, rng: np.random.Generator) -> None:
    """The windows come from the generator: the same state gives the same windows"""
    x = coded(40, 1, 6, 7)
    assert_random(lambda generator: student.random_crop(x, 3, 3, generator), name="the windows")


@check("random_crop", group="edge", hint="How many places has a window that is as large as the image?")
def test_a_window_as_large_as_the_image_is_the_image(student: Student, rng: np.random.Generator) -> None:
    """A window as large as the image is the image"""
    x = coded(5, 2, 3, 4)
    assert_close(student.random_crop(x, 3, 4, np.random.default_rng(rng.integers(2**32))), x, name="the windows")


@check(
    "random_crop",
    group="contract",
    hint="Compare the size of the window with that of the padded image, in each direction.",
)
def test_windows_that_do_not_fit_are_refused(student: Student) -> None:
    """A window larger than the padded image raises ValueError"""
    x = coded(2, 1, 3, 4)
    for crop_h, crop_w, padding in ((4, 2, 0), (2, 5, 0), (6, 2, 1)):
        assert_raises(ValueError, student.random_crop, x, crop_h, crop_w, np.random.default_rng(1), padding)


@check("random_crop", group="contract", hint="The original images are needed again in the next epoch.")
def test_crops_leave_the_images_alone(student: Student) -> None:
    """The images that came in are not changed"""
    assert_unchanged(student.random_crop.call(coded(6, 1, 4, 4), 3, 3, np.random.default_rng(1), 1), "x")


@check("random_crop", group="contract", hint="Images are often bytes. With which dtype do you make the padded array?")
def test_crops_keep_the_dtype(student: Student) -> None:
    """Images of bytes stay images of bytes"""
    x = (coded(6, 1, 4, 4) % 251).astype(np.uint8)
    out = student.random_crop(x, 3, 3, np.random.default_rng(1), 1)
    assert_array(out, shape=(6, 1, 3, 3), dtype=np.uint8, name="the windows")
