"""Letters twice as large by the browser's own setting, on a phone: the text grows, not the window."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chat import ARGS, CHROMIUM, Chat, Server, axe, letters_of
from playwright.sync_api import Locator, expect
from screenshots import LARGE_TEXT, PHONE, SHOTS

NewChat = Callable[..., Chat]


@pytest.fixture(scope="module", params=[24, 32], ids=["150%", "200%"])
def browser(request: pytest.FixtureRequest, driver: Any, mock_server: Server) -> Iterator[Any]:
    """A browser whose visitor has enlarged the letters."""
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*ARGS, letters_of(request.param)])
    yield browser
    browser.close()


def _is_within(chat: Chat, target: Locator) -> bool:
    box = target.bounding_box()
    assert box
    size = chat.page.evaluate("[innerWidth, innerHeight]")
    across = box["x"] >= -0.5 and box["x"] + box["width"] <= size[0] + 0.5
    return across and box["y"] >= -0.5 and box["y"] + box["height"] <= size[1] + 0.5


def test_the_letters_are_really_larger(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE).visit().open()
    size = chat.message("say").first.locator("p").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 24


@pytest.mark.parametrize("state", LARGE_TEXT)
def test_nothing_goes_over_the_sides_and_axe_finds_nothing(new_chat: NewChat, state: str) -> None:
    screen, example, scene = SHOTS[state]
    chat = new_chat(**screen).visit(example)
    scene(chat)
    outside = chat.page.evaluate("""() => {
        const inside = [...document.querySelector('pointe-chat').shadowRoot.querySelectorAll('*')];
        const goesOut = each => {
            const { left, right, width } = each.getBoundingClientRect();
            return width > 0 && (left < -1 || right > innerWidth + 1);
        };
        const seen = inside.filter(each => !each.closest('.spoken'));
        return seen.filter(goesOut).map(each => each.outerHTML.slice(0, 90));
    }""")
    assert outside == []
    assert axe(chat.page) == []


def test_an_urgent_card_is_in_view_at_once(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE).visit().open()
    card = chat.ask("my calf is hot and swollen", "urgent")
    log = chat.page.locator("pointe-chat .log").bounding_box()
    heading = card.get_by_role("heading").bounding_box()
    assert log
    assert heading
    assert heading["y"] >= log["y"]
    assert heading["y"] + heading["height"] <= log["y"] + log["height"]
    assert log["height"] > 844 * 0.6


def test_the_greeting_is_read_from_its_first_line(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE).visit().open()
    expect(chat.message("say").nth(1)).to_be_attached()
    expect(chat.message("say").first).to_be_in_viewport(ratio=0.9)


def test_the_menu_is_on_the_screen(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE).visit().open()
    chat.page.get_by_role("button", name="Menu", exact=True).click()
    items = chat.page.locator("pointe-chat .menu > *")
    expect(items.first).to_be_visible()
    assert all(_is_within(chat, each) for each in items.all())


def test_launcher_field_and_buttons_can_all_be_reached(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE).visit()
    assert _is_within(chat, chat.launcher)
    chat.open()
    for each in (chat.input, chat.page.locator("pointe-chat .send"), chat.page.locator("pointe-chat [part=close]")):
        assert _is_within(chat, each)
    title = chat.page.get_by_role("heading", name="Ask the clinic").bounding_box()
    menu = chat.page.get_by_role("button", name="Menu", exact=True).bounding_box()
    assert title
    assert menu
    assert title["x"] + title["width"] <= menu["x"] + 0.5


def test_a_form_can_be_filled_in_to_its_end(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE).visit()
    SHOTS["phone-appointment"][2](chat)
    expect(chat.message("appointment")).to_contain_text("PT-7K3Q")
