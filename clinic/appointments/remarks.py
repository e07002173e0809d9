"""What a remark inside the form amounts to: yes, no, stop, nothing more, or a question."""

from __future__ import annotations

import re

from clinic.appointments.words import COMPLAINT, holds, words_of

_PLAIN = re.compile(r"[^\w\s'.!?,;-]")
_STOP = re.compile(
    r"""^(?:(?:oh|och|ok|okay|no|nah|naw|actually|right|please|pls|sorry|wait|hmm|ugh|just|um|well|hang\ on|
    hold\ on|you\ know\ what|look|and|but|so|then)\s+)*
    (?:(?:can|could)\ (?:we|i|you)\ (?:just\ )?(?:please\ )?(?:stop|cancel|leave\ (?:it|this))|i'?m\ stopping|
    let'?s\ not|stop|cancel|quit|exit|abort|abandon|nvm|never\ ?mind|forget|drop\ it|scrap|leave\ (?:it|that|
    the\ form|this)(?:\ (?:there|oot|out|for\ now|at\ that|alone))?$|
    pack\ it\ in|let\ me\ out|end\ (?:this|it)|no\ more\ (?:questions|please)|enough|(?:let'?s\ )?(?:stop|
    call\ it\ off|end\ it|leave\ it)
    |not\ (?:today|now|just\ now|yet|for\ me|for\ now|this\ time|at\ the\ moment|right\ now|going\ to\ bother|
    bothered|doing\ (?:this|it|that)|interested|paying)
    |(?:i|i've|ive|we|we've|i\ have)?\ ?(?:just\ )?(?:changed?|changing)\ (?:my|me|ma|our)\ minds?|
    maybe\ (?:later|another|some\ other)|another\ (?:time|day)
    |(?:i\ |i'?d\ |we\ )?(?:don'?t|do\ not|dinnae|no\ longer|didn'?t)\ (?:want|bother|wanna|need|fancy|send|
    mean\ to|think\ so|think\ i\ will|book|submit)
    |(?:i'?d\ |i\ would\ )?rather\ (?:not|have\ a\ think|leave)|(?:i'?ll|i\ will|let\ me|need\ to|i\ need\ to|
    going\ to)\ (?:pass|give\ it\ a\ miss|have\ a\ think|think\ (?:about|it|on)|leave\ (?:it|that)|do\ (?:it|
    this)\ another|not)
    |too\ (?:dear|expensive|much\ (?:money|for\ me)|pricey|steep)|can'?t\ afford|back\ out|get\ me\ out|
    start\ over|go\ back\ to|give\ up|i\ give\ up
    |(?:i'?m|i\ am|we'?re)\ (?:out|not\ (?:interested|sure|going\ to)|having\ second\ thoughts|good\ thanks)|
    second\ thoughts|don'?t$|bin\ it|delete\ (?:it|that|this)$|do\ not|withdraw|hold\ it\ there|break\ off)\b""",
    re.VERBOSE,
)
_NO = re.compile(r"^(?:no|nope|nah|naw|nae|non|nie|negative|never|certainly not|no way|n)\b")
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|not (?:quite )?(?:right|correct|it|that|my)|mistake|typo|change|isn't right|isnt right)\b"
)
_YES = re.compile(
    r"""\b(?:yes|yep|yeah|yup|yh|aye|ay|ok|okay|okey|sure|certainly|absolutely|definitely|deffo|indeed|course|
    exactly|correct|
    right|true|agreed?|accept|confirm(?:ed)?|consent|perfect|great|grand|lovely|brilliant|brill|good|fine|super|
    spot\ on|champion|
    sorted|sound|sounds|excellent|ideal|fab|magic|smashing|cool|bang\ on|works|do\ it|do\ that|do\ send|
    please\ do|go\ (?:on|ahead|for\ it)|on\ you\ go|
    on\ ye\ go|send|sent|submit|fire|crack\ on|carry\ on|proceed|pass\ it\ on|book\ (?:it|me|us)|put\ (?:it|me|
    us)|ship\ it|away\ you\ go|that'?ll\ do|
    that\ will\ do|that'?s\ (?:me|us|it|him|her)|happy|let'?s\ (?:do|go)|si|sí|oui|tak|ja|why\ not|
    might\ as\ well|nae\ bother|no\ problem|all\ good|looks?\ right|ta)(?!\w)""",
    re.VERBOSE,
)
_THUMB = re.compile("[👍✅👌🆗]")
_FINISHED = re.compile(r"\b(?:send|submit|go ahead|carry on|crack on|that'?s (?:it|all)|book it|do it)\b")
_YES_ALONE = frozenset({"y", "k", "please", "yes please", "ok then", "kk"})
_NO_BOTHER = re.compile(r"\b(?:no|nae) (?:bother|problem|worries|complaints|changes)\b|\bwhy not\b")
MOST_YES_WORDS = 9
_HOLD = re.compile(
    r"\b(?:no|not|change|instead|wrong|don'?t|dont|dinnae|cannae|can'?t|won'?t|isn'?t|wait|hold|hang|"
    r"never|stop|cancel|but|except|unsure|maybe|later|think)\b"
)
_QUESTION = re.compile(
    r"""^(?:(?:and|but|so|ok|okay|oh|also|btw|by\ the\ way|wait|hang\ on|hold\ on|first|before\ that|right|
    quick\ question|sorry|erm?|um|hmm|please)\W+)*
    (?:what|whats|what's|wat|wot|how|hows|how's|why|when|where|which|who|whos|who's|whose|
    (?:is|are|am|do|does|did|can|could|will|would|should|has|have|may|isn't|aren't|don't|doesn't|won't)\ (?:it|
    its|this|that|he|she|they|you|ye|yous|i|we|there|these|those|the|my|your|a|an|
    any|anyone|someone|people|james|physio|insurance|surgery|mri|x-rays?|injections?)|tell\ me|explain|
    remind\ me|any\ idea|curious|wondering|i\ wonder|just\ wondering|show\ me|read\ me)\b""",
    re.VERBOSE,
)
_SKIP = re.compile(
    r"""^(?:(?:no|nope|nah|naw|ok|er|um|well|just|thanks?|please|i|i'd|id)\s+)*(?:skip|pass|nothing|nowt|nil|
    none|nope?|no|nah|naw|n/?a|blank|
    rather\ not|prefer\ not|that'?s\ (?:it|all|everything)|that\ is\ (?:it|all)|not\ really|
    don'?t\ (?:want\ to\ say|think\ so|know)|leave\ (?:it|that)(?:\ bit)?\ (?:blank|empty)|
    no\ (?:thanks?|thank\ you|ta|more|notes?|comment)|all\ good|next|move\ on|private|personal)\b
    (?:\W+(?:else|more|to|add|say|special|in|particular|thanks?|thank|you|ta|cheers|please|really|for|now|it|
    that's|thats|all|need|know|about|is|good|this|like|everything|bit|blank|not|i'd|rather|say|mate))*\W*$""",
    re.VERBOSE,
)
_SMALL_WORDS = """
hi hello hey thanks thank you ta cheers thx ty much very so great lovely brilliant nice one please
ok okay
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def wants_stop(text: str) -> bool:
    """Whether one sentence of the text breaks the request off: "stop there", "not today, thank you"."""
    return any(_STOP.search(one) and not holds(one, COMPLAINT) for one in _sentences(text))


def says_no(text: str) -> bool:
    """Whether the text is a refusal and nothing more: "no", "no thanks"."""
    plain = _plain(text)
    return bool(_NO.search(plain)) and len(words_of(plain)) <= 5 and not says_wrong(text)


def says_wrong(text: str) -> bool:
    """Whether the text says that a detail is not right, without a new one."""
    return bool(_WRONG.search(_plain(text)))


def says_yes(text: str, *, trusted: bool = False) -> bool:
    """Whether the text agrees: words of agreement (or `trusted` understanding), no reservation and no question."""
    plain = _NO_BOTHER.sub("ok", _plain(text))
    if is_question(text) or is_complaint(text) or _HOLD.search(plain):
        return False
    if trusted or plain in _YES_ALONE:
        return True
    words = plain.split()
    if len(words) > MOST_YES_WORDS:
        plain = " ".join(words[:2])
    return bool(_YES.search(plain) or _THUMB.search(text))


def says_nothing_more(text: str) -> bool:
    """Whether the visitor adds nothing: "skip", "nothing more", "no, that's all"."""
    return bool(_SKIP.search(_plain(text).replace(",", " ").replace(".", " ").replace("  ", " ").strip()))


def is_finished(text: str) -> bool:
    """Whether the visitor wants it sent as it is: "ok send", "that's it, go ahead"."""
    return bool(_FINISHED.search(_plain(text))) and says_yes(text)


def told_beside(text: str) -> str:
    """The parts of a question that tell something about an injury: "dancer, both ankles, will it get better?"."""
    parts = [one.strip() for one in re.split(r"(?<=[.!?;,])\s+|\n+", text)]
    told = [one.rstrip(",;.") for one in parts if one and not is_question(one)]
    return ", ".join(told) if is_complaint(" ".join(told)) else ""


def is_question(text: str) -> bool:
    """Whether the text is put as a question: a question mark, or a word questions begin with."""
    return "?" in text or any(_QUESTION.search(one) for one in _sentences(text))


def is_small_talk(text: str) -> bool:
    """Whether nothing but a greeting or thanks is said."""
    words = words_of(text)
    return bool(words) and _SMALL.issuperset(words)


def is_complaint(text: str) -> bool:
    """Whether the text speaks of an injury, a sport or a part of the body."""
    return holds(text, COMPLAINT)


def _plain(text: str) -> str:
    return " ".join(_PLAIN.sub(" ", text.lower().replace("’", "'")).split())


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[.!?;,\n]+\s*|\s+[-–—]\s+", _plain(text))
    return [one.strip() for one in parts if one.strip()]
