"""A person at a terminal: types a line whenever the program asks for one."""

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 120
"""Far more than anything takes: waiting longer is a failure."""
INTERRUPT = "^C"
"""Instead of a line: the person presses Ctrl-C."""
PATIENCE = 5
"""Seconds without an answer to Ctrl-C, after which a person presses it again.

Python notices a signal only once it waits for a key: one that comes between the prompt and the wait is kept until the
next key.
"""


@dataclass(frozen=True)
class Talk:
    """What was seen, with `\\n` line ends, and how the program ended."""

    text: str
    status: int


def talk(
    arguments: Sequence[str],
    lines: Sequence[str],
    *,
    cwd: Path,
    prompt: str = "(Pdb) ",
    interrupt_at: str = "",
    environment: Mapping[str, str] | None = None,
) -> Talk:
    """Run `python -m grader` on a terminal and answer each `prompt` with the next line.

    Ctrl-C is pressed once where the program prints `interrupt_at`.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.environ.update({"TERM": "dumb", "COLUMNS": "200", **(environment or {})})
        os.execv(sys.executable, [sys.executable, "-m", "grader", *arguments])  # noqa: S606 - that is the wish
    seen, answered, waiting = b"", 0, list(lines)
    pressed: float | None = None
    end = time.monotonic() + SECONDS
    try:
        while True:
            assert time.monotonic() < end, f"waited in vain after {seen.decode(errors='replace')}"
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    piece = os.read(terminal, 1 << 16)
                except OSError:  # Linux: the other side has closed the terminal
                    break
                if not piece:
                    break
                seen += piece
                pressed = None
            if pressed is not None and time.monotonic() > pressed + PATIENCE:
                pressed = time.monotonic()
                os.write(terminal, b"\x03")
            if interrupt_at and interrupt_at.encode() in seen:
                interrupt_at = ""
                os.write(terminal, b"\x03")
            if seen.endswith(prompt.encode()) and len(seen) > answered:
                assert waiting, f"asked once more than expected: {seen.decode(errors='replace')}"
                answered = len(seen)
                line = waiting.pop(0)
                pressed = time.monotonic() if line == INTERRUPT else None
                os.write(terminal, b"\x03" if line == INTERRUPT else f"{line}\n".encode())
        _, status = os.waitpid(child, 0)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    finally:
        os.close(terminal)
    return Talk(seen.decode(errors="replace").replace("\r\n", "\n"), os.waitstatus_to_exitcode(status))
