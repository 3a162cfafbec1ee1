"""How fast a class is graded, how much memory that takes, and whether a submission takes longer in a larger class.

Processor time is printed beside the time that passed: it says more on a machine that has other work.

`pytest tests/benchmarks/test_class_speed.py -s --benchmark-enable` grades 8 and 24 submissions, in which the start of
the pool weighs more than anything else; `GRADE_BENCHMARK_CLASS=1000` grades 100 and 1,000. The target is a growth below
10 % per submission. Where benchmarks are disabled, 2 and 6 submissions show that it runs.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.course import open_course
from tests.fakes.class_of import write_class
from tests.fakes.processes import descendants

COURSE = Path(__file__).parents[2]
SIZE = int(os.environ.get("GRADE_BENCHMARK_CLASS", "24"))
ASSIGNMENT = os.environ.get("GRADE_BENCHMARK_ASSIGNMENT", "assignment3")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory from /proc")


def test_a_class_and_one_of_a_fraction_of_its_size(tmp_path: Path, is_measured: bool) -> None:
    size = SIZE if is_measured else 6
    small, large = (_grade(tmp_path, each) for each in (size // 10 if size >= 100 else size // 3, size))
    passed, used = (larger / smaller for larger, smaller in zip(large, small, strict=True))
    print(
        f"\n{ASSIGNMENT}: a submission of the larger class takes {passed:.2f} times as long, "
        f"and {used:.2f} times the processor time"
    )


def _grade(folder: Path, size: int) -> tuple[float, float]:
    """Grade a class; print throughput and peak memory, return seconds per submission, passed and of processors."""
    submissions = folder / f"class{size}"
    write_class(submissions, open_course(COURSE).assignment(ASSIGNMENT), size)
    gradebook = folder / f"{size}.sqlite"
    command = ["class", ASSIGNMENT, str(submissions), "--course", str(COURSE), "--gradebook", str(gradebook)]
    started, used_before, most = time.perf_counter(), _processor_seconds(), 0
    with subprocess.Popen(
        [sys.executable, "-m", "grader", *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        while process.poll() is None:
            most = max(most, sum(map(_memory_bytes, [process.pid, *(pid for pid, _ in descendants(process.pid))])))
            time.sleep(0.2)
        printed = process.stdout.read() if process.stdout else ""
    seconds, used = time.perf_counter() - started, _processor_seconds() - used_before
    assert process.returncode in (0, 3), printed
    assert f"{size} graded now" in printed or "could not be graded" in printed
    print(
        f"\n{ASSIGNMENT}, {size} submissions: {seconds:.1f} s, {size / seconds:.2f} a second, "
        f"{1e3 * seconds / size:.0f} ms each, "
        f"{1e3 * used / size:.0f} ms of a processor, at most {most / 1e6:.0f} MB in all processes, "
        f"gradebook {gradebook.stat().st_size / size / 1e3:.0f} kB each"
    )
    return seconds / size, used / size


def _processor_seconds() -> float:
    """Return what all processes that have ended below this one have used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _memory_bytes(pid: int) -> int:
    """Return a process's share of memory: pages that several processes use count in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it ended meanwhile
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)
