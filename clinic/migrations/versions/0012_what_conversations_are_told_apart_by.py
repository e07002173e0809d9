"""What conversations are told apart by, found without walking the log"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LOG = ("log_turn", "log_conversation", "log_search", "log_tally", "log_mark")


def upgrade() -> None:
    # The log is made again from what was said.
    for table in LOG:
        op.execute(f"DELETE FROM {table}")
    op.create_table(
        "log_facet",
        sa.Column("facet", sa.String(length=100), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("facet", "number", name=op.f("pk_log_facet")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("log_conversation", schema=None) as batch_op:
        for name in ("number", "red_flag", "not_covered", "flagged"):
            batch_op.drop_index(f"ix_log_conversation_{name}")
        batch_op.add_column(sa.Column("decided", sa.Text(), server_default="", nullable=False))
        batch_op.create_index("ix_log_conversation_number", ["number", "id", "turns", "lowest"], unique=False)


def downgrade() -> None:
    for table in LOG:
        op.execute(f"DELETE FROM {table}")
    with op.batch_alter_table("log_conversation", schema=None) as batch_op:
        batch_op.drop_index("ix_log_conversation_number")
        batch_op.drop_column("decided")
        batch_op.create_index("ix_log_conversation_number", ["number"], unique=False)
        batch_op.create_index("ix_log_conversation_not_covered", ["not_covered", "number"], unique=False)
        batch_op.create_index("ix_log_conversation_red_flag", ["red_flag", "number"], unique=False)
        only = sa.text("red_flag != ''")
        batch_op.create_index("ix_log_conversation_flagged", ["number"], sqlite_where=only, postgresql_where=only)
    op.drop_table("log_facet")
