"""Which name a visitor gives: the one the engine found, or, where one was asked for, what can be nothing else."""

from __future__ import annotations

import re

from clinic.appointments.form.lexicon import PARENT
from clinic.appointments.form.person_name import PARTICLES, is_name, leading_name, looks_formal, may_be_name, tidy
from clinic.appointments.form.turn import FormTurn
from language.person_names.model import PersonName

SMALL_TALK = frozenset({"greet", "goodbye", "thanks", "affirm", "deny", "stop"})
SURE, LIKELY = 0.6, 0.1  # how sure the engine must be of a name: on its own, and where one was asked for
_SAYS_NAME = re.compile(r"\b(?:names?|surname|called|call me|go by|known as)\b", re.IGNORECASE)
_LAST_NAME = re.compile(r"\b(?:sur|last |second |family )name\b", re.IGNORECASE)
# Scripts without blanks: there are no words to tag.
_GLUED = re.compile(r"(?:我叫|我是|私は)\s*(?P<name>[^\s,.;:!?@،。]+)")
_LAST_FIRST = re.compile(r"(?P<last>(?:[a-z]{2,3} ){0,2}[A-Z][\w'’-]+),\s*(?P<first>[A-Z][\w'’-]+)")
_FILLERS = re.compile(
    r"^(?:(?:i'?m|(?:the |my )?name(?:'?s| is)|erm?|um+|uh|oh|ok|okay|yes|yeah|yep|aye|sure|hi|hello|hey|hiya|there|"
    r"well|(?-i:so)|just|right|sorry|it's|please|thanks|of course|good (?:morning|afternoon|evening))[\s,]+)+",
    re.I,
)
_ASIDE = re.compile(r"\([^)]*\)|(?<=\s)\d{1,3}(?:\s*(?:yo|years? old))?\s*$")
_CHILDS = re.compile(
    r"\b(?:boy|son|daughter|lad|lass|girl|kid|child|bairn|patient)(?:'?s name)?(?:\s+is|'s|s|:|,)?"
    r"\s+(?:called |named )?$",
    re.I,
)  # whoever asks for a child gives two names; the child's is not the one to ring
_OWN = re.compile(
    rf"\b(?:(?:i'?m|i am|this is)(?: (?:her|his|their|the) (?:(?:foster|step|grand|legal) ?)?{PARENT}\b\W*)?|"
    r"my (?:own )?name(?:'?s| is)?|mine(?:'?s| is))\s*$",
    re.I,
)
_PARTS = re.compile(r"[,.;:!?\n|/<>]+\s|\s+[-–—|/]\s+|[,;:!?\n|<>]+|\.$")
# A name ends before these, unless they are written as part of it: "Tra My", "Kofi I Mensah".
_ENDS_WORDS = """
and my email e-mail phone mobile number on at pls please plz from with here but tel i the for speaking actually
btw instead again im i'm id i'd ill i'll his her he she its it's thanks thank cheers ta is as who because aged age
"""
_ENDS = frozenset(_ENDS_WORDS.split())
_MAY_BE_NAMES = frozenset(["my", "on", "at", "the", "i", "her", "im", "ta", "he", "an"])


def named_person(heard: FormTurn, rest: str, *, sure: bool) -> str:
    """The name that the engine found in the message; with `sure` (a name was asked for) a likely one counts."""
    if match := _GLUED.search(heard.text):
        return match["name"].strip()
    if sure and (turned := _LAST_FIRST.fullmatch(rest.strip())) and is_name(f"{turned['first']} {turned['last']}"):
        return f"{turned['first']} {turned['last']}"
    found = [one for one in heard.persons if one.confidence >= (LIKELY if sure else SURE)]
    found = found if sure else [one for one in found if _is_given(one, heard)]
    found = [one for one in found if not _CHILDS.search(heard.text[: one.start])] or found
    named = [_cut(_FILLERS.sub("", one.value.replace("’", "'"))) for one in found]
    kept = [(one, name) for one, name in zip(found, named, strict=True) if is_name(name) or may_be_name(name)]
    kept = [(one, name) for one, name in kept if not name.endswith("'s")]  # "brewery's at the door"
    if not kept:
        return ""
    if len(kept) > 1 and _LAST_NAME.search(heard.text):
        first, last = (name for _, name in kept[:2])
        before = heard.text[: kept[0][0].start]
        return tidy(f"{last} {first}" if _LAST_NAME.search(before) else f"{first} {last}")
    return tidy(max(kept, key=lambda one: one[0].confidence)[1])


def own_name(heard: FormTurn) -> str:
    """The name that somebody gives for themselves beside another's: "her name is Max, I'm Kerry Boyd"; else empty."""
    own = [one for one in heard.persons if one.confidence >= LIKELY and _OWN.search(heard.text[: one.start])]
    return next((tidy(one.value) for one in own if is_name(one.value)), "")


def _is_given(one: PersonName, heard: FormTurn) -> bool:
    """Whether a name counts though none was asked for: written in full, said to be one, or more than "Definitely"."""
    if looks_formal(one.value) or says_name(heard.text):
        return True
    alone = one.value == heard.text.strip(" .,!?")
    return not alone and not heard.is_surely(SMALL_TALK) and (" " in one.value or one.value[0].isupper())


def says_name(text: str) -> bool:
    """Whether a remark says that it gives a name: "my name is", "call me"."""
    return bool(_SAYS_NAME.search(text))


def bare_name(rest: str, *, sure: bool) -> str:
    """The first part of `rest` (details already taken out) that can be a name and nothing else.

    Unless `sure`, only two or more capitalised words count.
    """
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
            and not says_name(part)
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
