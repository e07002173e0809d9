"""Which language a page is written in, as far as it matters: English, or one of a few others by name."""

from __future__ import annotations

import re
from collections import Counter

_COMMON = {
    "English": "the of and to is in a that it for with as are this be or on by can from may not which have",
    "German": "der die und das ist nicht mit ein eine auf von für werden wird sich bei oder auch den dem im",
    "French": "le la les des et est une du dans pour que qui pas sur avec au par ou sont plus ce vous",
    "Spanish": "el la los las y es de que en un una por con para se del como puede más su al o",
    "Italian": "il di che e la per un una è in con del della non si sono le i da come gli",
    "Polish": "i w na z się nie jest do to o oraz jak przez po od dla są może lub",
    "Welsh": "y yr yn a i o mae ar am gan eich chi ei wedi neu gyda hyn sy",
    "Dutch": "de het een en van is in niet dat met op te zijn voor of bij aan kan door",
    "Portuguese": "o a os as de que e do da em um uma para com não por se é ou mais",
}  # fmt: skip
_SETS = {name: frozenset(words.split()) for name, words in _COMMON.items()}


def other_language(text: str) -> str:
    """The language's name where a text of 30 words or more is plainly not English; else empty."""
    words = re.findall(r"[^\W\d_]+", text.casefold())[:3000]
    if len(words) < 30:
        return ""
    counts = Counter(words)
    shares = {name: sum(counts[one] for one in common) / len(words) for name, common in _SETS.items()}
    best = max(shares, key=lambda name: shares[name])
    if best != "English" and shares[best] > 0.12 and shares[best] > 1.5 * shares["English"]:
        return best
    return "another language" if shares["English"] < 0.04 and not text.isascii() and shares[best] < 0.05 else ""
