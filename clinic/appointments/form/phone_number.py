"""Phone numbers in a visitor's message, in figures and in words."""

from __future__ import annotations

import re

import phonenumbers

from clinic.appointments.model import Found

_NUMBER = re.compile(r"(?<![\w@.])\+?\(?\d[\d\s()./-]{3,}\d(?![\w@])")
_LAST_DIGITS = re.compile(r"end(?:s|ing)? (?:in|with)\s+(?P<digits>\d{2,6})\b", re.IGNORECASE)
_LETTER_O = re.compile(r"(?<![\w@.])[oO](?=\d{3,})")
_OR = re.compile(r"^\W*(?:or|and|also)\W*$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|instead of|rather than|isn't)\s*$", re.IGNORECASE)
_WORDS = dict(
    zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], "0123456789", strict=True)
)
_WORDS |= {"oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "hundred": "00"}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_ONE_WORD = rf"(?:{'|'.join([*_WORDS, *_TIMES, 'plus'])}|\d+)"
_SPOKEN = re.compile(rf"\b{_ONE_WORD}(?:[\s,-]+{_ONE_WORD})+\b", re.IGNORECASE)
SHORTEST_PHONE = 9
SHORTEST_ATTEMPT = 5
BRITISH = 10


def find_phone(text: str, known: str = "") -> Found | None:
    """The last phone number in `text`: British ones as dialled here, others with their country code.

    Of two that are offered ("this or that") it is the first; one that is ruled out ("not that one") is none.
    """
    if known and (match := _LAST_DIGITS.search(text)):
        kept = known.rstrip()[: -len(match["digits"])]
        return Found(kept + match["digits"], match.span())
    matches = [one for one in _NUMBER.finditer(text) if _digits(one.group()) >= SHORTEST_ATTEMPT]
    found = [_phone(one) for one in matches if not _NOT.search(text[: one.start()])]
    usable = [one for one in found if one.usable]
    if len(usable) > 1 and _OR.match(text[usable[-2].span[1] : usable[-1].span[0]]):
        return usable[-2]
    return usable[-1] if usable else (found[-1] if found else None)


def write_digits(text: str) -> str:
    """The text with numbers that are spelt out ("oh seven seven double oh …") in figures, where they are long."""

    def figures(match: re.Match[str]) -> str:
        written, times = "", 1
        for word in re.split(r"[\s,-]+", match.group().lower()):
            if word in _TIMES:
                times = _TIMES[word]
                continue
            written += "+" if word == "plus" else _WORDS.get(word, word) * times
            times = 1
        spelt = re.search(r"[a-z]", match.group(), re.IGNORECASE)
        return written if spelt and _digits(written) >= SHORTEST_PHONE else match.group()

    return _SPOKEN.sub(figures, _LETTER_O.sub("0", text))


def _phone(match: re.Match[str]) -> Found:
    written = match.group().strip(" .-/")
    span = match.span()
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return Found(written, span, usable=False)
    british = number.country_code == 44
    # A number of the range kept free for drama is possible, though not valid.
    whole = not british or len(str(number.national_number)) >= BRITISH or phonenumbers.is_valid_number(number)
    if not phonenumbers.is_possible_number(number) or _digits(written) < SHORTEST_PHONE or not whole:
        return Found(written, span, usable=False)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if british else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return Found(phonenumbers.format_number(number, form), span)


def _digits(written: str) -> int:
    return sum(one.isdigit() for one in written)
