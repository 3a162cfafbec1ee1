"""No process stays behind, however the grader ends."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

GRADER = textwrap.dedent(
    """
    import sys, time
    from grader.model.submission import ModuleSource
    from grader.sandbox import Call, Isolation, Limits
    from grader.sandbox.{module} import {name}

    with {name}(Limits(call_seconds=60.0, worker_seconds=60.0), Isolation.BEST) as sandbox:
        worker = sandbox.worker()
        text = "def spin():\\n    while True: pass\\n"
        worker.load([ModuleSource(module="m", filename="m.py", text=text)])
        with worker:
            print("ready", flush=True)
            if sys.argv[1] == "spin":
                worker.call(Call(function="m.spin"))
            elif sys.argv[1] == "wait":
                time.sleep(60)
            else:
                sys.stdin.readline()
    """
)
SANDBOXES = [("fork", "ForkSandbox"), ("spawn", "SpawnSandbox")]


def descendants(pid: int) -> set[int]:
    """Return the processes below a process, at any depth."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Return those that still run; one that only waits for its parent to notice has ended."""
    running = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            running.add(pid)
    return running


@pytest.fixture(params=SANDBOXES, ids=["fork", "spawn"])
def script(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    module, name = request.param
    path = tmp_path / "grade.py"
    path.write_text(GRADER.format(module=module, name=name))
    return path


@pytest.mark.parametrize("busy", ["spin", "wait"])
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_grader_is_struck(script: Path, blow: signal.Signals, busy: str) -> None:
    process = subprocess.Popen([sys.executable, str(script), busy], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    below = descendants(process.pid)
    assert len(below) >= 2
    os.kill(process.pid, blow)
    process.communicate(timeout=20)
    assert process.returncode == -blow
    deadline = time.monotonic() + 10
    while alive(below) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert alive(below) == set()


def test_nothing_is_left_when_the_sandbox_is_closed(script: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, str(script), "return"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    below = descendants(process.pid)
    assert len(below) >= 2
    assert process.communicate(b"\n", timeout=30) == (b"", b"")
    assert process.returncode == 0
    assert alive(below) == set()
