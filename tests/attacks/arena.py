"""An honest submission with a payload, graded like any other, and everything that must be as before afterwards."""

import contextlib
import os
import resource
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.course import open_course, read_submission
from grader.harness import CheckRun, grade_run, load_reference
from grader.model.result import CheckResult, GradedSubmission, Outcome
from grader.sandbox.fork import ForkSandbox
from tests.fakes.small_course import COINS, MANIFEST, SCALE, write_course

ATTACKED = "scale_backward"
"""The question that the attacker cannot answer: its function returns what the payload's `cheat` returns."""
HONEST_POINTS = {"scale_forward": 40.0, "scale_backward": 0.0, "coin_mask": 30.0}
"""What the attacker's own work is worth: two questions of three."""
MARK = "grader-attack"
"""In the name of every file that a payload tries to leave behind."""

_HIDDEN_CHECKS = '''
from grader.checks import assert_close, check


@check("scale_backward", visibility="hidden")
def test_secret(student, rng):
    """The gradient is right for a secret factor"""
    x, dout = rng.normal(size=(2, 3, 4))
    _, cache = student.scale_forward(x, 17.25)
    assert_close(student.scale_backward(dout, cache), 17.25 * dout, name="dx")
'''

_PRELUDE = """
import ctypes, os, struct, sys
import numpy as np

COURSE, OUTSIDE, GRADER, MARK = {course!r}, {outside!r}, {grader!r}, {mark!r}

def attempt(action, *arguments):
    try:
        given = action(*arguments)
    except OSError as error:
        print("REFUSED", error.errno)
    else:
        print("DONE", repr(given)[:200])

def system_call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(ctypes.c_long(number), *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def give_up(dout):
    return dout + 0
"""
"""What an attacker may know, and two tools: `attempt` tells in the output whether a thing could be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One way to cheat. `payload` is Python for the end of `scale.py`; it defines `cheat(dout, cache)`."""

    rows: tuple[int, ...]
    """Of the catalogue in `.dev/isolation.md`."""
    title: str
    payload: str
    ends: frozenset[Outcome] = frozenset({Outcome.FAILED})
    """How the checks of the attacked question end."""
    is_refused: bool = False
    """Every `attempt` must be refused with EPERM or EACCES, and there must be one."""
    hangs: bool = False
    """Needs a sandbox with little patience."""
    costs: frozenset[str] = frozenset()
    """Questions beside the attacked one that the payload may cost its author."""


