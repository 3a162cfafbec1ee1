"""How often a benchmark measures: where none are asked for, once, which shows that they work."""

import pytest


@pytest.fixture
def is_measured(request: pytest.FixtureRequest) -> bool:
    """Whether benchmarks are asked for (`--benchmark-enable`)."""
    return bool(request.config.getoption("benchmark_enable"))


@pytest.fixture
def pairs(is_measured: bool) -> int:
    """How many pairs to time."""
    return 5 if is_measured else 1
