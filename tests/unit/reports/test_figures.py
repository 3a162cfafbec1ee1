"""Tests of the pictures: numbers, indices and marks, not their looks."""

import re
from dataclasses import replace

import pytest

from grader.model.evidence import CurveEvidence, DistributionEvidence, MaskEvidence, RegionsEvidence, Series
from grader.reports import figures
from tests.fakes.graded import distribution, entries, mask, question


def squares(drawing: str, kind: str) -> int:
    [path] = re.findall(rf'class="{kind}" d="([^"]*)"', drawing)
    return sum(int(length) for length in re.findall(r"h(\d+)", path))


def test_a_small_array_is_read_row_by_row_with_both_numbers() -> None:
    rows = figures.matrix(entries("dW", (2, 3), every=2))

    assert [[entry.differs for entry in row] for row in rows] == [[True, False, True], [False, True, False]]
    assert rows[0][0] == figures.Entry(index="[0, 0]", expected="0.2955", got="0.1477", differs=True)


@pytest.mark.parametrize(
    ("shape", "index"), [((2, 3), "[1, 1]"), ((6,), "[4]"), ((2, 1, 3), "[1, 0, 1]"), ((1, 2, 1, 3), "[0, 1, 0, 1]")]
)
def test_an_entry_is_named_as_python_would_index_it(shape: tuple[int, ...], index: str) -> None:
    evidence = replace(entries("a", shape), differs=tuple(i == 4 for i in range(6)))

    assert [entry.index for entry in figures.first_differing(evidence)] == [index]


def test_a_single_number_has_an_empty_index() -> None:
    evidence = entries("loss", ())

    assert figures.first_differing(evidence)[0].index == "[]"
    assert figures.row_label(evidence, 0) == "[]"


def test_rows_of_a_folded_array_are_named_by_their_leading_indices() -> None:
    assert figures.row_label(entries("a", (2, 2, 3)), 3) == "[1, 1, :]"


def test_a_value_that_is_not_finite_is_said_in_words() -> None:
    evidence = replace(entries("a", (2,)), got=(None, 1.0))

    assert figures.matrix(evidence)[0][0].got == "not finite"


@pytest.mark.parametrize(("shape", "small"), [((8, 8), True), ((9, 2), False), ((2, 9), False), ((), True)])
def test_only_what_a_person_can_read_is_shown_number_by_number(shape: tuple[int, ...], small: bool) -> None:
    assert figures.is_small(entries("a", shape)) is small


def test_a_map_marks_the_entries_that_differ() -> None:
    drawing = figures.entries_map(entries("a", (30, 30), every=9))

    assert squares(drawing, "differs") == 100
    assert squares(drawing, "plain") == 800
    assert 'viewBox="0 0 30 30"' in drawing
    assert 'aria-label="100 of 900 entries of a differ."' in drawing


def test_a_long_vector_is_wrapped() -> None:
    assert 'viewBox="0 0 50 3"' in figures.entries_map(entries("a", (120,)))


def test_a_mask_marks_what_is_kept() -> None:
    evidence = mask()

    assert squares(figures.mask_map(evidence), "kept") == sum(evidence.kept)


def test_an_empty_mask_is_drawn_empty() -> None:
    evidence = MaskEvidence(name="m", rows=0, columns=0, kept=(), kept_share=0.0, expected_share=0.5)

    assert squares(figures.mask_map(evidence), "kept") == 0


def test_a_sample_has_one_bar_for_each_bin_inside_the_picture() -> None:
    drawing = figures.distribution_plot(distribution())
    [bars] = re.findall(r'class="sample" d="([^"]*)"', drawing)
    xs = [float(x) for x in re.findall(r"M([-\d.]+)", bars)]

    assert len(xs) == len(distribution().density)
    assert 0 <= min(xs) <= max(xs) <= 420
    assert ">0</text>" in drawing


@pytest.mark.parametrize("edges", [(0.0, 1.0), (1.0, 1.0), (-1e-9, 1e-9), (1e6, 2e6)])
def test_a_sample_of_any_width_can_be_drawn(edges: tuple[float, float]) -> None:
    evidence = DistributionEvidence(
        name="W", law="constant", edges=edges, density=(0.0,), curve_x=edges, curve_density=(0.0, 0.0)
    )

    assert "nan" not in figures.distribution_plot(evidence)


def test_a_students_words_are_escaped_in_a_picture() -> None:
    drawing = figures.entries_map(replace(entries("a", (9, 9)), name='"><script>'))

    assert "<script>" not in drawing


def test_a_bar_is_filled_by_the_share_of_its_points() -> None:
    assert re.findall(r'class="filled" x="0.00%" width="([\d.]+)%"', figures.progress(3.0, 12.0)) == ["25.00"]
    assert "filled" not in figures.progress(0.0, 12.0)
    assert figures.progress(0.0, 0.0) == ""


def test_the_score_strip_gives_each_question_its_share() -> None:
    parts = [question(name, "m", "A title", [], points=1.0, max_points=most) for name, most in (("f", 1.0), ("g", 3.0))]
    tracks = re.findall(r'class="track" x="[\d.]+%" width="([\d.]+)%"', figures.score_strip(parts))

    assert float(tracks[1]) == pytest.approx(3 * float(tracks[0]), rel=1e-3)


def curve(*values: float | None) -> CurveEvidence:
    return CurveEvidence(
        name="training", steps=tuple(range(1, len(values) + 1)), series=(Series(name="loss", values=values),)
    )


def test_a_curve_goes_down_where_its_values_do() -> None:
    drawing = figures.curve_plot(curve(2.0, 1.5, 0.5))
    [path] = re.findall(r'class="line series0" d="([^"]*)"', drawing)
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", path)]

    assert heights == sorted(heights)
    assert path.count("M") == 1
    assert 'aria-label="training: loss, steps 1 to 3."' in drawing


def test_a_curve_has_a_gap_where_a_value_is_not_finite() -> None:
    drawing = figures.curve_plot(curve(2.0, 1.5, None, 0.5, 0.4))
    [path] = re.findall(r'class="line series0" d="([^"]*)"', drawing)

    assert path.count("M") == 2


@pytest.mark.parametrize("values", [(1.0, 1.0), (0.0, 0.0), (1e9, -1e9), (None, 1.0)])
def test_a_curve_of_any_height_can_be_drawn(values: tuple[float | None, ...]) -> None:
    assert "nan" not in figures.curve_plot(curve(*values))


def test_regions_and_points_of_a_class_have_one_colour() -> None:
    evidence = RegionsEvidence(
        name="spirals",
        rows=2,
        columns=2,
        classes=(0, 0, 1, 2),
        point_rows=(0.5, 1.5),
        point_columns=(0.5, 0.5),
        point_classes=(0, 1),
    )
    drawing = figures.regions_map(evidence)

    assert [squares(drawing, f"area series{number}") for number in range(3)] == [2, 1, 1]
    assert re.findall(r'circle class="(\w+)" cx="([\d.]+)" cy="([\d.]+)"', drawing) == [
        ("series0", "0.50", "0.50"),
        ("series1", "0.50", "1.50"),
    ]
    assert "regions of 3 classes and 2 points" in drawing
