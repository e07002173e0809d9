"""The shipped texts and cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.settings import Settings
from clinic.settings_file import load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(ROOT, {"POINTE_VAR": str(tmp_path)})


@pytest.fixture
def responses(settings: Settings) -> Responses:
    return Responses.load(settings.data / "responses.yml", settings.facts, settings.clinic.nation)


@pytest.fixture
def canned(settings: Settings) -> CannedReplies:
    return CannedReplies.load(settings)
