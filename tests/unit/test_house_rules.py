"""The rules of the whole project: `pytest` alone runs the linters too, so that one command runs everything."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "grader").rglob("*.py"))
TOP_LEVEL = {"assignments", "solutions", "grader", "tests", "pyproject.toml", "README.md", "LICENSE"}


@pytest.mark.parametrize("tool", ["ruff format --check .", "ruff check .", "mypy", "lint-imports"])
def test_the_linters_have_nothing_to_say(tool: str) -> None:
    program, *arguments = tool.split()
    beside_python = Path(sys.executable).with_name(program)
    done = subprocess.run([beside_python, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_opens_with_what_it_answers(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "it has no docstring"
    assert path.stem not in {"utils", "helpers", "common"}, "its name says nothing"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="asks git what belongs to the project")
def test_the_top_level_holds_the_agreed_entries_only() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 - git is found on the path
    entries = {name.partition("/")[0] for name in listed.stdout.splitlines()}
    assert {entry for entry in entries if not entry.startswith(".")} <= TOP_LEVEL
