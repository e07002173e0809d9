"""Which modules own tables of our database; known without Alembic, which is heavy."""

from __future__ import annotations

import importlib

# Every module that owns tables; Alembic compares them with the database.
STORES = (
    "clinic.accounts.tables_store",
    "clinic.appointments.abandoned_store",
    "clinic.appointments.mail.queue_store",
    "clinic.appointments.tables_store",
    "clinic.conversations.tables_store",
    "clinic.conversations.followup_store",
    "clinic.conversations.switch_store",
    "clinic.conversations.log_tables_store",
    "clinic.conversations.log_facets_store",
    "clinic.conversations.log_tally_store",
    "clinic.conversations.inbox.decisions_store",
    "clinic.conversations.review_tables_store",
    "clinic.conversations.unread_store",
    "clinic.conversations.view_store",
    "clinic.knowledge.unanswered_store",
    "clinic.knowledge.dismissal_store",
    "clinic.knowledge.theme_store",
    "clinic.knowledge.articles.drafts_store",
    "clinic.knowledge.schema_store",
    "clinic.knowledge.embedding_store",
    "clinic.teaching.trials_store",
    "clinic.privacy.erasure_store",
    "clinic.teaching.changes_store",
    "clinic.teaching.runs_store",
)


def load_stores() -> None:
    """Import every module that owns tables."""
    for name in STORES:
        importlib.import_module(name)
