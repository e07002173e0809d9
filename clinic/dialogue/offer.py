"""When the clinic's appointment is offered, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from clinic.dialogue.reply import Button, Reply
from clinic.dialogue.responses import Responses
from clinic.settings import Settings

ACCEPT = "I'd like to book an appointment"
DECLINE = "No, thanks"


def should_offer(said: Iterable[Mapping[str, Any]], topic: str, offered: Iterable[str], *, declined: bool) -> bool:
    """After an answer, once a topic, not again when declined."""
    answered = any(reply.get("kind") == "answer" for reply in said)
    return answered and not declined and topic not in set(offered)


def offer_reply(settings: Settings, responses: Responses) -> Reply:
    """The offer as the contract has it; where the clinic books elsewhere, its button opens that page."""
    service = settings.service
    price = {"amount": service.price, "currency": service.currency}
    return Reply(
        "offer",
        responses.render("offer"),
        buttons=(accept_button(settings), Button("No, thanks", say=DECLINE)),
        extra={"service": "online_appointment", "price": price},
    )


def accept_button(settings: Settings) -> Button:
    """The button that asks for an appointment; where the clinic books elsewhere, it opens that page."""
    if settings.service.booking_page:
        return Button("Open the booking page", href=settings.service.booking_page)
    return Button("Ask for an appointment", say=ACCEPT)


def without_offer(reply: Reply) -> Reply:
    """The reply without the button that asks for an appointment."""
    return replace(reply, buttons=tuple(one for one in reply.buttons if one.say != ACCEPT))
