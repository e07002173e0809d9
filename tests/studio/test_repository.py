"""Changes as commits, in a repository made for the test."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.db import Sessions
from clinic.settings import Settings
from clinic.settings_operation import Teaching
from clinic.teaching import cures
from clinic.web.studio.desk import Studio


def git(root: Path, *words: str) -> str:
    whose = ("-c", "user.name=owner", "-c", "user.email=owner@example.org")
    done = subprocess.run(["git", "-C", str(root), *whose, *words], check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def root(settings: Settings) -> Path:
    git(settings.root, "init", "--quiet")
    git(settings.root, "add", "data", "domain.yml")
    git(settings.root, "commit", "--quiet", "-m", "as it was")
    return settings.root


def test_a_change_and_its_undoing_are_commits_in_the_trainers_name(
    settings: Settings, root: Path, sessions: Sessions
) -> None:
    wanted = replace(settings, teaching=Teaching(commit_changes=True))
    workspace = Studio.open(wanted, sessions).workspace
    (root / "domain.yml").write_text("# edited by hand, staged and not committed\n" + (root / "domain.yml").read_text())
    git(root, "add", "domain.yml")
    change = workspace.apply("tess", lambda: cures.draft_no_condition(root, "heel spur"))
    assert git(root, "log", "-1", "--format=%an|%s").strip() == "tess|“heel spur” keeps no article from answering"
    assert git(root, "show", "--name-only", "--format=").split() == ["data/conditions.yml"]
    assert "M  domain.yml" in git(root, "status", "--short")
    workspace.undo(change.id, "una")
    assert git(root, "log", "-1", "--format=%an|%s").strip().startswith("una|Undone: ")
    assert git(root, "diff", "HEAD~2", "--stat", "--", "data").strip() == ""


def test_without_the_setting_nothing_is_committed(settings: Settings, root: Path, sessions: Sessions) -> None:
    workspace = Studio.open(settings, sessions).workspace
    workspace.apply("tess", lambda: cures.draft_no_condition(root, "heel spur"))
    assert git(root, "rev-list", "--count", "HEAD").strip() == "1"


def test_without_git_everything_works(settings: Settings, sessions: Sessions) -> None:
    wanted = replace(settings, teaching=Teaching(commit_changes=True))
    workspace = Studio.open(wanted, sessions).workspace
    workspace.apply("tess", lambda: cures.draft_no_condition(settings.root, "heel spur"))
    assert "heel spur" not in (settings.data / "conditions.yml").read_text("utf-8")


def test_a_commit_that_is_refused_keeps_the_change(settings: Settings, root: Path, sessions: Sessions) -> None:
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    workspace = Studio.open(replace(settings, teaching=Teaching(commit_changes=True)), sessions).workspace
    workspace.apply("tess", lambda: cures.draft_no_condition(root, "heel spur"))
    assert "heel spur" not in (settings.data / "conditions.yml").read_text("utf-8")
    assert git(root, "rev-list", "--count", "HEAD").strip() == "1"
