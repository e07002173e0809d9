"""What whoever looks after the articles reads while pages come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.commands.article_import import import_source
from clinic.settings import Settings
from clinic.settings_file import load_settings

PAGES = Path(__file__).with_name("pages")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "settings.yml").write_text((ROOT / "settings.yml").read_text("utf-8"), "utf-8")
    (tmp_path / "data" / "articles").mkdir(parents=True)
    return load_settings(tmp_path, {})


def test_an_owner_sees_progress_what_was_lost_and_what_to_try(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    import_source(settings, str(PAGES), publish=True)
    told = capsys.readouterr()
    assert "reading 1: bootstrap.html" in told.err
    assert "not taken: 2 of 57 words were not taken: “Knee”, “Back”" in told.out
    assert "“Last reviewed: March 2024” names no day" in told.out
    assert "try: What are the symptoms of tennis elbow?; What causes tennis elbow?" in told.out
    assert "has nothing on: What causes Morton's Neuroma?" in told.out
    assert "confirm the names: lateral epicondylalgia" in told.out
    assert "9 new, 0 changed, 0 unchanged, 0 refused." in told.out


def test_a_page_left_as_a_draft_despite_publish_is_named(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    german = "Der Tennisarm ist eine Reizung der Sehnen und wird mit Ruhe und mit Übungen behandelt. " * 6
    (tmp_path / "a.html").write_text(f"<h1>Tennisarm</h1><p>{german}</p>", "utf-8")
    import_source(settings, str(tmp_path / "a.html"), publish=True)
    assert "Left as drafts until somebody has looked at them: tennisarm." in capsys.readouterr().out
