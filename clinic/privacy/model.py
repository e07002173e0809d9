"""What can be hidden in a text, and the text afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was hidden; the value is what stands in the brackets."""

    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    NHS_NUMBER = "NHS number"
    NI_NUMBER = "NI number"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with `[email]`, `[phone]`, ... in place of details, and the kinds hidden, each once, in `Kind`'s order."""

    text: str
    kinds: tuple[Kind, ...]
