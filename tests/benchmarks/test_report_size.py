"""How long the report of a class takes, how much memory and how many bytes, and whether that grows with the class.

`pytest tests/benchmarks/test_report_size.py -s` reports 30 and 300 students; `GRADE_BENCHMARK_CLASS=1000` reports 100
and 1,000.
"""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.class_gradebook import graded_class
from tests.fakes.graded import broken, half_right, perfect, untouched

SIZE = int(os.environ.get("GRADE_BENCHMARK_CLASS", "300"))
KINDS = (perfect, half_right, broken, untouched)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in other units elsewhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one report took."""

    seconds: float
    memory_bytes: int
    page_bytes: float
    """Of one page of a student, on average."""
    class_bytes: int


def test_the_report_of_a_class_and_of_one_of_a_tenth_of_its_size(tmp_path: Path) -> None:
    small, large = (_report(tmp_path, size) for size in (SIZE // 10, SIZE))
    print(f"\nmemory grows {large.memory_bytes / small.memory_bytes:.2f} times")
    assert large.memory_bytes < 2 * small.memory_bytes, "more than a few students are in memory at once"
    assert large.page_bytes < 1.1 * small.page_bytes, "a student's page grows with the class"
    assert large.class_bytes < 1500 * SIZE + 100_000, "the page of the class is too heavy"


def _report(folder: Path, size: int) -> Measured:
    course, gradebook, site = folder / f"course{size}", folder / f"{size}.sqlite", folder / f"report{size}"
    (course / "assignments").mkdir(parents=True)
    graded_class(gradebook, {f"student{number:04}": [KINDS[number % len(KINDS)]()] for number in range(size)})
    arguments = ["report", "--course", str(course), "--gradebook", str(gradebook), "--output", str(site)]
    started = time.perf_counter()
    child = os.posix_spawn(sys.executable, [sys.executable, "-m", "grader", *arguments], os.environ)
    _, status, usage = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    pages = [path.stat().st_size for path in site.glob("*/*.html")]
    assert len(pages) == 2 * size
    measured = Measured(
        seconds=time.perf_counter() - started,
        memory_bytes=usage.ru_maxrss << 10,
        page_bytes=sum(pages) / len(pages),
        class_bytes=(site / "index.html").stat().st_size,
    )
    print(
        f"\n{size} students: {measured.seconds:.1f} s, {1e3 * measured.seconds / size:.0f} ms each, at most "
        f"{measured.memory_bytes / 1e6:.0f} MB, {measured.page_bytes / 1e3:.0f} kB a page, "
        f"the class {measured.class_bytes / 1e3:.0f} kB"
    )
    return measured
