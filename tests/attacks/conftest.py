"""Attacks on the sandbox: an honest submission with a payload, run in the locked-in worker."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.model.submission import ModuleSource
from grader.sandbox import Call, Isolation, Limits
from grader.sandbox.fork import ForkSandbox, ForkWorker
from grader.worker import landlock
from grader.worker.settings import Layer

HONEST = """
import numpy as np

def double(x):
    return 2 * x
"""
"""What every attacker also handed in: it must neither gain nor lose by the payload."""

Attack = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if sys.platform != "linux" or landlock.abi() == 0:
        for item in items:
            if "attacks" in item.path.parts:
                item.add_marker(pytest.mark.skip(reason="no worker can be locked in on this system"))


@pytest.fixture(scope="session")
def locked() -> Iterator[ForkSandbox]:
    with ForkSandbox(Limits(call_seconds=5.0, memory_bytes=256 << 20), Isolation.STRICT) as sandbox:
        yield sandbox


@pytest.fixture(scope="session", params=["all", "unprivileged"])
def sandbox(request: pytest.FixtureRequest, locked: ForkSandbox) -> Iterator[ForkSandbox]:
    """Give the whole lock, and the lock of a grader that is not root."""
    if request.param == "all":
        yield locked
        return
    layers = tuple(layer for layer in Layer if layer is not Layer.PRIVILEGES)
    with ForkSandbox(Limits(call_seconds=5.0), Isolation.STRICT, layers=layers) as other:
        yield other


@pytest.fixture
def attacker(sandbox: ForkSandbox) -> Iterator[Callable[[str], ForkWorker]]:
    """Give a function that loads the honest module with a payload appended, and returns the worker."""
    started: list[ForkWorker] = []

    def load(payload: str) -> ForkWorker:
        worker = sandbox.worker()
        started.append(worker)
        worker.load([ModuleSource(module="m", filename="m.py", text=HONEST + payload)])
        return worker

    yield load
    for worker in started:
        worker.close()


@pytest.fixture
def attack(attacker: Callable[[str], ForkWorker]) -> Attack:
    """Give a function that runs the payload's `attack(*args)` and returns its value."""

    def run(payload: str, *args: Any) -> Any:
        return attacker(payload).call(Call(function="m.attack", args=args)).value

    return run
