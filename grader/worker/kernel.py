"""Linux system calls that Python's standard library does not offer."""

import contextlib
import ctypes
import os
import platform

MACHINE = platform.machine()

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS = 28
PR_SET_NO_NEW_PRIVS = 38

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_CLOSE_RANGE = 436
"""Linux 5.9; the same number on every architecture."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def system_call(number: int, *arguments: object) -> int:
    """Make a system call; raise `OSError` when it fails."""
    return _checked(int(_libc.syscall(ctypes.c_long(number), *arguments)))


def prctl(option: int, argument: object = 0, more: object = 0) -> int:
    """Change an attribute of this process; raise `OSError` when that fails."""
    return _checked(int(_libc.prctl(option, argument, more, 0, 0)))


def drop_all_capabilities() -> None:
    """Empty this process's capability sets; raise `OSError` when that fails."""
    version_3_own_process = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _checked(int(_libc.capset(version_3_own_process, (ctypes.c_uint32 * 6)())))


def close_from(first: int) -> None:
    """Close every descriptor from `first` on."""
    try:
        system_call(_CLOSE_RANGE, first, ctypes.c_uint(0xFFFFFFFF), 0)
    except OSError:
        os.closerange(first, os.sysconf("SC_OPEN_MAX"))


def keep_freed_memory() -> None:
    """Let the C library keep what is freed: fetching 1 MB anew from the kernel takes longer than computing with it."""
    with contextlib.suppress(AttributeError):  # only glibc has this function
        _libc.mallopt(_M_MMAP_THRESHOLD, 32 << 20)
        _libc.mallopt(_M_TRIM_THRESHOLD, 1 << 30)


def current_cpu() -> int:
    """Return the CPU that this thread runs on."""
    return _checked(int(_libc.sched_getcpu()))


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
