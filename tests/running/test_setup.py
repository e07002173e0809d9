"""Setting up: what is made anew, and what is left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bootstrap import environments, step
from bootstrap.environments import make_environment
from bootstrap.pythons import WANTED, find_engine_python, version_of


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what uv was asked for is written, in place of doing it."""
    said, uv = tmp_path / "asked", tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\necho "$@" >> {said}\n', "utf-8")
    uv.chmod(0o755)
    monkeypatch.setattr(environments, "UV", uv)
    monkeypatch.setattr(environments, "ROOT", tmp_path)
    monkeypatch.setattr(step, "TOOLS", tmp_path / "tools")
    return said


def _environment(folder: Path, version: str) -> Path:
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\necho {version}\n", "utf-8")
    python.chmod(0o755)
    return python


def test_an_environment_of_an_older_python_is_made_anew(tmp_path: Path, asked: Path) -> None:
    _environment(tmp_path / "env", "3.10")
    make_environment(tmp_path / "env", _environment(tmp_path / "new", "3.11"), tmp_path / "a.lock")
    assert [line.split()[:2] for line in asked.read_text("utf-8").splitlines()] == [
        ["venv", "--quiet"],
        ["pip", "sync"],
    ]


def test_an_environment_of_the_same_python_is_kept_and_brought_up_to_its_lock(tmp_path: Path, asked: Path) -> None:
    _environment(tmp_path / "env", "3.11")
    make_environment(tmp_path / "env", _environment(tmp_path / "new", "3.11"), tmp_path / "a.lock")
    assert [line.split()[0] for line in asked.read_text("utf-8").splitlines()] == ["pip"]


def test_a_python_that_does_not_run_has_no_version(tmp_path: Path) -> None:
    assert version_of(tmp_path / "nothing") == ""
    assert version_of(Path(sys.executable)) == f"{sys.version_info.major}.{sys.version_info.minor}"


def test_the_interpreter_that_sets_up_is_the_engines_too_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = _environment(tmp_path / "own", WANTED)
    monkeypatch.setattr(sys, "executable", str(own))
    assert find_engine_python(tmp_path / "uv") == own
