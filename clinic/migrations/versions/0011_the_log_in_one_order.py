"""The log in one order, its words by the same number, and what it holds counted by hour"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LOG = ("log_turn", "log_conversation", "log_search", "log_mark")
NEW = (
    "DROP TABLE log_search",
    "CREATE TABLE log_search (number bigint PRIMARY KEY, conversation_id varchar(64), body text NOT NULL, "
    "words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED)",
    "CREATE INDEX ix_log_search_words ON log_search USING gin (words)",
)
OLD = (
    "DROP TABLE log_search",
    "CREATE TABLE log_search (conversation_id varchar(64) PRIMARY KEY, body text NOT NULL, "
    "words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED)",
    "CREATE INDEX ix_log_search_words ON log_search USING gin (words)",
)


def upgrade() -> None:
    # The log is made again from what was said.
    for table in LOG:
        op.execute(f"DELETE FROM {table}")
    # Unanswered questions are put together anew: from now on by how near a set of them says they have to be.
    op.execute("DELETE FROM gap_theme")
    with op.batch_alter_table("log_conversation", schema=None) as batch_op:
        for name in ("last", "not_covered", "red_flag"):
            batch_op.drop_index(f"ix_log_conversation_{name}")
        batch_op.add_column(sa.Column("number", sa.BigInteger(), nullable=False))
        batch_op.create_index("ix_log_conversation_number", ["number"], unique=False)
        batch_op.create_index("ix_log_conversation_not_covered", ["not_covered", "number"], unique=False)
        batch_op.create_index("ix_log_conversation_red_flag", ["red_flag", "number"], unique=False)
        only = sa.text("red_flag != ''")
        batch_op.create_index("ix_log_conversation_flagged", ["number"], sqlite_where=only, postgresql_where=only)
    with op.batch_alter_table("log_turn", schema=None) as batch_op:
        batch_op.drop_index("ix_log_turn_intent")
        batch_op.drop_index("ix_log_turn_model")
    op.create_table(
        "log_tally",
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=90), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("what", "hour", "key", name=op.f("pk_log_tally")),
    )
    _make_search(NEW)


def downgrade() -> None:
    for table in LOG:
        op.execute(f"DELETE FROM {table}")
    op.drop_table("log_tally")
    with op.batch_alter_table("log_turn", schema=None) as batch_op:
        batch_op.create_index("ix_log_turn_intent", ["intent"], unique=False)
        batch_op.create_index("ix_log_turn_model", ["model"], unique=False)
    with op.batch_alter_table("log_conversation", schema=None) as batch_op:
        for name in ("number", "not_covered", "red_flag", "flagged"):
            batch_op.drop_index(f"ix_log_conversation_{name}")
        batch_op.drop_column("number")
        for name in ("last", "not_covered", "red_flag"):
            batch_op.create_index(f"ix_log_conversation_{name}", [name], unique=False)
    _make_search(OLD)


def _make_search(statements: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for one in statements:
            op.execute(one)
