"""Where a visitor's message gives a name: "I'm …", "my name is …", "… here", or the name alone."""

from __future__ import annotations

import re

from clinic.appointments.form.person_name import PARTICLES, is_name, leading_name, looks_formal, may_be_name, tidy

# What may stand before a name, in the languages visitors introduce themselves in.
_PLAIN_SAID = (
    r"my (?:full )?names?(?: is|'?s|:)?|(?:the |full )?names?(?: is|'?s|:)?(?: on it)?|(?:first |last |sur)name(?: is|"
    r"'?s|:)|(?:i am|i'?m|i go by|known as) called|i go by|known as|(?:they |people |you can )?call me|me llamo|"
    r"mi chiamo|je m'appelle|ich hei(?:ß|ss)e|imi[eę]|nazywam si[eę]|меня зовут|put (?:it |me |us )?(?:down )?as"
)
_VAGUE_SAID = (
    r"(?:(?:it'?s|this is|booking|book(?: it| this)?) )?for (?=(?-i:[A-Z][\w'’-]+ [A-Z]))|"
    r"(?:my |the )?(?:mum|mam|mom|mother|dad|da|father|parent|guardian|nan|gran|carer)(?:'?s(?: name(?: is|'s)?)?|"
    r" is(?: called)?|:)(?=[\s:]+(?-i:[^\W\d_a-z]))|"
    r"i am|i'?m|this is|it'?s|it is|(?:it|that)(?:'?d| would|'?ll| will) be|that'?s|"
    r"(?:put (?:it |me |us )?(?:down |in )?)?under (?:the name (?:of )?)?|for (?=mr\b|mrs\b|ms\b|miss\b)"
)
_NAME = r"(?P<name>[^,.;:!?\n@()/|<>]+(?:(?<=\b[A-Za-z])\.[^,.;:!?\n@()/|<>]+)*)"
_INTRODUCED = re.compile(rf"(?<![\w'])(?:(?P<plain>{_PLAIN_SAID})|(?P<vague>{_VAGUE_SAID}))[\s:]*(?<!\w){_NAME}", re.I)
_SUFFIXED = re.compile(r"^(?P<name>[^,.;:!?\n@()]+?)(?:\s+(?:here|speaking|is (?:my|the) name)|'s the name)\b", re.I)
_IN_PARTS = re.compile(
    r"\b(?:first|given|fore) ?name(?: is|'?s|:)?\s+(?P<first>[^\s,.;]+)\W+(?:and\s+)?(?:my\s+)?(?:last|second|"
    r"family|sur)"
    r" ?name(?: is|'?s|:)?\s+(?P<last>[^\s,.;]+)",
    re.I,
)
_GLUED = re.compile(r"(?:我叫|我是|اسمي|私は|নাম)\s*(?P<name>[^\s,.;:!?@،。]+(?:\s[^\s,.;:!?@،。]+){0,3})")
_LAST_FIRST = re.compile(r"(?P<last>(?:[a-z]{2,3} ){0,2}[A-Z][\w'’-]+),\s*(?P<first>[A-Z][\w'’-]+)")
_FILLERS = re.compile(
    r"^(?:(?:erm?|um+|uh|oh|ok|okay|yes|yeah|yep|aye|sure|hi|hello|hey|hiya|there|well|(?-i:so)|just|right|sorry|it's|"
    r"please|thanks|of course|good (?:morning|afternoon|evening))[\s,]+)+",
    re.I,
)
_ASIDE = re.compile(r"\([^)]*\)|(?<=\s)\d{1,3}(?:\s*(?:yo|years? old))?\s*$")
_PARTS = re.compile(r"[,.;:!?\n|/<>]+\s|\s+[-–—|/]\s+|[,;:!?\n|<>]+|\.$")
# A name ends before these, unless they are written as part of it: "Tra My", "Kofi I Mensah".
_ENDS_WORDS = """
and my email e-mail phone mobile number on at pls please plz from with here but tel i the for speaking actually
btw instead again im i'm id i'd ill i'll his her he she its it's thanks thank cheers ta is as who because aged age
"""
_ENDS = frozenset(_ENDS_WORDS.split())
_MAY_BE_NAMES = frozenset(["my", "on", "at", "the", "i", "her", "im", "ta", "he", "an"])


def introduced_name(text: str, *, sure: bool, known: bool = False) -> str:
    """The name in "I'm …", "my name is …", "… here".

    With `sure` (a name was asked for) single words count too; where a name is `known`, only "my name is" changes it.
    """
    if match := _GLUED.search(text):
        return match["name"].strip()
    if (match := _IN_PARTS.search(text)) and is_name(match["first"]) and is_name(match["last"]):
        return tidy(f"{match['first']} {match['last']}")
    found = ""
    for match in _INTRODUCED.finditer(text):
        name, vague = _cut(match["name"]), bool(match["vague"])
        if vague and known:
            continue
        plain = len(name.split()) == 1 and name == name.lower() and name.isascii()
        if (is_name(name) or (not vague and may_be_name(name))) and not (vague and plain and not sure):
            found = tidy(name)
            break
    if found:
        return fuller(found, text)
    match_after = _SUFFIXED.search(_FILLERS.sub("", text))
    return tidy(match_after["name"]) if match_after and is_name(match_after["name"]) else ""


def bare_name(rest: str, *, sure: bool) -> str:
    """The first part of `rest` (details already taken out) that can be a name and nothing else.

    Unless `sure`, only two or more capitalised words count.
    """
    if sure and (match := _LAST_FIRST.fullmatch(rest.strip())) and is_name(f"{match['first']} {match['last']}"):
        return f"{match['first']} {match['last']}"
    parts = [_part(one) for one in _PARTS.split(_keep_initials(rest))]
    if sure:
        parts += [leading_name(one) for one in parts]
    for name in parts:
        if (is_name(name) or (sure and may_be_name(name))) and (sure or looks_formal(name)):
            return fuller(tidy(name), rest)
    return ""


def fuller(name: str, text: str) -> str:
    """The name, or the longer form where the text gives it at once: "Bond. James Bond"."""
    for part in (_part(one) for one in _PARTS.split(_keep_initials(text))):
        words = part.lower().split()
        if (
            len(words) > len(name.split())
            and set(name.lower().split()) <= set(words)
            and is_name(part)
            and not _INTRODUCED.search(part)
        ):
            return tidy(part)
    return name


def _part(text: str) -> str:
    text = _ASIDE.sub(" ", text.replace("\0", ".").strip(" .,-–—'\""))
    return _cut(_FILLERS.sub("", re.sub(r"^(?:and|from)\s+", "", text.strip(), flags=re.I)).strip(" .,-–—'\"()"))


def _keep_initials(text: str) -> str:
    return re.sub(r"\b((?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Rev|St|Jr|Sr))\.", "\\1\0", text)


def _cut(candidate: str) -> str:
    tokens = candidate.split()
    for place, token in enumerate(tokens):
        if place and token.lower() in _ENDS and not _is_written_as_name(tokens, place):
            tokens = tokens[:place]
            break
    return " ".join(tokens).strip(" '\"-–—").removesuffix(".")


def _is_written_as_name(tokens: list[str], place: int) -> bool:
    """Whether a small word stands in a name: capitals before it, itself, and after it where anything follows."""
    around = [one for one in tokens[: place + 2] if one.lower() not in PARTICLES]
    last = place == len(tokens) - 1
    alone = tokens[place] == "I" and last
    return tokens[place].lower() in _MAY_BE_NAMES and not alone and all(one[0].isupper() for one in around)
