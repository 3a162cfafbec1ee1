"""Opens one sandbox of each kind; every case runs on each of them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from grader.model.submission import ModuleSource
from grader.sandbox import Isolation, Limits, Sandbox, TrustedWorker, Worker

LIMITS = Limits(call_seconds=10.0, memory_bytes=512 << 20, output_kept_bytes=1000, output_bytes=1 << 20, callbacks=100)

Start = Callable[..., Worker]


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[Mapping[str, Sandbox]]:
    from grader.sandbox.spawn import SpawnSandbox

    opened: dict[str, Sandbox] = {"spawn": SpawnSandbox(LIMITS, Isolation.BEST)}
    if sys.platform == "linux":
        from grader.sandbox.fork import ForkSandbox

        opened["fork"] = ForkSandbox(LIMITS, Isolation.BEST)
    yield opened
    for sandbox in opened.values():
        sandbox.close()


@pytest.fixture(params=["fork", "spawn", "trusted"])
def start(request: pytest.FixtureRequest, sandboxes: Mapping[str, Sandbox]) -> Iterator[Start]:
    """Give a function that returns a worker in which these modules are loaded (`module=text`)."""
    kind: str = request.param
    if request.node.get_closest_marker("process") and kind == "trusted":
        pytest.skip("trusted code runs in this process")
    if kind == "fork" and "fork" not in sandboxes:
        pytest.skip("this system cannot fork")
    started: list[Worker] = []

    def load(stand_ins: Mapping[str, Callable[..., Any]] | None = None, **texts: str) -> Worker:
        worker: Worker = TrustedWorker(LIMITS) if kind == "trusted" else sandboxes[kind].worker()
        started.append(worker)
        sources = [ModuleSource(module=name, filename=f"{name}.py", text=text) for name, text in texts.items()]
        worker.load(sources, stand_ins)
        return worker

    yield load
    for worker in started:
        worker.close()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "process: needs a worker with a process of its own")
