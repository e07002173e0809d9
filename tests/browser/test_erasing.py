"""Erasing and starting over do what they say."""

import re

from chat import Chat
from playwright.sync_api import expect

QUESTION = "why does my heel hurt en pointe"


def test_erasing_tells_the_reference_and_leaves_nothing(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    chat.choose("Erase my chat")
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Erase my chat").click()
    expect(chat.banner).to_contain_text("ER-2F9M")
    expect(chat.message("answer")).to_have_count(0)
    assert [key for key in chat.stored() if not key.endswith("open")] == []
    assert chat.server.heard() == []


def test_going_back_from_erasing_erases_nothing(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    chat.choose("Erase my chat")
    chat.page.keyboard.press("Escape")
    expect(chat.message("answer")).to_be_visible()
    assert chat.server.heard() == [QUESTION]


def test_erasing_asks_what_becomes_of_a_pending_request(chat: Chat) -> None:
    chat.open().ask("book", "ask")
    for words in ("Robin Lee", "robin@example.org", "none"):
        chat.ask(words, "ask")
    chat.ask("yes", "appointment")
    chat.choose("Erase my chat")
    dialog = chat.page.get_by_role("alertdialog")
    with chat.page.expect_request(re.compile("appointment=keep")):
        dialog.get_by_role("button", name="keep my request PT-7K3Q").click()


def test_erasing_in_one_tab_clears_the_other(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    other = Chat(chat.page.context.new_page(), chat.server).visit()
    other.launcher.click()
    expect(other.message("answer")).to_be_visible()
    other.choose("Erase my chat")
    other.page.get_by_role("alertdialog").get_by_role("button", name="Erase my chat").click()
    expect(chat.message("answer")).to_have_count(0)


def test_starting_over_begins_an_empty_chat(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    chat.choose("Start over")
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Start a new chat").click()
    expect(chat.message("say")).to_have_count(2)
    expect(chat.message("answer")).to_have_count(0)
    assert chat.server.requests().count("POST /api/conversations") == 2


def test_erasing_in_words_shows_the_reply_and_the_next_message_begins_anew(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    chat.say("Please forget everything")
    expect(chat.message("say")).to_have_count(1)
    expect(chat.message("say")).to_contain_text("Reference: E-7K2M")
    expect(chat.message("answer")).to_have_count(0)
    assert [key for key in chat.stored() if "token" in key or "message" in key] == []
    chat.ask("and what helps?")
    expect(chat.message("say").first).to_contain_text("Reference: E-7K2M")
    assert chat.server.heard() == ["and what helps?"]
    assert chat.server.requests().count("POST /api/conversations") == 2


def test_erasing_in_words_in_one_tab_clears_the_other(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    other = Chat(chat.page.context.new_page(), chat.server).visit()
    other.launcher.click()
    expect(other.message("answer")).to_be_visible()
    other.say("Please forget everything")
    expect(chat.banner).to_contain_text("E-7K2M")
    expect(chat.message("answer")).to_have_count(0)
