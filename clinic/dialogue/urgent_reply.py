"""A red flag as a reply."""

from __future__ import annotations

import re

from clinic.dialogue.reply import Reply, Source
from clinic.safety.model import Card, RedFlag

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def place_of(card: Card) -> str:
    """The card's first sentence: where to go."""
    return _SENTENCE_END.split(" ".join(card.text.split()), maxsplit=1)[0]


def urgent_reply(flag: RedFlag, nation: str) -> Reply:
    """The `urgent` reply of the flag in that nation; raises KeyError for a nation the file does not have.

    Its text is complete by itself and begins with where to go.
    """
    card = flag.cards[nation]
    return Reply(
        kind="urgent",
        text=card.text,
        sources=(Source("", card.source.title, "", "", card.source.url),),
        extra={
            "destination": card.destination,
            "place": place_of(card),
            "flag": card.flag,
            "contacts": [{"label": one.label, "href": one.href} for one in card.contacts],
        },
    )
