"""Who is to look a second time at a message of the inbox"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox_decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assignee", sa.String(length=60), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("inbox_decision", schema=None) as batch_op:
        batch_op.drop_column("assignee")
