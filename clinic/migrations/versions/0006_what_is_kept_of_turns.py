"""What is kept of turns, decisions about messages, views, reading, mentions, and gaps by meaning"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("log_conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("models", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reasons", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("log_turn", schema=None) as batch_op:
        batch_op.add_column(sa.Column("model", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("kept", sa.JSON(), server_default="{}", nullable=False))
        batch_op.create_index(batch_op.f("ix_log_turn_model"), ["model"], unique=False)
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("right_answer", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("review_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch", sa.String(length=16), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_review_event_batch"), ["batch"], unique=False)
    op.create_table(
        "review_turn",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("right_intent", sa.String(length=80), nullable=False),
        sa.Column("right_answer", sa.Text(), nullable=False),
        sa.Column("training", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name=op.f("pk_review_turn")),
    )
    with op.batch_alter_table("review_turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_turn_training"), ["training"], unique=False)
    op.create_table(
        "review_mention",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_review_mention")),
    )
    with op.batch_alter_table("review_mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_mention_who"), ["who"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_mention_conversation_id"), ["conversation_id"], unique=False)
    op.create_table(
        "log_seen",
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("who", "conversation_id", name=op.f("pk_log_seen")),
    )
    with op.batch_alter_table("log_seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_seen_conversation_id"), ["conversation_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_view_name")),
    )
    op.create_table(
        "gap_theme",
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("theme", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_gap_theme")),
    )
    with op.batch_alter_table("gap_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_theme_theme"), ["theme"], unique=False)
    # The log is made again from what was said, so that older turns have what is kept of them too.
    for table in ("log_turn", "log_conversation", "log_search", "log_mark"):
        op.execute(f"DELETE FROM {table}")


def downgrade() -> None:
    for table in ("gap_theme", "saved_view", "log_seen", "review_mention", "review_turn"):
        op.drop_table(table)
    with op.batch_alter_table("review_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_event_batch"))
        batch_op.drop_column("batch")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_column("right_answer")
    with op.batch_alter_table("log_turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_turn_model"))
        batch_op.drop_column("kept")
        batch_op.drop_column("model")
    with op.batch_alter_table("log_conversation", schema=None) as batch_op:
        batch_op.drop_column("reasons")
        batch_op.drop_column("models")
