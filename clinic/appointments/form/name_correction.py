"""Corrections of a name that was given before: "spelt Clark", "Ann, not Anne", "the name should be Mo Reid"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from clinic.appointments.form.introductions import bare_name
from clinic.appointments.form.lexicon import words_of
from clinic.appointments.form.person_name import is_name, looks_formal, may_be_name, tidy

_WORD = r"[^\W\d_][\w'’-]+"
_SPELT = re.compile(
    rf"\b(?:spelt|spelled|spell it|surname (?:is|'s)|surname,? it'?s|last name (?:is|'s)|should be|meant|it'?s)\s+"
    rf"(?P<name>{_WORD})(?=\s*(?:$|[,.!]|with\b|not\b))",
    re.I,
)
_BY_THE_WAY = re.compile(r"\b(?:btw|by the way|actually|sorry|please|pls)\b[\s,]*", re.I)
_LETTERS = re.compile(r"\b(?:[^\W\d_][-.]){2,}[^\W\d_]\b|\b(?:[A-Z] ){3,}[A-Z]\b")
_WITH = re.compile(rf"(?P<name>{_WORD})\s+(?:with|without|minus)\s+(?:an?|one|two|no|the|double)\b", re.I)
_NOT = re.compile(rf"(?P<name>{_WORD}),?\s+not\s+(?P<old>{_WORD})", re.I)
_RENAMED = re.compile(
    r"\bname(?:\s+(?:should (?:be|say|read)|needs to be|is (?:actually|really)|to|is|as)|'?s|:)?\s+"
    r"(?:to |as )?(?P<name>[^,.;:!?\n@()]+)",
    re.I,
)
_EXCEPT = re.compile(r"\bname\b[^.!?]*?(?:it'?s|it should be|should be)\s+(?P<name>[^,.;:!?\n@()]+)", re.I)
_IT_IS = re.compile(
    r"\b(?:it'?s|it is|should be|make (?:it|that)|i meant|i'?m|that'?s)\s+(?P<name>[^,.;:!?\n@()]+)", re.I
)
_LAST = re.compile(r"\b(?:sur|last |second |family )name\b", re.I)
_FIRST = re.compile(r"\b(?:first|given|fore) ?name\b", re.I)
_OF_NAME = re.compile(r"\b(?:sur|first |last )?names?\b|\bspel(?:t|led|l)\b", re.I)
_ANOTHERS = re.compile(r"\b(?:her|his|their|(?:son|daughter|child|kid|lad|lass|boy|girl)'?s) names?\b", re.I)
_CLOSE = 0.5
_ALIKE = 0.6
_VERY_ALIKE = 0.8
_SHORT = 3


def mend_name(text: str, known: str) -> str:
    """`known` as `text` corrects it; empty if it does not."""
    text = _BY_THE_WAY.sub(" ", text)
    if (match := _NOT.search(text)) and match["old"].lower() in known.lower().split():
        if match["name"].lower() not in known.lower().split():
            return _replace(known, match["old"], match["name"])
        text = text[: match.end("name")]  # "jayden price not jaydn": the whole name stands before
    if spelt := _LETTERS.search(text):
        text = f"spelt {re.sub(r'[-. ]', '', spelt.group()).title()}"
    return _mend_word(text, known) or _mend_whole(text, known)


def speaks_of_name(text: str, known: str) -> bool:
    """Whether a remark may be about the name at all: it says so, or a part of the name comes back in it."""
    return bool(_OF_NAME.search(text)) or not set(known.lower().split()).isdisjoint(words_of(text))


def names_another(text: str) -> bool:
    """Whether the text gives the name of somebody else: "her name is Abena"."""
    return bool(_ANOTHERS.search(text))


def is_about_name(text: str, known: str) -> bool:
    """Whether "X not Y" in the text speaks of a part of the known name."""
    match = _NOT.search(text)
    return bool(match and match["old"].lower() in known.lower().split())


def _mend_word(text: str, known: str) -> str:
    match = _WITH.search(text) or _SPELT.search(text)
    if not match or not is_name(match["name"]) or match["name"].lower() in known.lower().split():
        return ""
    words = known.split()
    if _LAST.search(text):
        return _replace(known, words[-1], match["name"]) if len(words) > 1 else f"{known} {tidy(match['name'])}"
    if _FIRST.search(text):
        return _replace(known, words[0], match["name"])
    closest = max(words, key=lambda one: _alike(one, match["name"]))
    close = _CLOSE if _OF_NAME.search(text) else _ALIKE
    return "" if _alike(closest, match["name"]) < close else _replace(known, closest, match["name"])


def _mend_whole(text: str, known: str) -> str:
    for pattern in (_EXCEPT, _RENAMED):
        if (match := pattern.search(text)) and (name := _name_in(match["name"])):
            if _LAST.search(text) or _FIRST.search(text):
                old = known.split()[-1 if _LAST.search(text) else 0]
                return _replace(known, old, name)
            return name
    for match in _IT_IS.finditer(text):
        if (name := _name_in(match["name"])) and _kept(name, known):
            return name
    name = bare_name(text, sure=len(text.split()) <= 1 or set(known.lower().split()) <= set(text.lower().split()))
    if name and name.lower() != known.lower() and _kept(name, known):
        words = known.split()
        if len(name.split()) > 1 or len(words) == 1:
            return name
        closest = max(words, key=lambda one: _alike(one, name))
        sure = text.strip()[0].isupper() or _alike(closest, name) >= _VERY_ALIKE
        return _replace(known, closest, name) if sure else ""
    return ""


def _name_in(text: str) -> str:
    """The name a stretch of text begins with, if it is one."""
    name = bare_name(text, sure=True)
    return name if name and (is_name(name) or may_be_name(name)) else ""


def _kept(name: str, known: str) -> bool:
    """Whether a part of the known name comes back, so that it is a correction and no other person or thing."""
    if name.lower() == known.lower():
        return False
    formal = looks_formal(name) or len(name.split()) == 1 or set(known.lower().split()) <= set(name.lower().split())
    return formal and any(_is_same(one, other) for one in name.split() for other in known.split())


def _is_same(one: str, other: str) -> bool:
    """Whether a name is another one mended, or more of it: "Jonathan" for "Jon", "Pryce-Lowe" for "Lowe"."""
    longer, short = one.lower(), other.lower()
    more = len(short) >= _SHORT and (longer.startswith(short) or short in longer.split("-"))
    return more or _alike(one, other) >= _ALIKE


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()


def _replace(known: str, old: str, new: str) -> str:
    return " ".join(tidy(new) if one.lower() == old.lower() else one for one in known.split())
