"""Does a reply hold the facts, and does it cite the right place? Rules in `tests/evaluation/README.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .items import Facts
from .transcript import HeardReply

ASPECTS = {
    "anatomy": {"anatomy"},
    "symptoms": {"symptoms"},
    "causes": {"causes"},
    "commonly seen in": {"risk_groups"},
    "diagnosis": {"diagnosis"},
    "treatment": {"treatment", "exercises"},
    "overview": {"overview", "service"},
}
"""Section labels of the sets (lower case) and the `aspect` values that stand for them."""

SERVICE_WORDS = ("£", "mccormack", "online")
STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def normalise(text: str) -> str:
    """Lower case, straight quotes, hyphens for dashes, single spaces."""
    return " ".join(text.lower().translate(STRAIGHT).split())


def facts_match(texts: Iterable[str], facts: Facts) -> bool:
    """Whether every group of patterns is found in the texts taken together."""
    return not facts_missing(texts, facts)


def facts_missing(texts: Iterable[str], facts: Facts) -> Facts:
    """The groups of patterns that are not found."""
    whole = normalise(" \n ".join(texts))
    return tuple(group for group in facts if not any(re.search(pattern, whole) for pattern in group))


def is_about_service(facts: Facts) -> bool:
    """Whether a line asks for the price, the clinician or meeting online."""
    return any(word in pattern for group in facts for pattern in group for word in SERVICE_WORDS)


def telling_texts(replies: Iterable[HeardReply], service: bool) -> list[str]:
    """The texts that may hold the facts: answers, and about the service what is said or offered."""
    kinds = {"answer", "say", "offer"} if service else {"answer"}
    return [reply.text for reply in replies if reply.kind in kinds]


def section_match(replies: Iterable[HeardReply], sections: Iterable[str]) -> bool:
    """Whether an answer cites one of the sections, by its heading or its aspect."""
    wanted = {section.lower() for section in sections}
    aspects = {aspect for section in wanted for aspect in ASPECTS.get(section, ())}
    sources = [source for reply in replies if reply.kind == "answer" for source in reply.sources]
    return any(source.aspect in aspects or normalise(source.section) in wanted for source in sources)
