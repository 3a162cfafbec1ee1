"""Attacks through the operating system: files, network, processes, and the grader itself."""

import ctypes
import os
import platform
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.sandbox import Crashed, Raised, TimedOut

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="system calls are given by their numbers there")

Attack = Callable[..., Any]

ATTEMPT = """
import ctypes, fcntl, os, signal, socket, struct, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)

def system_call(*arguments):
    if libc.syscall(*arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def attack(*args):
    try:
        return "done: " + repr(attempt(*args))[:100]
    except OSError as error:
        return error.errno
"""
REFUSED = (1, 13)
"""EPERM and EACCES."""


@pytest.fixture
def secret(tmp_path: Path) -> Iterator[Path]:
    tmp_path.chmod(0o777)
    path = tmp_path / "solution.py"
    path.write_text("answer = 42")
    path.chmod(0o666)
    yield path
    assert path.read_text() == "answer = 42"
    assert [entry.name for entry in tmp_path.iterdir()] == ["solution.py"]


@pytest.mark.parametrize(
    "body",
    [
        "open(path).read()",
        "os.listdir(os.path.dirname(path))",
        "os.open(path, os.O_PATH | os.O_RDWR)",
        "open(path, 'w').write('x')",
        "open(path + '.new', 'w').write('x')",
        "os.open(path, os.O_RDONLY | os.O_TRUNC)",
        "os.truncate(path, 0)",
        "os.remove(path)",
        "os.rename(path, path + '.moved')",
        "os.symlink(path, path + '.link')",
        "os.link(path, path + '.link')",
        "os.mkdir(path + '.folder')",
        "os.chmod(path, 0)",
        "os.mkfifo(path + '.fifo')",
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "os.listdir('/proc/self/fd')",
        "os.listdir('/')",
    ],
)
def test_no_file_outside_python_can_be_touched(attack: Attack, secret: Path, body: str) -> None:
    assert attack(f"{ATTEMPT}\ndef attempt(path):\n    return {body}\n", str(secret)) in REFUSED


def test_the_grader_s_own_source_cannot_be_read_where_it_is_a_checkout(attack: Attack) -> None:
    source = Path(grader.__path__[0]) / "errors.py"
    if "site-packages" in source.parts:
        pytest.skip("the grader is installed among the packages, where it keeps no secrets")
    assert attack(f"{ATTEMPT}\ndef attempt(path):\n    return open(path).read()\n", str(source)) in REFUSED


@pytest.mark.parametrize("module", ["grader.sandbox", "grader.harness", "grader.checks", "solutions", "conftest"])
def test_no_module_of_ours_can_be_imported(attack: Attack, module: str) -> None:
    with pytest.raises(Raised, match="ModuleNotFoundError"):
        attack(f"def attack():\n    import {module}\n")


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
@pytest.mark.parametrize("kind", ["SOCK_STREAM", "SOCK_DGRAM"])
def test_no_socket_can_be_opened(attack: Attack, family: str, kind: str) -> None:
    assert attack(f"{ATTEMPT}\ndef attempt():\n    socket.socket(socket.{family}, socket.{kind})\n") in REFUSED


def test_the_line_to_the_grader_cannot_be_used_to_pass_descriptors(attack: Attack) -> None:
    body = "socket.socket(fileno=os.dup(3)).sendmsg([b'x'], [(socket.SOL_SOCKET, 1, struct.pack('i', 0))])"
    assert attack(f"{ATTEMPT}\ndef attempt():\n    {body}\n") in REFUSED


@pytest.mark.parametrize(
    "body",
    [
        "os.fork() or os._exit(0)",
        "os.forkpty()",
        "os.execv('/bin/true', ['true'])",
        "subprocess.run(['/bin/true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.system('true') and 1 / 0",
        "system_call(ctypes.c_long(319), b'x', 0)",
        "system_call(ctypes.c_long(425), 8, ctypes.create_string_buffer(120))",
        "system_call(ctypes.c_long(321), 0, ctypes.create_string_buffer(120), 120)",
        "system_call(ctypes.c_long(250), 0, -3, 0)",
        "system_call(ctypes.c_long(29), 0x5B5B, 4096, 0o1666)",
        "system_call(ctypes.c_long(272), 0x10000000)",
        "system_call(ctypes.c_long(157), 38, 0, 0, 0, 0)",
    ],
    ids=[
        "fork", "forkpty", "exec", "subprocess", "posix_spawn", "system", "memfd_create", "io_uring", "bpf", "keyctl",
        "shmget", "unshare", "prctl",
    ],
)  # fmt: skip
def test_no_process_and_no_back_door_of_the_kernel_can_be_opened(attack: Attack, body: str) -> None:
    try:
        found = attack(f"{ATTEMPT}\ndef attempt():\n    {body}\n")
    except (Raised, TimedOut) as fault:
        found = fault
    assert found in REFUSED or (isinstance(found, Raised) and found.type_names[0] == "ZeroDivisionError")


