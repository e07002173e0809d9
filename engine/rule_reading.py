"""What Rasa's RulePolicy does again at every prediction though it cannot change: done once, and no further back.

A rule of three states says nothing of what was before them, and Rasa compares each rule with every state of the whole
conversation, reading it from JSON each time.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain

_POSSIBLE_KEYS = RulePolicy._get_possible_keys
_IS_EMPTY = Domain.is_empty


def apply() -> None:
    """Put the lighter code in place; may be called again. For answering alone: training changes its rules."""
    RulePolicy._get_possible_keys = possible_keys
    RulePolicy._rule_key_to_state = staticmethod(_states_of)
    Domain.is_empty = is_empty


def possible_keys(policy: RulePolicy, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
    """The rules that fit the conversation's states: those before the longest rule's first are not looked at."""
    return set(_POSSIBLE_KEYS(policy, lookup, states[-_longest(frozenset(lookup)) :]))


def is_empty(domain: Domain) -> bool:
    """Whether nothing is in the domain; one that answers does not change."""
    known = domain.__dict__.get("pointe_is_empty")
    if known is None:
        known = domain.pointe_is_empty = _IS_EMPTY(domain)
    return bool(known)


@lru_cache(maxsize=64)
def _longest(keys: frozenset[str]) -> int:
    return max((len(_states_of(key)) for key in keys), default=1)


@lru_cache(maxsize=4096)
def _states_of(key: str) -> list[dict[str, Any]]:
    """A rule's states; nobody changes what is read here."""
    return list(json.loads(key))
