"""A desk on a real SQLite file, with a clock that is set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import clinic.appointments.service as desks
from clinic.appointments.model import Draft, Origin, Request
from clinic.appointments.service import AppointmentService
from clinic.db import Base, Sessions, open_sessions
from clinic.settings import Settings
from clinic.settings_file import load_settings

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SUKI = Draft("Suki Lam", "suki.lam@example.net", "", "sore after cricket", "evenings", "child")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(ROOT, {"POINTE_VAR": str(tmp_path)})


@pytest.fixture
def sessions(settings: Settings) -> Sessions:
    made = open_sessions(settings.database_url)
    Base.metadata.create_all(made.kw["bind"])
    return made


@pytest.fixture
def desk(settings: Settings, sessions: Sessions) -> AppointmentService:
    return replace(desks.open_appointments(settings, sessions), clock=lambda: NOW)


@pytest.fixture
def request_of_suki(desk: AppointmentService) -> Request:
    return desk.take(SUKI, "Shall I send it?", "2026-11", Origin("conversation", "message"))
