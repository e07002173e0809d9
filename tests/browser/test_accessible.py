"""Everything by keyboard, everything told to a screen reader once, readable in every setting."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from chat import Chat, axe
from playwright.sync_api import expect
from screenshots import DESKTOP, PHONE, SHOTS

QUESTION = "why does my heel hurt en pointe"
STATES = [name for name in SHOTS if name not in ("desktop-forced", "desktop-hostile")]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(new_chat: Callable[..., Chat], state: str) -> None:
    screen, example, scene = SHOTS[state]
    chat = new_chat(**screen).visit(example)
    scene(chat)
    assert axe(chat.page) == []


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_with_the_chat_open_the_page_around_it_is_still_well_ordered(
    new_chat: Callable[..., Chat], screen: dict[str, Any]
) -> None:
    chat = new_chat(**screen).visit("landmarks.html").open()
    chat.ask(QUESTION)
    assert axe(chat.page, "html") == []


def test_the_whole_chat_goes_by_keyboard(chat: Chat) -> None:
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Tab")
    assert chat.focused() == "Ask a question"
    chat.page.keyboard.press("Enter")
    expect(chat.input).to_be_focused()
    chat.page.keyboard.type(QUESTION)
    chat.page.keyboard.press("Enter")
    expect(chat.message("offer")).to_be_visible()
    expect(chat.input).to_be_focused()
    for _ in range(2):
        chat.page.keyboard.press("Shift+Tab")
    assert chat.focused() == "Ask for an appointment"
    chat.page.keyboard.press("Escape")
    assert chat.focused() == "Ask a question"


def test_escape_closes_the_menu_before_the_chat(chat: Chat) -> None:
    chat.open().page.get_by_role("button", name="Menu", exact=True).press("Enter")
    expect(chat.page.locator("pointe-chat .menu")).to_be_visible()
    chat.page.keyboard.press("Tab")
    assert chat.focused() == "Start over"
    chat.page.keyboard.press("Escape")
    assert chat.focused() == "Menu"
    expect(chat.panel).to_be_visible()


def test_a_dialog_keeps_focus_and_gives_it_back(chat: Chat) -> None:
    chat.open().choose("Erase my chat")
    assert chat.focused() == "Go back"
    chat.page.keyboard.press("Enter")
    assert chat.focused() == "Menu"


def test_the_reply_is_spoken_once_and_the_history_is_silent(chat: Chat) -> None:
    chat.open()
    chat.page.evaluate("""() => {
        window.spoken = [];
        const root = document.querySelector('pointe-chat').shadowRoot;
        for (const region of root.querySelectorAll('.spoken[aria-live]')) {
            const level = region.getAttribute('aria-live');
            new MutationObserver(() => region.textContent && spoken.push([level, region.textContent]))
                .observe(region, { childList: true, subtree: true, characterData: true });
        }
    }""")
    expect(chat.page.locator("pointe-chat .log")).to_have_attribute("aria-live", "off")
    chat.ask(QUESTION)
    expect(chat.message("offer")).to_be_visible()
    spoken = chat.page.evaluate("spoken")
    assert next(text for _, text in spoken) == "Sending…"
    assert sum("Pain at the back" in text for _, text in spoken) == 1
    assert {level for level, _ in spoken} == {"polite"}


def test_urgent_advice_is_spoken_at_once_with_its_level(chat: Chat) -> None:
    chat.open().ask("I have chest pain", "urgent")
    expect(chat.page.locator("pointe-chat [role=alert].spoken")).to_contain_text(
        "Immediate action required: Call 999 now. Chest pain"
    )


def test_focus_stays_inside_while_the_chat_fills_a_phone(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat(**PHONE).visit().open()
    expect(chat.panel).to_have_attribute("aria-modal", "true")
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        # The body: between the chat and the browser's own buttons.
        assert chat.page.evaluate("document.activeElement.localName") in ("pointe-chat", "body")
    chat.page.get_by_role("button", name="Close the chat").click()
    chat.page.get_by_role("link", name="All examples").focus()
    assert chat.focused() == "All examples"


def _wait_for_panel(chat: Chat, holds: Callable[[float], bool]) -> None:
    """Until the panel has moved to where its left edge should be; it moves with the next frame."""
    for _ in range(50):
        box = chat.panel.bounding_box()
        if box and holds(box["x"]):
            return
        chat.page.wait_for_timeout(100)
    raise AssertionError(f"the panel stays at {chat.panel.bounding_box()}")


def test_the_pages_focused_element_is_never_covered(chat: Chat) -> None:
    chat.page.evaluate("""() => {
        for (const side of ['right', 'left']) {
            const button = document.createElement('button');
            button.textContent = side;
            button.style.cssText = `position: fixed; bottom: 2rem; ${side}: 3rem`;
            document.body.prepend(button);
        }
    }""")
    chat.page.locator("body > button", has_text="right").focus()
    expect(chat.launcher).to_be_hidden()
    chat.page.locator("body > button", has_text="left").focus()
    expect(chat.launcher).to_be_visible()
    chat.open()
    chat.page.locator("body > button", has_text="right").focus()
    _wait_for_panel(chat, lambda left: left < 100)
    chat.page.locator("body > button", has_text="left").focus()
    _wait_for_panel(chat, lambda left: left > 600)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_targets_are_large_enough(new_chat: Callable[..., Chat], screen: dict[str, Any]) -> None:
    chat = new_chat(**screen).visit().open()
    chat.ask(QUESTION)
    least = 44 if screen.get("has_touch") else 24
    for target in chat.page.locator("pointe-chat").locator("button:visible, a:visible").all():
        box = target.bounding_box()
        assert box
        assert min(box["height"], box["width"]) >= least - 0.5, target.inner_html()


@pytest.mark.parametrize("size", [(320, 640), (320, 256)])
def test_a_small_or_zoomed_page_reflows_without_sideways_scrolling(
    new_chat: Callable[..., Chat], size: tuple[int, int]
) -> None:
    chat = new_chat(viewport={"width": size[0], "height": size[1]}).visit().open()
    chat.ask(QUESTION)
    wide = chat.page.evaluate("""() => {
        const inside = document.querySelector('pointe-chat').shadowRoot.querySelectorAll('.panel, .panel *');
        const goesOut = each => each.getBoundingClientRect().right > innerWidth + 1;
        return [...inside].filter(each => !each.closest('.spoken') && goesOut(each)).length;
    }""")
    assert wide == 0
    chat.input.scroll_into_view_if_needed()
    expect(chat.input).to_be_in_viewport()


@pytest.mark.parametrize("accent", ["#ffee00", "white", "black", "hotpink", "rgb(120 120 120)", "no colour"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_accent_colour_is_corrected_until_it_reads(new_chat: Callable[..., Chat], accent: str, scheme: str) -> None:
    chat = new_chat(color_scheme=scheme).visit().open()
    chat.page.evaluate("accent => document.querySelector('pointe-chat').setAttribute('accent', accent)", accent)
    chat.ask(QUESTION)
    chat.page.add_script_tag(url=f"{chat.server.address}/axe.js")
    report = chat.page.evaluate("axe.run('pointe-chat', { runOnly: ['color-contrast'] })")
    assert report["violations"] == []


def test_wider_text_spacing_cuts_nothing_off(chat: Chat) -> None:
    chat.open().ask(QUESTION)
    cut = chat.page.evaluate("""() => {
        const root = document.querySelector('pointe-chat').shadowRoot;
        const sheet = new CSSStyleSheet();
        const spacing = 'line-height: 1.5 !important; letter-spacing: .12em !important;';
        const words = 'word-spacing: .16em !important;';
        sheet.replaceSync(`* { ${spacing} ${words} } p { margin-bottom: 2em !important }`);
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        const isCut = each => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1;
        return [...root.querySelectorAll('.panel *')]
            .filter(each => !each.closest('.spoken, svg, textarea') && isCut(each))
            .map(each => each.outerHTML.slice(0, 80));
    }""")
    assert cut == []


def test_nothing_moves_for_those_who_ask_for_stillness(chat: Chat) -> None:
    chat.open()
    assert chat.page.evaluate("document.querySelector('pointe-chat').shadowRoot.getAnimations().length") == 0


def test_the_dark_theme_can_be_chosen_by_attribute(chat: Chat) -> None:
    chat.open().page.evaluate("document.querySelector('pointe-chat').setAttribute('theme', 'dark')")
    expect(chat.panel).to_have_css("background-color", "rgb(28, 36, 38)")


def test_a_page_from_right_to_left_has_the_chat_on_its_left(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat().visit("rtl.html").open()
    _wait_for_panel(chat, lambda left: left < 100)
    expect(chat.page.get_by_role("heading", name="اسأل العيادة")).to_be_visible()


def test_urgent_advice_is_said_once_and_agrees_with_its_heading(chat: Chat) -> None:
    card = chat.open().ask("my calf is hot and swollen", "urgent")
    heading = "Call 111 today, or ask your GP surgery for an urgent appointment today"
    expect(card.get_by_role("heading")).to_have_text(f"Immediate action required: {heading}")
    assert card.inner_text().count("Call 111 today") == 1
    spoken = chat.page.locator("pointe-chat [role=alert].spoken").inner_text()
    assert spoken.count("Call 111 today") == 1


def test_words_and_dates_of_another_direction_keep_their_order(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat().visit("rtl.html").open()
    answer = chat.ask("rtl العربية")
    expect(answer.locator(".facts")).to_have_text(re.compile("Updated \u2068.*أكتوبر.*\u2069"))
    chip = chat.message("say").first.locator("button").first
    expect(chip).to_have_css("unicode-bidi", "plaintext")
    expect(chat.input).to_have_attribute("dir", "auto")
