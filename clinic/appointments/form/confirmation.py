"""Whether a remark to the summary is a yes, a no, or says that something is wrong."""

from __future__ import annotations

import re

from clinic.appointments.form.lexicon import words_of
from clinic.appointments.form.speech_acts import is_complaint, is_question, plain_text

_BEFORE_NO = (
    r"(?:(?:actually|hm+|sorry|erm?|um+|uh|oh|och|ok|okay|well|thanks|thank you|ta|cheers|but|then|yeah|please|"
    r"on second thoughts?|on reflection)\W+)*"
)
_NO = re.compile(
    rf"^{_BEFORE_NO}(?:no|nope|nah|naw|nae|non|nie|nein|negative|never|n|(?:certainly|absolutely|definitely|of course)"
    r" not|no way|no chance)\b(?P<rest>.*)"
)
# A refusal says nothing else: "no thanks mate, not today".
_WITH_NO_WORDS = """
no not nope thanks thank you ta cheers please sorry mate pal love way chance deal need today now yet tonight for me us
it that this the i i'd i'll rather don't do want to send stop cancel forget leave agree consent anymore any more
really actually after all i'm good alright fine okay ok just yeah then never mind bother worries going you're you
"""
_WITH_NO = frozenset(_WITH_NO_WORDS.split())
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|not (?:quite )?(?:right|correct|it|that|my)|mistake|typo|change|edit|isn't right|"
    r"isnt right)\b"
)
_YES = re.compile(
    r"""\b(?:y[ae]+s+|yep|yeah|yup|yh|yea|ye|aye|ay|ok|okay|okey|sure|certainly|absolutely|definitely|deffo|indeed|
    course|exactly|correct|right|righto|true|agreed?|accept(?:ed)?|approved?|confirm(?:ed)?|consent|perfect|great|grand|
    lovely|brilliant|brill|good|fine|super|spot\ on|champion|affirmative|alright|
    sorted|sound|sounds|excellent|ideal|fab|magic|smashing|cool|bang\ on|works|do\ (?:it|that|so)|do\ send|
    please\ do|go\ (?:on|ahead|for\ it)|(?:on\ you|on\ ye)\ go|gan\ on|howay|crack\ on|carry\ on|proceed|
    send|sent|submit|fire|pass\ it\ on|book\ (?:it|me|us)|put\ (?:it|me|us)|ship\ it|away\ you\ go|that'?ll\ do|
    that\ will\ do|that'?s\ (?:me|us|it|him|her|all|everything)|that\ is\ (?:it|all|everything)|happy|
    let'?s\ (?:do|go)|si|sí|oui|tak|ja|claro|why\ not|might\ as\ well|nae\ bother|no\ problem|all\ good|
    looks?\ right|ta)(?!\w)""",
    re.VERBOSE,
)
_RETURNED = re.compile(r"^\W*(?:(?:i'?m|i am|ok|right)\s+)?back\s*[.,!]\s+", re.IGNORECASE)  # no part of the body
_THUMB = re.compile("[👍✅👌🆗💯🙏]")
_FINISHED = re.compile(r"\b(?:send|submit|go ahead|carry on|crack on|that'?s (?:it|all)|book it|do it)\b")
_YES_ALONE_WORDS = "y k kk please 100 mhm mmhm da vale deal done roger uh-huh"
_YES_ALONE = frozenset(
    [
        *_YES_ALONE_WORDS.split(),
        "",
        "uh huh",
        "mm hmm",
        "i do",
        "hundred percent",
        "one hundred percent",
        "roger that",
        "if you would",
        "if you could",
        "if you can",
        "if you don't mind",
    ]
)
_AROUND_YES = frozenset(["please", "pls", "thanks", "thank", "you", "then", "ok", "ta", "cheers", "now"])
# "No" that finds nothing wrong.
_NO_BOTHER = re.compile(
    r"\b(?:no|nae|any|without) (?:bother|problems?|worries|complaints|changes?(?: (?:needed|required|to make|there|"
    r"from me))?)\b"
    r"|\bwhy not\b|\bnothing(?:'s| is)? (?:to (?:change|correct|add|fix)|wrong|needs? changing)\b"
    r"|\b(?:i )?(?:don't|dont|do not) (?:need|want) to (?:change|correct|fix|edit|add) (?:anything|a thing|"
    r"it)(?: else)?"
    r"|^no(?:pe)?\W+(?:(?:it|that|this|they|all|everything)(?:'s|'re| is| are| looks?)?\W+)*(?:all )?(?:correct|"
    r"right)\b"
    r"|^no(?:pe)?\W+(?=[^?]*\b(?:send|submit|go ahead|crack on|do) (?:it|that|this|ahead)?\b)(?!.*\b(?:not|don't|"
    r"dont)\b)"
)
# Politely no, or not clear: never taken for a yes.
_DECLINES = re.compile(r"\b(?:i'?m|i am) (?:good|fine|ok|okay|alright|all right|grand|cool)\b(?! (?:with|to|for))")
_UNCLEAR = re.compile(r"\b(?:all|it'?s|that'?s) (?:good|fine|ok|okay|grand|perfect)\b")
MOST_YES_WORDS = 9
_HOLD = re.compile(
    r"\b(?:no|nope|nah|not|change|instead|wrong|don'?t|dont|dinnae|cannae|can'?t|won'?t|isn'?t|wait|hold|hang|"
    r"never|stop|cancel|but|except|unsure|maybe|later|think|apart|edit)\b"
)
_BARE_YES = frozenset(
    ["yes", "yeah", "yep", "yup", "y", "ok", "okay", "sure", "aye", "correct", "right", "please", "yh", "then"]
)


def says_no(text: str) -> bool:
    """Whether the text is a refusal and nothing more: "no", "no thanks"."""
    match = _NO.search(plain_text(text))
    if not match or says_wrong(text) or _NO_BOTHER.search(plain_text(text)) or _UNCLEAR.search(plain_text(text)):
        return False
    return _WITH_NO.issuperset(words_of(match["rest"]))


def says_wrong(text: str) -> bool:
    """Whether the text says that a detail is not right, without a new one."""
    return bool(_WRONG.search(plain_text(text))) and not _NO_BOTHER.search(plain_text(text))


def says_yes(text: str, *, trusted: bool = False) -> bool:
    """Whether the text agrees: words of agreement (or `trusted` understanding), no reservation and no question."""
    plain = _NO_BOTHER.sub("ok ", plain_text(text))
    if is_question(text) or is_complaint(_RETURNED.sub("", text)) or _HOLD.search(plain) or _DECLINES.search(plain):
        return False
    if trusted or _is_yes_alone(plain):
        return bool(words_of(plain) or _THUMB.search(text))
    words = plain.split()
    if len(words) > MOST_YES_WORDS:
        plain = " ".join(words[:2])
    return bool(_YES.search(plain) or _THUMB.search(text))


def is_bare_yes(text: str) -> bool:
    """Whether it is a yes and nothing else: "yes please"."""
    words = words_of(text)
    return bool(words) and _BARE_YES.issuperset(words)


def is_finished(text: str) -> bool:
    """Whether the visitor wants it sent as it is: "ok send", "that's it, go ahead"."""
    return bool(_FINISHED.search(plain_text(text))) and says_yes(text)


def _is_yes_alone(plain: str) -> bool:
    words = plain.strip(" .!,;").split()
    if words == ["please"] or words == ["yes", "please"]:
        return True
    while words and words[-1].strip(".!,") in _AROUND_YES:
        words.pop()
    return bool(words) and " ".join(words).strip(" .!,") in _YES_ALONE
