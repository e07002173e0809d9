from __future__ import annotations

from pathlib import Path

import pytest

from clinic.accounts.store import Accounts
from clinic.db import Base, Sessions, open_sessions


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    made = open_sessions(f"sqlite:///{tmp_path}/pointe.db")
    Base.metadata.create_all(made.kw["bind"])
    return made


@pytest.fixture
def accounts(sessions: Sessions) -> Accounts:
    return Accounts(sessions)
