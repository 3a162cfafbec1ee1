"""How a command starts processes of its own: one for each processor, deaf to Ctrl-C, none left when it is killed."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator

_BLAS_THREADS = "OPENBLAS_NUM_THREADS"


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_of_processors(place: int, size: int) -> frozenset[int]:
    """Return the processors for one of `size` processes; empty where processes cannot be kept on some.

    No two processes share one as long as there are enough.
    """
    if not hasattr(os, "sched_getaffinity"):
        return frozenset()
    allowed = sorted(os.sched_getaffinity(0))
    return frozenset(allowed[place::size] or [allowed[place % len(allowed)]])


@contextlib.contextmanager
def deaf_children() -> Iterator[None]:
    """Start processes that take no notice of Ctrl-C, which reaches them too: this process ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Start processes whose BLAS has one thread: there is one process for each processor already."""
    before = os.environ.get(_BLAS_THREADS)
    os.environ[_BLAS_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_BLAS_THREADS]
        else:
            os.environ[_BLAS_THREADS] = before


def end_with(parent: int) -> None:
    """Be killed when the parent is: it can be killed without a chance to tell anybody."""
    if sys.platform != "linux":
        return
    from grader.worker.kernel import PR_SET_PDEATHSIG, prctl

    prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
