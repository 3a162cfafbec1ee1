"""The sandbox on Linux, beyond what every sandbox must do."""

import contextlib
import os
import signal
import sys

import pytest

from grader.errors import IsolationError
from grader.model.submission import ModuleSource
from grader.sandbox import Call, Crashed, Isolation, Limits, NotLoaded, Raised, open_sandbox

if sys.platform != "linux":
    pytest.skip("only on Linux", allow_module_level=True)

from grader.sandbox.fork import ForkSandbox, ForkWorker
from grader.worker import landlock
from grader.worker.settings import Layer

ALL = tuple(Layer)
needs_landlock = pytest.mark.skipif(landlock.abi() == 0, reason="this kernel has no Landlock")


def without(*layers: Layer) -> tuple[Layer, ...]:
    return tuple(layer for layer in ALL if layer not in layers)


def load(worker: ForkWorker, text: str) -> ForkWorker:
    worker.load([ModuleSource(module="m", filename="m.py", text=text)])
    return worker


@needs_landlock
def test_every_protection_is_on_where_the_kernel_has_it() -> None:
    with open_sandbox() as sandbox:
        assert set(sandbox.protections) == {"fork-per-check", *Layer, "probes"}
        assert all(state.startswith("on") for state in sandbox.protections.values())


@pytest.mark.parametrize("layers", [(), without(Layer.SECCOMP)], ids=["nothing", "no seccomp"])
def test_strict_isolation_refuses_to_hand_out_a_worker_without_the_filter(layers: tuple[Layer, ...]) -> None:
    with ForkSandbox(layers=layers) as sandbox, pytest.raises(IsolationError, match="cannot be locked in") as refused:
        sandbox.worker()
    assert "best" in refused.value.hint


def test_practice_gets_a_worker_with_what_there_is_and_a_list_of_what_is_not() -> None:
    with ForkSandbox(isolation=Isolation.BEST, layers=(Layer.RLIMITS,)) as sandbox:
        worker = load(sandbox.worker(), "def f():\n    return 1\n")
        assert worker.call(Call(function="m.f")).value == 1
        assert sandbox.protections["seccomp"] == "off: left out"


def test_without_landlock_no_file_opens_and_common_modules_are_there_already() -> None:
    text = "import json, statistics\nimport numpy.polynomial\ndef f(path):\n    return open(path).read()\n"
    with ForkSandbox(layers=without(Layer.LANDLOCK)) as sandbox:
        assert sandbox.protections["seccomp"] == "on, and no file can be opened"
        worker = load(sandbox.worker(), text)
        with pytest.raises(Raised, match="PermissionError"):
            worker.call(Call(function="m.f", args=("/etc/hostname",)))
        with pytest.raises(NotLoaded, match="Error"):
            load(sandbox.worker(), "import sqlite3\n").call(Call(function="m.f"))


def test_the_thread_may_use_every_cpu_again_after_closing() -> None:
    before = os.sched_getaffinity(0)
    with ForkSandbox(isolation=Isolation.BEST) as sandbox:
        sandbox.worker()
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


def test_a_thread_that_is_not_to_be_pinned_is_left_alone() -> None:
    before = os.sched_getaffinity(0)
    with ForkSandbox(isolation=Isolation.BEST, pinned=False) as sandbox:
        sandbox.worker()
        assert os.sched_getaffinity(0) == before


def test_a_closed_sandbox_says_so() -> None:
    sandbox = ForkSandbox(isolation=Isolation.BEST)
    sandbox.close()
    sandbox.close()
    with pytest.raises(IsolationError, match="closed"):
        sandbox.worker()


def test_a_worker_that_dies_before_it_is_ready_is_our_fault() -> None:
    for _ in range(20):
        with ForkSandbox(isolation=Isolation.BEST) as sandbox:
            first = sandbox.worker()
            assert sandbox._next is not None
            os.kill(sandbox._next.pid, signal.SIGKILL)
            error = error_of_the_next_worker(sandbox)
            if error is None:
                continue
            assert "could not be started" in error.message
            for worker in (first, sandbox.worker()):
                assert load(worker, "def f():\n    return 1\n").call(Call(function="m.f")).value == 1
            return
    pytest.fail("every worker was ready before it could be killed")


def error_of_the_next_worker(sandbox: ForkSandbox) -> IsolationError | None:
    try:
        sandbox.worker()
    except IsolationError as error:
        return error
    return None


def test_a_zygote_that_ended_is_our_fault() -> None:
    with ForkSandbox(isolation=Isolation.BEST) as sandbox:
        sandbox.worker()
        assert sandbox._zygote is not None
        os.kill(sandbox._zygote.pid, signal.SIGKILL)
        # One more may have been made in time.
        with pytest.raises(IsolationError):
            [sandbox.worker() for _ in range(3)]


def test_processor_time_is_bounded_however_long_the_clock_allows() -> None:
    with ForkSandbox(Limits(cpu_seconds=1, call_seconds=20), Isolation.BEST) as sandbox:
        worker = load(sandbox.worker(), "def f():\n    while True: pass\n")
        with pytest.raises(Exception, match="no answer within 1 s"):
            worker.call(Call(function="m.f"))


def test_all_calls_of_a_worker_together_are_bounded() -> None:
    from grader.sandbox import TimedOut

    with ForkSandbox(Limits(worker_seconds=0.3), Isolation.BEST) as sandbox:
        worker = load(sandbox.worker(), "import time\ndef f():\n    time.sleep(0.08)\n")
        with pytest.raises(TimedOut):
            [worker.call(Call(function="m.f")) for _ in range(10)]


def test_a_last_burst_of_output_is_told_by_the_next_call() -> None:
    limits = Limits(output_bytes=1000, output_kept_bytes=10)
    with ForkSandbox(limits, Isolation.BEST) as sandbox:
        worker = load(sandbox.worker(), "def f():\n    print('x' * 2000)\n")
        with contextlib.suppress(Crashed):
            worker.call(Call(function="m.f"))
        assert worker.output.startswith("x" * 10)
        with pytest.raises(Crashed, match="printed more"):
            worker.call(Call(function="m.f"))


def test_a_python_that_cannot_be_started_is_our_fault_and_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only their number matters
    with pytest.raises(IsolationError, match="cannot be started: no such file"):
        ForkSandbox(isolation=Isolation.BEST)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 - only their number matters
