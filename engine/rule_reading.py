"""What Rasa's RulePolicy does again at every prediction though it cannot change: done once, and no further back.

A rule of three states says nothing of what was before them, and Rasa compares each rule with every state of the whole
conversation, reading it from JSON each time.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from engine.light_tracker import look_back

Found = tuple[str | None, str | None, bool]

_FIND_ACTION = RulePolicy._find_action_from_rules
_POSSIBLE_KEYS = RulePolicy._get_possible_keys
_IS_EMPTY = Domain.is_empty


def apply() -> None:
    """Put the lighter code in place; may be called again. For answering alone: training changes its rules."""
    RulePolicy._find_action_from_rules = find_action
    RulePolicy._get_possible_keys = possible_keys
    RulePolicy._rule_key_to_state = staticmethod(_states_of)
    Domain.is_empty = is_empty


def find_action(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> Found:
    """The action that a rule names for what was just said, by its text or by its intent."""
    by_text = use_text_for_last_user_input and tracker.active_loop_name is None
    if by_text and _go_by_intent(frozenset(policy.lookup[RULES])):
        return None, None, False
    look_back(domain, max(_longest(frozenset(policy.lookup[name])) for name in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)))
    found: Found = _FIND_ACTION(policy, tracker, domain, use_text_for_last_user_input)
    return found


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
def _go_by_intent(keys: frozenset[str]) -> bool:
    """Whether each rule that follows a message asks for its intent: none of them fits a message known by its text."""
    last = [states[-1] for key in keys if (states := _states_of(key))]
    heard = [one for one in last if one.get(PREVIOUS_ACTION, {}).get("action_name") == ACTION_LISTEN_NAME]
    return all("intent" in one.get(USER, {}) for one in heard)


@lru_cache(maxsize=64)
def _longest(keys: frozenset[str]) -> int:
    return max((len(_states_of(key)) for key in keys), default=1)


@lru_cache(maxsize=4096)
def _states_of(key: str) -> list[dict[str, Any]]:
    """A rule's states; nobody changes what is read here."""
    return list(json.loads(key))
