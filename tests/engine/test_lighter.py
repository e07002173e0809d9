"""What is lighter than Rasa's own code must decide as Rasa's own code does."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import deserialise_events

from engine.rasa_patches import apply, validate_action_result

GOOD: list[dict[str, Any]] = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "timestamp": None, "name": "topic", "value": {"article": "a"}}], "responses": [{}]},
    {"events": [{"event": "followup", "name": "action_listen"}], "responses": [{"custom": {"kind": "say"}}]},
]
BAD: list[dict[str, Any]] = [
    {"events": [{"event": "slot", "value": 1}], "responses": []},
    {"events": "none", "responses": []},
    {"events": [], "responses": ["hello"]},
]


@pytest.mark.parametrize("result", GOOD)
def test_an_answer_in_the_format_is_taken(result: dict[str, Any]) -> None:
    validate(result, RemoteAction.action_response_format_spec())
    assert validate_action_result(RemoteAction("action_answer", None), result)


@pytest.mark.parametrize("result", BAD)
def test_an_answer_in_another_format_is_refused_as_rasa_does(result: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        validate(result, RemoteAction.action_response_format_spec())
    with pytest.raises(ValidationError, match="its log says what went wrong"):
        validate_action_result(RemoteAction("action_answer", None), result)


def test_rasa_uses_the_lighter_code_once_the_channel_is_open() -> None:
    apply()
    assert RemoteAction("action_answer", None)._validate_action_result(GOOD[0])
    assert RemoteAction._validate_action_result is validate_action_result


def test_every_kind_of_event_is_still_read_back() -> None:
    apply()
    written = [
        {"event": "user", "text": "hello", "parse_data": {}},
        {"event": "bot", "text": "hi"},
        {"event": "restart"},
    ]
    read = deserialise_events(written)
    assert [one.type_name for one in read] == ["user", "bot", "restart"]
    assert [one.type_name for one in deserialise_events(written)] == ["user", "bot", "restart"]
