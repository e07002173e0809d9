"""Which times suit, as visitors write it."""

from __future__ import annotations

import re

from clinic.appointments.form.lexicon import COMPLAINT, holds

_HOUR = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?! (?:or|to|hours?|minutes?|mins?|days?|weeks?|months?|years?|miles?|k|steps?|classes|sessions?|of))"
)
_CLOCK = (
    r"(?:(?:after|before|from|at|about|around) )?"
    r"(?:\d{1,2}[:.]\d\d|\d{1,2} ?(?:am|pm|o'?clock|ish)|half (?:past )?\w+|quarter (?:past|to) \w+)"
)
_MOMENT = (
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day'?s?|tues?|weds?|thur?s?|fri|weekdays?|weekends?|"
    r"(?<!good )(?:morning|afternoon|evening)s?|"
    r"between (?:\d{1,2}|\w+) and (?:\d{1,2}|\w+)|"
    r"(?<!on )nights?|lunch ?times?|tea ?times?|midday|noon|today|tonight|tomorrow|next week|this week|"
    r"any ?(?:day|time)|"
    r"in (?:a|an|one|two|three|four|\d{1,2}) (?:days?|weeks?|fortnight|months?)(?: or (?:so|two))?|"
    r"as soon as (?:possible|you can)|asap|after (?:work|school|tea|lunch|\w+ (?:o'?clock|pm))|"
    rf"(?:after|before|from|at|about|around) (?:\d{{1,2}}(?::\d\d)?|half \w+|{_HOUR})\s*(?:am|pm)?"
)
_GREETING = re.compile(
    r"^\W*(?:morning|afternoon|evening)(?: (?:all|everyone|folks|there))?\s*[.!]\s+(?=\w)", re.I
)  # "Evening. Could James phone me"
_TIMES = re.compile(rf"(?<!\w)(?:{_CLOCK}|{_MOMENT})(?!\w)", re.I)
_WISH = re.compile(
    r"\b(?:best|better|prefer\w*|suits?|free|available|availability|any(?:time| time)?|only|please|pls|"
    r"ideally|would be|could do|can do|works? for|good for me|if (?:at all )?(?:possible|you can)|"
    r"but not|except|i work|i finish|i'm off|times?)\b",
    re.I,
)
# What only leads up to a time: "no wait, ask for ...", "put ...", "can we make it ...".
_LEAD = re.compile(
    r"^(?:(?:no(?= wait|,)|wait|wrong|sorry|oops|oh|please|pls|ok|okay|yes|yeah|yep|and|but|also|actually|"
    r"just(?! after| before)|i(?:'d| would)? (?:want|need|like|prefer|meant)|ask (?:for|them for)|"
    r"put(?: (?:me|it) (?:down|in))?(?: (?:for|as))?|make (?:it|that)|change (?:it|that|this|the times?)(?: to)?|say|"
    r"(?:to )?write|can (?:we|you|i)|could (?:we|you|i)|let'?s|book(?: me)?(?: (?:in|for))?|to|for|it'?s|its|add|have|"
    r"do)\b[\s,.:]*)+",
    re.I,
)
_PLEASE = re.compile(r"[\s,]*\b(?:please|pls|plz|thanks|thank you|ta)\W*$", re.I)
_UNWANTED = r"(?:do(?:es)?(?:n'?t| not) (?:need|want))"
_RULED_OUT = re.compile(
    rf"\b(?:get out of|can'?t|cannot|cant|not|no longer|instead of|rather than|isn'?t|won'?t|drop|lose|{_UNWANTED})\b",
    re.I,
)
_PARTS = re.compile(
    r"[.!?](?!\d)|[;\n]+|,\s*,|,\s(?=(?:and |but )?(?:it|my|the|i)\b)|,\s(?=(?:\w+\s){0,2}(?:best|suit|please|is|are))"
)
_INSTEAD = re.compile(r"\b(?:make|change|move|swap) (?:it|that|this|them)(?: to| for)? (?P<times>[^.!?\n]+)", re.I)
_AROUND = re.compile(
    r"\b(?:any|only|please|pls|and|or|not|but|on|in|the|is|are|best|better|ideally|would|be|suits?|free|good|works?|"
    r"for|me|i'?m)\b",
    re.I,
)
_LISTED = re.compile(r"[,;\n]+\s*|\.(?!\d)\s*")
SHORT = 5  # words; a few words around a time say nothing else


def find_times(rest: str, *, last: bool = False) -> str:
    """The part of the text that says which times suit, all such parts of a correction (`last`), the whole of one that
    wants a time no longer; "" where days only belong to a complaint.
    """
    rest = _GREETING.sub("", rest)
    if (instead := _INSTEAD.search(rest)) and _says_when(instead["times"]):
        return tidy_times(instead["times"])
    found = [tidy_times(one) for one in _PARTS.split(rest) if _says_when(one.strip(" ,"))]
    if last and found and re.search(rf"\b{_UNWANTED}\b", rest, re.I) and not holds(rest, COMPLAINT):
        return _PLEASE.sub("", rest.strip(" ."))  # "I don't need it at nine, ten is better"
    return (", ".join(found) if last else found[0]) if found else ""


def _says_when(part: str) -> bool:
    if not _TIMES.search(part) or holds(part, COMPLAINT - {"weeks", "training", "match"}):
        return False
    return bool(_WISH.search(part)) or len(part.split()) <= SHORT


def tidy_times(part: str, *, sure: bool = False) -> str:
    """A part without what only leads up to its times, and without a please; `sure`: it tells times, in any words."""
    plain = _PLEASE.sub("", part.strip(" ,"))
    told = _LEAD.sub("", plain)
    return (told if _TIMES.search(told) or (sure and told) else plain).strip(" ,.")


def without_times(text: str) -> tuple[str, str]:
    """A list without its parts that only tell times, and those: "striker, sore after matches, any day after 4"."""
    parts = [one.strip() for one in _LISTED.split(text) if one.strip()]
    times = [one for one in parts if _only_times(one)]
    if not times or len(times) == len(parts):
        return text, ""
    left = text
    for one in times:
        left = re.sub(rf"(?:^|[,;.\n]\s*){re.escape(one)}(?!\w)", "", left, count=1)
    return left.strip(" ,;\n").removeprefix("and "), ", ".join(tidy_times(one) for one in times)


def _only_times(part: str) -> bool:
    return bool(_TIMES.search(part)) and not re.search(r"\w", _AROUND.sub(" ", _TIMES.sub(" ", part)))


def named_times(text: str, *, only: bool = False) -> str:
    """The days and times of day a text names, and nothing else of it; the whole of it where it rules one out, unless
    `only` the times are wanted.
    """
    text = _GREETING.sub("", text)
    named = " ".join(match.group() for match in _TIMES.finditer(text))
    return _PLEASE.sub("", text.strip(" .")) if named and not only and _RULED_OUT.search(text) else named
