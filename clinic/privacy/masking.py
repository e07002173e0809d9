"""Hides email addresses, phone, card, NHS and National Insurance numbers in a text; no input, no output."""

from __future__ import annotations

import re

from clinic.privacy.model import Kind, Masked
from clinic.privacy.numbers import replace_numbers

_LOCAL = r"[\w.!#$%&*+^~-]"
_AT = r"(?:@|[ \t]?[(\[]at[)\]][ \t]?|[ \t]?@[ \t]?(?=[^\W\d]))"
_DOT = r"(?:\.|[ \t]?[(\[]dot[)\]][ \t]?)"
_NAME = rf"(?<!{_LOCAL})(?<!\w')(?:{_LOCAL}|(?<=\w)'(?=\w))++"
_EMAIL = re.compile(rf"{_NAME}{_AT}(?:[\w-]++{_DOT})+(?:xn--[\w-]+|[^\W\d_]{{2,}})", re.IGNORECASE)
_UNFINISHED_EMAIL = re.compile(rf"(?=[^\W\d_]){_NAME}@[^\W\d_]{{3,}}[\w-]*")  # jo@gmail

# The format is HMRC's (National Insurance Manual NIM39110); QQ is its own never-issued example.
_NI_NUMBER = re.compile(
    r"(?<![^\W_])(?P<prefix>QQ|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
    r"[ .-]?\d\d[ .-]?\d\d[ .-]?\d\d[ .-]?[A-D](?![^\W_])",
    re.IGNORECASE,
)
_SHORT_WORDS = re.compile(r"a[hmnst]|be|by|cm|e[hr]|h[ae]|kg|lb|m[emy]|o[hknr]|pm|re|we", re.IGNORECASE)


def mask(text: str) -> Masked:
    """Return `text` with every detail it recognises replaced; masking twice changes nothing more."""
    found: set[Kind] = set()

    def hide(kind: Kind) -> str:
        found.add(kind)
        return f"[{kind}]"

    masked = _EMAIL.sub(lambda _: hide(Kind.EMAIL), text)
    masked = _UNFINISHED_EMAIL.sub(lambda _: hide(Kind.EMAIL), masked)
    masked = _NI_NUMBER.sub(lambda match: hide(Kind.NI_NUMBER) if _is_ni(match) else match[0], masked)
    masked = replace_numbers(masked, hide)
    return Masked(masked, tuple(kind for kind in Kind if kind in found))


def _is_ni(match: re.Match[str]) -> bool:
    """Leave "at 10 20 30 a day" alone: a short word before three spaced pairs."""
    prefix = match["prefix"]
    return prefix.isupper() or " " not in match[0] or not _SHORT_WORDS.fullmatch(prefix)


def holds_number(text: str) -> bool:
    """Whether the text holds a number nobody should send to a chat: of a card, the NHS or National Insurance."""
    return bool({Kind.CARD, Kind.NHS_NUMBER, Kind.NI_NUMBER} & set(mask(text).kinds))
