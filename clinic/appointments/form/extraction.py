"""Reads the details of a request from one message. Pure: what is asked and known comes in, Details come out."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.beside import told_beside_details
from clinic.appointments.form.contacts import address_like, choose_email, choose_phone
from clinic.appointments.form.introductions import bare_name, fuller, named_person, own_name, says_name
from clinic.appointments.form.lexicon import PARENT
from clinic.appointments.form.name_correction import is_about_name, mend_name, names_another, speaks_of_name
from clinic.appointments.form.person_name import is_name, tidy
from clinic.appointments.form.saying import find_notes, speaks_of_parent, who_is_minor
from clinic.appointments.form.speech_acts import is_question
from clinic.appointments.form.times import find_times, named_times
from clinic.appointments.form.turn import LIKELY, SURELY, FormTurn
from clinic.appointments.model import UNNAMED, Asked, Details, Draft, Found, Minor

_ABOUT_PHONE = re.compile(r"\b(?:phone|number|mobile|tel|telephone|landline|ring|call|text)\b", re.IGNORECASE)
_ABOUT_EMAIL = re.compile(r"@|\.\w|\be-?mail|\baddress\b", re.IGNORECASE)
# What people put around an address or a number.
_AROUND = re.compile(
    r"(?:\b(?:and |but )?(?:my |the |her |his |our )?(?:work |home |new )?(?:e-?mail(?: address)?|address|"
    r"phone(?: number)?|mobile(?: number)?|number|tel|landline)"
    r"(?:'?s| is|:)?(?=\s*(?:\0|$))"
    r"|\b(?:you can |please |just |or )?(?:reach|contact|ring|call|text|email|e-mail|write to|get|phone|"
    r"message)(?: me| us| her| him)?(?: on| at| to)?(?=\s*\0)"
    r"|\b(?:on|at|use|it'?s|its|try)(?=\s*\0))",
    re.IGNORECASE,
)
_GUARDIAN = re.compile(
    rf"\b{PARENT}(?:'s)?(?: name)?(?: is|'s|s|:|"
    r" called|,)?\s+(?P<name>[^,.;:!?\n@\0]+)",
    re.IGNORECASE,
)
REMARKS = frozenset({"thanks", "goodbye", "feedback_positive", "feedback_negative", "abuse"})
REMARK = 0.9
COMPLAINTS = frozenset({"complaint", "feedback_negative", "abuse"})
_LONGEST_NAME = 4  # words
_MARK = "\0"


def read_details(heard: FormTurn, asked: Asked, draft: Draft) -> Details:
    """What a message says, where `asked` was asked for last and `draft` is known already.

    An address, a number or a remark never becomes a name. In answer to the question for notes everything that is
    left (`rest`) is the notes; elsewhere they are what the text announces as such, or tells beside a detail.
    """
    text = heard.text.replace(_MARK, " ").replace("’", "'")
    # "Clark, not Clarke" is about the name, though the address may hold it too.
    known = "" if is_about_name(text, draft.name) and not _ABOUT_EMAIL.search(text) else draft.email
    email = choose_email(text, heard.contacts, known, asked=asked == "email")
    phone = choose_phone(text, heard.contacts, draft.phone)
    if phone and not phone.usable and asked != "email" and not _ABOUT_PHONE.search(text):
        phone = None
    if not email and not phone and asked == "email":
        email = address_like(text, heard.contacts)
    without = _cut(text, email, phone)
    rest = _tidy_rest(without)
    minor = who_is_minor(without)
    found = bool(email or phone)
    guardian = _guardian(heard, rest, asked, minor or draft.minor, given=found)
    whole = bool(email and email.span == (0, len(text)))
    name = "" if guardian or whole else _name(heard, rest, asked, draft, given=found)
    details = Details(
        name=name,
        email=email.value if email and email.usable else "",
        phone=phone.value if phone and phone.usable else "",
        times=_times(rest, asked, name),
        minor=minor,
        guardian=guardian,
        broken="email" if email and not email.usable else "phone" if phone and not phone.usable else "",
        rest=rest,
    )
    return details if asked == "notes" else replace(details, notes=_notes(details, asked))


def _notes(details: Details, asked: Asked) -> str:
    given = not asked or details.name or details.email or details.phone
    beside = told_beside_details(details.rest, details.guardian or details.name, details.times) if given else ""
    if not given and asked and is_question(details.rest):
        return ""  # "what can physiotherapy for this involve" tells nothing of oneself
    return (beside if asked != "confirm" else "") or find_notes(details.rest)


def _times(rest: str, asked: Asked, name: str) -> str:
    if asked == "name" and name:
        place = rest.lower().find(name.lower())
        rest = rest[place + len(name) :].strip(" ,.-") if place >= 0 else ""
    elif name:
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest, flags=re.IGNORECASE)
    told = find_times(rest, last=asked in ("confirm", "change"))
    return told or (named_times(rest, only=True) if asked in ("", "name") else "")


def _name(heard: FormTurn, rest: str, asked: Asked, draft: Draft, *, given: bool) -> str:
    sure = asked == "name"
    # In a description of a complaint, a word that only looks like a part of the name is no correction.
    described = asked == "notes" and not speaks_of_name(rest, draft.name)
    if (draft.name or draft.minor == "child") and names_another(rest):
        return own_name(heard)  # a child's, where the parent's was asked for
    if draft.name and not described and (mended := mend_name(rest, draft.name)):
        return mended
    if draft.name and not says_name(rest):
        return ""
    if sure and not given and _is_remark(heard):
        return ""
    if named := named_person(heard, rest, sure=sure or given):
        found = named if " " in named else fuller(named, rest)
    else:
        found = "" if draft.name else bare_name(rest, sure=sure or given)
    return "" if not given and " " not in found and _only_asks(heard, rest) else found


def _only_asks(heard: FormTurn, rest: str) -> bool:
    """Whether a question stands in place of a name: "incidentally, is he a surgeon?" names nobody."""
    return heard.does("asks", least=SURELY) and is_question(heard.text) and not says_name(rest)


def _is_remark(heard: FormTurn) -> bool:
    """Whether small letters in answer to the name were understood as something else: "ok thanksss"."""
    small = heard.text == heard.text.lower()
    if _is_whole_name(heard):
        return False  # "gaz thackray" looks like a goodbye
    if len(heard.text.split()) > _LONGEST_NAME and heard.is_surely(COMPLAINTS):
        return True  # "ur fone line is always engaged, shocking service"
    remark = heard.is_surely(REMARKS) and heard.confidence >= REMARK  # "grace" looks a little like thanks
    return small and (remark or heard.does("asks", "stops", "waits", "grumbles", least=SURELY))


def _is_whole_name(heard: FormTurn) -> bool:
    """Whether the whole message was seen to be a person's name and surname."""
    whole = heard.text.strip(" .,!?")
    return " " in whole and any(one.value == whole and one.confidence >= LIKELY for one in heard.persons)


