"""Words by which a message shows what it is about, apart from its intent. Each list is short and strict on purpose."""

from __future__ import annotations

import re
from enum import Enum

_I = re.IGNORECASE


def any_of(*patterns: str) -> re.Pattern[str]:
    """What finds any of these, in capitals or not."""
    return re.compile("|".join(patterns), _I)


class CardQuestion(Enum):
    """What is asked or said about an open card; the value names its sentence in responses.yml."""

    BOOK = "card_book"
    MEANWHILE = "card_meanwhile"
    WAIT = "card_wait"
    SURE = "card_sure"
    PLAYED_DOWN = "card_played_down"
    WHAT = "card_what"
    HEARD = "card_heard"


_CARD_WORDS: tuple[tuple[CardQuestion, re.Pattern[str]], ...] = (
    (
        CardQuestion.BOOK,
        any_of(r"\bbook(?:ing)?\b", r"\bappointments?\b", r"\bsee (?:you|the physio|a physio)\b"),
    ),
    (
        CardQuestion.MEANWHILE,
        any_of(
            r"\b(?:while|whilst|(?:mean|mean-|mean )(?:while|time)|until (?:they|the ambulance|help|someone))\b",
            r"\bwhat (?:do|should|can|must) (?:i|we) do\b",
            r"\bwhat now\b",
            r"\b(?:ice|heat|massage|rub|elevate)\b",
            r"\b(?:painkillers?|paracetamol|ibuprofen|aspirin|tablets?)\b",
            r"\b(?:can|should|may) i (?:still )?(?:eat|drink|walk|drive|move|stand|take|put|have|dance|sleep)\b",
        ),
    ),
    (
        CardQuestion.PLAYED_DOWN,
        any_of(
            r"\b(?:it'?s|its|it is|i'?m|that'?s|probably|maybe|it was) (?:just|only|probably|nothing|a bit|fine)\b",
            r"\bdon'?t think (?:it'?s|its|so|i need)\b",
            r"\b(?:anxiety|panic|overreacting|making a fuss)\b",
            r"\bi'?ll be (?:fine|ok|okay|alright)\b",
            r"\bnot that bad\b",
        ),
    ),
    (
        CardQuestion.WAIT,
        any_of(
            r"\bwait\b",
            r"\b(?:until|till|til) \w+",
            r"\b(?:tomorrow|tonight|later|next week|weekend|in the morning)\b",
            r"\bdo (?:i|we) (?:really |actually )?(?:need|have) to\b",
            r"\bshould (?:i|we) (?:really )?(?:go|call|ring)\b",
            r"\b(?:my|the|a) gp\b",
            r"\bhow (?:quickly|soon|urgent)\b",
        ),
    ),
    (
        CardQuestion.SURE,
        any_of(r"\b(?:are|r) (?:you|u) (?:really )?(?:sure|certain)\b", r"^(?:really|seriously|you sure)\b"),
    ),
    (
        CardQuestion.WHAT,
        any_of(
            r"\bwhat(?:'?s| is| was| does| could| would| might)? (?:that|this|it)\b",
            r"\bserious\b",
            r"\bdangerous\b",
            r"\bmeans?\b",
            r"\bemergency\b",
            r"\burgent\b",
            r"\bcould (?:it|this|that) be\b",
            r"\bwhy\b",
            r"\bam i\b",
            r"\bbad\b",
            r"\bworried\b",
            r"\b(?:a ?& ?e|999|111|hospital|ambulance)\b",
            r"\bdie\b",
        ),
    ),
)


def card_question(text: str) -> CardQuestion | None:
    """What a message asks about the card, or None where none of its words show it."""
    plain = text.replace("’", "'")
    return next((kind for kind, words in _CARD_WORDS if words.search(plain)), None)


_DEALT = any_of(
    r"\b(?:i'?ve|i have|we'?ve|we have|i|we|already|just|she'?s|he'?s|mum'?s?|has) (?:just |already |now )?(?:called|"
    r"rung|rang|phoned|spoken to|spoke to|been to|been seen|been checked|seen (?:a|the|my)|got it (?:checked|"
    r"sorted))\b",
    r"\b(?:is|it'?s|its|been|all|got|was) (?:now |all )?(?:been )?(?:sorted|dealt with|checked out|looked at|"
    r"resolved)\b",
    r"\b(?:ambulance|paramedics?) (?:is|are|has|have) (?:coming|here|on (?:its|the|their) way|arrived|come)\b",
    r"\b(?:at|in) (?:a ?& ?e|hospital|casualty) (?:now|already|with)\b", r"\ball clear\b",
    r"\b(?:they|doctor|hospital|111|999) (?:said|told me|says) (?:it'?s|its|i'?m|it is|it was|not)\b",
)  # fmt: skip
_NOT_YET = any_of(
    r"\b(?:have|has|had|did|is|are|was|were|would|wo|ca|could|does|do)n'?t\b.*\b(?:call|come|com|be|been|see|seen|"
    r"rung|ring|spoken|answer|here|help|breath|wake|mov|get)\w*",
    r"\bnot (?:yet|been|called|coming|come|here|breathing|waking|moving|responding|seen|rung)\b",
    r"\bstill (?:not|no|isn'?t)\b",
    r"\bno(?:body|-one| one)\b", r"\bif (?:i|they|it)\b", r"\bcan'?t get\b",
)  # fmt: skip


def not_yet(text: str) -> bool:
    """Whether help is said not to be there."""
    return bool(_NOT_YET.search(text.replace("’", "'")))


def dealt_with(text: str) -> bool:
    """Whether the visitor says that the urgent matter is in good hands."""
    plain = text.replace("’", "'")
    return bool(_DEALT.search(plain)) and not _NOT_YET.search(plain) and not plain.rstrip().endswith("?")


_MORE = any_of(
    r"[,.;:!?]\s*\w", r"\b(?:but|though|however|except|again|still|worse|another|now (?:he|she|they|my|his|her|i))\b"
)
FEW = 10  # words in which nothing new can stand beside it


def only_dealt_with(text: str) -> bool:
    """Whether a few words say that it is in good hands, and nothing else."""
    plain = text.replace("’", "'")
    return dealt_with(text) and not _MORE.search(plain) and len(plain.split()) <= FEW


_CLINICIANS = r"(?:gp|doctor|physio\w*|consultant|surgeon|nurse|specialist|osteopath|chiropractor|podiatrist|hospital)"
_CLINICIAN = re.compile(rf"\b{_CLINICIANS}\b", _I)
_IN_DOUBT = re.compile(
    rf"\b(?:is|are|was|were) (?:he|she|they|(?:my|the|our) {_CLINICIANS}) (?:then |just |actually )?"
    r"(?:wrong|mistaken|right|lying)\b(?! for\b)",
    _I,
)


def doubts_clinician(text: str) -> bool:
    """Whether it asks if somebody who treats the visitor is wrong: "my GP told me … Is she wrong?"."""
    return bool(_IN_DOUBT.search(text) and _CLINICIAN.search(text))
