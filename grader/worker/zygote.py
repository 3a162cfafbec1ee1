"""The process that all workers are forked from: numpy loaded and warm, one thread, none of the grader's secrets."""

import fcntl
import gc
import importlib
import os
import signal
import site
import socket
import sys
import traceback
from typing import NoReturn

import msgspec
import numpy as np

from grader.worker import seccomp
from grader.worker.conversation import FAILED_STATUS, Conversation
from grader.worker.kernel import MACHINE, close_from, keep_freed_memory
from grader.worker.lockdown import lock_in
from grader.worker.settings import WorkerSettings, ZygoteSettings
from grader.worker.syscalls import AUDIT_ARCHITECTURES

READY = b"ready"
MAX_CONTROL_BYTES = 1 << 16

# What students import most; cheap, since numpy has loaded most of it.
_PRELOAD = """
abc collections copy dataclasses enum functools inspect itertools math operator random time typing warnings
numpy.fft numpy.linalg numpy.random
"""
_PRELOAD_ALL = """
bisect contextlib csv datetime decimal fractions hashlib heapq io json logging numbers pathlib pickle pprint re
statistics string struct textwrap threading timeit traceback types unittest weakref
numpy.lib.stride_tricks numpy.ma numpy.polynomial numpy.testing
"""


class ForkRequest(msgspec.Struct, frozen=True, tag=True):
    """Fork a worker; the message carries its line to the grader and the pipe for what it prints."""

    settings: WorkerSettings


class ReapRequest(msgspec.Struct, frozen=True, tag=True):
    """Kill what is left of a worker's process group and tell how the worker ended."""

    pid: int


def main(control_descriptor: int) -> NoReturn:
    """Prepare this process, then fork workers as asked until the grader hangs up."""
    control = socket.socket(fileno=control_descriptor)
    settings = msgspec.json.decode(control.recv(MAX_CONTROL_BYTES), type=ZygoteSettings)
    site.setquit()
    if MACHINE in AUDIT_ARCHITECTURES:
        seccomp.prepare(opens=not settings.preload_all)
    _warm_up(_PRELOAD + (_PRELOAD_ALL if settings.preload_all else ""))
    control.sendall(READY)
    decoder = msgspec.json.Decoder(ForkRequest | ReapRequest)
    children: set[int] = set()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MAX_CONTROL_BYTES, 2)
        if not message:
            _leave(children)
        request = decoder.decode(message)
        if isinstance(request, ReapRequest):
            children.discard(request.pid)
            control.sendall(msgspec.json.encode(_reap(request.pid)))
        else:
            children.add(_fork(control, request.settings, descriptors))


def _warm_up(modules: str) -> None:
    """Do once what every worker would do first, so that forks share it."""
    keep_freed_memory()
    for name in modules.split():
        importlib.import_module(name)
    rng = np.random.default_rng(0)
    square = rng.normal(size=(8, 8))
    np.linalg.svd(square @ square.T)
    np.random.seed(0)  # noqa: NPY002 - students may use it, so it is warmed up too
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]  # it is a TextIOWrapper at start
    gc.collect()
    gc.freeze()
    if (threads := len(os.listdir("/proc/self/task"))) != 1:  # noqa: PTH208 - pathlib is not loaded here
        sys.exit(f"numpy started {threads - 1} threads; a process with threads cannot be forked safely")


def _fork(control: socket.socket, settings: WorkerSettings, descriptors: list[int]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            control.detach()
            _become_worker(settings, *descriptors)
        except BaseException:  # noqa: BLE001 - whatever it is, this process must never run the zygote's loop
            traceback.print_exc()
        finally:
            os._exit(FAILED_STATUS)
    process = os.pidfd_open(pid)
    socket.send_fds(control, [msgspec.json.encode(pid)], [process])
    for descriptor in (process, *descriptors):
        os.close(descriptor)
    return pid


def _become_worker(settings: WorkerSettings, line: int, output: int) -> NoReturn:
    os.setsid()
    # First out of the way of the numbers that they get.
    nothing, line, output = (
        fcntl.fcntl(descriptor, fcntl.F_DUPFD, 100) for descriptor in (os.open(os.devnull, os.O_RDWR), line, output)
    )
    for source, target in ((nothing, 0), (output, 1), (output, 2), (line, 3)):
        os.dup2(source, target)
    close_from(4)
    Conversation(3, 3).serve(lock_in(settings))


def _reap(pid: int) -> int:
    """Return the exit code, or minus the signal. Until the worker is waited for, its number belongs to no other."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _leave(children: set[int]) -> NoReturn:
    for pid in children:
        _reap(pid)
    os._exit(0)
