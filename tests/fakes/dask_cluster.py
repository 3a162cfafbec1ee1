"""A Dask cluster as an administrator starts one: a scheduler and workers, each a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.fakes.processes import wait_until


class DaskCluster:
    """Its scheduler's address; more workers can join."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._stack = stack
        self._log = folder / "log.txt"
        self._file = folder / "scheduler.json"
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self._file)]
        self.scheduler = self._start("scheduler", *options)
        wait_until(self._file.exists)
        self.address: str = json.loads(self._file.read_text())["address"]

    def join(self, *options: str, variables: dict[str, str] | None = None, prefix: Sequence[str] = ()) -> int:
        """Start one more worker and return the id of its process, which is the nanny's if it has one."""
        place = ["--local-directory", str(self.folder), "--no-dashboard"]
        before = self._joined()
        process = self._start("worker", self.address, *place, *options, variables=variables, prefix=prefix)
        wait_until(lambda: self._joined() > before)
        return process.pid

    def _joined(self) -> int:
        return self._log.read_text(errors="replace").count("Register worker")

    def _start(
        self, what: str, *options: str, variables: dict[str, str] | None = None, prefix: Sequence[str] = ()
    ) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context(self._log.open("ab"))
        command = [*prefix, sys.executable, "-m", "dask", what, *options]
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **(variables or {})}, cwd=self.folder
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@contextmanager
def dask_cluster(folder: Path) -> Iterator[DaskCluster]:
    """Give a cluster that has no workers yet, and end it."""
    with ExitStack() as stack:
        yield DaskCluster(folder, stack)
