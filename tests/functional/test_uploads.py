"""Uploads as they come, graded by the command: archives, encodings, hostile names; and what a hidden check keeps."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.archives import tarred, zipped
from tests.fakes.small_course import COINS, SCALE, SCALE_CHECKS, write_course

SECONDS = 60
HOSTILE = "\x1b]0;owned\x07\u202e<script>alert(1)</script>\n::error::owned\n=HYPERLINK(1)"
WITHHELD = "e7a1c2"
"""Marks what a hidden check gives the student's function; a report for students never shows it."""

_FENCE = re.compile(r"^(`{3,})\w*\n.*?^\1$", re.MULTILINE | re.DOTALL)
"""A block of code in Markdown, where any text is only text."""

HIDDEN_CHECKS = f'''
import numpy as np
from grader.checks import assert_close, check


@check("scale_forward", visibility="hidden")
def test_{WITHHELD}_values(student):
    """A title with {WITHHELD}"""
    assert_close(student.scale_forward(np.full((2, 2), 31337.0), 5.0)[0], np.full((2, 2), 156685.0), name="{WITHHELD}")
'''
SPY = """
import numpy as np


def scale_forward(x, factor=2.0):
    \"\"\"Shows what it was given.\"\"\"
    print("given", x.tolist(), factor)
    if x.flat[0] == 31337.0:
        raise ValueError(f"saw {x.tolist()}")
    return factor * x, factor


def scale_backward(dout, cache):
    return dout * cache
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.mark.parametrize("name", ["alice.zip", "alice.tar.gz"])
def test_an_archive_gets_the_points_of_its_files(course: Path, tmp_path: Path, name: str) -> None:
    files = [("small/scale.py", SCALE.encode()), ("small/coins.py", COINS.encode())]
    (tmp_path / name).write_bytes(zipped(*files) if name.endswith(".zip") else tarred(*files))
    done = _grade(course, "small", str(tmp_path / name), "--format", "json")
    result = json.loads(done.stdout)
    assert (done.returncode, result["points"], result["submission"]) == (0, 100, "alice")


def test_a_refused_archive_is_wrong_usage_in_two_lines_and_leaves_nothing(course: Path, tmp_path: Path) -> None:
    (tmp_path / "mallory.zip").write_bytes(zipped(("../../\x1b[31mscale.py", b"x = 1")))
    (tmp_path / "temporary").mkdir()
    done = _grade(course, "small", str(tmp_path / "mallory.zip"), TMPDIR=str(tmp_path / "temporary"))
    assert (done.returncode, done.stdout) == (2, "")
    message, hint = done.stderr.splitlines()
    assert message.startswith("error: mallory.zip is refused: the entry '../../")
    assert message.isprintable()
    assert hint.startswith("hint: ")
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        (SCALE.encode("utf-16"), "scale.py is UTF-16 text"),
        (SCALE.encode() + b"\0", "holds a zero byte"),
        (SCALE.encode() + b"# \xe9", "is not utf-8 text"),
        (SCALE.replace("scale_forward", "sc\u0430le_forward").encode(), "CYRILLIC SMALL LETTER A"),
    ],
)
def test_an_unreadable_module_costs_itself_and_says_why(
    course: Path, tmp_path: Path, scale: bytes, message: str
) -> None:
    alice = _hand_in(tmp_path / "alice", scale)
    done = _grade(course, "small", str(alice), "--format", "json")
    result = json.loads(done.stdout)
    points = {question["id"]: question["points"] for question in result["questions"]}
    assert (done.returncode, points["scale_forward"], points["coin_mask"]) == (1, 0, 30)
    assert message in json.dumps(result, ensure_ascii=False)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"# -*- coding: latin-1 -*-\n# \xe9\n"])
def test_what_python_can_decode_is_graded(course: Path, tmp_path: Path, start: bytes) -> None:
    assert _grade(course, "small", str(_hand_in(tmp_path / "alice", start + SCALE.encode()))).returncode == 0


@pytest.mark.parametrize("report_format", ["terminal", "json", "html", "markdown"])
def test_a_students_text_is_shown_and_never_obeyed(course: Path, tmp_path: Path, report_format: str) -> None:
    scale = SCALE.replace("return factor * x, factor", f"print({HOSTILE!r}); raise ValueError({HOSTILE!r})")
    scale = scale.replace('"""Scaling."""', f'"""{HOSTILE}"""')
    alice = _hand_in(tmp_path / "<b>al\u202eice\n::error::", scale.encode())
    done = _grade(course, "small", str(alice), "--format", report_format)
    assert done.returncode == 1, done.stderr
    assert "owned" in done.stdout
    for control in ("\x1b", "\x07", "\u202e"):
        assert control not in done.stdout
    assert not any(line.strip().startswith("::") for line in done.stdout.splitlines())
    if report_format in ("html", "markdown"):
        page = _FENCE.sub("", done.stdout)
        assert "<script>alert" not in page
        assert "<b>al" not in page


@pytest.mark.parametrize("report_format", ["terminal", "json", "html", "markdown"])
def test_a_hidden_check_shows_neither_its_inputs_nor_what_was_printed(tmp_path: Path, report_format: str) -> None:
    course = write_course(tmp_path / "course", SCALE_CHECKS=SCALE_CHECKS)
    (course / "solutions" / "small" / "checks").mkdir()
    (course / "solutions" / "small" / "checks" / "test_scale.py").write_text(HIDDEN_CHECKS, encoding="utf-8")
    done = _grade(course, "small", str(_hand_in(tmp_path / "alice", SPY.encode())), "--format", report_format, "-v")
    assert done.returncode == 1, done.stderr
    assert "idden check" in done.stdout
    for secret in (WITHHELD, "31337", "156685"):
        assert secret not in done.stdout + done.stderr


def _hand_in(folder: Path, scale: bytes) -> Path:
    folder.mkdir(parents=True)
    (folder / "scale.py").write_bytes(scale)
    (folder / "coins.py").write_text(COINS, encoding="utf-8")
    return folder


def _grade(course: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", *arguments, "--course", str(course)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100", **environment},
    )
