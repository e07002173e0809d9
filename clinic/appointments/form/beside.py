"""What a message tells about a complaint beside a name, an address or a time. Pure."""

from __future__ import annotations

import re

from clinic.appointments.form.lexicon import FELT, SURELY, holds
from clinic.appointments.form.person_name import is_name, leading_name
from clinic.appointments.form.speech_acts import is_question, is_small_talk

_SAID_BEFORE = re.compile(
    r"(?:\b(?:my (?:full )?names?(?: is|'?s)?|(?:the |full )?names?(?: is|'?s)?|i am|i'?m|im|this is|it'?s|it is|"
    r"call me|"
    r"that'?s|under|for)[\s:]+)$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(r"^\s*(?:here|speaking|is my name|btw|actually)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:and|also|plus|so|but|ok|okay|yes|yeah|hi|hello|well|it'?s (?:about|for)|its (?:about|for)|about|notes?|"
    r"reason|problem|issue|re|regarding)\b[\s:,]*)+(?=\w)",
    re.IGNORECASE,
)
_BOOKING = re.compile(
    r"\b(?:book(?:ed|ing)?|app?o?i?nt?ments?|app?ts?|session|slot|e-?mail|phone|number|address|"
    r"consultation|sign me up|45|"
    r"put me (?:down|in)|"
    r"fit me in|see (?:the|a|him|her|you|your|somebody|someone)|"
    r"get(?:ting)?\b.*\b(?:seen|looked at|checked))\b",
    re.IGNORECASE,
)
# How the visitor came here, and a greeting: nothing about the complaint, though a sport may stand in it.
_HOW_FOUND = re.compile(
    r"\b(?:suggested|recommended|mentioned|told me about|put me on to|heard (?:of|about)|found)\b.*\b(?:you|this)\b"
    r"|^good (?:morning|afternoon|evening|day)\b|\barrange\b|\bsee (?:mr|mrs|ms|miss|dr)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(?<=[.!?;])\s+|\n+|,\s+")


def told_beside_details(rest: str, name: str, times: str) -> str:
    """What `rest` tells beside `name` and `times`; empty unless it speaks of an injury or a part of the body: a sport
    alone leaves the question what it is about.
    """
    left = _without_name(rest, name)
    parts = [one.strip(" ,;-–—()/|") for one in _PARTS.split(left) if not one.rstrip(" ,").endswith(":")]
    told = [_LABEL.sub("", one) for one in parts if one and _tells(one, times)]
    joined = ", ".join(one.rstrip(".") for one in told if re.search(r"\w", one))
    return joined if holds(joined, FELT) else ""


def _without_name(rest: str, name: str) -> str:
    if not name:
        return rest
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest.replace("’", "'"), re.IGNORECASE)
    if match is None:
        return rest
    before, after = rest[: match.start()], rest[match.end() :]
    return f"{_SAID_BEFORE.sub('', before)}, {_SAID_AFTER.sub('', after)}"


def _tells(part: str, times: str) -> bool:
    if is_question(part) or is_small_talk(part) or (times and part in times) or _HOW_FOUND.search(part):
        return False
    if holds(part, SURELY):
        return not _BOOKING.search(part) or bool(
            re.search(r"\b(?:hurts?|hurting|pain\w*|sore\w*|aches?)\b", part, re.I)
        )
    return not _BOOKING.search(part) and not is_name(part) and not leading_name(part) and len(part.split()) > 1
