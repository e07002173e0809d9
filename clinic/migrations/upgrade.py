"""Brings our database to the newest shape, and prepares the engine's file. A composition root for Alembic."""

from __future__ import annotations

import importlib
from pathlib import Path

from alembic import command
from alembic.config import Config

from clinic.db import connect
from clinic.settings import Settings

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


def upgrade(settings: Settings) -> None:
    """Upgrade to the newest revision; a second time it does nothing."""
    settings.var.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(settings.database_url), "head")
    # The engine makes its own tables; its file is put into WAL mode before it does.
    tracker = connect(settings.tracker_url)
    tracker.connect().close()
    tracker.dispose()


def alembic_config(url: str) -> Config:
    """Alembic's settings for a database; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def load_stores() -> None:
    """Import every module that owns tables."""
    for name in STORES:
        importlib.import_module(name)