def test_no_thread_can_be_left_behind(attack: Attack) -> None:
    with pytest.raises(Raised, match="can't start new thread"):
        attack("import threading\ndef attack():\n    threading.Thread(target=print).start()\n")


@pytest.fixture
def victim() -> Iterator[int]:
    """The grader: this process. What must not have changed about it is compared afterwards."""
    hits: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _: hits.append(number))
    pid = os.getpid()
    facts = (resource.getrlimit(resource.RLIMIT_NOFILE), os.getpriority(os.PRIO_PROCESS, pid))
    yield pid
    signal.signal(signal.SIGUSR1, before)
    assert hits == []
    assert (resource.getrlimit(resource.RLIMIT_NOFILE), os.getpriority(os.PRIO_PROCESS, pid)) == facts


@pytest.mark.parametrize(
    "body",
    [
        "os.kill(pid, signal.SIGUSR1)",
        "os.kill(-1, signal.SIGUSR1)",
        "os.killpg(os.getpgid(pid), signal.SIGUSR1)",
        "fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, pid)",
        "fcntl.fcntl(os.pipe()[0], 10, signal.SIGUSR1)",
        "system_call(ctypes.c_long(302), pid, 7, struct.pack('QQ', 3, 3), 0)",
        "system_call(ctypes.c_long(302), os.getppid(), 7, struct.pack('QQ', 3, 3), 0)",
        "os.setpriority(os.PRIO_PROCESS, pid, 19)",
        "os.sched_setaffinity(pid, {0})",
        "os.pidfd_open(pid)",
        "system_call(ctypes.c_long(101), 16, pid, 0, 0)",
        "system_call(ctypes.c_long(101), 0x4206, pid, 0, 0)",
        "open(f'/proc/{pid}/environ', 'rb').read()",
        "open(f'/proc/{pid}/mem', 'rb').read(1)",
        "open(f'/proc/{pid}/cmdline', 'rb').read()",
        "os.listdir(f'/proc/{pid}/fd')",
    ],
)
def test_the_grader_s_process_cannot_be_touched(attack: Attack, victim: int, body: str) -> None:
    assert attack(f"{ATTEMPT}\ndef attempt(pid):\n    return {body}\n", victim) in REFUSED


def test_the_grader_s_memory_cannot_be_read(attack: Attack) -> None:
    secret = ctypes.create_string_buffer(b"expected value")
    body = """
def attempt(pid, address, length):
    buffer = ctypes.create_string_buffer(length)
    here = struct.pack("QQ", ctypes.addressof(buffer), length)
    there = struct.pack("QQ", address, length)
    system_call(ctypes.c_long(310), pid, here, ctypes.c_ulong(1), there, ctypes.c_ulong(1), ctypes.c_ulong(0))
    return buffer.raw
"""
    assert attack(ATTEMPT + body, os.getpid(), ctypes.addressof(secret), len(secret.value)) in REFUSED


def test_system_calls_of_another_architecture_end_the_worker(attack: Attack) -> None:
    payload = """
import ctypes, mmap
def attack():
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""
    with pytest.raises(Crashed, match="SIGSYS"):
        attack(payload)


def test_nothing_of_the_grader_is_inherited(attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "abc")
    payload = """
import os, sys
def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
def attack():
    return [sorted(os.environ), [number for number in range(1024) if is_open(number)], sys.argv, sys.path, os.getcwd()]
"""
    environment, descriptors, arguments, path, folder = attack(payload)
    assert "SECRET_TOKEN" not in environment
    assert descriptors == [0, 1, 2, 3]
    assert arguments == [""]
    assert folder == "/"
    own = Path(grader.__path__[0]).parent
    assert "site-packages" in own.parts or str(own) not in path


def test_reading_input_gives_nothing(attack: Attack) -> None:
    with pytest.raises(Raised, match="EOFError"):
        attack("def attack():\n    return input()\n")
