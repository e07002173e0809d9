"""When nobody can be reached from the chat: what to do then, and only what is true."""

from collections.abc import Callable

import pytest
from chat import Chat
from playwright.sync_api import expect

NewChat = Callable[..., Chat]
EMERGENCY = "my calf is hot and swollen"


def _expect_numbers(chat: Chat, where: str) -> None:
    place = chat.page.locator(f"pointe-chat {where}")
    expect(place).to_be_visible()
    assert [link.get_attribute("href") for link in place.get_by_role("link").all()][:2] == ["tel:999", "tel:111"]


def _go_offline(chat: Chat) -> None:
    chat.page.context.set_offline(True)


def _be_unavailable(chat: Chat) -> None:
    chat.server.control("fail", on="POST /api/messages", status=503, retryAfter=60)


def _vanish(chat: Chat) -> None:
    chat.page.route("**/api/messages", lambda route: route.abort())


@pytest.mark.parametrize("trouble", [_go_offline, _be_unavailable, _vanish])
def test_a_message_that_does_not_get_through_leaves_the_emergency_numbers(
    chat: Chat, trouble: Callable[[Chat], None]
) -> None:
    chat.open()
    chat.page.evaluate("""() => {
        window.spoken = [];
        for (const region of document.querySelector('pointe-chat').shadowRoot.querySelectorAll('[aria-live].spoken'))
            new MutationObserver(() => region.textContent && spoken.push(region.textContent))
                .observe(region, { childList: true });
    }""")
    trouble(chat)
    chat.say(EMERGENCY)
    _expect_numbers(chat, ".panel .help")
    spoken = " ".join(chat.page.evaluate("spoken"))
    assert "was sent" not in spoken
    assert "Not sent yet" in spoken or "You are offline" in spoken
    assert "call 999" in spoken


def test_the_numbers_go_when_the_answer_comes(chat: Chat) -> None:
    chat.open()
    _go_offline(chat)
    chat.say(EMERGENCY)
    _expect_numbers(chat, ".panel .help")
    chat.page.context.set_offline(False)
    expect(chat.message("urgent")).to_be_visible()
    expect(chat.page.locator("pointe-chat .panel .help")).to_be_hidden()


def test_a_chat_that_cannot_begin_gives_the_numbers(chat: Chat) -> None:
    chat.server.control("fail", on="POST /api/conversations", status=503, retryAfter=60)
    chat.launcher.click()
    _expect_numbers(chat, ".panel .help")


@pytest.mark.parametrize("mode", ["bubble.html", "inline.html"])
def test_a_chat_that_does_not_load_gives_the_numbers(new_chat: NewChat, mode: str) -> None:
    chat = new_chat().visit(mode)
    _go_offline(chat)
    chat.launcher.click()
    expect(chat.launcher).to_contain_text("did not load")
    _expect_numbers(chat, ".frame > .help")
    chat.page.context.set_offline(False)
    chat.launcher.click()
    expect(chat.panel).to_be_visible()
    expect(chat.page.locator("pointe-chat .frame > .help")).to_have_count(0)


def test_a_chat_that_takes_long_to_load_gives_the_numbers_meanwhile(chat: Chat) -> None:
    chat.page.clock.install()
    chat.page.route("**/pointe-panel*", lambda route: None)
    chat.launcher.click()
    chat.page.clock.run_for(7_000)
    _expect_numbers(chat, ".frame > .help")


def test_a_page_that_may_not_use_the_chat_is_told_so_and_its_owner_how_to_allow_it(new_chat: NewChat) -> None:
    chat = new_chat()
    told: list[str] = []
    chat.page.on("console", lambda message: told.append(message.text))
    chat.server.control("set", blocked=True)
    page = f'<!doctype html><title>Elsewhere</title><script src="{chat.server.address}/widget.js"></script>'
    elsewhere = chat.server.address.replace("127.0.0.1", "localhost")
    chat.page.route(f"{elsewhere}/clinic", lambda route: route.fulfill(body=page, content_type="text/html"))
    chat.page.goto(f"{elsewhere}/clinic")
    chat.launcher.click()
    expect(chat.banner).to_contain_text("The chat cannot be used on this page.")
    _expect_numbers(chat, ".panel .help")
    assert any(elsewhere in words and "web.allowed_origins" in words for words in told)


def test_a_message_that_was_refused_is_spoken(chat: Chat) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=413)
    chat.say("something very long")
    expect(chat.page.locator("pointe-chat [role=alert].spoken")).to_contain_text("Not sent. That message is too long.")
