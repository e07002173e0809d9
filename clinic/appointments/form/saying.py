"""Who is under 18 and what it is about, as visitors write it."""

from __future__ import annotations

import re

from clinic.appointments.form.lexicon import FELT, PARENT, holds
from clinic.appointments.model import Minor

_UNITS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
AGES = {word: number for number, word in enumerate(_UNITS, 10)} | dict(
    zip(["four", "five", "six", "seven", "eight", "nine"], range(4, 10), strict=True)
)
_AGE = rf"(?P<age>\d{{1,2}}|{'|'.join(AGES)})"
_NOT_YEARS = (
    r"(?!\s*(?:[:/%.]?\d|%|weeks?|months?|days?|hours?|hrs?|minutes?|mins?|stone|st\b|kg|lbs?|cm|miles?|"
    r"km|ft|foot|feet|times"
    r"|am\b(?! i\b)|pm\b|o'?clock|out of|or so (?:weeks|months)|sessions?|shows?|years? (?:into|in|post|on|after|"
    r"ago)|pounds?|quid))"
)
_SELF = re.compile(
    rf"(?<!\blike )(?<!\bas if )\b(?:i'?m|i am|im only|i'm only|i am only|aged?|i turned|i've just turned)\s+"
    rf"(?:only |just |nearly |also |still |actually )?{_AGE}\b{_NOT_YEARS}",
    re.I,
)
_OTHER = re.compile(
    rf"\b(?:he'?s|she'?s|they'?re|he is|she is|they are|who'?s|who is|(?:son|daughter|lad|lass|boy|girl|"
    rf"kid|child|wee one)(?:,? (?-i:[A-Z])\w+)?(?:'s| is|,)?(?: aged?)?)"
    rf"\s+(?:only |just |nearly )?{_AGE}\b{_NOT_YEARS}",
    re.I,
)
_YEAR_OLD = re.compile(
    rf"\b(?P<whose>my|our|her|his|a|an|the)?\s*{_AGE}(?P<joint>[\s-]*)"
    r"(?P<unit>yrs?|years?|yo\b)[\s-]*(?P<old>old|of age)?\b"
    rf"(?!\s*(?:ago|injury|into))",
    re.I,
)
_HAS_YEARS = re.compile(rf"\bi (?:have|has|got) {_AGE} years(?=\s*(?:old|and\b|[.,;!?)]|$))", re.I)
_YOUNG = re.compile(r"\b(?:he|she|his|her|him|son|daughter|lad|lass|boy|girl|kid|child|bairn)\b", re.I)
_LASTING = re.compile(r"\s*(?:of|in|at|on|here|with|without|before|later|now|experience)\b", re.I)
_SINCE = re.compile(r"\b(?:for|since|after|over|about|past|last)\s*$", re.I)
_I = re.compile(r"\bi(?:'?m| am|'ve| have)?\b", re.I)
_LEAST_AGE = 8  # "she dances, 14 years" is how old somebody is, "2 years" how long it hurts
_OWN = re.compile(r"\b(?:i'?m|i am|as) an? (?:\w+ )?\w+[\s-]*(?:yr|year|yo\b)", re.I)
_UNDER = re.compile(r"\bi'?m (?:still )?(?:under (?:18|eighteen)|a minor|not 18|not eighteen)\b", re.I)
_PARENT = re.compile(rf"\b(?:my|her|his) {PARENT}\b", re.I)
_CHILD = re.compile(
    r"\b(?:my|our) (?:wee |little |eldest |youngest |younger |older )?(?:son|daughter|lad|lass|boy|girl|"
    r"kid|child|bairn|wean)\b",
    re.I,
)
_ABOUT = re.compile(
    r"(?:(?:my )?(?:complaint|problem|issue|trouble|reason)(?: is|'s|:)|(?:it'?s|its|this is|"
    r"it is) (?:about|for|to do with)|\babout|\bregarding|\bre:|\bbecause(?: of)?|"
    r"\bfor (?=(?:my|ma|his|her|a|an|the|our|some|this)\b)|\bwith (?=(?:my|ma|a|an)\b))[\s:]*(?P<notes>[^.!?\n]+)",
    re.I,
)


_POLITE = re.compile(r"(?:[\s,]+(?:please|pls|plz|thanks|thank you|ta|cheers))+\W*$", re.I)


def who_is_minor(text: str) -> Minor:
    """Who is under 18 as the text says it; "" when it says nothing of the kind."""
    if _UNDER.search(text) or any(_young(match) for match in (*_SELF.finditer(text), *_HAS_YEARS.finditer(text))):
        return "self"
    if any(_young(match) for match in _OTHER.finditer(text)):
        return "child"
    for match in _YEAR_OLD.finditer(text):
        if _tells_age(match) and _young(match):
            own = not match["whose"] or _OWN.search(text)
            another = _CHILD.search(text) or (_YOUNG.search(text) and not _I.search(text))
            return "self" if own and not another else "child"
    return ""


_ASKS_TO_BOOK = re.compile(
    r"^(?:(?:hi|hello|hey|please|ok|so)\W+)*(?:can|could|may|might) (?:i|we) (?:please )?book\b", re.I
)


def books_for_minor(text: str) -> bool:
    """Whether an appointment is asked for, for somebody under 18: "can I book for my daughter, 14"."""
    return bool(_ASKS_TO_BOOK.search(text)) and who_is_minor(text) == "child"


def speaks_of_parent(text: str) -> bool:
    """Whether a contact in the text is said to be a parent's or a guardian's."""
    return bool(_PARENT.search(text))


def find_notes(rest: str) -> str:
    """What the request is about where the text says so on its own account ("my complaint is …", "for my ankle")."""
    for match in _ABOUT.finditer(rest):
        notes = _POLITE.sub("", match["notes"]).strip(" ,")
        if holds(notes, FELT):
            return notes
    return ""


def _tells_age(match: re.Match[str]) -> bool:
    """Whether years are an age and no time: "my 9yo", "our 14 years girl", "16 yrs", not "both ankles, 2 years"."""
    unit = match["unit"].lower()
    single = unit in ("yr", "year") and bool(match["whose"] or "-" in match["joint"])
    if match["old"] or unit == "yo" or single:
        return True
    whose = (match["whose"] or "").lower()
    somebody = whose not in ("", "the") or (not whose and bool(_YOUNG.search(match.string)))
    lasting = _LASTING.match(match.string, match.end()) or _SINCE.search(match.string[: match.start()])
    return _years(match) >= _LEAST_AGE and not lasting and (somebody or unit.startswith("yr"))


def _young(match: re.Match[str]) -> bool:
    return _years(match) < 18


def _years(match: re.Match[str]) -> int:
    written = match["age"].lower()
    return int(written) if written.isdigit() else AGES[written]
