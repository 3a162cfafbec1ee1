"""How much a call through the sandbox costs: ratios of times taken in one run, kept in the benchmark's `extra_info`.

Nothing here asserts a time: a busy machine is not a defect. What is asserted is that the work was done.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from grader.model.submission import ModuleSource
from grader.sandbox import Call, Isolation, TrustedWorker, Worker

if sys.platform != "linux":
    pytest.skip("measures the sandbox of Linux", allow_module_level=True)

from grader.sandbox.fork import ForkSandbox

TEXT = (
    "import numpy as np\ndef double(x):\n    return 2 * x\ndef layer(x, w):\n    return np.maximum(x @ w, 0), (x, w)\n"
)
SOURCES = [ModuleSource(module="m", filename="m.py", text=TEXT)]

ROUNDS = 200


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ForkSandbox]:
    with ForkSandbox(isolation=Isolation.BEST) as opened:
        yield opened


@pytest.fixture
def workers(sandbox: ForkSandbox) -> Iterator[tuple[Worker, Worker]]:
    """A worker in a process, and the same code in this one."""
    with sandbox.worker() as worker, TrustedWorker() as trusted:
        worker.load(SOURCES)
        trusted.load(SOURCES)
        yield worker, trusted


def median_seconds(action: Callable[[], Any], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def measured(
    benchmark: BenchmarkFixture, action: Callable[[], Any], rounds: int, setup: Callable[[], None] | None = None
) -> Any:
    """Run `action` in rounds, after one that warms up, and return what it returned last."""
    run: Callable[..., Any] = benchmark.pedantic
    return run(action, setup=setup, rounds=rounds, warmup_rounds=1)


ARGUMENTS = {
    "a scalar": (1.0,),
    "an array of 1 KB": (np.ones(128),),
    "an array of 1 MB": (np.ones((512, 256)),),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_call_and_back(benchmark: BenchmarkFixture, workers: tuple[Worker, Worker], name: str) -> None:
    worker, trusted = workers
    call = Call(function="m.double", args=ARGUMENTS[name])
    reply = measured(benchmark, lambda: worker.call(call), ROUNDS)
    assert np.all(reply.value == 2)
    one_way = median_seconds(lambda: worker.call(call))
    benchmark.extra_info["microseconds"] = one_way * 1e6
    benchmark.extra_info["times_the_call_encoded_in_this_process"] = one_way / median_seconds(
        lambda: trusted.call(call)
    )


def test_a_hundred_calls_in_one_message(benchmark: BenchmarkFixture, workers: tuple[Worker, Worker]) -> None:
    worker, _ = workers
    calls = [Call(function="m.layer", args=(np.ones((8, 4)), np.ones((4, 3)))) for _ in range(100)]
    replies = measured(benchmark, lambda: worker.call_many(calls), 20)
    assert len(replies) == 100
    together, apart = (
        median_seconds(lambda: worker.call_many(calls), 20),
        median_seconds(lambda: [worker.call(call) for call in calls], 5),
    )
    benchmark.extra_info["share_of_single_calls"] = together / apart


def test_a_worker_for_one_check(benchmark: BenchmarkFixture, sandbox: ForkSandbox) -> None:
    """Taken, loaded, called once and closed, back to back: the next worker has no check to be made during."""

    def check() -> Any:
        with sandbox.worker() as worker:
            worker.load(SOURCES)
            return worker.call(Call(function="m.double", args=(1.0,))).value

    def check_here() -> Any:
        with TrustedWorker() as worker:
            worker.load(SOURCES)
            return worker.call(Call(function="m.double", args=(1.0,))).value

    assert measured(benchmark, check, 30) == 2.0
    benchmark.extra_info["times_the_same_in_this_process"] = median_seconds(check, 30) / median_seconds(check_here, 30)


def test_a_worker_made_ahead(benchmark: BenchmarkFixture, sandbox: ForkSandbox) -> None:
    """What is left of the start when the check before took longer than making a worker."""

    def wait() -> None:
        time.sleep(0.03)

    def take() -> int:
        worker = sandbox.worker()
        pid = worker.pid
        worker.close()
        return pid

    assert measured(benchmark, take, 20, setup=wait) > 0


def test_the_first_worker_of_a_cold_sandbox(benchmark: BenchmarkFixture) -> None:
    def start() -> int:
        with ForkSandbox(isolation=Isolation.BEST) as cold:
            return cold.worker().pid

    assert measured(benchmark, start, 3) > 0
