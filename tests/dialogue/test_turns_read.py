from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions.turn_reading import read_turn


def turn_in(conversation: str, parts: list[dict[str, object]]) -> Tracker:
    latest = {
        "text": "what is it? and what does it cost?",
        "intent": {"name": "ask_definition"},
        "intent_ranking": [{"name": "ask_definition", "confidence": 0.9}],
        "parts": parts,
    }
    return Tracker(conversation, {}, latest, [], False, None, {}, "action_listen")


@pytest.mark.parametrize(("conversation", "kept_under"), [("a-visitor", "a-visitor"), ("trial-a-chat", "")])
def test_every_question_of_a_message_is_kept_under_its_conversation_and_none_of_a_trial_chat(
    conversation: str, kept_under: str
) -> None:
    ranking = [{"name": "ask_definition", "confidence": 0.9}]
    turn = read_turn(turn_in(conversation, [{"text": one, "intent_ranking": ranking} for one in ("what is it", "why")]))
    assert turn.parts
    asked = [turn.question, *(turn.question_of(part, None) for part in turn.parts)]
    assert {one.asked_in for one in asked} == {kept_under}
