"""Whether the lock holds: the worker tries what it must not be able to do, before any student code is there."""

import errno
import os
import secrets
import socket
from collections.abc import Callable, Iterable

_REFUSALS = (errno.EPERM, errno.EACCES)
PROBES = ("socket", "read", "write", "fork", "exec")


def probe(forbidden: Iterable[str]) -> str:
    """Try a socket, reading each `forbidden` path, writing, forking and exec; return `on` if all were refused."""
    attempts: dict[str, Callable[[], None]] = {
        "socket": _open_socket,
        "read": lambda: _read_any(forbidden),
        "write": _write,
        "fork": _fork,
        "exec": _exec,
    }
    open_doors = [name for name in PROBES if not _is_refused(attempts[name])]
    return "on" if not open_doors else f"off: not blocked: {', '.join(open_doors)}"


def _is_refused(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in _REFUSALS
    return False


def _open_socket() -> None:
    socket.socket().close()


def _read_any(paths: Iterable[str]) -> None:
    """Return as soon as one path could be opened; raise what the last one gave."""
    refused: OSError | None = None
    for path in paths:
        try:
            os.close(os.open(path, os.O_RDONLY))
        except OSError as error:
            if error.errno in _REFUSALS:
                refused = error
                continue
        return
    if refused is not None:
        raise refused


def _write() -> None:
    path = f"/tmp/grader-probe-{secrets.token_hex(8)}"  # noqa: S108 - a random name, made only if the lock does not hold
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    os.unlink(path)  # noqa: PTH108 - pathlib is not loaded here


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _exec() -> None:
    # A path that does not exist: where exec is allowed, the answer is another error than a refusal.
    os.execv("/nonexistent/program", ["program"])  # noqa: S606 - it must fail
