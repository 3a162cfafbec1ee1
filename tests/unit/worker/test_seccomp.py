"""The filter, run by a small interpreter of classic BPF: which system calls it lets through."""

import os
import struct

import pytest

from grader.worker.seccomp import (
    ALLOW,
    AND,
    JUMP_ANY_BIT,
    JUMP_AT_LEAST,
    JUMP_EQUAL,
    KILL_PROCESS,
    LOAD,
    REFUSE,
    RETURN,
    UNKNOWN,
    Instruction,
    build_filter,
)
from grader.worker.syscalls import AUDIT_ARCHITECTURES, number

PID = 4242
MACHINES = sorted(AUDIT_ARCHITECTURES)


def run(program: list[Instruction], architecture: int, call: int, *arguments: int) -> int:
    """Interpret a program for one system call; `struct seccomp_data` is number, architecture, pointer, arguments."""
    filled = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", call, architecture, 0, *(argument & (1 << 64) - 1 for argument in filled))
    accumulator = position = 0
    while True:
        code, if_true, if_false, operand = program[position]
        position += 1
        match code:
            case _ if code == LOAD:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case _ if code == AND:
                accumulator &= operand
            case _ if code == RETURN:
                return operand
            case _ if code == JUMP_EQUAL:
                position += if_true if accumulator == operand else if_false
            case _ if code == JUMP_AT_LEAST:
                position += if_true if accumulator >= operand else if_false
            case _ if code == JUMP_ANY_BIT:
                position += if_true if accumulator & operand else if_false
            case _:
                raise AssertionError(f"instruction {code:#x} is not one that the filter uses")


def verdict(machine: str, name: str, *arguments: int, opens: bool = True) -> int:
    call = number(name, machine)
    assert call is not None
    return run(build_filter(machine, PID, opens=opens), AUDIT_ARCHITECTURES[machine], call, *arguments)


@pytest.mark.parametrize("machine", MACHINES)
def test_reading_and_writing_open_descriptors_is_allowed(machine: str) -> None:
    assert {verdict(machine, name) for name in ("read", "write", "mmap", "futex", "exit_group")} == {ALLOW}


@pytest.mark.parametrize(
    ("machine", "call"),
    [
        ("x86_64", 41),  # socket
        ("x86_64", 56),  # clone
        ("x86_64", 57),  # fork
        ("x86_64", 59),  # execve
        ("x86_64", 62),  # kill
        ("x86_64", 101),  # ptrace
        ("x86_64", 141),  # setpriority
        ("x86_64", 203),  # sched_setaffinity
        ("x86_64", 310),  # process_vm_readv
        ("x86_64", 425),  # io_uring_setup
        ("x86_64", 437),  # openat2
        ("aarch64", 198),  # socket
        ("aarch64", 220),  # clone
        ("aarch64", 221),  # execve
        ("aarch64", 129),  # kill
        ("aarch64", 117),  # ptrace
    ],
)
def test_what_is_not_listed_is_refused(machine: str, call: int) -> None:
    assert run(build_filter(machine, PID, opens=True), AUDIT_ARCHITECTURES[machine], call) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (os.O_RDONLY, ALLOW),
        (os.O_RDONLY | 0o2000000, ALLOW),  # close-on-exec
        (os.O_RDONLY | 0o200000, ALLOW),  # a folder
        (os.O_WRONLY, REFUSE),
        (os.O_RDWR, REFUSE),
        (os.O_RDONLY | os.O_CREAT, REFUSE),
        (os.O_RDONLY | os.O_TRUNC, REFUSE),
        (0o20000000, REFUSE),  # a file without a name
    ],
)
def test_files_can_be_opened_for_reading_only(machine: str, flags: int, expected: int) -> None:
    assert verdict(machine, "openat", 0, 0, flags) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_without_landlock_no_file_can_be_opened(machine: str) -> None:
    assert verdict(machine, "openat", 0, 0, os.O_RDONLY, opens=False) == REFUSE


def test_the_old_open_is_held_to_the_same() -> None:
    assert verdict("x86_64", "open", 0, os.O_RDONLY) == ALLOW
    assert verdict("x86_64", "open", 0, os.O_WRONLY) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_signals_reach_its_own_threads_only(machine: str) -> None:
    assert verdict(machine, "tgkill", PID, PID, 6) == ALLOW
    assert verdict(machine, "tgkill", PID + 1, PID + 1, 6) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_a_descriptor_cannot_be_made_to_send_signals(machine: str) -> None:
    assert verdict(machine, "fcntl", 5, 3) == ALLOW
    assert {verdict(machine, "fcntl", 5, command) for command in (8, 10, 15)} == {REFUSE}


@pytest.mark.parametrize("machine", MACHINES)
def test_limits_can_be_read_and_neither_set_nor_taken_from_others(machine: str) -> None:
    assert verdict(machine, "prlimit64", 0, 7, 0, 1) == ALLOW
    assert verdict(machine, "prlimit64", PID, 7, 0, 1) == REFUSE
    assert verdict(machine, "prlimit64", 0, 7, 1, 0) == REFUSE
    assert verdict(machine, "prlimit64", 0, 7, 1 << 32, 0) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_clone3_does_not_seem_to_exist(machine: str) -> None:
    assert verdict(machine, "clone3") == UNKNOWN


def test_another_architecture_s_calls_end_the_process() -> None:
    program = build_filter("x86_64", PID, opens=True)
    assert run(program, 0x40000003, 20) == KILL_PROCESS  # int 0x80
    assert run(program, AUDIT_ARCHITECTURES["x86_64"], 0x40000000 + 39) == KILL_PROCESS  # x32


@pytest.mark.parametrize("machine", MACHINES)
def test_the_program_fits_the_kernel_s_bounds(machine: str) -> None:
    program = build_filter(machine, PID, opens=True)
    assert len(program) < 4096
    assert all(0 <= jump < 256 for _, if_true, if_false, _ in program for jump in (if_true, if_false))
