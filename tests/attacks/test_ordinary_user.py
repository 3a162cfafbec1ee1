"""The same attacks on a grader that is not root, as on most machines of students and of continuous integration."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.worker.privileges import is_reachable

NOBODY = "65534"
HERE = Path(__file__).parent


@pytest.mark.skipif(os.geteuid() != 0, reason="this grader is not root: the other tests have shown it")
def test_an_ordinary_user_s_grader_holds_as_well() -> None:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv is not installed")
    # Where Python lies in root's home, another user needs this one capability to read it, and its workers keep it.
    readable = all(is_reachable(path) for path in (os.__file__, np.__file__, sys.executable, str(HERE)))
    capabilities = [] if readable else ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    chosen = [] if readable else ["-k", "unprivileged"]
    files = [str(HERE / "test_system.py"), str(HERE / "test_inside.py")]
    command = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *capabilities, sys.executable]
    options = ["-B", "-m", "pytest", "-q", "--import-mode=importlib", "-p", "no:cacheprovider", *chosen, *files]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=HERE.parents[1])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
