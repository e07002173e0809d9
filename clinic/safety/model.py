"""A red flag and the card it shows. Nothing here weighs a risk: a flag has one fixed card for each nation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Destination = Literal["999", "A&E", "maternity unit", "111", "urgent GP", "helpline"]
DESTINATIONS: tuple[Destination, ...] = ("999", "A&E", "maternity unit", "111", "urgent GP", "helpline")
"""Most urgent first."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call or write to, or a page to open: `tel:`, `sms:` or `https:`."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """The public page a card rests on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a visitor of one nation is shown: destination first, then our own fixed wording.

    `meaning` (what public guidance says it can be), `waiting` (what to do until help is there) and `avoid` (what
    not to do) answer what visitors ask after the card.
    """

    flag: str
    destination: Destination
    text: str
    meaning: str
    waiting: str
    avoid: str
    contacts: tuple[Contact, ...]
    source: Guidance


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One row of `data/red_flags.yml`; a flag with a second, more urgent card is two rows.

    `key` is `name`, or `name.variant` for the second card. `cards` holds one for each nation.
    `signed_off_by` and `signed_off_on` are empty until a clinician signs; `signed_words` is the hash of what was signed
    (empty where it was signed by hand), `words` the hash of what stands there now.
    """

    key: str
    name: str
    title: str
    destination: Destination
    source: Guidance
    cards: dict[str, Card] = field(hash=False)
    signed_off_by: str = ""
    signed_off_on: str = ""
    signed_words: str = ""
    words: str = ""

    @property
    def signed(self) -> bool:
        """Whether a clinician has put name and date to it, and to these words."""
        return bool(self.signed_off_by and self.signed_off_on) and self.signed_words in ("", self.words)
