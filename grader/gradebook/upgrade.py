"""Bring a gradebook to the newest schema, step by step, without losing anything."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from grader.errors import GradebookError
from grader.gradebook.database import connect, shown
from grader.gradebook.schema import REVISION

_MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(url: URL, to: str = "head") -> None:
    """Make the gradebook at `url`, or migrate it; `to` is for tests.

    All steps are one transaction. A SQLite file is copied beside itself first.
    Raises `GradebookError` for one that was written by a newer `grade`.
    """
    engine = connect(url, foreign_keys=False)
    try:
        with engine.connect() as connection:
            before = _revision(connection)
        if before == REVISION and to == "head":
            return
        if before and before > REVISION:
            raise GradebookError(
                f"the gradebook {shown(url)} was written by a newer version of grade (its schema is {before})",
                hint="use that version, or name another gradebook with --gradebook",
            )
        if before:
            _back_up(url, before)
        with engine.connect().execution_options(grader_writes=True) as connection, connection.begin():
            _migrate(connection, to, url)
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection, to: str, url: URL) -> None:
    from alembic import command  # takes a third of a second, and is needed once
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if url.get_backend_name() == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise GradebookError(f"the gradebook {shown(url)} is inconsistent: a row points to one that is not there")


def _back_up(url: URL, revision: str) -> None:
    path = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not path.is_file():
        return
    copy = path.with_name(f"{path.name}.{revision}.bak")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
