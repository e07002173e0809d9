"""General English: its words, how common they are, and how they sound."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

_LIST = "frequency_dictionary_en_82_765.txt"


def is_english(word: str) -> bool:
    """Whether the word is in the English list."""
    return word.lower() in english_words()


@lru_cache(maxsize=1)
def english_words() -> dict[str, int]:
    """The 82,765 words of symspellpy's list in lower case, and how often web text uses them."""
    listed = (files("symspellpy") / _LIST).read_text(encoding="utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in listed.splitlines())}


def skeleton(word: str) -> str:
    """The consonants as they sound, doubled ones once: misspellings mostly keep them."""
    sounds = re.sub(r"ph", "f", word)
    sounds = re.sub(r"c(?=[eiy])|z", "s", sounds)
    sounds = re.sub(r"ck|c|q", "k", sounds)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw]", "", sounds))
