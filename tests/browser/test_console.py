"""The staff console in a real browser: a receptionist's five minutes by keyboard alone, and every page by axe."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chat import ARGS, CHROMIUM, axe
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import create_engine, text

from clinic.accounts.store import Accounts
from clinic.appointments.model import Draft, Origin
from clinic.appointments.service import open_appointments
from clinic.composition import open_log
from clinic.conversations.demonstration import tell
from clinic.conversations.demonstration_month import Month
from clinic.conversations.demonstration_store import fill
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.turn_review_store import TurnReviews
from clinic.db import Base, Sessions, open_sessions
from clinic.engine.client import EngineResponse, UserMessage
from clinic.knowledge.unanswered_store import Gap, add_gap
from clinic.migrations.tables import load_stores
from clinic.settings import Settings
from clinic.settings_file import load_settings
from clinic.web.app import Parts, create_app
from tests.serving import serving

ROOT = Path(__file__).resolve().parents[2]
WORDS = "four quiet green kettles"
FIVE_MINUTES = 300.0
PAGES = ("", "/conversations", "/appointments", "/calendar", "/gaps", "/numbers", "/privacy", "/account")
SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 320, "height": 640}}


class SilentEngine:
    async def send(self, utterance: UserMessage, seconds: float) -> EngineResponse:
        return EngineResponse((), {})

    async def parse(self, texts: list[str]) -> list[dict[str, object]]:
        return [{"text": one} for one in texts]

    async def is_ready(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Clinic:
    """A running console with a month behind it."""

    address: str
    settings: Settings
    sessions: Sessions
    log: LogReader


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    environ = {"POINTE_VAR": str(tmp_path_factory.mktemp("console")), "POINTE_SECRET": "secret"}
    settings = load_settings(ROOT, environ)
    load_stores()
    sessions = open_sessions(settings.database_url)
    Base.metadata.create_all(sessions.kw["bind"])
    _fill(settings, sessions)
    with serving(create_app(settings, Parts(SilentEngine(), sessions))) as address:
        yield Clinic(address, settings, sessions, LogReader(sessions))


def _fill(settings: Settings, sessions: Sessions) -> None:
    with create_engine(settings.tracker_url).begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"))
        for told in tell(Month(120, datetime.now(UTC))):
            fill(sessions, told)
            rows = [{"s": one["sender_id"], "d": json.dumps(one["data"])} for one in told.events]
            connection.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, :d)"), rows)
            for one in told.messages:
                if one["replies"][0]["kind"] == "not_covered":
                    add_gap(sessions, Gap(one["text"], "", "weak", one["at"]), one["conversation_id"])
    open_log(settings, sessions).catch_up()
    desk = open_appointments(settings, sessions)
    desk.take(Draft("Tom Reid", "tom@example.org", "", "sore heel", "evenings"), "Send?", "1", Origin("c", "m"))
    Accounts(sessions).add("ros", "admin", WORDS)


@pytest.fixture(params=list(SCREENS))
def page(console: Clinic, driver: Any, request: pytest.FixtureRequest) -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("chromium is missing: apt-get install -y chromium")
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
    opened = browser.new_page(viewport=SCREENS[request.param])
    opened.goto(f"{console.address}/login?next=/staff")
    yield opened
    browser.close()


def reach(page: Page, place: Locator) -> None:
    """Tab until a place has the focus, as somebody without a mouse does."""
    expect(place).to_be_attached()
    for _ in range(250):
        if place.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{place} cannot be reached with the Tab key")


def press(page: Page, place: Locator) -> None:
    reach(page, place)
    page.keyboard.press("Enter")


def write(page: Page, place: Locator, words: str) -> None:
    reach(page, place)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def sign_in(page: Page) -> None:
    write(page, page.get_by_label("Name"), "ros")
    write(page, page.get_by_label("Password"), WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def test_five_minutes_of_work_by_keyboard(console: Clinic, page: Page) -> None:
    begin = time.monotonic()
    sign_in(page)
    missed = page.get_by_role("link", name="All", exact=False).filter(has_text="not covered, not looked at yet")
    press(page, missed)
    press(page, page.locator("ul.list a.lead").first)
    turn = page.locator("section.turn").filter(has_text="Assistant: not covered").first
    press(page, turn.get_by_text("Correct this message"))
    write(page, turn.get_by_label("Right topic"), "ask_parking")
    page.keyboard.press("Escape")
    press(page, turn.get_by_role("button", name="Send to training"))
    expect(page.get_by_text("with the trainers: ask_parking")).to_be_visible()
    page.keyboard.press("w")
    expect(page.get_by_text("reviewed, wrong")).to_be_visible()

    press(page, page.get_by_role("link", name="Today"))
    press(page, page.locator("section", has_text="Red flags nobody has followed up").locator("a.lead").first)
    write(page, page.get_by_label("Red flag followed up"), "con")
    press(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_text("outcome empty → contacted")).to_be_visible()

    press(page, page.get_by_role("link", name="Appointments"))
    press(page, page.locator("section", has_text="To answer").locator("a.lead").first)
    day = datetime.now(UTC) + timedelta(days=3)
    page.get_by_label("Day and time").evaluate("(one, at) => { one.value = at; }", f"{day:%Y-%m-%d}T17:30")
    press(page, page.get_by_role("button", name="Accept…"))
    press(page, page.get_by_role("button", name="Do it"))
    expect(page.get_by_text("It can be taken back")).to_be_visible()
    took = time.monotonic() - begin
    print(f"five minutes of work took {took:.1f} s")
    press(page, page.get_by_role("button", name="Undo"))  # so that the next screen finds it as it was
    expect(page.get_by_role("button", name="Accept…")).to_be_visible()
    assert took < FIVE_MINUTES
    (one,) = [line for line in console.log.every(Filter(state="reviewed")) if TurnReviews(console.sessions).of(line.id)]
    _as_it_was(console, one.id)


def _as_it_was(console: Clinic, conversation_id: str) -> None:
    with console.sessions.begin() as session:
        for table in ("review", "review_turn", "review_event"):
            session.execute(text(f"DELETE FROM {table}"))


def test_every_page_stands_before_axe_and_nothing_runs_off_the_screen(console: Clinic, page: Page) -> None:
    sign_in(page)
    first = console.log.page(Filter(flag="any"))[0].id[:8]
    for place in (*PAGES, f"/conversations/{first}"):
        page.goto(f"{console.address}/staff{place}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert axe(page, "html") == [], (place, scheme)
        wide: Any = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (place, wide)
        assert len(page.content()) < 100_000, place
        if folder := os.environ.get("POINTE_SCREENSHOTS"):
            name = f"{place.strip('/').replace('/', '-') or 'today'}-{page.viewport_size['width']}.png"  # type: ignore[index]
            page.screenshot(path=Path(folder) / name, full_page=True)


def test_an_open_list_brings_in_what_is_new(console: Clinic, page: Page) -> None:
    sign_in(page)
    page.goto(f"{console.address}/staff/conversations")
    before = page.locator("ul.list a.lead").count()
    with console.sessions.begin() as session:
        session.execute(text("UPDATE log_conversation SET first_words = 'a question just asked'"))
    expect(page.get_by_text("a question just asked").first).to_be_visible(timeout=15_000)
    assert page.locator("ul.list a.lead").count() == before
