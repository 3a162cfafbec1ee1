"""`python no_seccomp.py COMMAND …` runs a command as on a machine whose kernel has no seccomp filters."""

import ctypes
import errno
import os
import struct
import sys
from pathlib import Path

from grader.worker.kernel import MACHINE, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, prctl

_PRCTL = {"x86_64": 157, "aarch64": 167}
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EINVAL
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _FIRST_ARGUMENT = 0, 16
_MODE_FILTER = 2

WITHOUT_SECCOMP = (sys.executable, str(Path(__file__).resolve()))
"""What to put before a command."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse_filters() -> None:
    """Let this process and all that it starts install no further filter: with a filter, of all things."""
    program = [
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_EQUAL, 0, 3, _PRCTL[MACHINE]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_EQUAL, 0, 1, PR_SET_SECCOMP),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in program))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_Program(len(program), ctypes.addressof(code))))


if __name__ == "__main__":
    refuse_filters()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - it is to be that command, without a shell
