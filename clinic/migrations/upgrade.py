"""Brings our database to the newest shape, and prepares the engine's file. A composition root for Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from clinic.db import connect
from clinic.settings import Settings


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