def _guardian(heard: FormTurn, rest: str, asked: Asked, minor: Minor, *, given: bool) -> str:
    """A parent's name, where the visitor is under 18 and was asked for, or gives, a parent's contact."""
    if minor != "self":
        return ""
    for match in _GUARDIAN.finditer(rest):
        words = match["name"].split()
        for length in range(min(len(words), 4), 0, -1):
            if is_name(" ".join(words[:length])):
                return tidy(" ".join(words[:length]))
    if asked != "email":
        return UNNAMED if given and speaks_of_parent(rest) else ""
    return named_person(heard, rest, sure=True) or bare_name(rest, sure=given) or (UNNAMED if given else "")


def _cut(text: str, *found: Found | None) -> str:
    """The text with a mark in the place of what was found."""
    spans = sorted({one.span for one in found if one}, reverse=True)
    for start, end in spans:
        text = f"{text[:start]}{_MARK}{text[end:]}"
    return text


def _tidy_rest(text: str) -> str:
    """The text without the details that were cut out and the words that announced them."""
    plain = (_AROUND.sub(" ", text) if _MARK in text else text).replace(_MARK, " , ")
    plain = re.sub(r"[<(\[\"]\s*,\s*[>)\]\"]", ",", plain)
    plain = re.sub(r"(?:[^\S\n]*,[^\S\n]*)+", ", ", re.sub(r"[^\S\n]+", " ", plain))
    return re.sub(r",\s*(?=[.;!?])", "", plain).strip(" ,-–—/|")
