"""What isolation costs: a whole graded run against the same checks by plain pytest, in one process, without isolation.

`pytest tests/benchmarks -s --benchmark-enable` prints the ratios. They are taken pair by pair in one run, since
machines are noisy; the targets were 2 in a warm process and 1.5 with the start of the process.
"""

import contextlib
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import open_course, read_submission
from grader.harness import CheckRun, grade_run, load_reference
from grader.harness.session import check_folders
from grader.sandbox import Isolation, Limits, open_sandbox
from tests.fakes import plain_student

COURSE = Path(__file__).parents[2]
ASSIGNMENTS = ("assignment2", "assignment3")


def seconds_of(action: Callable[[], None]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def show_ratio(what: str, ours: Callable[[], None], theirs: Callable[[], None], pairs: int) -> None:
    if pairs > 1:
        ours()
        theirs()
    timed = [(seconds_of(ours), seconds_of(theirs)) for _ in range(pairs)]
    ratios = sorted(a / b for a, b in timed)
    graded, plain = (statistics.median(column) for column in zip(*timed, strict=True))
    print(
        f"\n{what}: graded {1e3 * graded:.0f} ms, plain pytest {1e3 * plain:.0f} ms, "
        f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


def plain_options(name: str) -> list[str]:
    folders = check_folders(open_course(COURSE).assignment(name))
    alone = [
        "-q",
        "-p",
        "no:grader",
        "-c",
        os.devnull,
        f"--rootdir={COURSE}",
        "--import-mode=importlib",
        "-W",
        "ignore",
    ]
    return [*alone, *folders]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_graded_run_in_a_warm_process(name: str, pairs: int) -> None:
    assignment = open_course(COURSE).assignment(name)
    solution = load_reference(assignment)
    submission = read_submission(assignment.solution_folder, assignment)

    def plain() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            assert pytest.main(plain_options(name), plugins=[plain_student]) == 0

    with open_sandbox(Limits(), Isolation.BEST) as sandbox:

        def graded() -> None:
            run = CheckRun(
                assignment=assignment,
                submission=submission,
                solution=solution,
                seed=assignment.seed,
                open_worker=sandbox.worker,
            )
            assert grade_run(run, assignment_digest="", isolation={}).points == 100

        show_ratio(f"{name}, warm", graded, plain, pairs)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_graded_run_from_a_cold_shell(name: str, pairs: int) -> None:
    def run(*command: str) -> None:
        subprocess.run([sys.executable, "-m", *command], cwd=COURSE, check=True, capture_output=True)

    show_ratio(
        f"{name}, cold",
        lambda: run("grader", name, f"solutions/{name}"),
        lambda: run("pytest", "-p", "tests.fakes.plain_student", *plain_options(name)),
        pairs,
    )


def test_every_reference_in_turn(is_measured: bool) -> None:
    """The course's solutions, graded one after the other from a cold shell; the target was 30 s on 2 cores."""
    seconds = {}
    for name in open_course(COURSE).assignment_ids[: None if is_measured else 2]:
        command = [sys.executable, "-m", "grader", name, f"solutions/{name}"]
        started = time.perf_counter()
        subprocess.run(command, cwd=COURSE, check=True, capture_output=True)
        seconds[name] = time.perf_counter() - started
    slowest = max(seconds, key=lambda name: seconds[name])
    total = sum(seconds.values())
    print(
        f"\n{len(seconds)} references: {total:.1f} s, which is {total / 30:.2f} of the target of 30 s; "
        f"the longest is {slowest}, {seconds[slowest]:.1f} s"
    )
