"""A scratch copy of the project, so that nothing a test teaches lands in the checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinic.settings import Settings
from clinic.settings_file import load_settings
from tests.staff.conftest import sessions as sessions  # fixtures of the console, over these settings
from tests.staff.conftest import sign_in as sign_in
from tests.staff.conftest import visit as visit

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
