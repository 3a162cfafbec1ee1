"""The seccomp layer: a filter in classic BPF that lets through the system calls of `syscalls.py` and refuses the rest.

Numbers from the kernel's `linux/seccomp.h` and `linux/bpf_common.h`.
"""

import ctypes
import errno
import functools
import os
import struct
from collections.abc import Sequence

from grader.worker.kernel import MACHINE, PR_SET_SECCOMP, prctl
from grader.worker.syscalls import ALLOWED, AUDIT_ARCHITECTURES, number

Instruction = tuple[int, int, int, int]
"""Code, how far to jump if true, if false, operand."""
_INSTRUCTION = struct.Struct("=HBBI")

ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
REFUSE = 0x00050000 | errno.EPERM
UNKNOWN = 0x00050000 | errno.ENOSYS

LOAD, AND, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Offsets in `struct seccomp_data`."""
_X32_BIT = 0x40000000
_MODE_FILTER = 2

_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
"""Duplicates, flags, locks. Not F_SETOWN or F_SETSIG, which would send signals to the grader."""
_IOCTL_COMMANDS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Is it a terminal, its size, bytes waiting, non-blocking, close-on-exec."""
_UNNAMED_FILE = 0o20000000
"""The bit of O_TMPFILE alone: Python's constant has O_DIRECTORY in it, with which folders are listed."""
_WRITING_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | _UNNAMED_FILE


def restrict(*, opens: bool) -> str:
    """Put the filter on this process, for good; it needs no_new_privs. Returns `on`, or why not."""
    if MACHINE not in AUDIT_ARCHITECTURES:
        return f"off: no table of system calls for {MACHINE}"
    packed = prepare(opens=opens) + _packed(_own_part(MACHINE, os.getpid()))
    code = ctypes.create_string_buffer(packed)
    length = len(packed) // _INSTRUCTION.size
    try:
        prctl(PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_Program(length, ctypes.addressof(code))))
    except OSError as error:
        return f"off: {error.strerror}"
    return "on" if opens else "on, and no file can be opened"


@functools.cache
def prepare(*, opens: bool) -> bytes:
    """Return the part of this machine's filter that all workers share; made once, in the zygote."""
    return _packed(_shared_part(MACHINE, opens=opens))


def build_filter(machine: str, pid: int, *, opens: bool) -> list[Instruction]:
    """Return the filter for the process `pid`; without `opens` no file can be opened, whatever its path."""
    return [*_shared_part(machine, opens=opens), *_own_part(machine, pid)]


def _own_part(machine: str, pid: int) -> list[Instruction]:
    return [*_on("tgkill", machine, _one_of(0, (pid,))), (RETURN, 0, 0, REFUSE)]


def _packed(program: Sequence[Instruction]) -> bytes:
    return b"".join(_INSTRUCTION.pack(*instruction) for instruction in program)


def _shared_part(machine: str, *, opens: bool) -> list[Instruction]:
    program: list[Instruction] = [
        (LOAD, 0, 0, _ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, AUDIT_ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        program += [(JUMP_AT_LEAST, 0, 1, _X32_BIT), (RETURN, 0, 0, KILL_PROCESS)]
    for name in ALLOWED:
        program += _on(name, machine, [(RETURN, 0, 0, ALLOW)])
    program += _on("open", machine, _reading_only(1, opens))
    program += _on("openat", machine, _reading_only(2, opens))
    program += _on("fcntl", machine, _one_of(1, _FCNTL_COMMANDS))
    program += _on("ioctl", machine, _one_of(1, _IOCTL_COMMANDS))
    program += _on("prlimit64", machine, _own_limits_read_only())
    # Its flags lie in memory, where no filter can look; told that it does not exist, the C library uses clone.
    return program + _on("clone3", machine, [(RETURN, 0, 0, UNKNOWN)])


def _on(name: str, machine: str, body: Sequence[Instruction]) -> list[Instruction]:
    """Run `body`, which ends on every path, for one system call."""
    value = number(name, machine)
    return [] if value is None else [(JUMP_EQUAL, 0, len(body), value), *body]


def _reading_only(flags_argument: int, opens: bool) -> list[Instruction]:  # noqa: FBT001 - internal, named at the callers' signature
    if not opens:
        return [(RETURN, 0, 0, REFUSE)]
    return [
        (LOAD, 0, 0, _low_half(flags_argument)),
        (JUMP_ANY_BIT, 0, 1, _WRITING_FLAGS),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]


def _one_of(argument: int, values: Sequence[int]) -> list[Instruction]:
    body: list[Instruction] = [(LOAD, 0, 0, _low_half(argument))]
    for value in values:
        body += [(JUMP_EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
    return [*body, (RETURN, 0, 0, REFUSE)]


def _own_limits_read_only() -> list[Instruction]:
    """Let prlimit64 through for pid 0 with no new limit: anything else could change the grader's limits."""
    body: list[Instruction] = []
    for offset in (_low_half(0), _low_half(2), _low_half(2) + 4):
        body += [(LOAD, 0, 0, offset), (JUMP_EQUAL, 1, 0, 0), (RETURN, 0, 0, REFUSE)]
    return [*body, (RETURN, 0, 0, ALLOW)]


def _low_half(argument: int) -> int:
    return _ARGUMENTS + 8 * argument


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))
