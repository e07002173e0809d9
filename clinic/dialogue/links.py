"""The clinic's phone and address as buttons wherever a sentence says them."""

from __future__ import annotations

import re
from dataclasses import replace

import phonenumbers

from clinic.dialogue.reply import Button, Reply
from clinic.settings import Settings

LINKED = frozenset({"say", "not_covered", "error"})


def with_links(reply: Reply, settings: Settings) -> Reply:
    """The reply with a button for the phone number and the address that its text says."""
    if reply.kind not in LINKED:
        return reply
    clinic, known = settings.clinic, {one.href for one in reply.buttons}
    links = []
    if clinic.phone and clinic.phone in reply.text:
        links.append(Button(f"Call {clinic.phone}", href=phone_href(clinic.phone)))
    if clinic.email and clinic.email in reply.text:
        links.append(Button(f"Write to {clinic.email}", href=f"mailto:{clinic.email}"))
    return replace(reply, buttons=(*reply.buttons, *(one for one in links if one.href not in known)))


def phone_href(phone: str) -> str:
    """A `tel:` link that works from abroad too, where the number can be read."""
    try:
        number = phonenumbers.parse(phone, "GB")
    except phonenumbers.NumberParseException:
        return "tel:" + re.sub(r"[^\d+]", "", phone)
    return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
