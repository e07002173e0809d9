"""Unanswered questions of no conversation go: nobody could erase them"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM content_gap WHERE conversation_id = ''")


def downgrade() -> None:
    """They are gone."""
