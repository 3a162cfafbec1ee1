"""Lines of a terminal report fit the terminal, whatever its width."""

import pytest
from rich.text import Text

from grader.reports.layout import columns_of, indented, labelled, printed, two_sides


@pytest.mark.parametrize(("width", "columns"), [(10, 60), (80, 80), (400, 120)])
def test_a_report_takes_between_60_and_120_columns(width: int, columns: int) -> None:
    assert columns_of(width) == columns


def test_two_sides_end_at_the_two_ends_of_a_line() -> None:
    [line] = printed([two_sides(Text("left"), Text("right"))], color=False, columns=60).splitlines()
    assert (line[:4], line[-5:], len(line)) == ("left", "right", 60)


def test_a_long_text_wraps_beside_its_label() -> None:
    lines = printed([labelled([("hint", Text("word " * 30))])], color=False, columns=60).splitlines()
    assert lines[0].startswith("hint     word")
    assert all(line.startswith(" " * 9 + "word") for line in lines[1:])
    assert max(map(len, lines)) <= 60


def test_a_part_moves_to_the_right() -> None:
    assert printed([indented(Text("part"), 3)], color=False, columns=60) == "   part\n"


def test_a_runner_command_is_not_printed() -> None:
    assert "::error" not in printed([Text("::error::forged")], color=False, columns=60)
