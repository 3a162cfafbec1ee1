"""The author's walk-through in `solutions/README.md` does what it says: its commands are run and its edits made."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
WALK_THROUGH = ROOT / "solutions" / "README.md"

_BLOCK = re.compile(r"(?:^(Add to|Write) `([^`]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    path: str
    text: str
    replaces: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    line: str
    shown: tuple[str, ...]
    """Its output, `…` for any number of lines or the rest of one."""


def test_the_walk_through_leads_from_nothing_to_a_release(tmp_path: Path) -> None:
    (tmp_path / "assignments").mkdir()
    commands = 0
    for step in _steps():
        if isinstance(step, Edit):
            _make(step, tmp_path)
        else:
            commands += 1
            printed = _run(step.line, tmp_path)
            assert _matches(step.shown, printed), f"{step.line}\nshown:\n{step.shown}\nprinted:\n{printed}"
    assert commands >= 8
    copy = tmp_path / "for-students"
    assert not [path for path in copy.rglob("*") if "solution" in path.name]


def test_what_it_recommends_to_read_exists() -> None:
    table = WALK_THROUGH.read_text(encoding="utf-8").partition("## What to look at next")[2]
    places = re.findall(r"`([^`]+/[^`]*)`", table)
    assert places
    assert all((ROOT / place).exists() for place in places)


def test_nothing_else_lies_between_the_solutions() -> None:
    assert {path.name for path in WALK_THROUGH.parent.iterdir() if path.is_file()} == {"README.md"}


def _steps() -> Iterator[Edit | Command]:
    for verb, path, language, text in _BLOCK.findall(WALK_THROUGH.read_text(encoding="utf-8")):
        if language == "console":
            lines = text.split("\n")
            starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
            for start, end in pairwise([*starts, len(lines)]):
                shown = tuple(line.rstrip() for line in lines[start + 1 : end] if line.strip())
                yield Command(line=lines[start].removeprefix("$ "), shown=shown)
        else:
            assert verb, f"nothing says what becomes of the block that begins with {text.splitlines()[0]!r}"
            yield Edit(path=path, text=text, replaces=verb == "Write")


def _make(edit: Edit, folder: Path) -> None:
    path = folder / edit.path
    before = "" if edit.replaces else path.read_text(encoding="utf-8").rstrip("\n") + "\n\n\n"
    path.write_text(before + edit.text, encoding="utf-8")


def _run(line: str, folder: Path) -> list[str]:
    program = f'"{sys.executable}" -m grader '
    done = subprocess.run(
        ["/bin/sh", "-c", re.sub(r"(?<![\w-])grade (?=[a-z])", lambda _: program, line)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"},
    )
    assert done.stderr == "", done.stderr
    return [text.rstrip() for text in done.stdout.splitlines() if text.strip()]


def _matches(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Tell whether what is shown was printed, in this order."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "…" else ".*".join(_words(part) for part in line.split("…")) + r"\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _words(text: str) -> str:
    """The space between the two ends of a line depends on the width."""
    return r"\s+".join(re.escape(word) for word in re.split(r"\s{2,}", text))
