"""The trainers' inbox"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox_decision",
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("intent", sa.String(length=80), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch", sa.String(length=36), nullable=False),
        sa.Column("change", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox_decision")),
    )
    with op.batch_alter_table("inbox_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_decision_verdict"), ["verdict"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_decision_batch"), ["batch"], unique=False)


def downgrade() -> None:
    op.drop_table("inbox_decision")
