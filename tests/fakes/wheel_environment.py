"""A machine of a student: a Python with the wheel and its libraries, no checkout, and no network."""

import json
import sys
import venv
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from grader.kits.wheel import wheel
from tests.fakes.commands import run

OFFLINE = """
import sys

def refuse(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname") or (event == "socket.connect" and args[1] != ""):
        raise RuntimeError(f"offline: {event}")

sys.addaudithook(refuse)
"""
"""As `sitecustomize`: no name is looked up and nothing is connected to."""


def environment_with_the_wheel(folder: Path) -> Path:
    """Return the Python of a new environment: the wheel is unpacked there, its libraries are those of the tests."""
    venv.create(folder, with_pip=False, symlinks=True)
    site = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    with zipfile.ZipFile(BytesIO(wheel().content)) as packed:
        packed.extractall(site)
    (site / "libraries.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    (site / "sitecustomize.py").write_text(OFFLINE)
    python = folder / "bin" / "python"
    where = run([str(python), "-c", "import grader; print(grader.__file__)"], cwd=folder)
    assert Path(where.stdout.strip()).is_relative_to(site), where.stderr
    return python


def graded_there(python: Path, copy: Path, assignment_id: str, work: Path | None = None) -> dict[str, Any]:
    """Return the result of `grade` in a students' copy; without a submission, of its stubs."""
    submission = [] if work is None else [str(work)]
    done = run([str(python), "-m", "grader", assignment_id, *submission, "--format", "json"], cwd=copy)
    assert done.stderr == ""
    result: dict[str, Any] = json.loads(done.stdout)
    return result
