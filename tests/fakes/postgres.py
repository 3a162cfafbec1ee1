"""A PostgreSQL server of the tests' own, from the binaries that Debian's package installs; it listens on no network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")


def missing() -> str:
    """Return why there can be no server; empty where there can."""
    if _binary("initdb") is None or _binary("postgres") is None:
        return "PostgreSQL's initdb and postgres are not installed"
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL does not run as root, and there is no runuser"
    return ""


@contextmanager
def server() -> Iterator[str]:
    """Run a server; give the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="grade-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        _run("initdb", "--pgdata", f"{folder}/data", "--username=grade", "--auth=trust", "--no-sync", "--encoding=UTF8")
        # Marks are not at stake here: no test waits for the disk.
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _run("pg_ctl", "--pgdata", f"{folder}/data", "--log", f"{folder}/log", "--wait", "-o", options, "start")
        try:
            yield str(folder)
        finally:
            _run("pg_ctl", "--pgdata", f"{folder}/data", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder)


def new_database(folder: str, name: str) -> str:
    """Make an empty database and return its URL."""
    with psycopg.connect(f"host={folder} user=grade dbname=postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"postgresql://grade@/{name}?host={folder}"


def _run(program: str, *arguments: str) -> None:
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*become, str(_binary(program)), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _binary(program: str) -> Path | None:
    found = shutil.which(program)
    return Path(found) if found else next(iter(sorted(_DEBIAN.glob(f"*/bin/{program}"), reverse=True)), None)
