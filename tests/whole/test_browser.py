from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.whole.conftest import Whole

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here: apt-get install chromium")


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser.new_page(viewport={"width": 1280, "height": 860})
        browser.close()


def test_a_visitor_opens_the_page_asks_and_is_answered_and_offered_an_appointment(page: Page, whole: Whole) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(whole.address)
    expect(page.get_by_role("heading", name="Posterior Ankle Impingement", level=1)).to_be_visible()
    page.locator("pointe-chat .launcher").click()
    composer = page.locator("pointe-chat textarea")
    composer.fill("why does my heel hurt en pointe")
    composer.press("Enter")
    chat = page.locator("pointe-chat")
    expect(chat.locator("blockquote", has_text="en pointe can irritate the back of the ankle")).to_be_visible(
        timeout=15_000
    )
    expect(chat.get_by_role("link", name="Read it on the page").first).to_be_visible()
    expect(chat.get_by_text("£45").first).to_be_visible()
    page.reload()
    expect(chat.locator("blockquote", has_text="en pointe can irritate the back of the ankle")).to_be_visible(
        timeout=15_000
    )
    assert refused == []
