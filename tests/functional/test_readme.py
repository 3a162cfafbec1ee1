"""What the README shows is what the program prints; `--update-golden` rewrites it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
EXAMPLE = ["assignment3", "tests/submissions/assignment3/late_night"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["verify", "--help"],
        ["release", "--help"],
        ["class", "--help"],
        ["report", "--help"],
        ["export", "--help"],
        ["ci", "--help"],
        EXAMPLE,
    ],
    ids=["help", "verify", "release", "class", "class report", "export", "ci", "report of one"],
)
def test_the_readme_shows_what_the_program_prints(arguments: list[str], request: pytest.FixtureRequest) -> None:
    printed = _grade(arguments)
    shown = _excerpt(printed) if arguments == EXAMPLE else printed.rstrip("\n")
    start = f"```text\n$ grade {' '.join(arguments)}\n"
    before, found, rest = README.read_text(encoding="utf-8").partition(start)
    old, _, after = rest.partition("```\n")
    assert found, f"the README has no block that begins with {start!r}"
    if request.config.getoption("--update-golden"):
        README.write_text(f"{before}{start}{shown}\n```\n{after}", encoding="utf-8")
    else:
        assert old == shown + "\n"


def test_the_readme_and_the_ci_run_the_tests_alike() -> None:
    command = "-m pytest -n auto\n"
    assert f"\n.venv/bin/python {command}" in README.read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").endswith(f'\n"$venv/bin/python" {command}')


def _excerpt(report: str) -> str:
    """The first two questions and the total."""
    lines = report.splitlines()
    end = next(number for number, line in enumerate(lines) if "l2_penalty_grad " in line)
    total = next(line for line in lines if line.startswith("Total "))
    return "\n".join([*lines[:end], "…", total])


def _grade(arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())
