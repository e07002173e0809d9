"""Brings `data/articles/` into the index. A composition root: settings, encoder and knowledge meet."""

from __future__ import annotations

from clinic.db import open_sessions
from clinic.knowledge.service import Synced, sync_folder
from clinic.settings import Settings
from language.encoder import Encoder


def sync_articles(settings: Settings) -> Synced:
    """Read every article and write what changed; a broken one keeps its last good state and is named."""
    sessions = open_sessions(settings.database_url)
    return sync_folder(sessions, settings.data / "articles", Encoder.load(settings.encoder))
