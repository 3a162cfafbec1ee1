"""Tests of the terminal report."""

import re
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from grader.reports import Format, render
from tests.fakes.graded import EXAMPLES, half_right, hostile, perfect

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_report_reads_as_agreed(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(render(EXAMPLES[name](), Format.TERMINAL), f"reports/{name}.txt")


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    lines = render(EXAMPLES[name](), Format.TERMINAL, width=width, verbose=True).split("\n")

    allowed = width + (len(r"\x3a") if name == "hostile" else 0)  # a defused command at the start of a line is longer
    assert max(map(cell_len, lines)) <= allowed


@pytest.mark.parametrize(("asked", "given"), [(20, 60), (400, 120)])
def test_the_width_is_bounded(asked: int, given: int) -> None:
    bar = render(half_right(), Format.TERMINAL, width=asked).split("\n")[1]

    assert cell_len(bar) == given


@pytest.mark.parametrize("name", EXAMPLES)
def test_colour_adds_nothing_but_colour(name: str) -> None:
    plain = render(EXAMPLES[name](), Format.TERMINAL)
    colored = render(EXAMPLES[name](), Format.TERMINAL, color=True)

    assert "\x1b" not in plain
    assert ANSI.search(colored)
    assert "\x1b" not in ANSI.sub("", colored)
    if name != "hostile":  # there, colour codes already keep commands from the start of a line
        assert [line.rstrip() for line in ANSI.sub("", colored).split("\n")] == plain.split("\n")


def test_passed_checks_are_named_only_when_asked() -> None:
    assert "Zero weights give exactly zero" not in render(perfect(), Format.TERMINAL)
    assert "✓ Zero weights give exactly zero – passes" in render(perfect(), Format.TERMINAL, verbose=True)


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    report = render(hostile(), Format.TERMINAL, width=120)

    assert r"\x1b[31mred" in report
    assert r"\u202ecba" in report
    assert "[bold]loud[/bold]" in report
    assert not re.search(r"(?m)^\s*::", report)
    assert "##[" not in report
    report.encode("utf-8")


def test_printed_lines_stay_behind_their_bar_where_they_wrap() -> None:
    lines = render(hostile(), Format.TERMINAL, width=60).split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("    printed  │ "))
    end = next(i for i in range(start, len(lines)) if not lines[i])

    assert end - start > 8
    assert all(line.startswith("             │ ") for line in lines[start + 1 : end])
