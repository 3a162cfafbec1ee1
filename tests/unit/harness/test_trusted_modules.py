"""Importing the course's own modules without leaving a trace."""

import sys
from pathlib import Path

import pytest

from grader.errors import AssignmentError
from grader.harness.trusted_modules import load_modules


def write(folder: Path, **texts: str) -> dict[str, Path]:
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)
    return {name: folder / f"{name}.py" for name in texts}


def test_modules_import_each_other_by_bare_name(tmp_path: Path) -> None:
    loaded = load_modules(write(tmp_path, second_part="from first_part import one", first_part="one = 1"))
    assert loaded["second_part"].one == 1


def test_nothing_stays_in_sys_modules(tmp_path: Path) -> None:
    load_modules(write(tmp_path, first_part="one = 1"))
    assert "first_part" not in sys.modules


def test_a_module_of_the_same_name_is_put_back(tmp_path: Path) -> None:
    import json

    loaded = load_modules(write(tmp_path, json="one = 1"))
    assert loaded["json"].one == 1
    assert sys.modules["json"] is json


def test_siblings_can_be_imported(tmp_path: Path) -> None:
    siblings = load_modules(write(tmp_path, first_part="one = 1"))
    loaded = load_modules(write(tmp_path, second_part="import first_part"), siblings=siblings)
    assert loaded["second_part"].first_part is siblings["first_part"]


@pytest.mark.parametrize(("text", "line"), [("one = 1\ntwo = 1 / 0\n", 2), ("one = 1\n\nthree = (\n", 3)])
def test_an_error_names_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(AssignmentError, match=rf"first_part\.py, line {line}: ") as caught:
        load_modules(write(tmp_path, first_part=text))
    assert caught.value.hint
