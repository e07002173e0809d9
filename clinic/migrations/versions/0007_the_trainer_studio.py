"""The trainer studio: changes to data/, and runs that learn them"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "studio_change",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("hunks", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.String(length=60), nullable=False),
        sa.Column("release", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_studio_change")),
        sa.UniqueConstraint("id", name=op.f("uq_studio_change_id")),
    )
    with op.batch_alter_table("studio_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_studio_change_release"), ["release"], unique=False)
    op.create_table(
        "studio_run",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("beat", sa.DateTime(timezone=True), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("release", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_studio_run")),
    )
    with op.batch_alter_table("studio_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_studio_run_state"), ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("studio_run")
    op.drop_table("studio_change")
