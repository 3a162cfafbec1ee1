"""What students handed in, as text, and which of them have much in common."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables; they are filled when a class is graded the next time."""
    op.create_table(
        "sources",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("module", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", "position", name="pk_sources"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_sources_attempt_id", ondelete="CASCADE"),
    )
    op.create_table(
        "similar_pairs",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", "position", name="pk_similar_pairs"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name="fk_similar_pairs_assignment_id"),
        sa.ForeignKeyConstraint(["first_id"], ["students.id"], name="fk_similar_pairs_first_id"),
        sa.ForeignKeyConstraint(["second_id"], ["students.id"], name="fk_similar_pairs_second_id"),
    )
