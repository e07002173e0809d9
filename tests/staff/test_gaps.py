"""Unanswered questions are put together by what they ask, as the assistant's own encoder has it."""

from __future__ import annotations

from datetime import UTC, datetime

from clinic.composition import theme_gaps
from clinic.db import Sessions
from clinic.knowledge.theme_store import Themes
from clinic.knowledge.unanswered_store import Gap, add_gap
from clinic.settings import Settings
from language.encoder import Encoder

PARKING = ("is there parking at the clinic", "where can i park the car", "do i have to pay for parking")
VISITS = ("do you do home visits", "can somebody visit me at home")
ALONE = ("can i bring my dog", "what can be done about bunions")


def test_what_one_setting_answers_is_one_gap(settings: Settings, sessions: Sessions) -> None:
    for place, words in enumerate((*PARKING, *VISITS, *ALONE)):
        add_gap(sessions, Gap(words, "", "weak", datetime.now(UTC)), f"conversation-{place}")
    theme_gaps(settings, sessions, Encoder.load(settings.encoder).encode)
    groups: dict[str, int] = {}
    for one in Themes(sessions).all().values():
        groups[one.theme] = groups.get(one.theme, 0) + 1
    assert sorted(groups.values()) == [1, 1, len(VISITS), len(PARKING)]
