"""What a failed check can show as a picture, cut to a bounded size."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.laws import Law
from grader.model.evidence import (
    MAX_CELLS,
    CurveEvidence,
    DistributionEvidence,
    EntriesEvidence,
    MaskEvidence,
    RegionsEvidence,
    Series,
)

_MIN_COLUMNS = 50
"""Of a wide array, at least these many columns are shown before its rows."""
_BINS = 40
_CURVE_POINTS = 121
_STEPS = 200
"""A longer curve is thinned out."""
_POINTS = 300
_LAW_STDS = 4.0
"""How far from the mean a law is drawn."""
_MAX_RANGE = 1e6
"""In standard deviations of the law: a sample that reaches further would leave nothing to see."""


def entries_evidence(
    name: str, got: NDArray[Any], expected: NDArray[Any], differs: NDArray[np.bool_]
) -> EntriesEvidence | None:
    """Return two arrays of the same shape entry by entry, or None where there is nothing to draw.

    Nothing is drawn for a single number, and where an expected entry is not finite.
    """
    if got.size < 2 or not np.isfinite(expected).all():
        return None
    rows, columns = _window(got)
    shown = _cut(np.asarray(got, dtype=np.float64), rows, columns).ravel()
    return EntriesEvidence(
        name=name,
        shape=got.shape,
        rows=rows,
        columns=columns,
        expected=tuple(_cut(np.asarray(expected, dtype=np.float64), rows, columns).ravel().tolist()),
        got=tuple(value if finite else None for value, finite in zip(shown.tolist(), np.isfinite(shown), strict=True)),
        differs=tuple(_cut(differs, rows, columns).ravel().tolist()),
    )


def mask_evidence(name: str, kept: NDArray[np.bool_], expected_share: float) -> MaskEvidence | None:
    """Return a pattern of kept and dropped entries, or None for an empty one."""
    if not kept.size:
        return None
    rows, columns = _window(kept)
    return MaskEvidence(
        name=name,
        rows=rows,
        columns=columns,
        kept=tuple(_cut(kept, rows, columns).ravel().tolist()),
        kept_share=float(kept.mean()),
        expected_share=expected_share,
    )


def distribution_evidence(name: str, values: NDArray[np.float64], law: Law) -> DistributionEvidence | None:
    """Return a sample's histogram and its law, or None where the two do not fit into one picture."""
    reach = _LAW_STDS * law.std
    low, high = min(law.mean - reach, float(values.min())), max(law.mean + reach, float(values.max()))
    if not high - low <= _MAX_RANGE * law.std:
        return None
    density, edges = np.histogram(values, bins=_BINS, range=(low, high), density=True)
    curve = np.linspace(low, high, _CURVE_POINTS)
    return DistributionEvidence(
        name=name,
        law=str(law),
        edges=tuple(edges.tolist()),
        density=tuple(density.tolist()),
        curve_x=tuple(curve.tolist()),
        curve_density=tuple(law.density(curve).tolist()),
    )


def curve_evidence(name: str, series: Mapping[str, Sequence[float]]) -> CurveEvidence | None:
    """Return some lines over the same steps, the first step being 1, or None where there is nothing to draw.

    What is no plain sequence of numbers is left out: a student's records may be anything.
    """
    lines = {label: values for label, each in series.items() if len(values := _numbers(each)) > 1}
    length = max(map(len, lines.values()), default=0)
    shown = np.unique(np.linspace(0, length - 1, min(length, _STEPS)).astype(int)).tolist()
    if not any(np.isfinite(values).any() for values in lines.values()):
        return None
    return CurveEvidence(
        name=name,
        steps=tuple(step + 1 for step in shown),
        series=tuple(
            Series(
                name=label,
                values=tuple(
                    float(values[step]) if step < len(values) and np.isfinite(values[step]) else None for step in shown
                ),
            )
            for label, values in lines.items()
        ),
    )


def regions_evidence(
    name: str, classes: NDArray[Any], *, points: NDArray[Any], point_classes: NDArray[Any]
) -> RegionsEvidence:
    """Return the classes that a model sees on a grid (rows, columns), with some points (N, 2) among its cells.

    A point is given as its column and its row, in cells from the upper left corner.
    """
    rows, columns = classes.shape
    return RegionsEvidence(
        name=name,
        rows=rows,
        columns=columns,
        classes=tuple(classes.ravel().astype(int).tolist()),
        point_rows=tuple(points[:_POINTS, 1].astype(float).tolist()),
        point_columns=tuple(points[:_POINTS, 0].astype(float).tolist()),
        point_classes=tuple(point_classes[:_POINTS].astype(int).tolist()),
    )


def _numbers(values: object) -> NDArray[np.float64]:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.empty(0)
    return numbers if numbers.ndim == 1 else np.empty(0)


def _window(array: NDArray[Any]) -> tuple[int, int]:
    """Return how many rows and columns of the folded array fit into `MAX_CELLS`."""
    width = array.shape[-1] if array.ndim else 1
    height = array.size // width
    columns = min(width, max(_MIN_COLUMNS, MAX_CELLS // height))
    return min(height, MAX_CELLS // columns), columns


def _cut(array: NDArray[Any], rows: int, columns: int) -> NDArray[Any]:
    width = array.shape[-1] if array.ndim else 1
    return array.reshape(-1, width)[:rows, :columns]
