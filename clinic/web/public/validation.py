"""What may be said: the checks of a message's text before anything hears it."""

from __future__ import annotations

import unicodedata

from clinic.web.errors import HttpProblem

LONGEST = 1000
# Letters and signs by their category, and nothing to be seen: Hangul fillers, the Braille blank.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def checked_text(text: str) -> str:
    """The text in NFC; raises a 400 problem when nothing is visible, 413 over 1,000 code points."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise HttpProblem(400, "The message holds characters that are not text.") from None
    composed = unicodedata.normalize("NFC", text)
    if len(composed) > LONGEST:
        raise HttpProblem(413, f"A message may have up to {LONGEST:,} characters; this one has {len(composed):,}.")
    if not any(_is_visible(one) for one in composed):
        raise HttpProblem(400, "The message is empty. Type a question, or a word or two.")
    return storable(composed)


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot keep: NUL, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _is_visible(character: str) -> bool:
    if character.isspace() or character in BLANK:
        return False
    return unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp", "Zs"}
