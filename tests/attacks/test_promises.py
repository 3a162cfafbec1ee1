"""`.dev/isolation.md` names tests that exist, and every attack it says is graded is."""

import re
from pathlib import Path

import pytest

from tests.attacks.catalogue import ATTACKS

TESTS = Path(__file__).parents[1]
TABLE = (TESTS.parent / ".dev" / "isolation.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", TABLE)))
ROWS = {int(row): proof for row, proof in re.findall(r"^\| (\d+) \|.*\| ([^|]*) \|$", TABLE, re.MULTILINE)}


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[f"{file}::{name}" for file, name in NAMED])
def test_a_named_test_exists(file: str, name: str) -> None:
    places = list(TESTS.rglob(file))
    assert any(f"\ndef {name}(" in place.read_text(encoding="utf-8") for place in places)


def test_every_row_of_the_catalogue_stands_once() -> None:
    assert sorted(ROWS) == list(range(1, 70))
    assert len(re.findall(r"^\| \d+ \|", TABLE, re.MULTILINE)) == 69


def test_the_rows_that_are_said_to_be_graded_are_those_of_the_attacks() -> None:
    graded = {row for row, proof in ROWS.items() if "graded" in proof.split(",")[0].split()}
    assert graded == {row for attack in ATTACKS for row in attack.rows}
