"""A question about booking is answered whatever intent stands beside the learned kind of turn."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from actions.moves import _PERFORM
from actions.turn_reading import read_turn
from clinic.dialogue.responses import Responses
from clinic.dialogue.routing import Move
from clinic.settings_file import load_settings
from tests.dialogue.test_turns_read import turn_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("intent", ["ask_treatment", "privacy", "cancel_appointment", "deny", "ask_about_booking"])
def test_what_an_appointment_is_can_be_told_after_any_intent(intent: str) -> None:
    tracker = turn_in("a-visitor", [])
    tracker.latest_message["intent"] = {"name": intent}
    turn = read_turn(tracker)
    settings = load_settings(ROOT, {"POINTE_SECRET": "secret"})
    given = SimpleNamespace(
        settings=settings, responses=Responses.load(ROOT / "data" / "responses.yml", settings.facts)
    )
    said = _PERFORM[Move.TELL_BOOKING](turn, turn.state(), given)  # type: ignore[arg-type]
    assert "30 minutes" in said.replies[0].text
