"""Steps back in the request: "go back", "the name is wrong", a bare "no" to the summary. Pure."""

from __future__ import annotations

import re

from clinic.appointments.form.person_name import is_name, tidy

STEPS = frozenset({"name", "email", "phone", "notes", "confirm", "change"})
_BACK = re.compile(
    r"^(?:(?:please|can we|can i|could i|sorry|oh|no|wait|oops|hang on|i want to|i'?d like to|let'?s|let me)[\s,]+)*"
    r"(?:(?:go |step |one )?back(?: (?:one|a step|please|a bit|again))*|previous(?: (?:one|question|step))?|"
    r"undo(?: that)?|"
    r"(?:i )?made a mistake|(?:that|it)(?:'s| is| was) (?:wrong|not right|a typo)|(?:i )?(?:typed|put|wrote|gave) "
    r"(?:it|that) wrong)\W*$",
    re.IGNORECASE,
)
_GOES_BACK = re.compile(r"\b(?:go|step|jump|skip) back\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\bwrong (?P<a>name|e-?mail|phone|number|address|contact|notes?|reason)\b"
    r"|\b(?P<b>name|e-?mail|phone|number|address|contact|notes?|reason)(?: \w+)?(?:'s| is| was|s) (?:wrong|"
    r"incorrect|not right|misspelt|"
    r"misspelled|spelt wrong)\b"
    r"|^(?:(?:just|only|please|change|correct|fix|can we change|can i change|it'?s|its)\s+)*(?:the |my )?"
    r"(?P<c>name|e-?mail(?: address)?|phone(?: number)?|number|address|contact|notes?|what it'?s about|what it is "
    r"about|reason|description)"
    r"(?: please)?\W*$",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"\b(?:(?P<name>names?|surname)|(?P<email>e-?mails?|phone|number|mobile|landline|address|contact)"
    r"|(?P<notes>notes?|reason|description|what it'?s about))\b",
    re.IGNORECASE,
)
_SPELT = re.compile(r"\b(?:spelt|spelling)\b", re.IGNORECASE)
_CONTACT = r"(?:(?P<phone{0}>phone|number|mobile|landline|tel)|(?P<email{0}>e-?mail|address))"
_REMOVED = re.compile(
    rf"\b(?:remove|delete|scrap|get rid of|(?:leave|take|cross|scratch) (?:out|off))\b[^.?!]*?\b{_CONTACT.format(1)}\b"
    rf"|\b(?:leave|take|cross|scratch|drop)\b[^.?!]*?\b{_CONTACT.format(2)}\b[^.?!]*?\b(?:out|off|away)\b",
    re.IGNORECASE,
)
BEFORE = {"email": "name", "phone": "name", "notes": "email", "confirm": "notes", "change": "notes", "name": ""}
_BARE_NO = re.compile(
    r"^(?:no|nope|nah|naw|not (?:quite|right|correct)|"
    r"(?:(?:no|nope|nah|naw)\W+)?(?:it|that|this)(?:(?:'?s not| is not| isn'?t)(?: (?:quite )?(?:right|correct))?|"
    r"(?:'?s| is) (?:all )?(?:wrong|incorrect)))\W*$",
    re.IGNORECASE,
)


def names_detail(text: str, asked: str) -> str:
    """`name`, `email` or `notes`: the detail to ask for again; empty where none is meant."""
    plain = text.strip().replace("’", "'")
    if match := _NAMED.search(plain):
        named = next(one.lower() for one in match.groups() if one)
        if named == "name":
            return "name"
        return "notes" if named.startswith(("note", "reason", "what", "desc")) else "email"
    if asked == "confirm" and is_bare_no(plain):
        return ""
    if _GOES_BACK.search(plain) and (named := detail_in(plain)):
        return named
    return BEFORE[asked] if _BACK.search(plain) else ""


def detail_in(text: str) -> str:
    """`name`, `email` or `notes`: the one detail that the text speaks of, the name where it only speaks of spelling;
    empty where it names none or several.
    """
    named = {str(match.lastgroup) for match in _DETAIL.finditer(text.replace("’", "'"))}
    if not named and _SPELT.search(text):
        return "name"
    return named.pop() if len(named) == 1 else ""


def removed_detail(text: str) -> str:
    """`email` or `phone`: what is to be taken out of the request; empty where nothing of it is."""
    match = _REMOVED.search(text.replace("’", "'"))
    return str(match.lastgroup).rstrip("12") if match else ""


def renamed(text: str, known: str) -> str:
    """A name typed once more, a letter or two different, where a contact was asked for; else empty."""
    words, before = text.strip(" .!").split(), known.split()
    if not before or len(words) != len(before) or not is_name(text.strip(" .!")):
        return ""
    same = [one.lower() == other.lower() for one, other in zip(words, before, strict=True)]
    close = [one[:1].lower() == other[:1].lower() for one, other in zip(words, before, strict=True)]
    return tidy(text.strip(" .!")) if any(same) and all(close) and not all(same) else ""


def is_bare_no(text: str) -> bool:
    """Whether the summary is said to be not right, and nothing more."""
    return bool(_BARE_NO.search(text.strip().replace("’", "'")))
