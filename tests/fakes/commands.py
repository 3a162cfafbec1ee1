"""A command, run as a user runs it, and what it prints."""

import os
import subprocess
from pathlib import Path

SECONDS = 120
"""Far more than any run takes: a hang is a failure."""


def run(command: list[str], *, cwd: Path, columns: int = 200) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, as UTF-8, with lines of so many columns."""
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": str(columns)},
    )
