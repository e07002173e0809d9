"""Reload, two tabs, no network, a failing server: nothing lost, nothing said twice."""

from collections.abc import Callable

import pytest
from chat import Chat
from playwright.sync_api import expect

QUESTION = "why does my heel hurt en pointe"


def test_nothing_is_stored_or_asked_for_before_the_first_open(chat: Chat) -> None:
    chat.page.wait_for_load_state("networkidle")
    assert chat.stored() == []
    assert not [each for each in chat.server.requests() if "/api/" in each or "panel" in each]


def test_opening_tells_the_server_which_page_it_is(chat: Chat) -> None:
    chat.open()
    bodies = [entry["body"] for entry in chat.server.control("log")["log"] if entry["key"] == "POST /api/conversations"]
    url = f"{chat.server.address}/examples/bubble.html"
    page = {"url": url, "title": "Posterior ankle impingement", "article": "posterior-ankle-impingement"}
    assert bodies == [{"page": page}]


def test_a_reload_restores_the_chat_and_the_draft(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    chat.input.fill("and what about")
    chat.page.reload()
    expect(chat.message("answer")).to_be_visible()
    expect(chat.message("visitor")).to_have_count(1)
    expect(chat.input).to_have_value("and what about")
    assert chat.server.requests().count("POST /api/conversations") == 1


def test_a_chat_left_closed_is_closed_after_a_reload(chat: Chat) -> None:
    chat.open().page.keyboard.press("Escape")
    chat.page.reload()
    expect(chat.launcher).to_be_visible()
    expect(chat.panel).to_have_count(0)


def test_a_second_tab_is_in_the_same_conversation_live(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    other = Chat(chat.page.context.new_page(), chat.server).visit()
    other.launcher.click()
    expect(other.message("answer")).to_be_visible()
    other.ask("both", "answer")
    expect(chat.message("answer")).to_have_count(3)
    expect(chat.message("visitor")).to_have_count(2)


def test_tabs_find_each_other_where_the_server_has_no_events(chat: Chat) -> None:
    chat.server.control("set", events=False)
    chat.open()
    other = Chat(chat.page.context.new_page(), chat.server).visit().open()
    other.ask(QUESTION)
    expect(chat.message("answer")).to_be_visible()


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_failing_server_is_tried_again_and_hears_it_once(chat: Chat, status: int) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=status, retryAfter=1, times=2)
    chat.ask(QUESTION)
    expect(chat.message("visitor")).to_have_count(1)
    assert chat.server.heard() == [QUESTION]


def test_the_visitor_reads_what_is_the_matter(chat: Chat) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=503, retryAfter=60)
    chat.say(QUESTION)
    expect(chat.message("visitor").locator(".state")).to_contain_text("The assistant is being looked after.")


def test_an_answer_lost_on_the_way_is_fetched_not_asked_again(chat: Chat) -> None:
    chat.server.control("set", events=False)
    chat.open()
    chat.server.control("fail", on="POST /api/messages", drop=True)
    chat.ask(QUESTION)
    expect(chat.message("answer")).to_have_count(1)
    assert chat.server.heard() == [QUESTION]


def test_what_is_written_offline_is_sent_when_the_network_is_back(chat: Chat) -> None:
    chat.open()
    chat.page.context.set_offline(True)
    chat.say(QUESTION)
    expect(chat.message("visitor").locator(".state")).to_contain_text("Not sent yet")
    expect(chat.banner).to_contain_text("You are offline")
    chat.say("and what helps?")
    chat.page.context.set_offline(False)
    expect(chat.banner).to_be_hidden()
    expect(chat.message("answer")).to_have_count(2)
    assert chat.server.heard() == [QUESTION, "and what helps?"]


def test_a_message_not_sent_survives_a_reload(chat: Chat) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=503, retryAfter=60)
    chat.say(QUESTION)
    expect(chat.message("visitor").locator(".state")).to_contain_text("Not sent yet")
    chat.page.reload()
    expect(chat.message("answer")).to_be_visible()
    assert chat.server.heard() == [QUESTION]


