"""What every test may use: golden files, and the option that rewrites them."""

from collections.abc import Callable
from pathlib import Path

import pytest

_GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files from what the tests produce"
    )


@pytest.fixture
def same_as_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that asserts that a text equals the golden file of that name."""
    update: bool = request.config.getoption("--update-golden")

    def compare(text: str, name: str) -> None:
        path = _GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert path.exists(), f"{name} does not exist: run pytest --update-golden and read what it wrote"
        assert text == path.read_bytes().decode("utf-8")

    return compare
