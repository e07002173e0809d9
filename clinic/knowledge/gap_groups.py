"""Questions without an answer put together by what they ask, the most asked first. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

import Stemmer

from clinic.knowledge.theme_store import Theme
from clinic.knowledge.unanswered_store import Gap

ALIKE = 0.5
_SMALL_WORDS = """
a an the i im id my your you is are am do does did can could would with of to in on at for it its and or what how when
where why there this that be have has had me we from about some any
"""
_SMALL = frozenset(_SMALL_WORDS.split())


KINDS = {"clinical": "About the body", "clinic": "About the clinic", "chat": "Everything else"}
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Questions that ask for much the same; `key` names the group for as long as its first question stands.

    `kind` is one of KINDS, `fact` the setting that would answer it; `lately` and `before` count the last seven days and
    the seven before them.
    """

    key: str
    question: str
    questions: tuple[str, ...]
    conversations: tuple[str, ...]
    nearest: str
    reason: str
    last: datetime
    count: int
    kind: str = "clinical"
    fact: str = ""
    lately: int = 0
    before: int = 0


def group_gaps(
    gaps: Iterable[Gap],
    dismissed: frozenset[str] = frozenset(),
    themes: Mapping[str, Theme] | None = None,
    now: datetime | None = None,
) -> list[GapGroup]:
    """Groups by meaning where it is known, otherwise of at least half the same words; the largest first.

    Questions that were dismissed are left out.
    """
    known = themes or {}
    by_words: list[tuple[frozenset[str], list[Gap]]] = []
    by_theme: dict[str, list[Gap]] = {}
    for one in gaps:
        words = words_of(one.question)
        key = key_of(words)
        if key in dismissed:
            continue
        if key in known:
            by_theme.setdefault(known[key].theme, []).append(one)
            continue
        alike = next((members for others, members in by_words if _alike(others, words)), None)
        if alike is None:
            by_words.append((words, [one]))
        else:
            alike.append(one)
    found = [*by_theme.values(), *(members for _, members in by_words)]
    made = [_group(members, known, now or datetime.now(UTC)) for members in found]
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


def _group(members: list[Gap], known: Mapping[str, Theme], now: datetime) -> GapGroup:
    said = Counter(one.question for one in members)
    keys = {one: key_of(words_of(one)) for one in said}
    themes = [known[keys[one.question]] for one in members if keys[one.question] in known]
    kinds = Counter(one.kind for one in themes)
    ages = [now - one.at for one in members]
    return GapGroup(
        key=keys[members[0].question],
        question=said.most_common(1)[0][0],
        questions=tuple(said),
        conversations=tuple(dict.fromkeys(one.conversation_id for one in members if one.conversation_id)),
        nearest=next((one.nearest for one in members if one.nearest), ""),
        reason=members[0].reason,
        last=max(one.at for one in members),
        count=len(members),
        kind=kinds.most_common(1)[0][0] if kinds else "clinical",
        fact=next((one.fact for one in themes if one.fact), ""),
        lately=sum(one < WEEK for one in ages),
        before=sum(WEEK <= one < 2 * WEEK for one in ages),
    )


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