def test_after_many_failures_the_visitor_decides(chat: Chat) -> None:
    chat.page.clock.install()
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=500, times=6)
    chat.say(QUESTION)
    retry = chat.message("visitor").get_by_role("button", name="Try again")
    for _ in range(12):
        if retry.count():
            break
        chat.page.clock.run_for(40_000)
        chat.page.wait_for_timeout(100)
    retry.click()
    expect(chat.message("answer")).to_be_visible()
    assert chat.server.heard() == [QUESTION]


def test_a_refused_message_can_be_edited(chat: Chat) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=413)
    chat.say("too long for the server")
    chat.message("visitor").get_by_role("button", name="Edit").click()
    expect(chat.input).to_have_value("too long for the server")
    expect(chat.message("visitor")).to_have_count(0)


def test_an_id_the_server_knows_with_other_words_is_replaced(chat: Chat) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=409)
    chat.ask(QUESTION)
    expect(chat.message("visitor")).to_have_count(1)


def test_an_expired_chat_offers_a_new_one_and_loses_nothing(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    chat.server.control("expire")
    chat.say("and what helps?")
    chat.banner.get_by_role("button", name="Start a new chat").click()
    expect(chat.message("answer")).to_have_count(2)
    assert chat.server.heard() == ["and what helps?"]


def test_a_server_that_is_away_at_the_first_open_is_tried_again(chat: Chat) -> None:
    chat.server.control("fail", on="POST /api/conversations", status=503, retryAfter=1)
    chat.launcher.click()
    expect(chat.banner).to_contain_text("being looked after")
    chat.say(QUESTION)
    expect(chat.message("answer")).to_be_visible()
    expect(chat.banner).to_be_hidden()


def test_a_panel_that_does_not_load_says_so_and_can_be_pressed_again(chat: Chat) -> None:
    chat.page.route("**/pointe-panel*", lambda route: route.abort())
    chat.launcher.click()
    expect(chat.launcher).to_contain_text("did not load")
    chat.page.unroute("**/pointe-panel*")
    chat.launcher.click()
    expect(chat.panel).to_be_visible()


def test_an_ordinary_visit_loads_the_script_and_the_panel_only(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    expect(chat.message("offer")).to_be_visible()
    chat.page.wait_for_load_state("networkidle")
    loaded = [each for each in chat.server.requests() if "/widget" in each]
    assert len(loaded) == 2
    assert "pointe-panel" in loaded[1]


@pytest.mark.parametrize(
    ("part", "button", "then"),
    [("menu", "Menu", "Start over"), ("tools", "Was this helpful? Yes", "Send comment")],
)
def test_a_part_that_does_not_load_says_so_and_can_be_tried_again(
    chat: Chat, part: str, button: str, then: str
) -> None:
    chat.open().ask(QUESTION)
    chat.page.route(f"**/pointe-{part}*", lambda route: route.abort())
    chat.page.get_by_role("button", name=button, exact=True).click()
    expect(chat.banner).to_contain_text("did not load")
    chat.ask("and what helps?")
    chat.page.unroute(f"**/pointe-{part}*")
    chat.banner.get_by_role("button", name="Try again").click()
    expect(chat.page.get_by_role("button", name=then)).to_be_visible()
    expect(chat.banner).to_be_hidden()


def test_without_the_code_for_failures_messages_are_still_tried_again(chat: Chat) -> None:
    chat.open()
    chat.page.route("**/pointe-trouble*", lambda route: route.abort())
    chat.server.control("fail", on="POST /api/messages", status=503)
    chat.ask(QUESTION)
    assert chat.server.heard() == [QUESTION]


def test_a_card_that_does_not_load_is_told_in_words(chat: Chat) -> None:
    chat.page.route("**/pointe-cards*", lambda route: route.abort())
    reply = chat.open().ask("broken", "error")
    expect(reply).to_contain_text("call 111")


def test_a_page_without_storage_still_talks(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat()
    chat.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })"
    )
    chat.visit().open().ask(QUESTION)
