"""The tables of the gradebook, as the newest migration leaves them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

REVISION = "0004"
"""Of the newest migration: a gradebook that says so is not migrated. A test compares the two."""


class Moment(TypeDecorator[datetime]):
    """A point in time. SQLite keeps no offsets, so everything is UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write UTC."""
        del dialect
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        del dialect
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Words(TypeDecorator[str]):
    """A text, whatever it holds: what the databases cannot store is spelled out, since one odd name stops no class."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Spell out lone surrogates and NUL."""
        del dialect
        return value and value.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


metadata = MetaData(
    naming_convention={  # constraints that a later migration can name
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

students = Table(
    "students",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("section", Words, nullable=False),
    Column("on_roster", Boolean, nullable=False),
    Column("pseudonym", Words),
)
Index(None, students.c.pseudonym, unique=True)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("title", Words, nullable=False),
    Column("max_points", Double, nullable=False),
    Column("counted", String(20), nullable=False),
    Column("late_due", Moment),
    Column("late_grace_minutes", Double),
    Column("late_percent_per_day", Double),
    Column("late_days", Integer),
    Column("late_cap_percent", Double),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False),
    Column("assignment_digest", String(100), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("regrade", Boolean, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student_id", ForeignKey("students.id"), nullable=False),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False),
    Column("submission", Words, nullable=False),
    Column("digest", String(100), nullable=False),
    Column("submitted_at", Moment),
    Column("last_run_id", ForeignKey("runs.id"), nullable=False),
    UniqueConstraint("student_id", "assignment_id", "digest"),
)

gradings = Table(
    "gradings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE"), nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("gradable", Boolean, nullable=False),
    Column("errors", Text, nullable=False),
    Column("points", Double, nullable=False),
    Column("max_points", Double, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("environment", Text, nullable=False),
    Column("graded_at", Moment, nullable=False),
    UniqueConstraint("attempt_id", "run_id"),
)
Index(None, gradings.c.run_id)

question_results = Table(
    "question_results",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("grading_id", ForeignKey("gradings.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("question", Words, nullable=False),
    Column("module", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("points", Double, nullable=False),
    Column("max_points", Double, nullable=False),
    Column("note", Words, nullable=False),
    Column("reading", Text, nullable=False),
    UniqueConstraint("grading_id", "position"),
)

check_results = Table(
    "check_results",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question_result_id", ForeignKey("question_results.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("check_id", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("check_group", String(20), nullable=False),
    Column("visibility", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("points", Double, nullable=False),
    Column("max_points", Double, nullable=False),
    Column("misconception", Words),
    Column("seconds", Double, nullable=False),
    Column("details", Text, nullable=False),
    UniqueConstraint("question_result_id", "position"),
)

adjustments = Table(
    "adjustments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student_id", ForeignKey("students.id"), nullable=False),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False),
    Column("question", Words),
    Column("points", Double, nullable=False),
    Column("due", Moment),
    Column("comment", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
)
Index(None, adjustments.c.student_id, adjustments.c.assignment_id)

sources = Table(
    "sources",
    metadata,
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("module", Words, nullable=False),
    Column("text", Words, nullable=False),
)

similar_pairs = Table(
    "similar_pairs",
    metadata,
    Column("assignment_id", ForeignKey("assignments.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("first_id", ForeignKey("students.id"), nullable=False),
    Column("second_id", ForeignKey("students.id"), nullable=False),
    Column("share", Double, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("passages", Text, nullable=False),
)
