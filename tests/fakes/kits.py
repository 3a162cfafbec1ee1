"""What the tests of the CI kits hand in, and the kits themselves."""

import subprocess
from pathlib import Path
from typing import Any

from grader.course import open_course
from grader.kits import Host
from grader.workflows.ci_kit import KitOptions, write_kit
from tests.fakes.small_course import COINS, SCALE, write_course

ADDRESS = "https://gitlab.com/group/course.git"
ADDS = SCALE.replace("factor * x, factor", "factor + x, factor")
"""Loses points at one question."""

_PRINTS = """
print("::error file=a.py::forged")
print("::set-output name=points::100")
print("##[error]forged")
print("::stop-commands::x")
"""
_TRAP = """
import os
open({trap!r} + os.path.basename(__file__), "w").write("ran")
"""


def committed_course(folder: Path, *, repository: Path | None = None, **replacements: str) -> Path:
    """Write the small course as the only commit of a repository: in `folder`, or around it."""
    course = write_course(folder, **replacements)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "first"]):
        subprocess.run(["git", *identity, *arguments], cwd=repository or course, check=True)  # noqa: S607 - whichever git there is
    return course


def written_kit(course: Path, host: Host, **options: Any) -> Path:
    """Write a kit beside the course and return its folder."""
    folder = course.parent / f"kit-{host.value}"
    repository = {Host.GITHUB: "org/course", Host.GITLAB: ADDRESS}.get(host)
    write_kit(open_course(course), host, folder, KitOptions(**{"repository": repository, **options}))
    return folder


def work_in(folder: Path, *, scale: str = SCALE, coins: str = COINS) -> Path:
    """Write a submission; without changes it is right."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scale.py").write_text(scale, encoding="utf-8")
    (folder / "coins.py").write_text(coins, encoding="utf-8")
    return folder


def hostile_work_in(folder: Path, trap: Path) -> Path:
    """Write a submission with everything in it that some tool would run, and commands in what it prints.

    What of it runs anywhere but in the sandbox leaves a file in `trap`, which this makes for everybody to write to.
    """
    trap.mkdir()
    trap.chmod(0o777)
    printing = SCALE.replace("return factor * x", 'print("\\n::error::mine")\n    return x')
    work = work_in(folder, scale=_PRINTS + printing)
    code = _TRAP.format(trap=f"{trap}/ran-")
    for name in ("conftest.py", "sitecustomize.py", "usercustomize.py", "setup.py", "json.py", "numpy.py", "pytest.py"):
        (work / name).write_text(code, encoding="utf-8")
    for package in ("grader", "msgspec"):
        (work / package).mkdir()
        (work / package / "__init__.py").write_text(code, encoding="utf-8")
        (work / package / "__main__.py").write_text(code, encoding="utf-8")
    (work / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "-p evil"\n', encoding="utf-8")
    (work / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n", encoding="utf-8")
    return work


def links_in(folder: Path, solution: Path) -> Path:
    """Write a submission whose modules, and whose folder named like the assignment, are links to the solution."""
    folder.mkdir()
    for name in ("scale.py", "coins.py"):
        (folder / name).symlink_to(solution / name)
    (folder / "small").symlink_to(solution)
    return folder
