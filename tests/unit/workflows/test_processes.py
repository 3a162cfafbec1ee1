"""Processes of a command share the processors and hear no Ctrl-C."""

import os
import signal

import pytest

from grader.workflows.processes import deaf_children, one_thread_each, processors, share_of_processors


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="processes cannot be kept on processors here")
@pytest.mark.parametrize("size", [1, 2, 3, 64])
def test_shares_are_apart_as_long_as_there_are_enough_processors(size: int) -> None:
    allowed = os.sched_getaffinity(0)
    shares = [share_of_processors(place, size) for place in range(size)]
    assert all(shares)
    assert frozenset().union(*shares) == allowed
    assert sum(map(len, shares)) == max(size, len(allowed))
    assert processors() == len(allowed)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be blocked here")
def test_the_signal_mask_and_the_environment_are_as_before_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    with deaf_children(), one_thread_each():
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
        assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before
    assert "OPENBLAS_NUM_THREADS" not in os.environ
