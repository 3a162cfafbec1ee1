"""The privileges layer: a worker of a root grader gives up what makes root root."""

import os
import secrets
from collections.abc import Iterable

from grader.worker.kernel import PR_CAPBSET_DROP, PR_SET_SECUREBITS, drop_all_capabilities, prctl

_FIRST_UID, _UIDS = 200_000, 1_000_000
_NO_ROOT_FOR_GOOD = 0x2F
"""SECBIT_NOROOT, NO_SETUID_FIXUP and KEEP_CAPS, with their locks: uid 0 means nothing any more."""


def drop(must_read: Iterable[str]) -> str:
    """Become an unused user without capabilities; stay user 0 without them where no other user could read Python.

    `must_read` are the files of Python itself. Returns `on`, or what stayed.
    """
    try:
        if os.geteuid() != 0:
            drop_all_capabilities()
            return "on: not root"
        _empty_bounding_set()
        if not all(is_reachable(path) for path in must_read):
            prctl(PR_SET_SECUREBITS, _NO_ROOT_FOR_GOOD)
            drop_all_capabilities()
            return "on, as user 0 without capabilities: no other user can read this Python"
        uid = _FIRST_UID + secrets.randbelow(_UIDS)
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    except OSError as error:
        return f"off: {error.strerror}"
    return "on"


def _empty_bounding_set() -> None:
    with open("/proc/sys/kernel/cap_last_cap") as file:  # noqa: PTH123 - pathlib is not loaded here
        last = int(file.read())
    for capability in range(last + 1):
        prctl(PR_CAPBSET_DROP, capability)


def is_reachable(path: str) -> bool:
    """Tell whether any user may pass through every folder above `path`."""
    folder = os.path.dirname(os.path.realpath(path))  # noqa: PTH120 - pathlib is not loaded here
    while os.stat(folder).st_mode & 0o001:  # noqa: PTH116 - pathlib is not loaded here
        if folder == "/":
            return True
        folder = os.path.dirname(folder)  # noqa: PTH120 - pathlib is not loaded here
    return False
