"""Remarks that are neither a question to the articles nor a request: a bare word, a duration, a follow-up, no words."""

from __future__ import annotations

import re
from enum import Enum

_I = re.IGNORECASE
_COUNT = r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|a couple of|several|some|many)"
_DURATION = re.compile(
    rf"^(?:(?:it'?s|its|it has|i'?ve|i have|had|got|been|having|it|this|like|going on|for|about|around|roughly|"
    rf"maybe|over|nearly|"
    rf"almost|since|only|just|now|well|erm?)\s+)*(?:{_COUNT} ?(?:days?|weeks?|wks?|months?|mths?|years?|yrs?|"
    rf"hours?)(?: or so)?|"
    rf"(?:last |this )?(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    rf"spring|summer|"
    rf"autumn|winter|christmas|easter|week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today)"
    rf")(?: (?:now|ago|already|or so|on and off|it'?s been))*\W*$",
    _I,
)
_BARE = re.compile(
    r"^(?:when |after |just |mostly |from |while )?(?:\w{2,}ing|sport|ballet|football|gymnastics|stairs|hills|"
    r"work)\W*$",
    _I,
)
_NOT_BARE = re.compile(
    r"^(?:morning|evening|thing|nothing|anything|something|everything|testing|king|ring|string|spring|parking|booking|imaging|"
    r"taping|swelling|bruising|clicking|warming|going|being|doing|during|running late|cancelling|pricing|opening|"
    r"stopping)\W*$", _I
)  # fmt: skip
_ABOUT_ME = re.compile(r"^(?:i'?m|i am|im|as) an? (?:\w+ )?(?:\w+ )?\w+\W*$", _I)


def tells(text: str) -> bool:
    """Whether a message only tells something of the visitor: "6 weeks now", "running", "I'm a ballet dancer"."""
    plain = " ".join(text.replace("’", "'").split())
    if "?" in plain or "@" in plain:
        return False
    return bool(
        _DURATION.search(plain) or (_BARE.search(plain) and not _NOT_BARE.search(plain)) or _ABOUT_ME.search(plain)
    )


class FollowUp(Enum):
    """How a message continues the last answer."""

    SIMPLER = "simpler"
    WHY = "why"
    THEN = "then"
    WHO = "who"
    MORE = "more"


_FOLLOW_UPS = (
    (
        FollowUp.SIMPLER,
        r"\b(?:simpler|easier|simply|(?:say|in|put it|put that|make it) (?:it )?(?:easy|simple|plain)|"
        r"plain(?:er)? (?:english|words)|"
        r"simple (?:words|terms|english)|in english|(?:don'?t|do not|not|didn'?t) (?:understand|get it|follow)|"
        r"layman'?s|dumb it down|"
        r"too (?:complicated|difficult|hard)|eli5|shorter)\b",
    ),
    (
        FollowUp.THEN,
        r"^(?:and |so |but |ok |okay )*(?:what then|then what|and then|after that|what (?:comes |is |happens "
        r")?(?:after|next)|what next|"
        r"what if (?:that|it) (?:doesn'?t|does not|fails)|if (?:that|it|this) (?:doesn'?t|does not|fails|"
        r"won'?t)[\w\s,]*|if not|"
        r"and if (?:not|it doesn'?t)[\w\s]*|last (?:step|resort|option)|anything else|what else|still (?:no "
        r"better|hurts))\b",
    ),
    (
        FollowUp.WHY,
        r"^(?:and |but |so |ok )*(?:why(?: is that| so| not)?|how come|what for|how so|for what reason|why though)\W*$",
    ),
    (
        FollowUp.WHO,
        r"^(?:and |but |so )*(?:who (?:does|do|by|would|can)(?: that| it| this)?(?: do that)?|by who(?:m)?|done "
        r"by who|who by)\W*$",
    ),
    (FollowUp.MORE, r"^(?:and |please )*(?:more|tell me more|go on|what else|anything else|and)\W*$"),
)
_COMPILED = tuple((kind, re.compile(pattern, _I)) for kind, pattern in _FOLLOW_UPS)


def follow_up(text: str) -> FollowUp | None:
    """How a message continues the last answer, or None."""
    plain = " ".join(text.replace("’", "'").split())
    if len(plain.split()) > 10:
        return None
    return next((kind for kind, pattern in _COMPILED if pattern.search(plain)), None)


_TEST = re.compile(
    r"^(?:test(?:ing)?(?: \d+)?|asdf\w*|qwert\w*|lorem ipsum.*|foo(?:bar)?|hello world|[/∕]\s*\w+)\W*$", _I
)
_REPEATED = re.compile(r"(\w)\1{5,}")
_NO_VOWEL = re.compile(r"^[bcdfghjklmnpqrstvwxz]{4,}$", _I)


def is_noise(text: str) -> bool:
    """Whether a message holds no words: signs, a test word, one key held down. Pictures are not noise."""
    plain = text.strip()
    if not any(one.isalpha() or one.isdigit() for one in plain):
        return all(ord(one) < 128 or one in "…¿¡–—‘’“”" for one in plain)
    if _TEST.match(plain) or _REPEATED.search(plain):
        return True
    words = re.findall(r"[A-Za-z]+", plain)
    return bool(words) and all(_NO_VOWEL.match(one) for one in words) and not any(one.isdigit() for one in plain)


_OTHER_CLINICIAN = re.compile(
    r"\b(?:is|was|are|were|so|could|think|have|has|did)\b.*\b(?:my|the|our|his|her|their) (?:\w+ )?(?:doctor|gp|"
    r"physio\w*|surgeon|consultant|"
    r"nurse|specialist|osteopath|chiropractor|hospital)s?\b.*\b(?:wrong|mistaken|right|incorrect|lying|bad|"
    r"misdiagnos\w+)\b|\bmisdiagnosed me\b",
    _I,
)
_ABOUT_ARTICLE = re.compile(
    r"\b(?:who (?:wrote|made|is behind|checked|reviewed)|(?:is|was|has) (?:this|that|the|your) (?:article|page|"
    r"information|text|advice)s?\b.*|"
    r"where (?:does|do|did) (?:this|that|it|you)\b.*\b(?:come from|get (?:this|that|it))|how old is (?:this|the)|"
    r"when was (?:this|it|the "
    r"article)|(?:checked|reviewed|written) by (?:a|an) (?:doctor|physio\w*|clinician))\b",
    _I,
)


def doubts_clinician(text: str) -> bool:
    """Whether we are asked to judge what another clinician said."""
    return bool(_OTHER_CLINICIAN.search(text.replace("’", "'")))


def asks_about_article(text: str) -> bool:
    """Whether the article itself is asked about: who wrote it, who checked it."""
    return bool(_ABOUT_ARTICLE.search(text.replace("’", "'")))


_NO_OFFER = re.compile(r"\b(?:a ?& ?e|999|111|emergency|ambulance|hospital|urgent)\b", _I)


def may_carry_offer(text: str) -> bool:
    """Whether the appointment may be offered after the answer to this message."""
    return not (_NO_OFFER.search(text) or asks_about_article(text) or doubts_clinician(text))
