"""The same attacks on a grader that is not root, as on most machines of students and of continuous integration."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest

from grader.worker.privileges import is_reachable

NOBODY = "65534"
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="this grader is not root: the other tests have shown it")


@pytest.mark.parametrize("file", ["test_graded.py", "test_isolation.py", "test_system.py", "test_inside.py"])
def test_an_ordinary_user_s_grader_holds_as_well(file: str) -> None:
    python = _python_for_everybody()
    if python is None:
        pytest.skip("no Python of this version that other users can read")
    done = _pytest([*_as_nobody(), python], str(HERE / file))
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout


def test_so_it_does_where_python_lies_in_root_s_home() -> None:
    """Another user needs one capability to read Python there; its workers keep it, and it opens no door."""
    if all(is_reachable(path) for path in (os.__file__, np.__file__, sys.executable, str(HERE))):
        pytest.skip("everybody can read this Python")
    capable = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    files = (str(HERE / "test_system.py"), str(HERE / "test_inside.py"))
    done = _pytest([*_as_nobody(), *capable, sys.executable], "-k", "unprivileged", *files)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout


def _as_nobody() -> list[str]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv is not installed")
    return [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _python_for_everybody() -> str | None:
    """Return an interpreter of this version that nobody can start, and that finds our packages; None without one."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        again = "import grader.harness, subprocess, sys; subprocess.run([sys.executable, '-c', ''], check=True)"
        test = [*_as_nobody(), candidate, "-B", "-c", again]
        if Path(candidate).exists() and _run(test).returncode == 0:
            return candidate
    return None


def _pytest(python: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    options = ["-B", "-m", "pytest", "-q", "--import-mode=importlib", "-p", "no:cacheprovider"]
    return _run([*python, *options, *arguments])


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    packages = {str(Path(package.__path__[0]).parent) for package in (np, msgspec)}
    environment = {"PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), *packages]), "PATH": os.environ["PATH"]}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parents[1], env=environment)
