"""A restored backup answers: the visitor's own token, what was said, and what is said next."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from clinic.db import open_sessions
from clinic.migrations.upgrade import upgrade
from clinic.settings import Settings
from clinic.settings_file import load_settings
from clinic.web.app import Parts, create_app
from tests.web.conftest import FakeEngine, Visitor

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def _settings(var: Path) -> Settings:
    return load_settings(ROOT, {"POINTE_VAR": str(var), "POINTE_SECRET": "secret"})


def _opened(settings: Settings) -> TestClient:
    upgrade(settings)
    parts = Parts(FakeEngine(settings.tracker_url), open_sessions(settings.database_url))
    return TestClient(create_app(settings, parts))


def test_a_conversation_goes_on_after_its_machine_was_lost(tmp_path: Path) -> None:
    first, second = _settings(tmp_path / "var"), _settings(tmp_path / "other")
    with _opened(first) as client:
        visitor = Visitor(client, client.post("/api/conversations", json={}).json()["token"])
        visitor.say("why does my heel hurt")
        subprocess.run([DEPLOY / "backup.sh", first.var, tmp_path / "backup"], check=True, capture_output=True)
        visitor.say("said after the backup")
    subprocess.run([DEPLOY / "restore.sh", tmp_path / "backup", second.var], check=True, capture_output=True)
    with _opened(second) as client:
        again = replace(visitor, client=client)
        assert [one["text"] for one in again.history() if one["from"] == "visitor"] == ["why does my heel hurt"]
        assert again.say("how is it treated").json()["replies"][0]["text"] == "You said: how is it treated"
        assert len(again.history()) == len(visitor_lines(again)) * 2 + 2


def visitor_lines(visitor: Visitor) -> list[str]:
    return [one["text"] for one in visitor.history() if one["from"] == "visitor"]
