"""Where the gradebook is kept, and how it is read and written safely."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from grader.errors import GradebookError, UsageError

ENVIRONMENT = "GRADE_GRADEBOOK"
FILENAME = "gradebook.sqlite"
_SQLITE_PATIENCE_SECONDS = 30
"""How long to wait for another process that writes."""

_POSTGRESQL_LOCK = 0x67726164


def locate(course_folder: Path, given: str | None = None) -> str:
    """Return where the gradebook is: as given, else by `GRADE_GRADEBOOK`, else a SQLite file in the course's folder.

    `given` is a SQLAlchemy URL, e.g. `postgresql://host/grades`, or the path of a SQLite file.
    """
    return given or os.environ.get(ENVIRONMENT) or str(course_folder / FILENAME)


class Gradebook:
    """An open gradebook. The functions of this room read and write it; a change is there whole or not at all."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """Where it is kept, for people: a path, or an URL without its password."""
        return shown(self._engine.url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the gradebook."""
        with translated(self._engine.url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are committed at the end, all or none."""
        with (
            translated(self._engine.url),
            self._engine.connect().execution_options(grader_writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def open_gradebook(place: str, *, must_exist: bool = False) -> Gradebook:
    """Open the gradebook at a SQLAlchemy URL or the path of a SQLite file; make or migrate it where that is needed.

    Raises `UsageError` for a place that cannot be, or where a SQLite file `must_exist` and does not, and
    `GradebookError` for one that cannot be opened or that was written by a newer `grade`.
    """
    from grader.gradebook.upgrade import upgrade

    url = _url(place)
    if must_exist and url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise UsageError(f"there is no gradebook {shown(url)}", hint="grade a class first, or name it with --gradebook")
    with translated(url):
        upgrade(url)
        return Gradebook(connect(url))


def connect(url: URL, *, foreign_keys: bool = True) -> Engine:
    """Return an engine. `foreign_keys=False` is for migrations of SQLite, which replace tables that others point to."""
    try:
        engine = create_engine(url)
    except (ImportError, NoSuchModuleError) as error:
        raise UsageError(
            f"the gradebook {shown(url)} needs a library that is not there: {error}",
            hint="install dl-grader[postgres]; SQLite and PostgreSQL are supported",
        ) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", lambda raw, _: _prepare_sqlite(raw, foreign_keys=foreign_keys))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def shown(url: URL) -> str:
    """Return where a gradebook is as a person may see it: without a password, and without options that may hold one."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    kept = URL.create("postgresql", username=url.username, host=url.host, port=url.port, database=url.database)
    return kept.render_as_string()


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn what the database complains about into a `GradebookError`."""
    try:
        yield
    except DBAPIError as error:
        words = str(error.orig).strip().partition("\n")[0]
        raise GradebookError(f"the gradebook {shown(url)} cannot be used: {words}", hint=_hint(words)) from error
    except SQLAlchemyError as error:
        raise GradebookError(f"the gradebook {shown(url)} cannot be used: {error}") from error


def _url(place: str) -> URL:
    if "://" not in place:
        folder = Path(place).absolute().parent
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder} for the gradebook", hint="make it, or name another place")
        return URL.create("sqlite", database=str(Path(place).absolute()))
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise UsageError("this is not the address of a gradebook", hint="write postgresql://user@host/name") from error
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError(
            f"a gradebook is kept by SQLite or PostgreSQL, not by {url.get_backend_name()}",
            hint="write postgresql://user@host/name, or the path of a file",
        )
    return url


def _prepare_sqlite(raw: Any, *, foreign_keys: bool) -> None:
    raw.isolation_level = None  # the driver would begin transactions by itself, too late and not before DDL
    raw.execute(f"PRAGMA busy_timeout = {_SQLITE_PATIENCE_SECONDS * 1000}")
    raw.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    _keep_journal(raw)
    raw.execute("PRAGMA synchronous = FULL")  # in WAL mode NORMAL may lose the last marks with the power


def _keep_journal(raw: Any) -> None:
    """Two who open a new file at once: SQLite does not wait by itself for the one that is just making the journal."""
    end = time.monotonic() + _SQLITE_PATIENCE_SECONDS
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """Who will write says so at once: a reader that becomes a writer cannot wait for another one."""
    writes = connection.get_execution_options().get("grader_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """One writer at a time, as in SQLite: nobody adds a student that another one is just adding."""
    if connection.get_execution_options().get("grader_writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})")


def _hint(words: str) -> str:
    for part, hint in _HINTS.items():
        if part in words.lower():
            return hint
    return "what was recorded before is kept; when the cause is gone, run the same command again"


_HINTS = {
    "disk is full": "make room, then run the same command again: what has been recorded is kept",
    "disk i/o error": "is the disk full? Then make room and run the same command again: what has been recorded is kept",
    "no space left": "make room, then run the same command again: what has been recorded is kept",
    "database is locked": "another process writes to it: let it end, then run the same command again",
    "readonly": "make the file and its folder writable, or name another gradebook with --gradebook",
    "unable to open": "make the file and its folder writable, or name another gradebook with --gradebook",
    "not a database": "name another file with --gradebook, or move this one away",
    "malformed": "the file is damaged: restore it from a backup, or grade into a new one with --gradebook",
}
