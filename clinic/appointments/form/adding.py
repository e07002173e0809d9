"""What a visitor adds to the notes of a request, or changes in them, outside the question for them. Pure."""

from __future__ import annotations

import re

from clinic.appointments.form.confirmation import says_wrong
from clinic.appointments.form.draft import LONGEST_NOTES, add_notes
from clinic.appointments.form.lexicon import COMPLAINT, SURELY, holds
from clinic.appointments.form.speech_acts import is_question

_NOTES = r"(?:the |my )?(?:notes?|description|reason|what it'?s about)"
_REPLACED = re.compile(
    rf"\b(?:(?:change|set|make|update|correct|put)\s+{_NOTES}\s+(?:to(?: say)?|as|:)|{_NOTES}\s*(?:should (?:say|be|"
    rf"read)|"
    rf"to (?:say|be)|:))[\s:]*(?P<notes>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
# "The notes. It's the left ankle": what they are to say stands in the next breath, where it tells of a complaint.
_TOLD = re.compile(rf"\b{_NOTES}\s*[.,;–—-]+\s+(?P<notes>(?:it'?s|it is)\b.*)", re.IGNORECASE | re.DOTALL)
_ADDED = re.compile(
    rf"\b(?:want|like|let)\s+{_NOTES}\s+(?:(?:to\s+)?says?\s+(?:also|too|as well)|(?:to\s+)?also\s+says?)[\s:,]+"
    r"(?P<notes>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_REMOVED = re.compile(
    rf"^(?:\W|please|and|no|can you|could you)*(?:remove|take out|take off|delete|drop|clear|scrap|leave out|forget)\s+"
    rf"{_NOTES}\W*(?:please)?\W*$"
    r"|^(?:\W|ok|and|there are|i have|nothing)*no notes?\W*(?:please|thanks|thank you|ta)?\W*$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"^(?:(?:yes|yeah|yep|ok|okay|oh|sorry|please|no|also|and|plus|so|actually|but|can you|could you)\b[\s,]*)*"
    r"(?:(?:add|note|mention|say|tell (?:them|him|her|the physio)|put|include)\b(?: (?:in|down))?(?: that)?|"
    r"one more thing|"
    r"i (?:should|forgot to|wanted to|need to|also want to) (?:say|add|mention)(?: that)?|forgot to (?:say|mention)|"
    r"btw|by the way|also|and|plus)[\s:,]+(?=\w)",
    re.IGNORECASE,
)
_ABOUT_ME = re.compile(
    r"^(?:it'?s|it is|i'?m|i am|i'?ve|i have|i had|i was|i get|i do|i play|i use|my|both|left|right|since|started|"
    r"it (?:started|"
    r"began|comes|came|happened)|he|she|he'?s|she'?s|they)\b",
    re.IGNORECASE,
)
_NO_NOTE = re.compile(
    r"\b(?:name|e-?mail|address|phone|number|question|confused|sure|thinking|think|change|edit|something|later|cancel|"
    r"wait|waiting|send|sent|sorry|unsure|busy|done|ready|happy|good|fine|ok|okay|agree|back|here|not|alright|grand|"
    r"thanks|don'?t|consent)\b",
    re.IGNORECASE,
)
FEWEST = 2
_BEFORE = re.compile(
    r"^(?:(?:no+|nope|wait|wrong|sorry|oops|oh|please|actually|but|and|that'?s (?:wrong|not right)|"
    r"hang on)\b[\s,.:!]*)+",
    re.IGNORECASE,
)


def removes_notes(text: str) -> bool:
    """Whether a remark to the summary takes the notes out: "delete the notes", "no notes thanks"."""
    return bool(_REMOVED.search(text))


def dictates_notes(text: str) -> bool:
    """Whether it says what the notes are to say: "the note should say left heel", "I want it to say also …"."""
    return bool(_replaced(text) or _ADDED.search(text))


def changed_notes(notes: str, rest: str) -> str | None:
    """The notes after a remark to the summary; None when it does not speak of them."""
    if removes_notes(rest):
        return ""
    if replaced := _replaced(rest):
        return replaced[:LONGEST_NOTES]
    if match := _ADDED.search(rest):
        return add_notes(notes, match["notes"].strip(" ."))
    if is_question(rest):
        return None
    cue = _CUE.match(rest)
    told = rest[cue.end() :] if cue else _BEFORE.sub("", rest)
    kept = ", ".join(one for one in re.split(r"(?<=[.!;])\s+|,\s+", told) if not _only_wrong(one))
    announced = cue or _ABOUT_ME.match(told)
    if holds(kept, SURELY) or (holds(kept, COMPLAINT) and announced):
        return add_notes(notes, kept)
    adds = announced and len(told.split()) >= (1 if cue else FEWEST)
    return add_notes(notes, told) if adds and not _NO_NOTE.search(told) and not says_wrong(told) else None


def _replaced(text: str) -> str:
    match = _REPLACED.search(text) or _TOLD.search(text)
    told = match["notes"].strip(" .'\"") if match else ""
    return told if match and (match.re is _REPLACED or holds(told, COMPLAINT)) else ""


def corrected_notes(notes: str, rest: str) -> str:
    """The notes with what a correction tells beside "no, wrong"; empty where it tells nothing."""
    told = _BEFORE.sub("", rest).strip(" .")
    tells = holds(told, COMPLAINT) or any(one.isdigit() for one in told)
    if is_question(rest) or not tells or len(told.split()) < FEWEST or _NO_NOTE.search(told) or says_wrong(told):
        return ""
    return add_notes(notes, told)


def _only_wrong(part: str) -> bool:
    return says_wrong(part) and not holds(part, SURELY)
