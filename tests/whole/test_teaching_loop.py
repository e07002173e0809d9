"""A visitor is misunderstood, a trainer teaches it in the browser, and the visitor is understood: in a copy of all."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from clinic.engine.live_model import model_of_engine
from clinic.settings_file import load_settings
from clinic.teaching.releases import Note, checked_model
from clinic.teaching.releases import publish as publish_model
from tests.whole.conftest import ROOT, Whole, kinds, running, say
from tests.whole.test_browser import page as page  # the fixture
from tests.whole.test_browser import pytestmark as needs_chromium

pytestmark = needs_chromium
# The worked example of the manual, so that it is done here as it is told there.
MANUAL = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
ODD = re.findall(r"A visitor asked `([^`]+)`", MANUAL)[0]
WAYS = (ODD, "what's the whack for an appointment with the physio", "what's the whack", "whats the whack for a natter")
PASSWORD = "four quiet green kettles"
COPIED = (
    *("actions", "bin", "clinic", "data", "engine", "language", "models", "settings.yml", "config.yml", "domain.yml"),
    *("endpoints.yml", "credentials.yml", "bootstrap", "widget/dist", "tests/evaluation/tuning", "pyproject.toml"),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project to teach in, with the environments of this one."""
    unwanted = shutil.ignore_patterns(".venv", "__pycache__", "*.part")
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=unwanted)
        else:
            shutil.copy(source, target)
    for name in (".venv", "engine/.venv"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.fixture
def assistant(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with running(project, tmp_path_factory) as started:
        yield started


def ask(assistant: Whole, words: str) -> str:
    with assistant.client() as client:
        return " ".join(str(reply.get("text")) for reply in say(client, words))


def sign_in(page: Page, project: Path, assistant: Whole) -> None:
    """A trainer of this project, on the studio's first page."""
    subprocess.run(
        [project / "bin/clinic", "users", "add", "trainer-tess", "--role", "trainer", "--stdin"],
        env={**assistant.environment, "PATH": "/usr/bin:/bin"}, input=PASSWORD, text=True, check=True,
    )  # fmt: skip
    page.set_default_timeout(120_000)
    page.goto(f"{assistant.address}/login?next=/studio")
    page.fill("[name=name]", "trainer-tess")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Utterances", level=1)).to_be_visible()


def add(page: Page, assistant: Whole, words: str) -> None:
    page.goto(f"{assistant.address}/studio")
    page.get_by_role("link", name="ask_price", exact=True).click()
    page.get_by_label("Add an utterance").fill(words)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Saved in the files")).to_be_visible()


def publish(page: Page, assistant: Whole) -> None:
    page.goto(f"{assistant.address}/studio/publish")
    page.fill("#why", "the whack")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_selector("[data-state=done]")


def test_a_visitor_who_was_misunderstood_is_understood_once_a_trainer_has_taught_it(
    page: Page, project: Path, assistant: Whole
) -> None:
    before = (project / "data/nlu/appointments.yml").read_text("utf-8").splitlines()
    assert "£45. This chat is free" not in ask(assistant, ODD)
    sign_in(page, project, assistant)
    for words in WAYS:
        add(page, assistant, words)
    publish(page, assistant)
    expect(page.get_by_text("Each of the 4 utterances added is understood")).to_be_visible()
    assert "£45. This chat is free" in ask(assistant, ODD)
    after = (project / "data/nlu/appointments.yml").read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [f"    - {words}" for words in WAYS]
    page.goto(f"{assistant.address}/studio/history")
    page.get_by_role("button", name="Go back to the model of").first.click()
    expect(page.get_by_text("Gone back.")).to_be_visible()
    assert "£45. This chat is free" not in ask(assistant, ODD)


def test_what_is_taught_is_cross_validated_by_the_real_learner_and_nothing_changes(
    page: Page, project: Path, assistant: Whole
) -> None:
    sign_in(page, project, assistant)
    live = checked_model(project)
    page.goto(f"{assistant.address}/studio/runs")
    page.get_by_label("Over").select_option("3")
    page.get_by_role("button", name="Cross-validate").click()
    page.wait_for_selector("[data-state=done]", timeout=300_000)
    expect(page.get_by_text("Nothing was changed or published.")).to_be_visible()
    page.get_by_role("link", name="By intent").click()
    expect(page.get_by_role("heading", name="By intent", level=1)).to_be_visible()
    told = page.get_by_text("each was guessed by a head that had not learned it").inner_text()
    understood = re.search(r"\(([\d.]+)%\)", told)
    assert understood is not None
    assert float(understood[1]) > 80  # most of what is taught is told apart by the rest of it
    assert checked_model(project) == live


def trained_elsewhere(project: Path) -> Path:
    """The published model under another id, as another whole training would make it."""
    made = project / "models" / "candidates" / "another.tar.gz"
    made.parent.mkdir(exist_ok=True)
    with tarfile.open(checked_model(project)) as source, tarfile.open(made, "w:gz", compresslevel=1) as target:
        for member in source:
            found = source.extractfile(member) if member.isfile() else None
            content = found.read() if found else b""
            if member.name.endswith("metadata.json"):
                content = json.dumps({**json.loads(content), "model_id": "another", "whole": ""}).encode()
                member.size = len(content)
            target.addfile(member, io.BytesIO(content) if found else None)
    return made


def test_a_model_trained_as_a_whole_is_taken_up_while_visitors_talk_and_nothing_is_restarted(
    project: Path, assistant: Whole
) -> None:
    secret = (assistant.var / "secret").read_text().strip()
    settings = load_settings(project, {**assistant.environment, "POINTE_SECRET": secret})
    engine, before = assistant.part("engine run"), model_of_engine(settings)
    publish_model(project, trained_elsewhere(project), Note("made of the same"))
    until = time.monotonic() + 90
    with assistant.client() as visitor:
        while model_of_engine(settings) == before:
            assert "error" not in kinds(say(visitor, "how is it treated"))
            assert time.monotonic() < until
        assert "error" not in kinds(say(visitor, "what is posterior ankle impingement"))
    assert (model_of_engine(settings), assistant.part("engine run")) == ("another", engine)
