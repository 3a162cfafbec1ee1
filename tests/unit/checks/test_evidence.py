import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks.evidence import curve_evidence, entries_evidence, mask_evidence, regions_evidence
from grader.model.evidence import MAX_CELLS


@given(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=70))
def test_evidence_of_any_shape_is_bounded_and_complete(shape: tuple[int, ...]) -> None:
    got = np.zeros(shape)
    shown = entries_evidence("out", got, got, got != 0)
    if shown is None:
        assert got.size < 2
        return
    assert shown.shape == shape
    assert 0 < shown.rows * shown.columns <= MAX_CELLS
    assert shown.rows * shown.columns == min(got.size, shown.rows * shown.columns)
    assert len(shown.got) == len(shown.expected) == len(shown.differs) == shown.rows * shown.columns
    if got.size <= MAX_CELLS and shape[-1] <= MAX_CELLS:
        assert len(shown.got) == got.size


@given(hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=70), st.floats(0, 1))
def test_a_mask_of_any_shape_is_bounded(shape: tuple[int, ...], share: float) -> None:
    shown = mask_evidence("mask", np.ones(shape, dtype=bool), share)
    if shown is None:
        assert math.prod(shape) == 0
    else:
        assert 0 < shown.rows * shown.columns == len(shown.kept) <= MAX_CELLS
        assert shown.kept_share == 1.0


def test_rows_come_in_order() -> None:
    values = np.arange(6.0).reshape(2, 3)
    shown = entries_evidence("out", values, values + 1, values > 3)
    assert shown is not None
    assert (shown.rows, shown.columns) == (2, 3)
    assert shown.got == (0, 1, 2, 3, 4, 5)
    assert shown.expected == (1, 2, 3, 4, 5, 6)
    assert shown.differs == (False, False, False, False, True, True)


def test_what_is_not_finite_is_none_so_that_json_can_hold_it() -> None:
    shown = entries_evidence("out", np.array([1.0, np.nan, np.inf]), np.ones(3), np.array([False, True, True]))
    assert shown is not None
    assert shown.got == (1.0, None, None)
    assert json.dumps(shown.got, allow_nan=False)


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_nothing_is_drawn_where_the_expected_values_are_not_finite(odd: float) -> None:
    assert entries_evidence("out", np.ones(3), np.array([1.0, odd, 1.0]), np.zeros(3, dtype=bool)) is None


def test_integers_and_flags_are_drawn_as_numbers() -> None:
    shown = entries_evidence("labels", np.array([1, 2]), np.array([True, False]), np.array([False, True]))
    assert shown is not None
    assert (shown.got, shown.expected) == ((1.0, 2.0), (1.0, 0.0))


def test_a_curve_counts_its_steps_from_one_and_leaves_gaps() -> None:
    curve = curve_evidence("training", {"loss": [2.0, math.nan, 1.0], "accuracy": [0.5, 0.75]})
    assert curve is not None
    assert curve.steps == (1, 2, 3)
    assert [(line.name, line.values) for line in curve.series] == [
        ("loss", (2.0, None, 1.0)),
        ("accuracy", (0.5, 0.75, None)),
    ]


def test_a_long_curve_is_thinned_out_and_keeps_its_ends() -> None:
    curve = curve_evidence("training", {"loss": list(range(10_000))})
    assert curve is not None
    assert len(curve.steps) <= 200
    assert (curve.steps[0], curve.steps[-1]) == (1, 10_000)
    assert curve.series[0].values[-1] == 9999


@pytest.mark.parametrize(
    "series",
    [{}, {"loss": []}, {"loss": [1.0]}, {"loss": "falling"}, {"loss": [math.nan] * 3}, {"loss": [[1, 2], [3]]}],
)
def test_records_without_two_numbers_are_not_drawn(series: dict[str, Any]) -> None:
    assert curve_evidence("training", series) is None


def test_regions_keep_the_grid_and_a_bounded_number_of_points() -> None:
    points, classes = np.tile([3.0, 1.0], (1000, 1)), np.arange(1000) % 2
    regions = regions_evidence("spirals", np.array([[0, 1, 1], [2, 2, 2]]), points=points, point_classes=classes)
    assert (regions.rows, regions.columns, regions.classes) == (2, 3, (0, 1, 1, 2, 2, 2))
    assert len(regions.point_rows) == len(regions.point_columns) == len(regions.point_classes) <= 300
    assert (regions.point_columns[0], regions.point_rows[0]) == (3.0, 1.0)
