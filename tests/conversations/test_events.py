from __future__ import annotations

from typing import Any

from clinic.engine.events import fold_turns


def _user(text: str, **more: Any) -> dict[str, Any]:
    return {"event": "user", "text": text, "timestamp": 1.0, "message_id": text, **more}


def test_what_was_said_after_a_message_belongs_to_its_turn() -> None:
    first = {"event": "bot", "text": None, "data": {"custom": {"kind": "answer", "text": "A"}}}
    second = {"event": "bot", "text": "plain", "data": {}}
    turns = fold_turns([{"event": "action", "name": "action_session_start"}, _user("one"), first, _user("two"), second])
    assert [turn.text for turn in turns] == ["one", "two"]
    assert [turn.kinds for turn in turns] == [("answer",), ("say",)]


def test_the_log_shows_what_was_typed_not_what_the_engine_was_given() -> None:
    assert fold_turns([_user("∕restart", metadata={"typed": "/restart"})])[0].text == "/restart"


def test_the_true_guess_is_shown_behind_a_fallback() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.4}, {"name": "ask_causes", "confidence": 0.31}]
    parsed = {"intent": ranking[0], "intent_ranking": ranking, "entities": []}
    turn = fold_turns([_user("hm", parse_data=parsed)])[0]
    assert turn.intent == "nlu_fallback"
    assert turn.guesses == (("ask_causes", 0.31),)
