"""What a save costs under `grade watch`, against grading in a process of its own; without the time the editor takes.

`pytest tests/benchmarks/test_watch_speed.py -s` prints the ratio. The two are taken in turn, since machines are noisy.
"""

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from grader.course import open_course
from grader.sandbox import Isolation
from grader.workflows.grade_one import Options
from grader.workflows.watch import SETTLE_MILLISECONDS, Watch

COURSE = Path(__file__).parents[2]
SUBMISSION = COURSE / "tests" / "submissions" / "assignment3" / "late_night"


def seconds_of(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def test_a_save_costs_less_than_a_run_of_its_own(tmp_path: Path, pairs: int) -> None:
    work = tmp_path / "work"
    shutil.copytree(SUBMISSION, work)
    command = [sys.executable, "-m", "grader", "assignment3", str(work), "--course", str(COURSE)]
    with Watch(open_course(COURSE), "assignment3", work, Options(isolation=Isolation.BEST)) as watch:
        watch.look()
        timed = []
        for _ in range(pairs):
            with (work / "decay.py").open("a", encoding="utf-8") as file:
                file.write("\n")
            cold = seconds_of(lambda: subprocess.run(command, capture_output=True, check=False))
            timed.append((seconds_of(watch.look), cold))
    warm, cold = (statistics.median(column) for column in zip(*timed, strict=True))
    print(
        f"\na save with known mistakes under watch: {1e3 * warm:.0f} ms after {SETTLE_MILLISECONDS} ms of silence, "
        f"a run of its own {1e3 * cold:.0f} ms, ratio {warm / cold:.2f}"
    )
    assert warm < cold
