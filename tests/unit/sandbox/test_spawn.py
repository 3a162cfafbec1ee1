"""The sandbox for systems without fork, beyond what every sandbox must do."""

import pytest

from grader.errors import IsolationError
from grader.sandbox import Isolation
from grader.sandbox.spawn import SpawnSandbox


def test_strict_isolation_refuses_it() -> None:
    with SpawnSandbox() as sandbox, pytest.raises(IsolationError, match="cannot be locked in"):
        sandbox.worker()


def test_it_says_which_protections_are_absent() -> None:
    with SpawnSandbox(isolation=Isolation.BEST) as sandbox:
        absent = {name for name, state in sandbox.protections.items() if state.startswith("off")}
        assert absent == {"privileges", "landlock", "seccomp", "probes"}


def test_a_closed_sandbox_says_so() -> None:
    sandbox = SpawnSandbox(isolation=Isolation.BEST)
    sandbox.close()
    sandbox.close()
    with pytest.raises(IsolationError, match="closed"):
        sandbox.worker()


def test_a_worker_that_dies_while_it_waits_for_its_turn_is_our_fault() -> None:
    with SpawnSandbox(isolation=Isolation.BEST) as sandbox:
        assert sandbox._next is not None
        sandbox._next._process.kill()
        with pytest.raises(IsolationError, match="could not be started"):
            sandbox.worker()
        assert sandbox.worker().pid > 0