class Arena:
    """A course, a folder that anybody may write to, and a submission that is written anew for every attack."""

    def __init__(self, folder: Path, *, lends: bool = True) -> None:
        """`lends`: the attacked function gets the reference's forward pass as a callback, one more door to try."""
        folder.chmod(0o755)
        manifest = MANIFEST.replace('returns = ["dx: array"]', 'returns = ["dx: array"]\nuses = ["scale_forward"]')
        self.course = write_course(folder / "course", MANIFEST=manifest if lends else MANIFEST)
        hidden = self.course / "solutions" / "small" / "checks"
        hidden.mkdir()
        (hidden / "test_hidden.py").write_text(_HIDDEN_CHECKS, encoding="utf-8")
        self.outside = folder / "outside"
        self.outside.mkdir()
        (self.outside / "answers.py").write_text("ANSWER = 42\n", encoding="utf-8")
        for path in (self.outside, self.outside / "answers.py"):
            path.chmod(0o777)
        self.submission = folder / "submission"
        self.submission.mkdir()
        assignment = open_course(self.course).assignment("small")
        self._assignment, self._solution = assignment, load_reference(assignment)

    def hand_in(self, payload: str) -> Path:
        """Write the honest base with `payload`, and return its folder."""
        (self.submission / "scale.py").write_text(self._attacked_module(payload), encoding="utf-8")
        (self.submission / "coins.py").write_text(COINS, encoding="utf-8")
        return self.submission

    def grade(self, payload: str, sandbox: ForkSandbox) -> GradedSubmission:
        """Grade the honest base with `payload`."""
        run = CheckRun(
            assignment=self._assignment,
            submission=read_submission(self.hand_in(payload), self._assignment),
            solution=self._solution,
            seed=7,
            open_worker=sandbox.worker,
        )
        return grade_run(run, assignment_digest="sha256:0", isolation=sandbox.protections)

    def files(self) -> dict[str, bytes]:
        """Return every file of the arena but the submission's, and what anybody left where anybody may write."""
        folders = {Path(name) for name in (tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp")}  # noqa: S108 - it looks there
        left = {str(path): b"left behind" for folder in folders for path in folder.glob(f"*{MARK}*")}
        kept = {
            str(path): path.read_bytes()
            for folder in (self.course, self.outside)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }
        return kept | left

    def _attacked_module(self, payload: str) -> str:
        head, _, _ = SCALE.partition("def scale_backward")
        prelude = _PRELUDE.format(
            course=str(self.course),
            outside=str(self.outside),
            grader=os.getpid(),
            mark=f"{self.outside.parent.name}-{MARK}",
        )
        return f"{head}\n{prelude}\ndef scale_backward(dout, cache):\n    return cheat(dout, cache)\n\n{payload}\n"


@contextlib.contextmanager
def untouched(arena: Arena, sandbox: ForkSandbox) -> Iterator[None]:
    """Fail unless the grader, its processes and descriptors, and all files are afterwards as they were."""
    sandbox.worker().close()  # the first worker binds this process to one CPU
    hits: list[int] = []
    signals = (signal.SIGUSR1, signal.SIGIO, signal.SIGTERM)
    handlers = {number: signal.signal(number, lambda number, _: hits.append(number)) for number in signals}
    before = _state() | arena.files()
    try:
        yield
        wait_for(lambda: not strays(), "processes of the attack are left")
        assert hits == []
        after = _state() | arena.files()
        changed = sorted(name for name in before | after if before.get(name) != after.get(name))
        assert not changed, f"the attack changed {changed}"
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def strays() -> set[int]:
    """Return the processes below this one that are neither a zygote nor the one worker it holds ready."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()[:2]
        except OSError:
            continue
        if state not in "ZX":
            parents[int(stat.parent.name)] = int(parent)
    families = {
        zygote: [child for child in parents if parents[child] == zygote]
        for zygote in parents
        if parents[zygote] == os.getpid()
    }
    ready = {workers[0] for workers in families.values() if len(workers) == 1}
    below = {child for workers in families.values() for child in workers}
    below |= {child for child in parents if parents[child] in below}
    return below - ready


def wait_for(condition: Any, complaint: str) -> None:
    """Wait until `condition()` holds: the kernel takes a process down in its own time."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.01)


def descriptors() -> int:
    """Return how many descriptors this process holds."""
    return len(list(Path("/proc/self/fd").iterdir()))


def checks_of(graded: GradedSubmission, question: str) -> tuple[CheckResult, ...]:
    """Return the results of one question's checks."""
    return next(result.checks for result in graded.questions if result.id == question)


def points_of(graded: GradedSubmission) -> dict[str, float]:
    """Return the points by question."""
    return {question.id: question.points for question in graded.questions}


def _state() -> dict[str, Any]:
    """What an attack could have changed about this process."""
    limits = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]
    umask = os.umask(0o022)
    os.umask(umask)
    return {
        "limits": [resource.getrlimit(limit) for limit in limits],
        "priority": os.getpriority(os.PRIO_PROCESS, 0),
        "affinity": os.sched_getaffinity(0),
        "folder": Path.cwd(),
        "umask": umask,
        "environment": {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "descriptors": descriptors(),
        "floating point": np.geterr(),
        "printing": repr(np.get_printoptions()),
        "comparison": (np.allclose, np.array_equal, np.all, np.any, np.testing.assert_allclose),
    }
