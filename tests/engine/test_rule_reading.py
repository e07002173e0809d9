"""The rules that fit are found as Rasa finds them, though only the newest states are looked at."""

from __future__ import annotations

import json
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain

from engine.rule_reading import _IS_EMPTY, _POSSIBLE_KEYS, _go_by_intent, is_empty, possible_keys

State = dict[str, Any]
LISTENED, ANSWERED = (
    {"prev_action": {"action_name": "action_listen"}},
    {"prev_action": {"action_name": "action_answer"}},
)
GREETED, ASKED = {"user": {"intent": "greet"}, **LISTENED}, {"user": {"intent": "ask"}, **LISTENED}
RULES = {
    json.dumps(states): "action"
    for states in ([{}, GREETED], [GREETED], [LISTENED, ASKED, ANSWERED], [GREETED, ANSWERED, ASKED], [ANSWERED])
}
TALKS: list[list[State]] = [
    [],
    [{}],
    [{}, GREETED],
    [{}, GREETED, ANSWERED],
    [{}, GREETED, ANSWERED, ASKED],
    [{}, *[GREETED, ANSWERED, LISTENED] * 40, GREETED],
    [{}, *[GREETED, ANSWERED, LISTENED] * 40, ASKED, ANSWERED],
]


def test_the_same_rules_fit_in_a_short_and_in_a_long_conversation() -> None:
    policy = RulePolicy.__new__(RulePolicy)
    found = [possible_keys(policy, RULES, talk) for talk in TALKS]
    assert found == [_POSSIBLE_KEYS(policy, RULES, talk) for talk in TALKS]
    assert len({frozenset(one) for one in found}) > 3
    assert possible_keys(policy, {}, TALKS[2]) == set()


def test_a_domain_is_as_empty_as_rasa_says() -> None:
    for domain in (Domain.empty(), Domain.from_dict({"intents": ["greet"]})):
        assert is_empty(domain) == is_empty(domain) == _IS_EMPTY(domain)


def test_a_rule_on_a_messages_own_words_is_looked_for_by_them() -> None:
    by_words = {"user": {"text": "hello"}, **LISTENED}
    assert _go_by_intent(frozenset(RULES))
    assert not _go_by_intent(frozenset({*RULES, json.dumps([ANSWERED, by_words])}))
    assert not _go_by_intent(frozenset({*RULES, json.dumps([LISTENED])}))
