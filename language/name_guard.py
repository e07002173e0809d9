"""Words that may be somebody's name, and so are left as they are."""

from __future__ import annotations

_BEFORE_NAME = {"called", "dr", "doctor", "mr", "mrs", "ms", "mx", "miss", "name's", "named"}
_LONG = 9  # few names so long differ in a consonant
_VOWELS = frozenset("aeiouy")


def introduces_name(before: str) -> bool:
    """Whether a name is to be expected after these words, which `follow` gave."""
    return before in _BEFORE_NAME or before == "name is"


def follow(word: str, before: str) -> str:
    """What `introduces_name` needs to know once this word has been read after `before`."""
    lower = word.lower()
    return "name is" if lower == "is" and before == "name" else lower


def is_slip(word: str, term: str) -> bool:
    """Whether a word one edit from a term is likelier that term mistyped than a name like it.

    People's names differ from terms in how they begin and end (Achille), and by a letter more (Achilleas).
    """
    at = _differ(word, term)
    if at and _is_swap(word, term, at):
        return True
    if at == 0 or word[-1] != term[-1]:
        return False
    return len(word) <= len(term) or word[at] == word[at - 1]


def is_slip_of_name(word: str, name: str) -> bool:
    """The same where the term is itself a name, as of a disease. Names differ among themselves in a vowel or
    a consonant for another (Marfin, Wilton) and in doubled consonants (Hoffmann) too.
    """
    if not is_slip(word, name):
        return False
    at = _differ(word, name)
    if len(word) == len(name):
        consonants = word[at] not in _VOWELS and name[at] not in _VOWELS
        mixed = (word[at] in _VOWELS) != (name[at] in _VOWELS)
        return _is_swap(word, name, at) or mixed or (consonants and len(name) >= _LONG)
    longer = max(word, name, key=len)
    return longer[at] in _VOWELS or longer[at] != longer[at - 1]


def _is_swap(word: str, other: str, at: int) -> bool:
    return len(word) == len(other) and word[at : at + 2] == other[at : at + 2][::-1] and at + 1 < len(word)


def _differ(word: str, other: str) -> int:
    pairs = enumerate(zip(word, other, strict=False))
    return next((place for place, (one, another) in pairs if one != another), 0)
