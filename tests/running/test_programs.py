"""What the supervisor starts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.runtime.processes import SHARED, programs_of
from clinic.settings import Settings, SettingsError
from clinic.settings_file import load_settings

ROOT = Path(__file__).parents[2]
SERVER = "postgresql://pointe:secret@db.example.org/pointe_tracker"


@pytest.fixture(autouse=True)
def logs_are_closed() -> Iterator[None]:
    yield
    for name in ("engine", "actions", "web", "worker"):
        for handler in logging.getLogger(f"pointe.{name}").handlers:
            handler.close()


def settings_with(tmp_path: Path, **environment: str) -> Settings:
    return load_settings(ROOT, {"POINTE_VAR": str(tmp_path), **environment})


def endpoints(settings: Settings) -> str:
    engine = programs_of(settings, Path("models/one.tar.gz"))[0].command
    return engine[engine.index("--endpoints") + 1]


def test_on_one_machine_the_engine_keeps_its_conversations_in_a_file(tmp_path: Path) -> None:
    assert endpoints(settings_with(tmp_path)) == "endpoints.yml"


def test_with_a_database_server_the_engine_gets_the_endpoints_of_many_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SHARED:
        monkeypatch.setenv(name, "something")
    chosen = endpoints(settings_with(tmp_path, POINTE_TRACKER_URL=SERVER))
    assert chosen == "engine/endpoints.production.yml"
    asked = (ROOT / chosen).read_text(encoding="utf-8")
    assert all(f"${{{name}}}" in asked for name in SHARED)


def test_a_lock_store_that_is_not_set_is_named_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SHARED:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError, match="POINTE_REDIS_HOST") as refused:
        programs_of(settings_with(tmp_path, POINTE_TRACKER_URL=SERVER), Path("models/one.tar.gz"))
    assert "secret" not in str(refused.value)
