"""The Landlock layer: which files the worker can reach, and no TCP, no signals to other processes.

Numbers from the kernel's `include/uapi/linux/landlock.h`; the calls have the same number on every architecture.
"""

import os
import struct
from collections.abc import Iterable

from grader.worker.kernel import system_call

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_ABI_1_RIGHTS = (1 << 13) - 1
_LATER_RIGHTS = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""By the ABI that brought it: refer, truncate, ioctl on devices."""
_TCP_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
_GAPS = {3: "truncation", 4: "TCP", 5: "device ioctl", 6: "signals and abstract sockets"}


def abi() -> int:
    """Return the kernel's Landlock version, 0 without Landlock."""
    try:
        return system_call(_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def restrict(readable: Iterable[str], version: int) -> str:
    """Allow this process to read beneath `readable` and nothing else, for good.

    Returns `on`, or why not. `version` is the ABI to use, not above the kernel's; it needs no_new_privs.
    """
    if version < 1:
        return "off: this kernel has no Landlock"
    try:
        rules = system_call(_CREATE_RULESET, attributes := _handled(version), len(attributes), 0)
        for path in readable:
            _allow_reading(rules, path)
        system_call(_RESTRICT_SELF, rules, 0)
        os.close(rules)
    except OSError as error:
        return f"off: {error.strerror}"
    gaps = [name for since, name in _GAPS.items() if version < since]
    return "on" if not gaps else f"on, version {version}: does not cover {', '.join(gaps)}"


def _handled(version: int) -> bytes:
    files = _ABI_1_RIGHTS
    for since, right in _LATER_RIGHTS.items():
        files |= right if version >= since else 0
    attributes = struct.pack("=Q", files)
    if version >= 4:
        attributes += struct.pack("=Q", _TCP_BIND_AND_CONNECT)
    if version >= 6:
        attributes += struct.pack("=Q", _ABSTRACT_SOCKETS_AND_SIGNALS)
    return attributes


def _allow_reading(rules: int, path: str) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _READ_FILE | (_READ_DIR if os.path.isdir(path) else 0)  # noqa: PTH112 - pathlib is not loaded here
        system_call(_ADD_RULE, rules, _RULE_PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)
