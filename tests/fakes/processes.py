"""Processes as tests look at them: through /proc, and with patience."""

import os
import time
from collections.abc import Callable
from pathlib import Path

SECONDS = 60
"""Far more than anything takes: waiting longer is a failure."""


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


Process = tuple[int, int]
"""Its id, and its start time: an id is used again."""


def descendants(root: int) -> dict[Process, float]:
    """Return the CPU seconds of every process below `root`."""
    alive = processes()
    family = {root}
    for _ in alive:
        family |= {process for (process, _), (parent, _) in alive.items() if parent in family}
    return {process: seconds for process, (_, seconds) in alive.items() if process[0] in family - {root}}


def processes() -> dict[Process, tuple[int, float]]:
    """Return parent and CPU seconds of every process that has not ended."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if fields[0] not in "ZX":
            ticks = int(fields[11]) + int(fields[12])
            found[int(path.parent.name), int(fields[19])] = (int(fields[1]), ticks / os.sysconf("SC_CLK_TCK"))
    return found
