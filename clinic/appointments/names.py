"""People's names in a visitor's message, in every script; addresses, numbers and remarks are never names."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from clinic.appointments.words import BODY, COMPLAINT, NOT_NAMES

MOST_TOKENS = 6
_TITLES_WORDS = "mr mrs ms miss mx dr prof sir dame rev"
TITLES = frozenset(_TITLES_WORDS.split())
_PARTICLES_WORDS = "de da di do dos du del della van von der den la le al el bin bint ibn ap ab y e of the"
PARTICLES = frozenset(_PARTICLES_WORDS.split())
_ALSO_NAMES_WORDS = """
will may love guy dear long young half little best day english french german card price son hill
match
"""
ALSO_NAMES = frozenset(_ALSO_NAMES_WORDS.split())
# What may stand before a name, in the languages visitors introduce themselves in.
_SAID = (
    r"my (?:full )?names?(?: is|'?s|:)?|(?:the |full )?name(?: is|'?s|:)?(?: on it)?|(?:first |last |"
    r"sur)name(?: is|'?s|:)"
    r"|(?:i am|i'?m) called|i am|i'?m|call me|this is|it'?s|it is|me llamo|mi chiamo|je m'appelle|"
    r"ich hei(?:ß|ss)e|imi[eę]|nazywam si[eę]|меня зовут"
    r"|put (?:it |me |us )?(?:down |in )?(?:under|as)|under (?:the name (?:of )?)?|for (?=mr|mrs|ms|miss)"
)
_INTRODUCED = re.compile(rf"(?<![\w'])(?P<how>{_SAID})[\s:]+(?P<name>[^,.;:!?\n@()]+)", re.IGNORECASE)
_SUFFIXED = re.compile(r"^(?P<name>[^,.;:!?\n@()]+?)\s+(?:here|speaking|is my name|is the name)\b", re.IGNORECASE)
_GLUED = re.compile(r"(?:我叫|我是|اسمي|私は|নাম)\s*(?P<name>[^\s,.;:!?@،。]+(?:\s[^\s,.;:!?@،。]+){0,3})")
_SPELT = re.compile(
    r"(?:spelt|spelled|spell it|surname (?:is|'s)|surname,? it'?s|should be|meant|it'?s|"
    r"in)\s+(?P<name>[^\W\d_][\w'’-]+)"
    r"(?=\s*(?:$|[,.!]|with\b|not\b))",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?P<name>[^\W\d_][\w'’-]+)\s+with (?:an?|one|two|no|double)\b", re.IGNORECASE)
_NOT = re.compile(r"(?P<name>[^\W\d_][\w'’-]+),?\s+not\s+(?P<old>[^\W\d_][\w'’-]+)", re.IGNORECASE)
_FILLERS = re.compile(
    r"^(?:(?:erm?|um+|uh|oh|ok|okay|yes|yeah|yep|aye|sure|hi|hello|well|so|just|right|sorry|it's)\s+)+", re.I
)
VAGUE = frozenset(("im", "i am", "its", "it is", "this is", "under"))
# A name ends before these.
_ENDS_WORDS = """
and my email e-mail phone mobile number on at pls please plz from with here but tel i the for
"""
_ENDS = frozenset(_ENDS_WORDS.split())
_MORE_ENDS = "im i'm id i'd ill i'll his her he she its it's thanks thank cheers ta"
_ENDS |= frozenset(_MORE_ENDS.split())


def introduced_name(text: str, *, sure: bool, known: bool = False) -> str:
    """The name in "I'm …", "my name is …", "… here".

    With `sure` (a name was asked for) single words count too; where a name is `known`, only "my name is" changes it.
    """
    if match := _GLUED.search(text):
        return match["name"].strip()
    for match in _INTRODUCED.finditer(text):
        name = _cut(match["name"])
        vague = match["how"].lower().replace("'", "") in VAGUE
        if vague and known:
            continue
        plain = len(name.split()) == 1 and name == name.lower() and name.isascii()
        if is_name(name) and not (vague and plain and not sure):
            return tidy(name)
    match_after = _SUFFIXED.search(text)
    return tidy(match_after["name"]) if match_after and is_name(match_after["name"]) else ""


def bare_name(rest: str, *, sure: bool) -> str:
    """The first part of `rest` (details already taken out) that can be a name and nothing else.

    Unless `sure`, only two or more capitalised words count.
    """
    for part in re.split(r"[,.;:!?\n]+\s|\s+[-–—]\s+|[,;:!?\n]+|\.$", _keep_initials(rest)):
        name = _cut(_FILLERS.sub("", part.replace("\0", ".").strip(" .,-–—'\"()")))
        if is_name(name) and (sure or _looks_formal(name)):
            return tidy(name)
    return ""


def is_name(text: str) -> bool:
    """Whether `text` can be a name: letters of any script, no word that names are not made of."""
    tokens = text.split()
    if not 0 < len(tokens) <= MOST_TOKENS or not all(_is_name_token(one) for one in tokens):
        return False
    plain = [one.lower().replace("’", "'").strip(".") for one in tokens]
    if all(one in TITLES | PARTICLES for one in plain) and len(plain) == 1:
        return False
    if any(one in BODY for one in plain):
        return False
    return not any(one in NOT_NAMES | COMPLAINT and not _capital(tokens, place) for place, one in enumerate(plain))


def mend_name(text: str, known: str) -> str:
    """`known` as `text` corrects it ("spelt Clark", "Clarke with an e", "Ann, not Anne"); empty if it does not."""
    if (match := _NOT.search(text)) and match["old"].lower() in known.lower().split():
        return _replace(known, match["old"], match["name"])
    match = _WITH.search(text) or _SPELT.search(text)
    if not match or not is_name(match["name"]):
        return ""
    closest = max(known.split(), key=lambda one: _alike(one, match["name"]))
    if "surname" in text.lower():
        closest = known.split()[-1]
    elif _alike(closest, match["name"]) < 0.5:
        return ""
    return _replace(known, closest, match["name"])


def tidy(name: str) -> str:
    """The name as it is written on a letter: "suki lam" becomes "Suki Lam"; mixed case stays."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if name != name.lower() or not any(one.isupper() for one in name.upper()):
        return name
    return re.sub(r"(?<![^\s'’-])[^\W\d_]", lambda match: match.group().upper(), name)


def _keep_initials(text: str) -> str:
    return re.sub(r"\b((?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr))\.", "\\1\0", text)


def _cut(candidate: str) -> str:
    kept: list[str] = []
    for token in candidate.split():
        if kept and token.lower() in _ENDS:
            break
        kept.append(token)
    return " ".join(kept).strip(" .'\"-–—")


def _is_name_token(token: str) -> bool:
    bare = re.sub(r"['’.\-‐·]", "", token)
    return bool(bare) and all(unicodedata.category(one)[0] in "LM" for one in bare)


def _capital(tokens: list[str], place: int) -> bool:
    """Whether a word that is usually no name is one here: "Will Young", "May Long", never a first "I'm"."""
    others = [one for index, one in enumerate(tokens) if index != place]
    return (
        tokens[place].lower() in ALSO_NAMES
        and tokens[place][0].isupper()
        and (not others or all(one[0].isupper() for one in others))
    )


def _looks_formal(name: str) -> bool:
    tokens = [one for one in name.split() if one.lower() not in PARTICLES]
    return len(tokens) > 1 and all(one[0].isupper() for one in tokens)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()


def _replace(known: str, old: str, new: str) -> str:
    tokens = [tidy(new) if one.lower() == old.lower() else one for one in known.split()]
    return " ".join(tokens)
