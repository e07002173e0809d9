from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from actions.card_moves import with_reminder
from actions.outcome import Outcome
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.reply import say
from clinic.dialogue.state import OpenCard, State


def test_the_reminder_of_an_open_card_stands_before_whatever_else_is_said(canned: CannedReplies) -> None:
    given = cast(Services, SimpleNamespace(fixed=canned))
    outcome = Outcome((say("An answer about something else."),), {}, ())
    said = with_reminder(cast(Turn, None), State(card=OpenCard("open_fracture")), given, outcome)
    reminder = canned.reminder("open_fracture")
    assert reminder is not None
    assert said.replies[0].text == reminder.text
    assert [one.text for one in said.replies[1:]] == ["An answer about something else."]
    again: dict[str, Any] = said.slots["red_flag"]
    assert again["reminded"]
