"""What a visitor asks, and how each kind of reply looks."""

import re

import pytest
from chat import Chat
from playwright.sync_api import expect


def test_a_question_is_answered_in_the_articles_words_with_its_source(chat: Chat) -> None:
    answer = chat.open().ask("why does my heel hurt en pointe")
    expect(answer.locator("blockquote")).to_contain_text("Pain at the back of the ankle")
    expect(answer.locator(".lead")).to_have_text("From our article, under Causes:")
    expect(answer.locator(".source")).to_contain_text("From: Posterior ankle impingement, Causes")
    expect(answer.locator(".source")).to_contain_text("Updated 3 October 2022")


def test_the_source_leads_to_the_quoted_words_on_the_page(chat: Chat) -> None:
    answer = chat.open().ask("why does my heel hurt en pointe")
    expect(answer.get_by_role("link", name="Read it on the page")).to_have_attribute("href", re.compile("#:~:text="))


def test_the_offer_shows_the_price_and_its_button_speaks_for_the_visitor(chat: Chat) -> None:
    chat.open().ask("why does my heel hurt en pointe")
    offer = chat.message("offer")
    expect(offer.locator("h3")).to_have_text("Online appointment£45")
    offer.get_by_role("button", name="Ask for an appointment").click()
    expect(chat.message("visitor").last.locator(".text")).to_have_text("I'd like to book an appointment")
    expect(chat.message("ask")).to_be_visible()


def test_the_offer_can_be_refused(chat: Chat) -> None:
    chat.open().ask("why does my heel hurt en pointe")
    chat.message("offer").get_by_role("button", name="No, thanks").click()
    expect(chat.message("say").last).to_contain_text("That is fine")


def test_two_questions_are_two_answers(chat: Chat) -> None:
    chat.open().ask("both please")
    expect(chat.message("answer")).to_have_count(2)


def test_what_is_not_covered_offers_what_is(chat: Chat) -> None:
    reply = chat.open().ask("weather", "not_covered")
    expect(reply.get_by_role("link", name="Call the clinic")).to_have_attribute("href", "tel:+442079460000")
    reply.get_by_role("button", name="What helps").click()
    expect(chat.message("answer")).to_be_visible()


