"""Pseudonyms, for reports without names."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; a student gets a pseudonym when the first report needs one."""
    op.add_column("students", sa.Column("pseudonym", sa.Text(), nullable=True))
    op.create_index("ix_students_pseudonym", "students", ["pseudonym"], unique=True)
