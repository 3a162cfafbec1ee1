"""The pictures of a class, drawn as those of a student's report are."""

from collections.abc import Sequence

from markupsafe import Markup

from grader.model.class_statistics import QuestionStatistics, Spread
from grader.reports.figures import svg

_WIDTH, _HEIGHT, _TOP, _AXIS = 640, 170, 30, 40


def marks_plot(bins: Sequence[int], marks: Spread, most: float) -> Markup:
    """Draw how many students have how many points, and where the median lies."""
    step = _WIDTH / len(bins)
    tallest = max(bins) or 1
    base = _TOP + _HEIGHT

    def top(count: int) -> float:
        return base - count / tallest * (_HEIGHT - 18)

    bars = "".join(
        f'<rect class="students" x="{i * step + 3:.1f}" y="{top(count):.1f}" width="{step - 6:.1f}" '
        f'height="{base - top(count):.1f}" rx="3"/>'
        f'<text class="count" x="{(i + 0.5) * step:.1f}" y="{top(count) - 6:.1f}" text-anchor="middle">{count}</text>'
        for i, count in enumerate(bins)
        if count
    )
    ticks = "".join(
        f'<text x="{min(max(i * step, 2), _WIDTH - 2):.1f}" y="{base + 18}" text-anchor="{_anchor(i, len(bins))}">'
        f"{most * i / len(bins):g}</text>"
        for i in range(len(bins) + 1)
    )
    at = min(marks.median / most, 1.0) * _WIDTH
    side, shift = ("end", -6) if at > _WIDTH / 2 else ("start", 6)
    median = (
        f'<path class="median" d="M{at:.1f} 0V{base}"/>'
        f'<text class="median" x="{at + shift:.1f}" y="16" text-anchor="{side}">median {marks.median:.4g}</text>'
    )
    axis = f'<path class="axis" d="M0 {base}H{_WIDTH}"/>'
    label = f'<text x="{_WIDTH / 2}" y="{base + 36}" text-anchor="middle">points</text>'
    return svg(
        f'class="plot marks" viewBox="0 0 {_WIDTH} {base + _AXIS}"',
        f"Histogram of the marks: {_words(bins, most)}; the median is {marks.median:.4g}.",
        bars + axis + ticks + label + median,
    )


def far_bar(question: QuestionStatistics) -> Markup:
    """Draw how far students are with a question; the numbers stand beside it."""
    parts = (
        ("full", question.full),
        ("partial", question.partial),
        ("nothing", question.nothing),
        ("open", question.not_started),
    )
    total = sum(count for _, count in parts) or 1
    at, rects = 0.0, []
    for name, count in parts:
        width = 100 * count / total
        if count:
            rects.append(f'<rect class="{name}" x="{at:.2f}%" width="{width:.2f}%" height="100%"/>')
        at += width
    return Markup(f'<svg class="far" aria-hidden="true" focusable="false">{"".join(rects)}</svg>')  # noqa: S704 - numbers only


def _words(bins: Sequence[int], most: float) -> str:
    width = most / len(bins)
    return ", ".join(f"{count} from {i * width:g} to {(i + 1) * width:g}" for i, count in enumerate(bins) if count)


def _anchor(number: int, last: int) -> str:
    return {0: "start", last: "end"}.get(number, "middle")
