"""Whether a message means something said before, and what a long one asks last."""

from __future__ import annotations

import re

from language.sub_questions import asking_sentences

SHORT = 5  # words; a shorter message leans on what was said before


MANY = 10  # words; in a longer message of several sentences its question counts beside the story


_LEANS = re.compile(
    r"\b(?:it|its|it's|they|them|their|that|this|these|those|he|she|his|her|him|one|"
    r"there)\b",
    re.IGNORECASE,
)


_JOINS = re.compile(r"^(?:and|or|but|so|also|then|what about|how about|same|why|plus)\b", re.IGNORECASE)


def leans_back(text: str) -> bool:
    """Whether a message is likely to mean something said before."""
    words = text.split()
    return len(words) <= SHORT or bool(_JOINS.match(text)) or bool(_LEANS.search(" ".join(words[:12])))


def last_question(text: str) -> str:
    """The last question of a long message; empty where the message is short, asks nothing, or is that question."""
    if len(text.split()) <= MANY:
        return ""
    asked = asking_sentences(text)
    whole = not asked or asked[-1] == text.strip()
    return "" if whole or len(asked[-1].split()) < SHORT else asked[-1]
