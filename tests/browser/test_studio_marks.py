"""Words are marked as what they name by selecting them, with the keyboard alone; and without script as text."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from test_studio import axe, look
from test_studio import sign_in as sign_in  # the fixtures
from test_studio import studio as studio

TEXT = "does the wonky zebra tape help it"


def add(page: Page) -> None:
    page.goto("/studio/intents/ask_self_help")
    page.fill("#text", TEXT)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name=f"Edit: {TEXT}").click()
    expect(page.locator("#text")).to_have_value(TEXT)


def select(page: Page, words: str) -> None:
    """As shift and the arrow keys do."""
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    for _ in range(TEXT.index(words)):
        page.keyboard.press("ArrowRight")
    for _ in range(len(words)):
        page.keyboard.press("Shift+ArrowRight")


def undo(page: Page, times: int) -> None:
    for _ in range(times):
        page.goto("/studio/changes")
        page.get_by_role("button", name="Undo").first.click()


def test_words_are_marked_and_unmarked_by_keyboard(sign_in: Callable[..., Page]) -> None:
    page = sign_in()
    add(page)
    select(page, "wonky zebra tape ")
    page.keyboard.press("Tab")
    page.keyboard.type("treatment")
    page.keyboard.press("Tab")
    page.keyboard.type("taping")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told = page.get_by_role("status").filter(has_text="wonky zebra tape is marked as treatment, meaning taping.")
    expect(told).to_be_visible()
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("so ")
    look(page, "marks")
    assert axe(page, "body") == []
    page.get_by_role("button", name="Save").click()
    marked = 'so does the [wonky zebra tape]{"entity": "treatment", "value": "taping"} help it'
    page.get_by_role("link", name=f"Edit: so {TEXT}").click()
    expect(page.locator("[name=text]")).to_have_value(marked)
    page.get_by_role("button", name="Remove the mark of wonky zebra tape").press("Enter")
    expect(page.locator("[name=text]")).to_have_value(f"so {TEXT}")
    undo(page, 2)


def test_without_script_marks_are_written_and_checked(sign_in: Callable[..., Page]) -> None:
    page = sign_in(java_script_enabled=False)
    add(page)
    assert "[words](entity)" in page.locator("#text-notation").inner_text()
    page.fill("#text", "does the [wonky zebra tape](ukulele) help it")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("`ukulele` is no entity of domain.yml")
    undo(page, 1)


def test_the_table_of_intents_fits_a_small_phone(sign_in: Callable[..., Page]) -> None:
    page = sign_in(viewport={"width": 320, "height": 640})
    page.goto("/studio")
    look(page, "intents-phone")
    right = page.evaluate("Math.max(...[...document.querySelectorAll('td')].map(e => e.getBoundingClientRect().right))")
    assert right <= 320
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
