"""A publish that would lose an emergency is refused in the browser, and a published model is gone back from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from test_studio import ROOT, WORDS, Engine, axe, look

from clinic.accounts.store import Accounts
from clinic.db import open_sessions
from clinic.settings import Settings
from clinic.settings_file import load_settings
from clinic.teaching.learning import read_state
from clinic.teaching.releases import Note, publish, published
from clinic.web.app import Parts, create_app
from tests.serving import serving
from tests.teaching.test_publishing import EMERGENCIES, FILE, MEASURED, NLU, World

NEW = "my chest is a bit crushed by the bar"


def settle(folder: Path) -> Settings:
    """A project with a published model, some utterances and a few emergencies to measure."""
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("nlu", "reading"))
    sets = folder / "tests" / "evaluation" / "tuning"
    for made in (folder / "data/nlu", folder / "models/candidates", sets, folder / "var"):
        made.mkdir(parents=True)
    (folder / FILE).write_text(NLU)
    (folder / "domain.yml").write_text("intents: [ask_causes, report_red_flag]\nentities: [condition]\n")
    (sets / "utterances.jsonl").write_text("\n".join(map(json.dumps, MEASURED)))
    (sets / "redflags.jsonl").write_text(json.dumps({"text": EMERGENCIES[1], "flag": "cauda_equina"}) + "\n")
    live = folder / "models" / "candidates" / "first.tar.gz"
    live.write_text(json.dumps(dict.fromkeys(EMERGENCIES, "report_red_flag")))
    publish(folder, live, Note("then"))
    (folder / "models" / "first.state.json").write_text(json.dumps(asdict(read_state(folder))))
    settings = load_settings(ROOT, {"POINTE_VAR": str(folder / "var"), "POINTE_SECRET": "secret"})
    return replace(settings, root=folder, database_url=f"sqlite:///{folder / 'clinic.db'}")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[World, str]]:
    """What is learned and asked is the test's; every page, store and file is real."""
    settings = settle(tmp_path)
    world = World(tmp_path)
    sessions = open_sessions(settings.database_url)
    Accounts(sessions).add("tess", "trainer", WORDS)
    app = create_app(settings, Parts(Engine(), sessions))  # type: ignore[arg-type]
    app.state.studio = replace(app.state.studio, learning=world.desk, publishing=world.publishing)
    with serving(app) as address:
        yield world, address


@pytest.fixture
def page(browser: Any, world: tuple[World, str]) -> Iterator[Page]:
    context = browser.new_context(base_url=world[1], locale="en-GB")
    page: Page = context.new_page()
    page.goto("/login?next=/studio/intents/ask_causes")
    page.fill("[name=name]", "tess")
    page.fill("[name=password]", WORDS)
    page.click("form button")
    page.fill("#text", NEW)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Try and publish").click()
    page.fill("#why", "the bar")
    yield page
    context.close()


def test_a_publish_that_loses_an_emergency_is_refused_and_says_which(page: Page, world: tuple[World, str]) -> None:
    told, _ = world
    told.next_guesses = {EMERGENCIES[0]: "ask_causes", EMERGENCIES[1]: "report_red_flag"}
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Refused. Nothing was published.")
    expect(page.get_by_text("Emergencies that would raise no card any more")).to_be_visible()
    expect(page.locator("main")).to_contain_text(EMERGENCIES[0])
    expect(page.get_by_role("button", name="Publish all the same")).to_have_count(0)
    expect(page.get_by_role("link", name="Changes (1)")).to_be_visible()
    look(page, "refused")
    assert axe(page, "body") == []
    assert published(told.root).file == "first.tar.gz"  # type: ignore[union-attr]
    assert told.swapped == []


def test_a_published_model_is_compared_by_intent_and_gone_back_from(page: Page, world: tuple[World, str]) -> None:
    told, _ = world
    told.next_guesses |= {MEASURED[0]["text"]: "ask_causes"}
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Published")
    expect(page.get_by_role("link", name="Changes", exact=True)).to_be_visible()
    look(page, "published")
    page.get_by_role("link", name="By intent, and what is taken for what").click()
    look(page, "by-intent")
    assert axe(page, "body") == []
    page.get_by_role("link", name="1 of ask_causes taken for out_of_scope").press("Enter")
    expect(page.locator("main")).to_contain_text(MEASURED[1]["text"])
    page.go_back()
    page.get_by_role("link", name="Run 1").click()
    page.get_by_role("button", name="Go back to the model before").press("Enter")
    expect(page.get_by_text("Gone back.")).to_be_visible()
    look(page, "gone-back")
    assert told.swapped[-1] == published(told.root).file == "first.tar.gz"  # type: ignore[union-attr]


def test_changed_replies_are_judged_without_knowing_whose_they_are(page: Page, world: tuple[World, str]) -> None:
    told, _ = world
    told.next_guesses |= {MEASURED[0]["text"]: "ask_causes"}
    page.get_by_role("button", name="Try only").click()
    page.get_by_role("link", name="Compare the replies without knowing").click()
    look(page, "blind")
    assert axe(page, "body") == []
    expect(page.locator("main")).not_to_contain_text("candidate")
    tried = page.get_by_role("region").filter(has_text="You asked for ask_causes.")
    tried.get_by_role("button", name="is better").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("every changed reply")
    expect(page.locator("dd").first).to_have_text("1")
