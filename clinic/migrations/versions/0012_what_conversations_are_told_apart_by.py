"""What conversations are told apart by, found without walking the log"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SETS = {"intent": "intents", "kind": "kinds", "article": "articles", "model": "models", "why": "reasons"}
TOGETHER = 1000
HEADS = sa.text(
    "SELECT number, intents, kinds, articles, models, reasons, red_flag, not_covered FROM log_conversation "
    "WHERE number > :after ORDER BY number LIMIT :most"
)
PUT = sa.text("INSERT INTO log_facet (facet, number) VALUES (:facet, :number) ON CONFLICT DO NOTHING")


def upgrade() -> None:
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
        batch_op.create_index("ix_log_conversation_number", ["number", "id", "turns", "lowest"], unique=False)
    _replace_feedback_index(["conversation_id", "helpful"])
    _fill()


def downgrade() -> None:
    _replace_feedback_index(["conversation_id"])
    with op.batch_alter_table("log_conversation", schema=None) as batch_op:
        batch_op.drop_index("ix_log_conversation_number")
        batch_op.create_index("ix_log_conversation_number", ["number"], unique=False)
        batch_op.create_index("ix_log_conversation_not_covered", ["not_covered", "number"], unique=False)
        batch_op.create_index("ix_log_conversation_red_flag", ["red_flag", "number"], unique=False)
        only = sa.text("red_flag != ''")
        batch_op.create_index("ix_log_conversation_flagged", ["number"], sqlite_where=only, postgresql_where=only)
    op.drop_table("log_facet")


def _replace_feedback_index(columns: list[str]) -> None:
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_conversation_id")
        batch_op.create_index("ix_feedback_conversation_id", columns, unique=False)


def _fill() -> None:
    connection, after = op.get_bind(), 0
    while heads := connection.execute(HEADS, {"after": after, "most": TOGETHER}).mappings().all():
        rows = [{"facet": facet, "number": one["number"]} for one in heads for facet in _facets_of(one)]
        connection.execute(PUT, rows)
        after = heads[-1]["number"]


def _facets_of(head: sa.RowMapping) -> list[str]:
    found = [f"{name}={one}" for name, column in SETS.items() for one in head[column].split("|") if one]
    if head["red_flag"]:
        found += ["flag=any", f"flag={head['red_flag']}"]
    return [*found, f"covered={'no' if head['not_covered'] else 'yes'}"]
