"""What is said about an open urgent card: its own lines, and the place to go to, again."""

from __future__ import annotations

from clinic.dialogue.cues import CardQuestion, card_question
from clinic.dialogue.reply import Button, Reply, Source
from clinic.dialogue.responses import Responses
from clinic.dialogue.state import OpenCard
from clinic.dialogue.urgent_reply import place_of
from clinic.safety.model import Card

_BY_NAME = {one.value: one for one in CardQuestion}


def card_reply(
    card: Card, open_card: OpenCard, text: str, responses: Responses, learned: str = ""
) -> tuple[Reply, CardQuestion]:
    """The answer to a message about the card, and which question it answers; `learned` is the engine's reading."""
    guess = _BY_NAME.get(learned) or (CardQuestion.WHAT if "?" in text else CardQuestion.HEARD)
    asked = guess if learned in _BY_NAME else card_question(text) or guess
    place = place_of(card)
    words = responses.render(asked.value, place=place, meaning=card.meaning, waiting=card.waiting, avoid=card.avoid)
    if open_card.told == asked.value:
        words = f"{responses.render('card_same')} {words}"
    contacts = [{"label": one.label, "href": one.href} for one in card.contacts]
    extra = {"destination": card.destination, "place": place, "flag": card.flag, "contacts": contacts, "again": True}
    source = (Source("", card.source.title, "", "", card.source.url),)
    if asked is CardQuestion.HEARD:
        return Reply("say", words, buttons=contact_buttons(card)), asked
    return Reply("urgent", words, sources=source, extra=extra), asked


def reminder_reply(card: Card, responses: Responses) -> Reply:
    """The one reminder after a card, when the visitor asks something else: number and place once more."""
    return Reply("say", responses.render("after_urgent_reminder", place=place_of(card)), buttons=contact_buttons(card))


def contact_buttons(card: Card) -> tuple[Button, ...]:
    """The card's contacts as buttons."""
    return tuple(Button(one.label, href=one.href) for one in card.contacts)
