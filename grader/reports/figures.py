"""The pictures of a report, drawn as SVG whose colours come from the page's style.

The page's policy refuses the `style` attributes that plotting libraries write; attributes and classes are enough here,
and lines and letters then follow the page's light or dark colours.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from grader.model.evidence import CurveEvidence, DistributionEvidence, EntriesEvidence, MaskEvidence, RegionsEvidence
from grader.model.result import QuestionResult
from grader.model.wording import compared, counted

_TABLE_SIDE = 8
"""Arrays up to this many rows and columns are shown number by number."""
_LISTED = 8
_STRIP_COLUMNS = 50
_COLOURS = 4
_LABEL_WIDTH = 36
_PLOT_WIDTH, _PLOT_HEIGHT, _PLOT_MARGIN, _AXIS_HEIGHT = 420, 180, 14, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One compared number."""

    index: str
    """As one would write it in Python, e.g. `[0, 3]`."""
    expected: str
    got: str
    differs: bool


def is_small(evidence: EntriesEvidence) -> bool:
    """Return whether the array can be read number by number."""
    return evidence.rows <= _TABLE_SIDE and evidence.columns <= _TABLE_SIDE


def matrix(evidence: EntriesEvidence) -> list[list[Entry]]:
    """Return the entries row by row."""
    entries = _entries(evidence, range(len(evidence.expected)))
    return [entries[start : start + evidence.columns] for start in range(0, len(entries), evidence.columns)]


def first_differing(evidence: EntriesEvidence) -> list[Entry]:
    """Return the first entries that differ."""
    where = [position for position, differs in enumerate(evidence.differs) if differs]
    return _entries(evidence, where[:_LISTED])


def row_label(evidence: EntriesEvidence, row: int) -> str:
    """Return the indices of a row of the folded array, e.g. `[2, 0, :]`."""
    leading = _unravel(row, evidence.shape[:-1])
    return f"[{', '.join([*map(str, leading), ':'])}]" if evidence.shape else "[]"


def is_cut(evidence: EntriesEvidence) -> bool:
    """Return whether the array has more entries than are shown."""
    return math.prod(evidence.shape) > len(evidence.expected)


def shape_text(evidence: EntriesEvidence) -> str:
    """Return the shape as Python writes it, e.g. `(4, 3)`."""
    return str(tuple(evidence.shape))


def entries_map(evidence: EntriesEvidence) -> Markup:
    """Draw which entries of an array differ."""
    count = sum(evidence.differs)
    text = f"{count} of {len(evidence.differs)} entries of {evidence.name} differ."
    return _cells(evidence.differs, evidence.rows, evidence.columns, "differs", text)


def mask_map(evidence: MaskEvidence) -> Markup:
    """Draw which entries of a mask are kept."""
    sizes = f"{counted(evidence.rows, 'row')}, {counted(evidence.columns, 'column')}"
    text = f"Pattern of {evidence.name}: {sizes}, kept entries filled."
    return _cells(evidence.kept, evidence.rows, evidence.columns, "kept", text)


def share_text(share: float) -> str:
    """Return a share as a percentage, e.g. `79.2 %`."""
    return f"{100 * share:.1f} %"


def distribution_plot(evidence: DistributionEvidence) -> Markup:
    """Draw the histogram of a sample under the density of its law."""
    xs = [*evidence.edges, *evidence.curve_x]
    low, high = min(xs), max(xs)
    top = max([*evidence.density, *evidence.curve_density, 0.0]) or 1.0
    width = (high - low) or 1.0

    def x(value: float) -> float:
        return _PLOT_MARGIN + (value - low) / width * (_PLOT_WIDTH - 2 * _PLOT_MARGIN)

    def y(density: float) -> float:
        return _PLOT_HEIGHT - density / top * (_PLOT_HEIGHT - 8)

    bars = "".join(
        f"M{x(left):.1f} {_PLOT_HEIGHT}V{y(density):.1f}H{x(right):.1f}V{_PLOT_HEIGHT}Z"
        for left, right, density in zip(evidence.edges, evidence.edges[1:], evidence.density, strict=False)
    )
    points = zip(evidence.curve_x, evidence.curve_density, strict=True)
    curve = " ".join(f"{x(at):.1f},{y(density):.1f}" for at, density in points)
    ticks = "".join(
        f'<path class="axis" d="M{x(tick):.1f} {_PLOT_HEIGHT}v4"/>'
        f'<text x="{x(tick):.1f}" y="{_PLOT_HEIGHT + 18}" text-anchor="middle">{_tick_text(tick)}</text>'
        for tick in _ticks(low, high)
    )
    text = f"Histogram of {evidence.name} against the density of its law: {evidence.law}."
    axis = f'<path class="axis" d="M0 {_PLOT_HEIGHT}H{_PLOT_WIDTH}"/>'
    return svg(
        f'class="plot" viewBox="0 0 {_PLOT_WIDTH} {_PLOT_HEIGHT + _AXIS_HEIGHT}"',
        text,
        f'<path class="sample" d="{bars}"/><polyline class="law" points="{curve}"/>{axis}{ticks}',
    )


