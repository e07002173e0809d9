"""Phone numbers, in figures and in words: British ones as dialled here, others with their country code."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from language.contacts.model import Contact
from language.contacts.rewriting import Rewritten

_NUMBER = re.compile(r"(?<![\w@.])\+?\(?\d(?:(?!\.\s)[\d\s()./-]){3,}\d(?![\w@])")
_LETTER_O = re.compile(r"(?<![\w@.])[oO](?=\d{3,})")
_WORDS = dict(
    zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], "0123456789", strict=True)
)
_WORDS |= {"oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "hundred": "00"}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_ONE_WORD = rf"(?:{'|'.join([*_WORDS, *_TIMES, 'plus'])}|\d+)"
# "Missed one, 07700 …": a word before a whole number in figures is none of its digits.
_SPOKEN = re.compile(rf"\b(?![a-z]+,\s*\+?\d{{5}}){_ONE_WORD}(?:[\s,-]+{_ONE_WORD})+\b", re.IGNORECASE)
SHORTEST_PHONE = 9
SHORTEST_ATTEMPT = 5
BRITISH = 10


def write_digits(text: Rewritten) -> Rewritten:
    """The text with numbers that are spelt out ("oh seven seven double oh …") in figures, where they are long."""
    return text.replace(_LETTER_O, lambda _: "0").replace(_SPOKEN, _figures)


def find_phones(read: Rewritten) -> Iterator[Contact]:
    """Every phone number in the text, in order, and what was meant as one."""
    for match in _NUMBER.finditer(read.text):
        if _digits(match.group()) >= SHORTEST_ATTEMPT:
            value, usable = _format(match.group().strip(" .-/"))
            yield Contact("phone", value, *read.locate(*match.span()), usable)


def _figures(match: re.Match[str]) -> str:
    written, times = "", 1
    for word in re.split(r"[\s,-]+", match.group().lower()):
        if word in _TIMES:
            times = _TIMES[word]
            continue
        written += "+" if word == "plus" else _WORDS.get(word, word) * times
        times = 1
    spelt = re.search(r"[a-z]", match.group(), re.IGNORECASE)
    return written if spelt and _digits(written) >= SHORTEST_PHONE else match.group()


def _format(written: str) -> tuple[str, bool]:
    """The number as it is dialled, and whether it can be one."""
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return written, False
    british = number.country_code == 44
    # A number of the range kept free for drama is possible, though not valid.
    whole = not british or len(str(number.national_number)) >= BRITISH or phonenumbers.is_valid_number(number)
    if not phonenumbers.is_possible_number(number) or _digits(written) < SHORTEST_PHONE or not whole:
        return written, False
    form = phonenumbers.PhoneNumberFormat.NATIONAL if british else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form), True


def _digits(written: str) -> int:
    return sum(one.isdigit() for one in written)
