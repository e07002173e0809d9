"""Questions without an answer put together by their words, the most asked first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256

import Stemmer

from clinic.knowledge.unanswered_store import Gap

ALIKE = 0.5
_SMALL_WORDS = """
a an the i im id my your you is are am do does did can could would with of to in on at for it its and or what how when
where why there this that be have has had me we from about some any
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Questions that ask for much the same; `key` names the group for as long as its first question stands."""

    key: str
    question: str
    questions: tuple[str, ...]
    conversations: tuple[str, ...]
    nearest: str
    reason: str
    last: datetime
    count: int


def group_gaps(gaps: Iterable[Gap], dismissed: frozenset[str] = frozenset()) -> list[GapGroup]:
    """Groups of at least half the same words, without those dismissed, the largest first."""
    groups: list[tuple[frozenset[str], list[Gap]]] = []
    for one in gaps:
        words = words_of(one.question)
        if key_of(words) in dismissed:
            continue
        alike = next((members for known, members in groups if _alike(known, words)), None)
        if alike is None:
            groups.append((words, [one]))
        else:
            alike.append(one)
    made = [_group(words, members) for words, members in groups]
    return sorted(made, key=lambda one: (-one.count, one.question))


def words_of(question: str) -> frozenset[str]:
    """The stems of a question's telling words."""
    plain = re.findall(r"[^\W_]+", question.lower().replace("'", ""))
    return frozenset(_stemmer().stemWords([one for one in plain if one not in _SMALL] or plain))


def key_of(words: frozenset[str]) -> str:
    """What is kept of a dismissed question: nothing that can be read."""
    return sha256(" ".join(sorted(words)).encode()).hexdigest()[:24]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one | other) and len(one & other) / len(one | other) >= ALIKE


def _group(words: frozenset[str], members: list[Gap]) -> GapGroup:
    return GapGroup(
        key=key_of(words),
        question=members[0].question,
        questions=tuple(dict.fromkeys(one.question for one in members)),
        conversations=tuple(dict.fromkeys(one.conversation_id for one in members if one.conversation_id)),
        nearest=next((one.nearest for one in members if one.nearest), ""),
        reason=members[0].reason,
        last=max(one.at for one in members),
        count=len(members),
    )


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
