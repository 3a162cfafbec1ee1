"""Due dates of single students."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column: nobody has more time than the class until somebody gives it."""
    op.add_column("adjustments", sa.Column("due", sa.DateTime(timezone=True), nullable=True))
