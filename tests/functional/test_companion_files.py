"""A student's modules import helper files of their own, in the locked-in process too."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.small_course import COINS, SCALE, write_course

HELPED = SCALE.replace("import numpy as np", "from tools import product").replace(
    "return factor * x,", "return product(factor, x),"
)
TOOLS = "def product(a, b):\n    return a * b\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


def graded(course: Path, files: dict[str, str]) -> dict[str, Any]:
    """Return the JSON of the files' grading."""
    folder = course.parent / "alice"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "grader", "small", str(folder), "--course", str(course), "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_helper_beside_the_modules_can_be_imported(course: Path) -> None:
    assert graded(course, {"scale.py": HELPED, "coins.py": COINS, "tools.py": TOOLS})["points"] == 100


def test_a_helper_that_was_not_handed_in_is_named_where_it_is_imported(course: Path) -> None:
    result = graded(course, {"scale.py": HELPED, "coins.py": COINS})
    points = {question["id"]: question["points"] for question in result["questions"]}
    assert points == {"scale_forward": 0, "scale_backward": 0, "coin_mask": 30}
    assert "tools" in json.dumps(result["questions"][0])


def test_an_error_in_a_helper_is_shown_at_the_helpers_line(course: Path) -> None:
    broken = TOOLS.replace("a * b", "a * c")
    result = graded(course, {"scale.py": HELPED, "coins.py": COINS, "tools.py": broken})
    frames = result["questions"][0]["checks"][0]["traceback"]["frames"]
    assert [frame["filename"] for frame in frames] == ["scale.py", "tools.py"]
    assert frames[-1]["code"] == "return a * c"


def test_a_helper_that_nobody_imports_is_not_run(course: Path) -> None:
    files = {"scale.py": SCALE, "coins.py": COINS, "scratch.py": "raise SystemExit(3)\n"}
    assert graded(course, files)["points"] == 100
