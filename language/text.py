"""Text as visitors type it, made regular without changing what it says."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
)
# Arabic, Syriac and the scripts of India and its neighbours join letters, or keep them apart, with these.
_JOINERS = "\u200c\u200d"
_JOINED = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\u0e80-\u0eff\u0f00-\u109f\u1780-\u18af\ufb50-\ufeff]")
_EMOJI = re.compile(r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_FILLERS = set("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u034f\u2800")


def normalise(text: str) -> str:
    """The text in NFC, on one line, with straight quotes, and nothing in it that cannot be seen.

    Control, bidirectional and zero-width characters go; joiners stay where the script or an emoji needs
    them. Blank text gives "". Idempotent.
    """
    visible = "".join(_visible(text))
    folded = " ".join(visible.translate(_QUOTES).split())
    return unicodedata.normalize("NFC", folded)


_KISSES = re.compile(r"(?<=[^\W\d])[\s,.!]+x{1,5}\W*$", re.IGNORECASE)


def without_kisses(text: str) -> str:
    """The text without the kisses it ends with: "ta xx"."""
    return _KISSES.sub("", text)


def normalise_lines(text: str) -> str:
    """The text as `normalise` makes it, with its line breaks: what stands on two lines is two thoughts."""
    lines = (normalise(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    for place, character in enumerate(text):
        if character.isspace():
            kept.append(" ")
        elif character in _JOINERS:
            if kept and _needs_joiner(kept[-1], text[place + 1 : place + 2]):
                kept.append(character)
        elif unicodedata.category(character) not in _INVISIBLE and character not in _FILLERS:
            kept.append(character)
    return kept


def _needs_joiner(before: str, after: str) -> bool:
    return any(script.match(before) and script.match(after) for script in (_JOINED, _EMOJI))
