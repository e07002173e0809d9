"""What the tagger sees of each word: how it is written, how common it is, and what stands beside it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from language.contacts import find_contacts
from language.english import english_words

_WORD = re.compile(r"(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Rev|St|Sgt)\.(?!\w)|[^\W_]+(?:['’·.-][^\W_]+)*|\S", re.IGNORECASE)
_COMMON = 2e7  # uses in web text from which a word is named by itself
_KEPT = frozenset({"surname", "im", "i'm", "name's", "named", "mum", "mam", "dad", "mum's", "it's", "that's", "ma"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place; a contact detail is one word."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Words, signs and contact details in their order."""
    contacts = sorted((one for one in find_contacts(text) if one.manner != "like"), key=lambda one: one.start)
    words: list[Word] = []
    at = 0
    for one in contacts:
        if one.start >= at:
            words += _split(text, at, one.start)
            words.append(Word("\0" + one.kind, one.start, one.end))
            at = one.end
    return words + _split(text, at, len(text))


def features_of(words: Sequence[Word]) -> list[list[str]]:
    """The features of each word, in python-crfsuite's form."""
    views = [_view(one.text) for one in words]
    rows = []
    for place, view in enumerate(views):
        row = [
            "bias",
            f"n={min(len(words), 6)}",
            *(f"0:{one}" for one in view),
            *(_letters(words[place].text) if "uses=0" in view else ()),
        ]
        for step in (-2, -1, 1, 2):
            beside = place + step
            row += [f"{step}:{one}" for one in (views[beside] if 0 <= beside < len(words) else ["<edge>"])]
        rare = "/".join(view[1:])
        row.append(f"n|0:{min(len(words), 4)}|{rare}")
        if place > 0:
            row.append(f"-1|0:{views[place - 1][0]}|{rare}")
        if place + 1 < len(words):
            row.append(f"0|1:{rare}|{'/'.join(views[place + 1][1:])}")
        rows.append(row)
    return rows


def _split(text: str, start: int, end: int) -> list[Word]:
    return [Word(one.group(), one.start(), one.end()) for one in _WORD.finditer(text, start, end)]


def _view(word: str) -> list[str]:
    """The word itself where it is common, its shape, and how common it is."""
    lower = word.lower().replace("’", "'")
    uses = int(_COMMON) if lower in _KEPT else english_words().get(lower.rstrip("."), 0)
    itself = lower if uses >= _COMMON or not word[0].isalpha() or _is_foreign(word) else "<rare>"
    return [itself, _shape(word), f"uses={int(math.log10(uses + 1)) if uses else 0}"]


def _shape(word: str) -> str:
    if word.startswith("\0"):
        return word[1:]
    if not word[0].isalpha():
        return "digit" if word[0].isdigit() else "sign"
    if _is_foreign(word):
        return "script"
    inner = "-" if "-" in word else "'" if "'" in word or "’" in word else "." if "." in word else ""
    case = "X" if word.isupper() else "Xx" if word[0].isupper() else "x"
    return case + inner + ("1" if len(word.strip(".")) == 1 else "")


def _is_foreign(word: str) -> bool:
    """Whether it is written in another script than ours."""
    return word[0].isalpha() and not unicodedata.name(word[0], "LATIN").startswith("LATIN")


def _letters(word: str) -> list[str]:
    lower = "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    return [f"end={lower[-2:]}", f"end3={lower[-3:]}", f"begin={lower[:2]}", f"long={min(len(word), 9)}"]