def curve_plot(evidence: CurveEvidence) -> Markup:
    """Draw lines over steps; a value that is not finite leaves a gap."""
    values = [value for line in evidence.series for value in line.values if value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    first, last = evidence.steps[0], evidence.steps[-1]
    left = _PLOT_MARGIN + _LABEL_WIDTH

    def x(step: float) -> float:
        return left + (step - first) / ((last - first) or 1) * (_PLOT_WIDTH - left - _PLOT_MARGIN)

    def y(value: float) -> float:
        return 8 + (high - value) / ((high - low) or 1.0) * (_PLOT_HEIGHT - 16)

    lines = "".join(
        f'<path class="line {line_class(number)}" d="{_path(evidence.steps, line.values, x, y)}"/>'
        for number, line in enumerate(evidence.series)
    )
    across = "".join(
        f'<path class="rule" d="M{left} {y(tick):.1f}H{_PLOT_WIDTH}"/>'
        f'<text x="{left - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{_tick_text(tick)}</text>'
        for tick in _ticks(low, high)
    )
    below = "".join(
        f'<text x="{x(tick):.1f}" y="{_PLOT_HEIGHT + 18}" text-anchor="middle">{_tick_text(tick)}</text>'
        for tick in _ticks(first, last)
    )
    names = " and ".join(line.name for line in evidence.series)
    return svg(
        f'class="plot" viewBox="0 0 {_PLOT_WIDTH} {_PLOT_HEIGHT + _AXIS_HEIGHT}"',
        f"{evidence.name}: {names}, steps {first} to {last}.",
        f"{across}{below}{lines}",
    )


def line_class(number: int) -> str:
    """Return the class that gives a line of a curve, or the points of a class, their colour."""
    return f"series{number % _COLOURS}"


def regions_map(evidence: RegionsEvidence) -> Markup:
    """Draw which class is seen where, and points in the colours of their own classes."""
    rows = [
        evidence.classes[start : start + evidence.columns]
        for start in range(0, len(evidence.classes), evidence.columns)
    ]
    seen = sorted({*evidence.classes, *evidence.point_classes})
    areas = "".join(
        f'<path class="area {line_class(number)}" d="{_runs(marks, wanted=True)}"/>'
        for number in seen
        for marks in [[[each == number for each in row] for row in rows]]
    )
    points = "".join(
        f'<circle class="{line_class(number)}" cx="{x:.2f}" cy="{y:.2f}" r="{evidence.columns / 110:.2f}"/>'
        for x, y, number in zip(evidence.point_columns, evidence.point_rows, evidence.point_classes, strict=True)
    )
    text = f"{evidence.name}: regions of {len({*evidence.classes})} classes and {len(evidence.point_classes)} points."
    return svg(f'class="regions" viewBox="0 0 {evidence.columns} {evidence.rows}"', text, areas + points)


def svg(attributes: str, text: str, body: str) -> Markup:
    """Return a picture and its words. `attributes` and `body` are ours; `text` may hold a student's words."""
    opening = Markup('<svg role="img" {} aria-label="{}">').format(Markup(attributes), text)  # noqa: S704 - ours
    return opening + Markup(body) + Markup("</svg>")  # noqa: S704 - numbers only


def _path(
    steps: Sequence[int], values: Sequence[float | None], x: Callable[[float], float], y: Callable[[float], float]
) -> str:
    parts, pen = [], "M"
    for step, value in zip(steps, values, strict=True):
        if value is not None:
            parts.append(f"{pen}{x(step):.1f} {y(value):.1f}")
        pen = "M" if value is None else "L"
    return "".join(parts)


def progress(points: float, most: float) -> Markup:
    """Draw a bar; the numbers stand beside it, so that it needs no text of its own."""
    return _bar([(points, most)])


def score_strip(questions: Sequence[QuestionResult]) -> Markup:
    """Draw one bar in which each question is as wide as its points."""
    return _bar([(question.points, question.max_points) for question in questions])


def _bar(parts: Sequence[tuple[float, float]]) -> Markup:
    total = sum(most for _, most in parts)
    if not total:
        return Markup()
    gap = 0.6 if len(parts) > 1 else 0.0
    scale = (100 - gap * (len(parts) - 1)) / total
    rects, at = [], 0.0
    for earned, most in parts:
        width = most * scale
        rects.append(f'<rect class="track" x="{at:.2f}%" width="{width:.2f}%" height="100%" rx="3"/>')
        if earned > 0:
            filled = min(earned / most, 1.0) * width
            rects.append(f'<rect class="filled" x="{at:.2f}%" width="{filled:.2f}%" height="100%" rx="3"/>')
        at += width + gap
    return Markup(f'<svg class="bar" aria-hidden="true" focusable="false">{"".join(rects)}</svg>')  # noqa: S704 - numbers only


def _cells(marked: Sequence[bool], rows: int, columns: int, kind: str, text: str) -> Markup:
    """A grid of squares; a single long row is wrapped."""
    wide = min(columns, _STRIP_COLUMNS) if rows == 1 else columns
    high = math.ceil(len(marked) / wide) if wide else 0
    side = min(16.0, max(5.0, 480 / wide)) if wide else 0.0
    lines = "".join([*(f"M{x} 0V{high}" for x in range(1, wide)), *(f"M0 {y}H{wide}" for y in range(1, high))])
    rows_of_marks = [marked[start : start + wide] for start in range(0, len(marked), wide)] if wide else []
    return svg(
        f'class="cells" viewBox="0 0 {wide} {high}" width="{wide * side:.0f}" height="{high * side:.0f}"',
        text,
        f'<path class="plain" d="{_runs(rows_of_marks, wanted=False)}"/>'
        f'<path class="{kind}" d="{_runs(rows_of_marks, wanted=True)}"/><path class="grid" d="{lines}"/>',
    )


def _runs(rows: Sequence[Sequence[bool]], *, wanted: bool) -> str:
    """Neighbours in a row are drawn as one rectangle; the grid's lines part them again."""
    path = []
    for y, row in enumerate(rows):
        x = 0
        for mark, run in groupby(row):
            length = len(list(run))
            if mark is wanted:
                path.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(path)


def _entries(evidence: EntriesEvidence, positions: Iterable[int]) -> list[Entry]:
    return [_entry(evidence, position) for position in positions]


def _entry(evidence: EntriesEvidence, position: int) -> Entry:
    differs = evidence.differs[position]
    expected, got = compared(evidence.expected[position], evidence.got[position], differs=differs)
    return Entry(index=_index(evidence, position), expected=expected, got=got, differs=differs)


def _index(evidence: EntriesEvidence, position: int) -> str:
    if not evidence.shape:
        return "[]"
    row, column = divmod(position, evidence.columns)
    return f"[{', '.join(map(str, [*_unravel(row, evidence.shape[:-1]), column]))}]"


def _unravel(row: int, shape: Sequence[int]) -> list[int]:
    indices: list[int] = []
    for size in reversed(shape):
        row, index = divmod(row, size or 1)
        indices.insert(0, index)
    return indices


def _ticks(low: float, high: float) -> list[float]:
    """Three to seven round numbers between `low` and `high`."""
    span = high - low
    if not span > 0:
        return [low]
    step = 10.0 ** math.floor(math.log10(span / 3))
    step = next(step * factor for factor in (1, 2, 5, 10) if span / (step * factor) <= 6)
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _tick_text(tick: float) -> str:
    return f"{tick:.6g}".replace("-", "\N{MINUS SIGN}") if abs(tick) > 1e-12 else "0"