def test_urgent_advice_names_the_destination_first_and_is_one_press_away(chat: Chat) -> None:
    card = chat.open().ask("I have chest pain", "urgent")
    expect(card.get_by_role("heading")).to_have_text("Immediate action required: Call 999 now")
    expect(card.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    expect(chat.message("offer")).to_have_count(0)


def test_an_error_can_be_asked_again(chat: Chat) -> None:
    chat.open().ask("broken", "error").get_by_role("button", name="Try again").click()
    expect(chat.message("error")).to_have_count(2)
    assert chat.server.heard() == ["broken", "broken"]


@pytest.mark.parametrize(("said", "name", "mode"), [([], "name", None), (["Robin Lee"], "email", "email")])
def test_each_step_of_the_form_has_its_own_field(chat: Chat, said: list[str], name: str, mode: str | None) -> None:
    chat.open().ask("book", "ask")
    for words in said:
        chat.ask(words, "ask")
    expect(chat.input).to_have_attribute("autocomplete", name)
    expect(chat.input).to_have_attribute("type", "text")
    assert chat.input.get_attribute("inputmode") == mode
    expect(chat.input).to_be_focused()


def test_a_request_is_confirmed_with_one_press_and_gives_a_reference(chat: Chat) -> None:
    chat.open().ask("book", "ask")
    for words in ("Robin Lee", "robin@example.org", "none"):
        chat.ask(words, "ask")
    chat.message("ask").last.get_by_role("button", name="Yes").click()
    done = chat.message("appointment")
    expect(done).to_contain_text("PT-7K3Q")
    expect(done.get_by_role("link", name=re.compile("Add to your calendar"))).to_have_attribute(
        "href", re.compile(r"\.ics$")
    )


def test_nothing_an_article_or_a_visitor_says_becomes_markup(chat: Chat) -> None:
    answer = chat.open().ask("<img src=x onerror=alert(1)><script>alert(2)</script>")
    expect(answer.locator("blockquote")).to_have_text("<img src=x onerror=alert(1)><script>alert(2)</script>")
    assert chat.page.locator("pointe-chat article img, pointe-chat article script, pointe-chat article b").count() == 0


def test_a_link_with_another_scheme_is_only_words(chat: Chat) -> None:
    answer = chat.open().ask("<b>")
    expect(answer.get_by_text("<b>bold</b>")).to_be_visible()
    expect(answer.get_by_role("link", name="<b>bold</b>")).to_have_count(0)


def test_a_long_answer_shows_its_beginning_and_unfolds(chat: Chat) -> None:
    answer = chat.open().ask("long")
    # What folds it is loaded with the first long answer: until then it is whole.
    more = answer.get_by_role("button", name="Show more")
    expect(more).to_be_visible()
    folded = answer.locator("blockquote").bounding_box()
    more.click()
    unfolded = answer.locator("blockquote").bounding_box()
    assert folded
    assert unfolded
    assert unfolded["height"] > folded["height"] * 2
    expect(answer.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")


def test_the_limit_is_counted_in_code_points_and_shown_near_its_end(chat: Chat) -> None:
    chat.open()
    count = chat.page.locator("pointe-chat #count")
    chat.input.fill("e\u0301" * 850)
    expect(count).to_have_text("")
    chat.input.fill("\U0001f9b6" * 990)
    expect(count).to_have_text("Characters left: 10")
    chat.input.fill("a" * 1001)
    expect(count).to_have_text("Characters too many: 1")
    chat.input.press("Enter")
    assert chat.server.heard() == []


def test_shift_and_enter_make_a_new_line_that_is_kept(chat: Chat) -> None:
    chat.open().input.type("one")
    chat.input.press("Shift+Enter")
    chat.input.type("two")
    chat.input.press("Enter")
    expect(chat.message("visitor").locator(".text")).to_have_text("one\ntwo")


def test_thumbs_and_a_comment_reach_the_clinic(chat: Chat) -> None:
    chat.open().ask("why does my heel hurt en pointe")
    chat.page.get_by_role("button", name="Was this helpful? No").click()
    chat.page.get_by_label("What was good or missing?").fill("No word of taping")
    chat.page.get_by_role("button", name="Send comment").click()
    expect(chat.page.get_by_text("Thank you for telling us.").first).to_be_attached()
    bodies = [entry["body"] for entry in chat.server.control("log")["log"] if entry["key"].endswith("/feedback")]
    assert bodies == [{"helpful": False}, {"helpful": False, "comment": "No word of taping"}]


def test_an_answer_is_copied_with_its_source(new_chat) -> None:  # type: ignore[no-untyped-def]
    chat = new_chat(permissions=["clipboard-read", "clipboard-write"]).visit().open()
    chat.ask("why does my heel hurt en pointe")
    chat.page.get_by_role("button", name="Copy the answer").click()
    expect(chat.page.locator("pointe-chat .copy.done")).to_be_visible()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert "Pain at the back" in copied
    assert "Posterior ankle impingement, Causes" in copied


def test_the_page_hears_what_happens_but_not_what_is_said(chat: Chat) -> None:
    chat.page.evaluate(
        "() => { window.heard = []; for (const name of ['open', 'message', 'reply', 'close'])"
        " document.addEventListener(`pointe:${name}`,"
        " (event) => heard.push([event.type, JSON.stringify(event.detail)])); }"
    )
    chat.open().ask("why does my heel hurt en pointe")
    chat.page.keyboard.press("Escape")
    heard = chat.page.evaluate("heard")
    assert {name for name, _ in heard} == {"pointe:open", "pointe:message", "pointe:reply", "pointe:close"}
    assert not any("heel" in detail for _, detail in heard)


def test_enter_that_ends_a_composed_word_does_not_send(chat: Chat) -> None:
    chat.open().input.fill("にほん")
    for told in ({"isComposing": True}, {"keyCode": 229}):
        chat.input.evaluate(
            """(field, told) =>
                field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...told }))""",
            told,
        )
    assert chat.server.heard() == []
    expect(chat.input).to_have_value("にほん")


def test_a_number_that_is_said_can_be_tapped(chat: Chat) -> None:
    reply = chat.open().ask("who can I ring", "say")
    reply = chat.message("say").last
    expect(reply.get_by_role("link", name="020 7946 0000").first).to_have_attribute("href", "tel:02079460000")
    expect(reply.get_by_role("link", name="Write to hello@example.org")).to_have_attribute(
        "href", "mailto:hello@example.org"
    )
    chat.ask("why does my heel hurt en pointe")
    expect(reply.get_by_role("link", name="Write to hello@example.org")).to_be_visible()


def test_items_of_a_list_stand_on_lines_of_their_own(chat: Chat) -> None:
    quote = chat.open().ask("exercises").locator("blockquote")
    assert quote.inner_text().splitlines() == [
        "Do these every day:",
        "Stand on one leg for half a minute.",
        "Raise both heels ten times.",
    ]


def test_a_call_that_was_asked_for_says_so(chat: Chat) -> None:
    done = chat.open().ask("ring me", "appointment")
    expect(done.get_by_role("heading")).to_have_text("Call requested")
    expect(done.locator(".reference strong")).to_have_css("white-space", "nowrap")


def test_the_first_questions_are_suggested_and_go_with_the_first_message(chat: Chat) -> None:
    chip = chat.open().page.get_by_role("button", name="What causes it?")
    chip.click()
    expect(chat.message("answer")).to_be_visible()
    expect(chip).to_be_hidden()


def test_a_reply_that_comes_while_the_chat_is_closed_shows_on_the_launcher(chat: Chat) -> None:
    chat.server.control("set", delay=400)
    chat.open().say("I have chest pain")
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_have_text("Call 999 now")
    chat.launcher.click()
    expect(chat.message("urgent")).to_be_visible()
    chat.say("why does my heel hurt en pointe")
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_have_text("New reply")
    chat.launcher.click()
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_have_text("Ask a question")


def test_the_chat_can_be_saved_and_printed(chat: Chat) -> None:
    chat.open().ask("why does my heel hurt en pointe")
    with chat.page.expect_download() as saved:
        chat.choose("Save this chat")
    assert "visitor: why does my heel hurt en pointe" in saved.value.path().read_text()
    with chat.page.expect_popup() as opened:
        chat.choose("Print this chat")
    expect(opened.value.locator("pre")).to_contain_text("visitor: why does my heel hurt en pointe")


def test_what_was_said_on_another_day_has_its_date(chat: Chat) -> None:
    chat.page.clock.install(time="2026-03-02T10:00:00")
    chat.open().ask("why does my heel hurt en pointe")
    expect(chat.message("visitor").locator(".state")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    chat.page.reload()
    expect(chat.message("visitor").locator(".state")).to_have_text(re.compile(r"^\d+ [A-Z][a-z]+, \d\d:\d\d$"))
