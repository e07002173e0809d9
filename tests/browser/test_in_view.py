"""What is new is in view with its end, focus stays in the chat, and the page shows what it was asked for."""

from collections.abc import Callable
from typing import Any

import pytest
from chat import Chat
from playwright.sync_api import Locator, expect
from screenshots import DESKTOP, PHONE, SHOTS

NewChat = Callable[..., Chat]
QUESTION = "why does my heel hurt en pointe"


def _log(chat: Chat) -> Locator:
    return chat.page.locator("pointe-chat .log")


def _room_below(chat: Chat) -> float:
    return float(_log(chat).evaluate("log => log.scrollHeight - log.clientHeight - log.scrollTop"))


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_end_of_the_confirmation_is_in_view(new_chat: NewChat, screen: dict[str, Any]) -> None:
    chat = new_chat(**screen).visit()
    SHOTS["desktop-appointment"][2](chat)
    link = chat.message("appointment").get_by_role("link")
    expect(link).to_be_visible()
    expect(link).to_be_in_viewport(ratio=1)
    assert _room_below(chat) < 24
    chat.page.reload()
    if screen is PHONE:
        chat.launcher.click()
    expect(link).to_be_in_viewport(ratio=1)
    assert _room_below(chat) < 24


@pytest.mark.parametrize("button", ["Yes", "No"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_button_of_the_form_keeps_focus_in_the_chat(new_chat: NewChat, screen: dict[str, Any], button: str) -> None:
    chat = new_chat(**screen).visit()
    SHOTS["desktop-confirm"][2](chat)
    chat.message("ask").last.get_by_role("button", name=button).press("Enter")
    expect(chat.message("visitor").last).to_contain_text(button)
    expect(chat.page.locator("pointe-chat .typing")).to_be_hidden()
    assert chat.page.evaluate("document.activeElement.localName") == "pointe-chat"
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()


def test_a_comment_that_was_sent_keeps_focus_in_the_chat(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    chat.page.get_by_role("button", name="Was this helpful? No").press("Enter")
    chat.page.get_by_label("What was good or missing?").fill("No word of taping")
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator("pointe-chat .comment p")).to_be_visible()
    assert chat.page.evaluate("document.activeElement.localName") == "pointe-chat"


def test_more_below_is_told_and_gone_to(new_chat: NewChat) -> None:
    chat = new_chat(viewport={"width": 390, "height": 560}).visit().open()
    chat.ask("long")
    more = chat.page.get_by_role("button", name="More below")
    expect(more).to_be_visible()
    before = _room_below(chat)
    more.click()
    assert _room_below(chat) < before
    _log(chat).evaluate("log => log.scrollTo(0, log.scrollHeight)")
    expect(more).to_be_hidden()
    assert _room_below(chat) < 24


def test_a_long_answer_is_read_from_its_first_line(new_chat: NewChat) -> None:
    chat = new_chat(viewport={"width": 390, "height": 560}).visit().open()
    lead = chat.ask("long").locator(".lead")
    expect(lead).to_be_in_viewport(ratio=1)


def test_who_has_scrolled_up_is_not_taken_away(chat: Chat) -> None:
    chat.open().ask("long")
    _log(chat).evaluate("log => { log.scrollTop = 0; }")
    expect(chat.message("say").first).to_be_in_viewport()
    chat.page.set_viewport_size({"width": 1280, "height": 700})
    expect(chat.message("say").first).to_be_in_viewport()


def test_what_is_read_on_the_page_does_not_lie_under_the_chat(chat: Chat) -> None:
    answer = chat.open().ask(QUESTION)
    answer.get_by_role("link", name="Read it on the page").click()
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_visible()
