"""A notebook comes back with its feedback, whatever program wrote it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
SUBMISSIONS = ROOT / "tests" / "submissions" / "assignment3"
NOTEBOOKS = ["jupyterlab.ipynb", "colab.ipynb", "vscode.ipynb"]
"""The answers of `late_night`, among what these programs write around them: plots, magics, broken and doubled cells."""


@pytest.fixture(scope="module")
def late_night() -> dict[str, float]:
    return _points(_grade(str(SUBMISSIONS / "late_night"), "--format", "json"))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_same_answers_earn_the_same_in_every_notebook(name: str, late_night: dict[str, float]) -> None:
    nbformat.validate(json.loads((SUBMISSIONS / name).read_text(encoding="utf-8")))
    assert _points(_grade(str(SUBMISSIONS / name), "--format", "json")) == late_night


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_copy_has_feedback_below_each_answer_and_is_graded_like_the_original(
    name: str, late_night: dict[str, float], tmp_path: Path
) -> None:
    copy = tmp_path / name
    done = _grade(str(SUBMISSIONS / name), "--output", str(copy))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"44.55 of 100 points; the report is in {copy}\n"
    notebook = json.loads(copy.read_text(encoding="utf-8"))
    nbformat.validate(notebook)
    _assert_below_its_answer(notebook, late_night)
    original = json.loads((SUBMISSIONS / name).read_text(encoding="utf-8"))
    assert [cell for cell in notebook["cells"] if not _is_feedback(cell)] == original["cells"]
    assert _points(_grade(str(copy), "--format", "json")) == late_night


def test_without_an_output_the_notebook_alone_stands_on_standard_output() -> None:
    done = _grade(str(SUBMISSIONS / "vscode.ipynb"), "--format", "notebook")
    assert (done.returncode, done.stderr) == (1, "")
    nbformat.validate(json.loads(done.stdout))


def test_what_a_student_prints_or_raises_stays_text_in_the_copy(tmp_path: Path) -> None:
    notebook = json.loads((SUBMISSIONS / "vscode.ipynb").read_text(encoding="utf-8"))
    hostile = r"$x$ \\(y\\) \[z\] <script>alert(1)</script> [a](http://b) **c** ``` `d`"
    answer = f"def soft_threshold(w, t):\n    print({hostile!r})\n    raise ValueError({hostile!r})"
    notebook["cells"].append(
        {"cell_type": "code", "execution_count": None, "id": "x", "metadata": {}, "outputs": [], "source": answer}
    )
    work = tmp_path / "work.ipynb"
    work.write_text(json.dumps(notebook), encoding="utf-8")
    written = json.loads(_grade(str(work), "--format", "notebook").stdout)["cells"][-1]
    feedback = "".join(written["source"])
    (came,) = (line for line in feedback.split("\n") if line.startswith("**came**"))
    assert re.search(r"\$|\\\\|<", came) is None
    assert came.count("\\") == len(re.findall(r"\\[_*`:\[\]]", came))
    assert "\n````text\n" in feedback


@pytest.mark.parametrize("submission", [None, str(SUBMISSIONS / "late_night"), "missing.ipynb"])
def test_feedback_needs_a_notebook(submission: str | None) -> None:
    done = _grade(*([submission] if submission else []), "--format", "notebook")
    assert (done.returncode, done.stdout) == (2, "")
    assert "feedback can only be written into a notebook" in done.stderr


def test_the_submission_itself_is_never_overwritten(tmp_path: Path) -> None:
    work = tmp_path / "work.ipynb"
    content = (SUBMISSIONS / "vscode.ipynb").read_bytes()
    work.write_bytes(content)
    done = _grade(str(work), "--output", str(work))
    assert (done.returncode, done.stdout) == (2, "")
    assert "is the submission itself" in done.stderr
    assert work.read_bytes() == content


def test_a_folder_with_the_copy_below_it_is_still_one_submission(tmp_path: Path) -> None:
    """As the notebook itself tells students to do it."""
    work = tmp_path / "work" / "work.ipynb"
    work.parent.mkdir()
    work.write_bytes((SUBMISSIONS / "vscode.ipynb").read_bytes())
    assert _grade(str(work), "--output", str(work.parent / "feedback" / "work.ipynb")).returncode == 1
    assert json.loads(_grade(str(work.parent), "--format", "json").stdout)["points"] == 44.55


def _assert_below_its_answer(notebook: dict[str, Any], questions: dict[str, float]) -> None:
    assert sum(map(_is_feedback, notebook["cells"])) == 1 + len(questions)
    last_code = ""
    for cell in notebook["cells"][1:]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            last_code = text
        elif _is_feedback(cell):
            question = text.split()[3].replace("\\", "")
            assert f"def {question}(" in last_code


def _is_feedback(cell: dict[str, Any]) -> bool:
    return "grade-feedback" in cell["metadata"].get("tags", [])


def _points(done: subprocess.CompletedProcess[str]) -> dict[str, float]:
    return {question["id"]: question["points"] for question in json.loads(done.stdout)["questions"]}


def _grade(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", "assignment3", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
