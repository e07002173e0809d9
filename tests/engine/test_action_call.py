"""The action server is told enough, and no more than enough, of a conversation."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import numpy as np
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine.action_call import call_of
from engine.learning.fingerprints import load_encoder

DOMAIN = Domain.from_yaml("version: '3.1'\nslots:\n  topic:\n    type: any\n    mappings: [{type: custom}]\n")


def tracker_of(turns: int) -> DialogueStateTracker:
    ranking = [{"name": f"intent{guess}", "confidence": 0.1} for guess in range(50)]
    events: list[Any] = [ActionExecuted("action_listen")]
    for number in range(turns):
        parsed = {"text": "why", "intent": ranking[0], "intent_ranking": ranking, "entities": []}
        said = UserUttered("why", ranking[0], parse_data=parsed, message_id=str(number), metadata={"typed": "why?"})
        events += [said, SlotSet("topic", number), BotUttered("because"), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events("one", events[:-1], DOMAIN.slots)


def test_a_long_conversation_makes_no_larger_call_than_a_short_one() -> None:
    action = RemoteAction("action_answer", None)
    short, long = (len(str(call_of(action, tracker_of(turns), DOMAIN))) for turns in (2, 200))
    assert long <= short + 50


def test_the_message_at_hand_the_slots_and_what_was_done_since_are_told() -> None:
    call = call_of(RemoteAction("action_answer", None), tracker_of(3), DOMAIN)
    state = call["tracker"]
    assert call["next_action"] == "action_answer"
    assert state["slots"]["topic"] == 2
    assert state["latest_message"]["text"] == "why"
    assert [event["event"] for event in state["events"]] == ["user", "slot", "bot"]
    assert state["events"][0]["metadata"] == {"typed": "why?"}
    assert state["events"][0]["message_id"] == "2"


def test_the_vectors_of_the_message_and_of_its_questions_go_with_it() -> None:
    encoder = load_encoder("models/encoder")
    rows = encoder.encode_wording(["why", "and how long"])
    tracker = tracker_of(1)
    assert tracker.latest_message is not None
    tracker.latest_message.parse_data["parts"] = [{"text": "and how long"}, {"text": "never read so far"}]
    sent = call_of(RemoteAction("action_answer", None), tracker, DOMAIN)["tracker"]["latest_message"]["vectors"]
    assert [text for text, _ in sent] == ["why", "and how long"]
    assert [np.frombuffer(b64decode(row), dtype="<f4").tolist() for _, row in sent] == rows.tolist()
