"""Puts unanswered questions together by what they mean, a few at a time, beside the conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from clinic.knowledge.gap_groups import key_of, words_of
from clinic.knowledge.theme_store import Theme, Themes, Vector
from clinic.knowledge.unanswered_store import Gap

ALIKE = 0.50
"""How near two questions are, as a cosine, that are taken to ask for much the same: chosen by `bench/gaps.py`."""
TOGETHER = 100
Encode = Callable[[Sequence[str]], Vector]
Sort = Callable[[Gap], tuple[str, str]]
"""The kind of a question (`clinical`, `clinic` or `chat`) and the setting that would answer it, or nothing."""


def sort_gaps(themes: Themes, gaps: Sequence[Gap], encode: Encode, sort: Sort) -> int:
    """Give up to TOGETHER questions that have none yet their theme, and forget those that are gone; how many."""
    by_key = {key_of(words_of(one.question)): one for one in reversed(gaps)}
    known = themes.all()
    themes.forget(key for key in known if key not in by_key)
    new = {key: one for key, one in by_key.items() if key not in known}
    some = dict(list(new.items())[:TOGETHER])
    if not some:
        return 0
    leaders = themes.leaders()
    made: dict[str, tuple[Theme, Vector]] = {}
    for key, vector in zip(some, encode([one.question for one in some.values()]), strict=True):
        theme = nearest_theme(vector, leaders) or key
        if theme == key:
            leaders[key] = vector
        made[key] = Theme(theme, *sort(some[key])), vector
    themes.add(made)
    return len(made)


def nearest_theme(vector: Vector, leaders: dict[str, Vector], least: float = ALIKE) -> str:
    """The theme whose leader is nearest to a question, "" where none is near enough."""
    if not leaders:
        return ""
    scores = np.stack(list(leaders.values())) @ vector
    best = int(np.argmax(scores))
    return list(leaders)[best] if scores[best] >= least else ""
