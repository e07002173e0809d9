"""An edited file is live in a running process, and a broken one changes nothing."""

from __future__ import annotations

import io
import json
import logging
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from clinic.commands.keeping_live import EditedArticles, EditedSettings, PublishedModel
from clinic.composition import sessions_of
from clinic.dialogue.fallback_replies import LiveReplies
from clinic.knowledge.store import load_articles
from clinic.migrations.upgrade import upgrade
from clinic.runtime.file_watch import FileWatch, Watched
from clinic.runtime.scheduler import Job, Worker
from clinic.settings import Settings
from clinic.settings_file import live_files, load_settings
from clinic.settings_operation import Engine
from clinic.teaching.releases import Release

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A checkout of the test's own."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "settings.yml", root / "settings.yml")
    (root / "models").mkdir()
    (root / "models" / "encoder").symlink_to((ROOT / "models" / "encoder").resolve())
    return load_settings(root, {"POINTE_VAR": str(tmp_path / "var"), "POINTE_SECRET": "secret"})


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edited_sentence_and_setting_are_said_and_a_broken_one_is_not(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    spoken = LiveReplies(settings)
    watch = FileWatch((Watched("sentences", live_files(settings), spoken.take),))
    assert watch.look() == 0
    put(settings.root / "settings.yml", settings.clinic.phone, "020 7946 0999")
    assert watch.look() == 1
    assert "020 7946 0999" in spoken.now.failure().text
    put(settings.data / "responses.yml", "greeting:", "greetin:")
    assert watch.look() == 0
    assert "the last good state goes on" in caplog.text
    assert "020 7946 0999" in spoken.now.failure().text
    assert watch.look() == 0


def test_an_edited_article_is_read_into_the_database(settings: Settings) -> None:
    upgrade(settings)
    job = EditedArticles(settings)
    assert job() == 0
    (path,) = (settings.data / "articles").glob("*.md")
    put(path, "title:", "category: Feet and ankles\ntitle:") if "category:" not in path.read_text() else put(
        path, "category:", "category: Feet and"
    )
    assert job() == 1
    assert load_articles(sessions_of(settings))[0].category.startswith("Feet and")
    assert job() == 0


def test_edited_settings_change_the_workers_jobs(settings: Settings) -> None:
    taken: list[Settings] = []
    job = EditedSettings(settings, taken.append)
    assert job() == 0
    put(settings.root / "settings.yml", "retention_days: ", "retention_days: 1")
    assert job() == 1
    assert taken[0].privacy.retention_days > settings.privacy.retention_days
    assert taken[0].database_url == settings.database_url


def test_a_worker_does_the_jobs_it_was_given_last() -> None:
    done: list[str] = []

    def note(name: str) -> int:
        done.append(name)
        return 0

    worker = Worker([Job("one", 10.0, lambda: note("one"))])
    worker.do_due(0.0)
    worker.take([Job("one", 10.0, lambda: note("one again")), Job("two", 10.0, lambda: note("two"))])
    worker.do_due(5.0)
    assert done == ["one", "two"]


class FakeEngine(ThreadingHTTPServer):
    """Answers by the model it was told of last."""

    daemon_threads = True

    def __init__(self) -> None:
        self.model, self.refuses = "first", ""
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: FakeEngine

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
        published = self.path.endswith("/publish")
        refused = published and self.server.refuses
        if published and not refused:
            self.server.model = sent["file"].removesuffix(".tar.gz")
        body = json.dumps({"parses": [], "model": self.server.model, "error": self.server.refuses}).encode()
        self.send_response(409 if refused else 200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    with FakeEngine() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _publish(root: Path, name: str, base: str = "") -> None:
    body = json.dumps({"model_id": name}).encode()
    with tarfile.open(root / "models" / f"{name}.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("metadata.json")
        member.size = len(body)
        tar.addfile(member, io.BytesIO(body))
    release = Release(f"{name}.tar.gz", "", "", "2026-11-29", base)
    (root / "models" / "published.json").write_text(json.dumps(asdict(release)))


def test_a_model_published_elsewhere_is_taken_and_again_by_an_engine_that_was_started_again(
    settings: Settings, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    _publish(settings.root, "first")
    job = PublishedModel(replace(settings, engine=Engine(port=engine.server_port, secret="secret")))
    assert job() == 0
    _publish(settings.root, "second", base="first.tar.gz")
    assert (job(), engine.model, job()) == (1, "second", 0)
    engine.model = "first"
    assert (job(), engine.model) == (1, "second")
    _publish(settings.root, "whole")
    assert (job(), engine.model) == (1, "whole"), "one trained as a whole is taken too"
    engine.refuses = "made by newer code"
    _publish(settings.root, "newer")
    assert (job(), job(), engine.model) == (0, 0, "whole")
    assert caplog.text.count("made by newer code") == 1
