"""What whoever starts the assistant should know before visitors come."""

from __future__ import annotations

import re

from clinic.safety.flags import load_cards, unsigned
from clinic.settings import Settings

# Ofcom keeps these for drama: 020 7946 0xxx, 07700 900xxx and the like never reach anybody.
DRAMA = re.compile(r"^(0207946|07700900|0161496|0131496|0292018|0289649)")


def warnings_of(settings: Settings) -> list[str]:
    """One sentence each: cards nobody signed off, a phone number that reaches nobody."""
    found = []
    waiting = unsigned(load_cards(settings.data / "red_flags.yml"))
    if waiting:
        found.append(
            f"{len(waiting)} urgent cards are not yet reviewed by a clinician (data/red_flags.yml; "
            "docs/clinical-safety.md lists them)."
        )
    if DRAMA.match(re.sub(r"\D", "", settings.clinic.phone)):
        found.append(
            f"the clinic's phone in settings.yml ({settings.clinic.phone}) reaches nobody: put your own there."
        )
    return found
