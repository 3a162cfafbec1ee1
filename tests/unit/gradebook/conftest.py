"""Every test of the gradebook runs on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.gradebook import Gradebook, open_gradebook
from grader.model.assignment import Assignment
from tests.fakes import postgres
from tests.fakes.course import write_course


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new gradebook can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "gradebook.sqlite")
    return postgres.new_database(request.getfixturevalue("postgres_folder"), "test")


@pytest.fixture
def gradebook(place: str) -> Iterator[Gradebook]:
    with open_gradebook(place) as opened:
        yield opened


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")
