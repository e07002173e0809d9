"""At home on any page: strict policies, hostile styles, frames, modules, beside another widget."""

from collections.abc import Callable

import pytest
from chat import Chat
from playwright.sync_api import expect

QUESTION = "why does my heel hurt en pointe"


@pytest.mark.parametrize(
    "example",
    [
        "bubble.html",
        "inline.html",
        "strict-csp.html",
        "strict-csp.html?csp=origin",
        "bubble.html?csp=origin",
        "hostile-css.html",
        "rtl.html",
        "module.html",
    ],
)
def test_it_opens_and_answers_on_this_page(new_chat: Callable[..., Chat], example: str) -> None:
    chat = new_chat()
    refused: list[str] = []
    chat.page.on(
        "console",
        lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None,
    )
    chat.visit(example).open().ask(QUESTION)
    assert refused == []


def test_the_full_page_opens_by_itself(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat().visit("page.html")
    chat.ask(QUESTION)
    box = chat.panel.bounding_box()
    assert box
    assert box["width"] == chat.page.evaluate("innerWidth")


def test_it_works_in_a_frame(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat().visit("iframe.html")
    frame = chat.page.frame_locator("iframe")
    frame.locator("#field").fill(QUESTION)
    frame.locator("#field").press("Enter")
    expect(frame.locator("article.answer")).to_be_visible()


def test_hostile_styles_do_not_reach_it(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat().visit("hostile-css.html").open()
    text = chat.message("say").first.locator("p")
    expect(text).to_have_css("text-transform", "none")
    expect(text).to_have_css("font-size", "16px")
    expect(chat.page.locator("pointe-chat")).to_have_css("position", "fixed")


def test_loading_shifts_nothing(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat()
    chat.page.add_init_script("""
        window.seen = { shift: 0 };
        new PerformanceObserver(list => { for (const each of list.getEntries()) seen.shift += each.value; })
            .observe({ type: 'layout-shift', buffered: true });
    """)
    chat.visit().launcher.wait_for()
    assert chat.page.evaluate("seen.shift") == 0


def test_two_scripts_make_one_chat(chat: Chat) -> None:
    chat.page.add_script_tag(url=f"{chat.server.address}/widget.js")
    expect(chat.page.locator("pointe-chat")).to_have_count(1)


def test_it_stands_beside_another_widget(chat: Chat) -> None:
    chat.page.evaluate("""() => {
        customElements.define('other-chat', class extends HTMLElement {
            connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<button>Other</button>'; }
        });
        document.body.append(document.createElement('other-chat'));
    }""")
    chat.page.locator("other-chat button").click()
    chat.open().ask(QUESTION)


def test_a_page_of_another_origin_can_use_it(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat()
    page = f'<!doctype html><title>Elsewhere</title><script src="{chat.server.address}/widget.js"></script>'
    elsewhere = chat.server.address.replace("127.0.0.1", "localhost") + "/clinic"
    chat.page.route(elsewhere, lambda route: route.fulfill(body=page, content_type="text/html"))
    chat.page.goto(elsewhere)
    chat.open().ask(QUESTION)


def test_the_attributes_of_the_script_dress_the_chat(new_chat: Callable[..., Chat]) -> None:
    chat = new_chat()
    page = (
        '<!doctype html><html lang="en"><title>Dressed</title><script src="/widget.js"'
        ' data-title="Ask Ankle House" data-launcher="Ask us" data-greeting="Good morning"'
        ' data-accent="#225588" data-position="left" data-storage="local" data-open></script>'
    )
    chat.page.route("**/examples/dressed.html", lambda route: route.fulfill(body=page, content_type="text/html"))
    chat.visit("dressed.html")
    expect(chat.page.get_by_role("dialog", name="Ask Ankle House")).to_be_visible()
    expect(chat.page.get_by_text("Good morning")).to_be_visible()
    box = chat.panel.bounding_box()
    assert box
    assert box["x"] < 100
    expect(chat.page.locator("pointe-chat .send")).to_have_css("background-color", "rgb(34, 85, 136)")
    assert chat.page.evaluate("Object.keys(localStorage).length") > 0
    assert chat.page.evaluate("Object.keys(sessionStorage).length") == 0


@pytest.mark.parametrize("style", ["transform: translateX(0)", "filter: grayscale(1)", "contain: layout", "zoom: 1.3"])
def test_what_the_page_does_to_its_body_does_not_move_the_chat(new_chat: Callable[..., Chat], style: str) -> None:
    chat = new_chat().visit()
    chat.page.evaluate("style => { document.body.style.cssText = style + '; min-height: 300vh'; }", style)
    expect(chat.launcher).to_be_in_viewport(ratio=1)
    chat.open()
    expect(chat.page.get_by_role("button", name="Close the chat")).to_be_in_viewport(ratio=1)
    expect(chat.input).to_be_in_viewport(ratio=1)


def test_a_page_with_buttons_for_the_size_of_letters_can_pass_it_on(chat: Chat) -> None:
    chat.page.add_style_tag(content="html { font-size: 200% } pointe-chat { --pointe-font-size: 1rem }")
    expect(chat.open().message("say").first.locator("p")).to_have_css("font-size", "32px")
