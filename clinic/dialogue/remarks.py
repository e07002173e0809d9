"""Remarks that are neither a question to the articles nor a request: a follow-up, no words."""

from __future__ import annotations

import re
from enum import Enum


class FollowUp(Enum):
    """How a message continues the last answer."""

    SIMPLER = "simpler"
    WHY = "why"
    THEN = "then"
    WHO = "who"
    MORE = "more"
    WHERE = "where"


FOLLOW_UPS = {
    "follow_up_why": FollowUp.WHY,
    "follow_up_then": FollowUp.THEN,
    "follow_up_who": FollowUp.WHO,
    "ask_simpler": FollowUp.SIMPLER,
    "read_more": FollowUp.MORE,
}
"""The intents that continue the last answer, taught in data/nlu/remarks.yml."""
_REPEATED = re.compile(r"(\w)\1{5,}")
_STRUCK = re.compile(r"[a-z]+\d+[a-z]+\d+[a-z\d]+", re.IGNORECASE)  # "p0p0ooo"
_NO_OFFER = re.compile(r"\b(?:a ?& ?e|999|111|emergency|ambulance|hospital|urgent)\b", re.IGNORECASE)
_NEVER_OFFERED = frozenset({"ask_about_article", "doubt_clinician"})


def is_noise(text: str) -> bool:
    """Whether a message holds no words: signs, or one key held down. Pictures are not noise."""
    plain = text.strip()
    if not any(one.isalpha() or one.isdigit() for one in plain):
        return all(ord(one) < 128 or one in "…¿¡–—‘’“”" for one in plain)
    return bool(_REPEATED.search(plain) or _STRUCK.fullmatch(plain))


def may_carry_offer(text: str, intent: str) -> bool:
    """Whether the appointment may be offered after the answer to this message."""
    return intent not in _NEVER_OFFERED and not _NO_OFFER.search(text)
