"""What operators start from fits the code, and a backup can be restored."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from clinic.web.metrics import Metrics

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


@pytest.mark.parametrize("name", ["compose.yml", "kubernetes.yml", "prometheus.yml"])
def test_manifests_can_be_read(name: str) -> None:
    assert all(YAML(typ="safe").load_all((DEPLOY / name).read_text(encoding="utf-8")))


def test_every_variable_a_manifest_sets_is_one_that_is_read() -> None:
    read = (ROOT / "clinic/settings_file.py").read_text() + (ROOT / "engine/endpoints.production.yml").read_text()
    for name in ("compose.yml", "Containerfile"):
        for variable in set(re.findall(r"POINTE_[A-Z_]+", (DEPLOY / name).read_text())):
            assert variable in read, variable


def test_every_query_of_the_dashboard_asks_for_something_that_is_measured() -> None:
    measured = {metric.name for metric in Metrics().registry.collect()}
    board = json.loads((DEPLOY / "dashboard.json").read_text())
    asked = {name for panel in board["panels"] for one in panel["targets"] for name in NAME.findall(one["expr"])}
    assert asked
    assert {re.sub(r"_(total|bucket|count)$", "", name) for name in asked} <= measured


NAME = re.compile(r"pointe_[a-z_]+")


def test_a_backup_made_while_it_is_written_to_is_restored_whole(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    writing = {name: sqlite3.connect(var / f"{name}.db", isolation_level=None) for name in ("clinic", "tracker")}
    for connection in writing.values():
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE said (words TEXT)")
        connection.execute("INSERT INTO said VALUES ('kept')")
    subprocess.run([DEPLOY / "backup.sh", var, tmp_path / "backup"], check=True, capture_output=True)
    for connection in writing.values():
        connection.execute("INSERT INTO said VALUES ('after')")
        connection.close()
    subprocess.run([DEPLOY / "restore.sh", tmp_path / "backup", var], check=True, capture_output=True)
    for name in writing:
        rows = sqlite3.connect(var / f"{name}.db").execute("SELECT words FROM said").fetchall()
        assert rows == [("kept",)]
        assert (var / f"{name}.db.before-restore").exists()
    assert (tmp_path / "backup" / "clinic.db").stat().st_mode & 0o077 == 0


def test_a_backup_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "clinic.db").write_bytes(b"as it was")
    done = subprocess.run([DEPLOY / "restore.sh", tmp_path / "none", tmp_path], check=False, capture_output=True)
    assert done.returncode == 1
    assert (tmp_path / "clinic.db").read_bytes() == b"as it was"
