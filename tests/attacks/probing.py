"""What a worker can do to the world: probes that run inside it, and a look from outside at what they changed."""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.model.submission import ModuleSource
from grader.sandbox import Call, Crashed, Raised
from grader.sandbox.fork import ForkSandbox

PROBES = {
    # Each is an expression; what it raises, or that it kills the worker, means that the door is shut.
    "tcp": "socket.create_connection(('127.0.0.1', TCP), 2).send(b'x')",
    "udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', UDP))",
    "unix socket": "connect(UNIX)",
    "read": "open(SECRET).read()",
    "list": "os.listdir(OUTSIDE)",
    "write": "open(OUTSIDE + '/written', 'w').write('x')",
    "truncate": "os.open(SECRET, os.O_RDONLY | os.O_TRUNC)",
    "shared memory": "open(SHARED, 'w').write('x')",
    "fork": "wait(os.fork() or os._exit(0))",
    "thread": "_thread.start_new_thread(int, ()) and time.sleep(0.05)",
    "exec": "os.execv('/bin/true', ['true'])",
    "signal": "os.kill(GRADER, signal.SIGUSR1)",
    "signal by descriptor": "signal_by_descriptor(GRADER)",
    "limits": "system_call(302, GRADER, 7, struct.pack('QQ', 50, 50), 0)",
    "priority": "os.setpriority(os.PRIO_PROCESS, GRADER, 19)",
    "affinity": "os.sched_setaffinity(GRADER, {max(os.sched_getaffinity(GRADER))})",
    "ptrace": "system_call(101, 0x4206, GRADER, 0, 0)",
    "memory": "read_memory()",
    "memory file": "read_memory_file()",
    "environment": "open(f'/proc/{GRADER}/environ', 'rb').read()",
    "descriptors": "os.listdir(f'/proc/{GRADER}/fd')",
    "pidfd": "os.pidfd_open(GRADER)",
    "io_uring": "system_call(425, 8, ctypes.create_string_buffer(120))",
    "keyctl": "system_call(250, 0, -3, 0)",
    "bpf": "system_call(321, 0, ctypes.create_string_buffer(120), 120)",
    "memfd": "system_call(319, b'x', 0)",
    "SysV shared memory": "system_call(29, 0, 4096, 0o1600)",
    "namespace": "system_call(272, 0x10000000)",
    "i386": "as_i386()",
    "x32": "system_call(0x40000000 + 39)",
    "2 GB": "reserve(2 << 30)",
    "large file": "os.pwrite(os.open(OUTSIDE + '/large', os.O_CREAT | os.O_WRONLY), b'x', 1 << 30)",
}

_TOOLS = """
import _thread, ctypes, os, resource, signal, socket, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long

def system_call(number, *arguments):
    given = libc.syscall(ctypes.c_long(number), *arguments)
    if given < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return given

def connect(path):
    end = socket.socket(socket.AF_UNIX)
    end.connect(path)
    return end.send(b"x")

def wait(pid):
    return os.waitpid(pid, 0)

def signal_by_descriptor(pid):
    import fcntl
    read, write = os.pipe()
    fcntl.fcntl(read, fcntl.F_SETOWN, pid)
    fcntl.fcntl(read, 10, signal.SIGUSR1)
    fcntl.fcntl(read, fcntl.F_SETFL, fcntl.fcntl(read, fcntl.F_GETFL) | 0o20000)
    os.write(write, b"x")

def read_memory():
    buffer = ctypes.create_string_buffer(len(EXPECTED))
    here = struct.pack("QQ", ctypes.addressof(buffer), len(EXPECTED))
    there = struct.pack("QQ", ADDRESS, len(EXPECTED))
    one, none = ctypes.c_ulong(1), ctypes.c_ulong(0)
    system_call(310, GRADER, here, one, there, one, none)
    return buffer.raw

def read_memory_file():
    with open(f"/proc/{GRADER}/mem", "rb", 0) as file:
        file.seek(ADDRESS)
        return file.read(len(EXPECTED))

libc.mmap.restype = ctypes.c_void_p

def reserve(size):
    if libc.mmap(None, ctypes.c_size_t(size), 3, 0x4022, -1, ctypes.c_long(0)) == 2**64 - 1:
        raise MemoryError

def as_i386():
    page = libc.mmap(None, ctypes.c_size_t(4096), 7, 0x22, -1, ctypes.c_long(0))
    ctypes.memmove(page, b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3", 8)
    return ctypes.CFUNCTYPE(ctypes.c_int)(page)()
"""

