"""Where we are, and the settings there."""

from __future__ import annotations

import os
from pathlib import Path

from clinic.db import Sessions, open_sessions
from clinic.settings import Settings
from clinic.settings_file import load_settings


def here() -> Settings:
    """The settings of this checkout; raises SettingsError."""
    root = Path(os.environ.get("POINTE_ROOT") or Path(__file__).resolve().parent.parent.parent)
    return load_settings(root)


def sessions_of(settings: Settings) -> Sessions:
    """Sessions on our database."""
    return open_sessions(settings.database_url)
