"""Tests of the front door: one function for every format."""

import subprocess
import sys

import pytest

from grader.reports import Format, render
from tests.fakes.graded import EXAMPLES

RENDER = """
import sys
from tests.fakes.graded import half_right
from grader.reports import Format, render
render(half_right(), Format("{name}"))
print(*sorted({{"jinja2", "matplotlib", "msgspec", "pygments", "rich"}} & set(sys.modules)))
"""


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("report_format", Format)
def test_every_report_ends_its_last_line(name: str, report_format: Format) -> None:
    text = render(EXAMPLES[name](), report_format)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize(
    ("report_format", "imported"),
    [
        (Format.TERMINAL, "rich"),
        (Format.JSON, "msgspec"),
        (Format.MARKDOWN, "jinja2"),
        (Format.HTML, "jinja2 pygments"),
    ],
)
def test_a_format_imports_only_what_it_needs(report_format: Format, imported: str) -> None:
    script = RENDER.format(name=report_format)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == imported.split()
