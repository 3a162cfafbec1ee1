"""Pictures of a class show the numbers that stand beside them."""

import re

import pytest

from grader.model.class_statistics import question_statistics, spread_of
from grader.reports.class_report.figures import far_bar, marks_plot
from tests.fakes.class_records import class_record, student
from tests.fakes.graded import half_right, perfect, untouched


def heights(bins: tuple[int, ...], values: list[float]) -> list[float]:
    spread = spread_of(values)
    assert spread is not None
    return [float(height) for height in re.findall(r'height="([\d.]+)" rx', marks_plot(bins, spread, 100.0))]


def test_bars_are_as_high_as_there_are_students() -> None:
    two, four = heights((2, 0, 4, 0), [10.0, 12.0, 60.0, 61.0, 62.0, 63.0])
    assert four == pytest.approx(2 * two)


@pytest.mark.parametrize("median", [0.0, 49.0, 51.0, 100.0, 130.0])
def test_the_median_stays_in_the_picture(median: float) -> None:
    spread = spread_of([median])
    assert spread is not None
    drawing = marks_plot((0, 1), spread, 100.0)
    [(at, x)] = re.findall(r'class="median" d="M([\d.]+) 0V.*?class="median" x="(-?[\d.]+)"', drawing)
    assert 0 <= float(at) <= 640
    assert 0 <= float(x) <= 640
    assert f"the median is {median:g}" in drawing


def test_a_bar_is_divided_as_the_class_is() -> None:
    record = class_record([student("a", perfect()), student("b", half_right()), student("c", untouched())])
    penalty = question_statistics(record)[1]
    widths = dict(re.findall(r'<rect class="(\w+)" x="[\d.]+%" width="([\d.]+)%"', far_bar(penalty)))
    assert widths == {"full": "33.33", "partial": "33.33", "open": "33.33"}
