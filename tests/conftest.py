"""What every test may use: golden files, the options, how tests run side by side, how long hypothesis looks."""

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

# No test watches the clock, since a slow machine is no defect. `--hypothesis-profile=long` looks for longer.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("untimed"), max_examples=10_000)
settings.load_profile("untimed")

_GOLDEN = Path(__file__).parent / "golden"

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what it starts in the background ignore Ctrl-C, and so would every command that a test interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files from what the tests produce"
    )
    parser.addoption(
        "--seeds", type=int, default=3, metavar="N", help="at how many seeds to prove each assignment (default: 3)"
    )
    parser.addoption(
        "--endurance", type=int, default=40, metavar="N", help="how many attacks to grade in a row (default: 40)"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("numprocesses", None):
        # The processes that run the tests side by side are as many as there are processors.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _ByAssignment(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Sends all tests of an assignment to the same process, since what they share takes long to make.

    pytest-xdist's own groups are marks that it writes into the tests' ids, which pytest 9.2 does not read any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        found = re.match(r"tests/assignments/.*\[(assignment\d+)\b", nodeid)
        return found[1] if found else nodeid


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist, which a run may do without
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _ByAssignment:
    return _ByAssignment(config, log)


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
