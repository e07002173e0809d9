"""Inbox, diagnosis, articles and trials in a real browser: by keyboard, on a phone, in the dark, without script."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chat import axe
from playwright.sync_api import Page, expect

from clinic.accounts.store import Accounts
from clinic.db import Base, open_sessions
from clinic.migrations.tables import load_stores
from clinic.settings_file import load_settings
from clinic.web.app import Parts, create_app
from tests.serving import serving
from tests.studio.heard import Heard

ROOT = Path(__file__).resolve().parents[2]
WORDS = "four quiet green kettles"
SAID = ("is it cos of my old sprain", "where can I leave the car", "aaaa")


class Engine:
    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        ranking = [{"name": "ask_causes", "confidence": 0.4}, {"name": "ask_prognosis", "confidence": 0.3}]
        return [{"text": one, "intent": {"name": "nlu_fallback"}, "intent_ranking": ranking} for one in texts]

    async def is_ready(self) -> bool:
        return True


class Reader:
    def ask(self, request: dict[str, Any]) -> Any:
        if request["do"] == "try":
            return [{"question": one["text"]} for one in request["questions"]]
        near = {"text": "why is it sore", "closeness": 0.69, "sentence": "It may be tender."}
        part = {
            "text": "is it because of my old sprain", "slug": "posterior-ankle-impingement",
            "title": "Posterior Ankle Impingement", "taught": True, "articles": [], "standing": 1.4,
            "needed_standing": 0.1, "confidence": -7.9, "needed": 0.45, "verdict": "nothing",
            "reason": "other_condition", "quote": "", "asked": [near], "left_out": [near], "strange": ["sprain"],
            "said": True,
            "sentences": [{"text": "Repetitive trauma irritates it.", "section": "Causes", "score": 0.9, "quoted": 0}],
        }  # fmt: skip
        text = request["questions"][0]["text"]
        return [{"text": text, "corrected": part["text"], "expanded": part["text"], "parts": [part]}]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running studio on a project of its own; its address."""
    folder = tmp_path_factory.mktemp("studio")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("reading"))
    shutil.copy(ROOT / "domain.yml", folder / "domain.yml")
    (folder / "models").mkdir()
    (folder / "var").mkdir()
    made = load_settings(ROOT, {"POINTE_VAR": str(folder / "var"), "POINTE_SECRET": "secret"})
    settings = replace(made, root=folder)
    load_stores()
    sessions = open_sessions(settings.database_url)
    Base.metadata.create_all(sessions.kw["bind"])
    Accounts(sessions).add("tess", "trainer", WORDS)
    heard = Heard(sessions)
    for text in SAID:
        heard.turn(text, guesses=[["ask_causes", 0.41], ["ask_prognosis", 0.3], ["ask_clinic_fact", 0.2]])
    app = create_app(settings, Parts(Engine(), sessions))  # type: ignore[arg-type]
    app.state.studio = replace(app.state.studio, services=replace(app.state.studio.services, reader=Reader()))
    with serving(app) as address:
        yield address


@pytest.fixture
def sign_in(browser: Any, studio: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def signed(**options: Any) -> Page:
        context = browser.new_context(base_url=studio, locale="en-GB", **options)
        contexts.append(context)
        page: Page = context.new_page()
        page.goto("/login?next=/studio/inbox")
        page.fill("[name=name]", "tess")
        page.fill("[name=password]", WORDS)
        page.click("form button")
        expect(page).to_have_url(f"{studio}/studio/inbox")
        return page

    yield signed
    for context in contexts:
        context.close()


def look(page: Page, name: str) -> None:
    """A picture for whoever asks for it with POINTE_PICTURES."""
    if folder := os.environ.get("POINTE_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


PLACES = {
    "inbox": "/studio/inbox",
    "why": "/studio/why?text=is+it+cos+of+my+old+sprain",
    "articles": "/studio/articles",
    "article": "/studio/articles/posterior-ankle-impingement",
    "try": "/studio/try",
    "intent": "/studio/intents/ask_parking",
    "new-intent": "/studio/new-intent",
    "lists": "/studio/lists",
    "list": "/studio/lists/unanswerable",
    "lay-words": "/studio/lay-words",
    "lay-word": "/studio/lay-words/14",
    "responses": "/studio/responses?q=phone",
    "response": "/studio/responses/not_covered_1",
    "runs": "/studio/runs",
    "publish": "/studio/publish",
}


@pytest.mark.parametrize("how", ["desk", "phone in the dark"])
def test_every_page_is_accessible_and_fits(sign_in: Callable[..., Page], how: str) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
    page = sign_in(**({} if how == "desk" else phone))
    for name, place in PLACES.items():
        page.goto(place)
        look(page, f"{name}-{how.split()[0]}")
        assert axe(page, "body") == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
    page.goto("/studio/inbox")
    page.click("a.lead >> nth=0")
    look(page, f"item-{how.split()[0]}")
    assert axe(page, "body") == []


def test_a_trainer_decides_by_keyboard_and_takes_it_back(sign_in: Callable[..., Page]) -> None:
    page = sign_in()
    first = page.locator("a.lead").first.inner_text()
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text(f"“{first}”")
    page.wait_for_load_state()
    page.keyboard.press("2")
    expect(page.locator("input[name=intent]:checked")).to_have_value("ask_prognosis")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text("Decided.")
    expect(page.locator("h1")).not_to_have_text(f"“{first}”")
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(page.locator("a.lead").first).to_have_text(first)


def test_keys_do_nothing_while_words_are_edited(sign_in: Callable[..., Page]) -> None:
    page = sign_in()
    page.click("a.lead >> nth=0")
    address = page.url
    page.locator("#text").press_sequentially(" axsz12")
    assert page.url == address
    assert "axsz12" in page.locator("#text").input_value()


def test_an_article_is_shown_as_visitors_get_it_while_it_is_typed(sign_in: Callable[..., Page]) -> None:
    page = sign_in()
    page.goto(PLACES["article"])
    page.locator("#text").fill(page.locator("#text").input_value() + "\n\n## Prevention\n\nWarm up well.\n")
    expect(page.locator("#preview")).to_contain_text("Prevention")


def test_without_script_a_cure_is_saved(sign_in: Callable[..., Page]) -> None:
    page = sign_in(java_script_enabled=False)
    page.goto(PLACES["why"])
    page.get_by_role("button", name="Take “sprain” out of the list").click()
    expect(page.get_by_role("status")).to_contain_text("Saved: “sprain” keeps no article from answering")
