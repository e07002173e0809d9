"""What can be a person's name, in every script; addresses, numbers and remarks are never names."""

from __future__ import annotations

import re
import unicodedata

from clinic.appointments.form.lexicon import BODY, COMPLAINT, DAYS, NOT_NAMES

MOST_TOKENS = 6
_TITLES_WORDS = "mr mrs ms miss mx dr prof sir dame rev"
TITLES = frozenset(_TITLES_WORDS.split())
_PARTICLES_WORDS = "de da di do dos du del della van von der den la le al el bin bint ibn ap ab y e of the ter ten zu"
PARTICLES = frozenset(_PARTICLES_WORDS.split())
# Particles that are whole names too, and words that are first or last names when others stand beside them.
_ALONE = frozenset(["al", "della", "van", "di"])
_FIRST_NAMES = frozenset(["will", "may", "guy", "my", "an", "so"])
_LAST_NAMES = frozenset(
    [
        "hill",
        "young",
        "french",
        "english",
        "german",
        "love",
        "long",
        "little",
        "price",
        "best",
        "day",
        "card",
        "half",
        "son",
        "dear",
    ]
)
_BODY_NAMES = frozenset(["foot", "heel", "knee", "back", "bone", "shin", "leg", "hill"])
_OTHER_WORDS = NOT_NAMES | COMPLAINT | BODY | DAYS


_STRUCK = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")  # keys struck at random: no name of this length lacks a vowel


def is_name(text: str) -> bool:
    """Whether `text` can be a name: letters of any script, no word that names are not made of."""
    plain = _plain_tokens(text)
    if not plain or (len(plain) == 1 and plain[0] in (TITLES | PARTICLES) - _ALONE):
        return False
    if any(one.endswith("'s") for one in plain):
        return False  # "brewery's at the door"
    if any(one in BODY for one in plain) or all(one in DAYS or _STRUCK.fullmatch(one) for one in plain):
        return False
    return not any(one in NOT_NAMES | COMPLAINT and not _belongs(text.split(), at) for at, one in enumerate(plain))


def may_be_name(text: str) -> bool:
    """Whether a text given for a name can be one although one of its words is not usually a name: "Ben Foot"."""
    plain = _plain_tokens(text)
    if not 2 <= len(plain) <= 5:
        return False
    strange = [at for at, one in enumerate(plain) if one in _OTHER_WORDS and one not in PARTICLES]
    strange += [at for at, one in enumerate(plain) if one in PARTICLES & NOT_NAMES and at in (0, len(plain) - 1)]
    if any(plain[at] in COMPLAINT | BODY and not (at and plain[at] in _BODY_NAMES) for at in strange):
        return False
    written = [one for one in text.split() if one.lower() not in PARTICLES]
    if all(one[0].isupper() for one in written) and any(one != one.upper() for one in written):
        return len(strange) <= 1
    return len(strange) == 1 and (
        (strange[0] == 0 and plain[0] in _FIRST_NAMES - {"an", "so", "my"})
        or (strange[0] == len(plain) - 1 and plain[-1] in _LAST_NAMES)
    )


def leading_name(part: str) -> str:
    """What stands before the complaint in "nell dowd heel pain"; empty where that is no name of two words."""
    tokens = part.split()
    for place, token in enumerate(tokens):
        if token.lower().strip(".,'") in COMPLAINT | BODY and place:
            name = " ".join(tokens[:place])
            return name if 2 <= place <= 4 and is_name(name) else ""
    return ""


def looks_formal(name: str) -> bool:
    """Whether it is written like a name in full: two capitalised words or more."""
    tokens = [one for one in name.split() if one.lower() not in PARTICLES]
    return len(tokens) > 1 and all(one[0].isupper() for one in tokens)


def tidy(name: str) -> str:
    """The name as it is written on a letter: "suki lam" becomes "Suki Lam"; mixed case stays."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if name != name.lower() or not any(one.isupper() for one in name.upper()):
        return name
    tokens = name.split()
    for place, token in enumerate(tokens):
        if 0 < place < len(tokens) - 1 and token in PARTICLES:
            continue
        token = re.sub(r"(?<![^\s'’-])[^\W\d_]", lambda match: match.group().upper(), token)
        tokens[place] = re.sub(r"^Mc[a-z]", lambda match: f"Mc{match.group()[2].upper()}", token)
    return " ".join(tokens)


def _plain_tokens(text: str) -> list[str]:
    """The words in lower case; none where they cannot be a name by their letters or their number."""
    tokens = text.split()
    if len([one for one in tokens if one.lower() not in PARTICLES]) > MOST_TOKENS:
        return []
    if not all(_is_name_token(one) for one in tokens):
        return []
    return [one.lower().replace("’", "'").strip(".") for one in tokens]


def _is_name_token(token: str) -> bool:
    bare = re.sub(r"['’.\-‐·]", "", token)
    return bool(bare) and all(unicodedata.category(one)[0] in "LM" for one in bare)


def _belongs(tokens: list[str], place: int) -> bool:
    """Whether a word that is usually no name is one here: "Will Young", "May Long", never a first "I'm"."""
    others = [one for index, one in enumerate(tokens) if index != place]
    known = tokens[place].lower() in (_FIRST_NAMES | _LAST_NAMES) - {"my", "an", "so"}
    return known and tokens[place][0].isupper() and (not others or all(one[0].isupper() for one in others))