_EXPECTED = b"expected-answer!"
_DECOY = f"""
import ctypes, os, signal
kept = ctypes.create_string_buffer({_EXPECTED!r})
signal.signal(signal.SIGUSR1, lambda *_: os.write(1, b"hit\\n"))
print(ctypes.addressof(kept), flush=True)
while True:
    signal.pause()
"""
"""Stands for the grader: a process of the same user, with something worth reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoy:
    process: subprocess.Popen[bytes]
    address: int

    def facts(self) -> tuple[object, ...]:
        """Return what a worker could change about it."""
        pid = self.process.pid
        limits, cpus = resource.prlimit(pid, resource.RLIMIT_NOFILE), os.sched_getaffinity(pid)
        return limits, cpus, os.getpriority(os.PRIO_PROCESS, pid), self.process.poll(), self._hits()

    def _hits(self) -> bytes:
        assert self.process.stdout is not None
        with contextlib.suppress(BlockingIOError):
            return os.read(self.process.stdout.fileno(), 100)
        return b""


class World:
    """What lies around the worker: a decoy for the grader, listening sockets, and a folder anybody may write to."""

    def __init__(self) -> None:
        self._closing = contextlib.ExitStack()
        # Short: the name of a socket in it has at most 107 characters.
        self.outside = Path(self._closing.enter_context(tempfile.TemporaryDirectory(prefix="grader-outside-")))
        self.outside.chmod(0o777)
        self._secret = self.outside / "solution.py"
        self._shared = Path("/dev/shm") / self.outside.name  # noqa: S108 - it must stay absent
        self._tcp, self._udp = self._listen(socket.SOCK_STREAM), self._listen(socket.SOCK_DGRAM)
        self._unix = self._closing.enter_context(socket.socket(socket.AF_UNIX))
        self._unix.bind(str(self.outside / "socket"))
        (self.outside / "socket").chmod(0o777)
        self._unix.listen()
        self._decoy = self._start_decoy()

    def close(self) -> None:
        """End the decoy and remove the folder."""
        self._closing.close()

    def doors(self, sandbox: ForkSandbox) -> Iterator[str]:
        """Yield the name of each probe that succeeded in a fresh worker, or changed something outside all the same."""
        for name, expression in PROBES.items():
            self._reset()
            before = self._state()
            done = self._try(sandbox, expression)
            if done or self._state() != before:
                yield name
            if self._decoy.process.poll() is not None or self._decoy.facts()[:3] != before[0][:3]:
                self._end(self._decoy)
                self._decoy = self._start_decoy()

    def _try(self, sandbox: ForkSandbox, expression: str) -> bool:
        constants = {
            "TCP": self._tcp.getsockname()[1],
            "UDP": self._udp.getsockname()[1],
            "UNIX": str(self.outside / "socket"),
            "SECRET": str(self._secret),
            "OUTSIDE": str(self.outside),
            "SHARED": str(self._shared),
            "GRADER": self._decoy.process.pid,
            "ADDRESS": self._decoy.address,
            "EXPECTED": _EXPECTED,
        }
        lines = [f"{name} = {value!r}" for name, value in constants.items()]
        text = "\n".join([_TOOLS, *lines, f"def probe():\n    return repr({expression})[:100]\n"])
        with sandbox.worker() as worker:
            worker.load([ModuleSource(module="m", filename="m.py", text=text)])
            try:
                worker.call(Call(function="m.probe"))
            except Raised:
                return False
            except Crashed as crashed:
                # Where exec works, the worker is another program by now; all else that ends it has shut the door.
                return "exec" in expression and "exit status 0" in str(crashed)
        return True

    def _state(self) -> tuple[tuple[object, ...], dict[str, int]]:
        files = {path.name: path.stat().st_size for path in (*self.outside.iterdir(), self._shared) if path.exists()}
        if not files.get("large"):
            files.pop("large", None)  # that it could be made is the business of another probe
        return self._decoy.facts(), files

    def _reset(self) -> None:
        for path in (self._shared, self.outside / "written", self.outside / "large"):
            path.unlink(missing_ok=True)
        self._secret.write_text("answer = 42\n", encoding="utf-8")
        self._secret.chmod(0o666)

    def _listen(self, kind: socket.SocketKind) -> socket.socket:
        listener = self._closing.enter_context(socket.socket(socket.AF_INET, kind))
        listener.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            listener.listen()
        return listener

    def _start_decoy(self) -> _Decoy:
        process = subprocess.Popen([sys.executable, "-I", "-c", _DECOY], stdout=subprocess.PIPE)
        assert process.stdout is not None
        decoy = _Decoy(process=process, address=int(process.stdout.readline()))
        os.set_blocking(process.stdout.fileno(), False)
        self._closing.callback(self._end, decoy)
        return decoy

    def _end(self, decoy: _Decoy) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(decoy.process.pid, signal.SIGKILL)
        decoy.process.wait()
        if decoy.process.stdout is not None:
            decoy.process.stdout.close()
