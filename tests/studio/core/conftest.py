"""A scratch copy of the project, so that nothing a test teaches lands in the checkout."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import ROLES, Role
from clinic.accounts.store import Accounts
from clinic.db import Base, Sessions, open_sessions
from clinic.migrations.upgrade import load_stores
from clinic.settings import Settings
from clinic.settings_file import load_settings
from clinic.web.app import Parts, create_app
from tests.staff.conftest import WORDS, SilentEngine

ROOT = Path(__file__).resolve().parents[3]
FILES = ("domain.yml", "config.yml", "settings.yml")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("reading"))
    for name in FILES:
        shutil.copyfile(ROOT / name, root / name)
    (root / "models").mkdir()
    return root


@pytest.fixture
def settings(project: Path, tmp_path: Path) -> Settings:
    (tmp_path / "var").mkdir()
    return load_settings(project, {"POINTE_VAR": str(tmp_path / "var"), "POINTE_SECRET": "secret"})


@pytest.fixture
def sessions(settings: Settings) -> Sessions:
    load_stores()
    made = open_sessions(settings.database_url)
    Base.metadata.create_all(made.kw["bind"])
    return made


@pytest.fixture
def visit(settings: Settings, sessions: Sessions) -> Iterator[Callable[[], TestClient]]:
    app = create_app(settings, Parts(SilentEngine(), sessions))
    with TestClient(app):
        yield lambda: TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def sign_in(visit: Callable[[], TestClient], sessions: Sessions) -> Callable[[Role], TestClient]:
    for role in ROLES:
        Accounts(sessions).add(f"a-{role}", role, WORDS)

    def signed(role: Role) -> TestClient:
        client = visit()
        assert client.post("/login", data={"name": f"a-{role}", "password": WORDS}).status_code == 303
        return client

    return signed
