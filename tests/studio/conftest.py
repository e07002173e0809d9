from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.store import Accounts
from clinic.db import Sessions
from clinic.settings import Settings
from clinic.settings_file import load_settings
from clinic.web.app import Parts, create_app
from tests.staff.conftest import WORDS, SilentEngine, csrf_of
from tests.staff.conftest import sessions as sessions  # the fixture, over these settings
from tests.studio.heard import Heard

ROOT = Path(__file__).resolve().parents[2]
NLU = """version: "3.1"

nlu:
# Where it comes from. Not who gets it (ask_risk_groups).
- intent: ask_causes
  examples: |
    - what causes it
    - where does [it](condition) come from

- intent: ask_clinic_fact
  examples: |
    - is there parking
"""


class Trainer:
    """A trainer in a browser without JavaScript: pages are read and forms are posted."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.csrf = csrf_of(client)

    def read(self, place: str, status: int = 200) -> str:
        answer = self.client.get(place, follow_redirects=True)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, place: str, **fields: str) -> tuple[int, str]:
        """The status, and where it leads or what it says."""
        answer = self.client.post(place, data={"csrf": self.csrf, **fields})
        return answer.status_code, answer.headers.get("location", answer.text)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A scratch project: nothing here touches the checkout."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("nlu", "reading"))
    (root / "data" / "nlu").mkdir()
    (root / "data" / "nlu" / "questions.yml").write_text(NLU, "utf-8")
    shutil.copy(ROOT / "domain.yml", root / "domain.yml")
    (root / "models").mkdir()
    (root / "models" / "encoder").symlink_to(ROOT / "models" / "encoder")
    made = load_settings(ROOT, {"POINTE_VAR": str(tmp_path / "var"), "POINTE_SECRET": "secret"})
    (tmp_path / "var").mkdir(exist_ok=True)
    return replace(made, root=root)


@pytest.fixture
def heard(sessions: Sessions) -> Heard:
    return Heard(sessions)


@pytest.fixture
def sign_in(settings: Settings, sessions: Sessions) -> Iterator[Callable[[str], Trainer]]:
    app = create_app(settings, Parts(SilentEngine(), sessions))
    with TestClient(app):

        def signed(name: str) -> Trainer:
            Accounts(sessions).add(name, "trainer", WORDS)
            client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
            assert client.post("/login", data={"name": name, "password": WORDS}).status_code == 303
            return Trainer(client)

        yield signed


@pytest.fixture
def trainer(sign_in: Callable[[str], Trainer]) -> Trainer:
    return sign_in("tess")
