"""A month of made-up conversations in a database that holds nothing else."""

from __future__ import annotations

from typing import Annotated

import typer

from clinic.appointments.model import Draft, Origin
from clinic.appointments.service import open_appointments
from clinic.composition import here, open_conversations, open_log, sessions_of
from clinic.conversations.demonstration import now, tell
from clinic.conversations.demonstration_month import Month, Told
from clinic.conversations.demonstration_store import fill, record
from clinic.db import Sessions
from clinic.knowledge.unanswered_store import Gap, add_gap
from clinic.migrations.upgrade import upgrade
from clinic.problem import Problem
from clinic.settings import Settings

MESSAGES_EACH = 8.4
"""How many messages a conversation has, on average, where their number is given."""
RECORDED = 200_000
"""Of how many of the engine's events there is a record then: three a message."""


def demo(
    conversations: Annotated[int, typer.Option(min=1, help="How many to make up.")] = 300,
    messages: Annotated[int, typer.Option(min=0, help="Longer ones instead, with so many messages in all.")] = 0,
) -> None:
    """Fill an empty database with a made-up month; one that holds a conversation is refused."""
    settings = here()
    upgrade(settings)
    sessions = sessions_of(settings)
    if open_conversations(settings, sessions).newest(1):
        raise Problem("This database holds conversations. Choose an empty folder: POINTE_VAR=demo bin/clinic demo")
    for told in tell(month_of(messages) if messages else Month(conversations, now())):
        fill(sessions, told)
        if told.events:
            record(settings.tracker_url, told.events)
        if not messages:
            _ask_for_appointments(settings, sessions, told)
    folded = open_log(settings, sessions).catch_up()
    typer.echo(f"{folded} conversations were made up. Sign in after: bin/clinic users add NAME --role admin")


def month_of(messages: int) -> Month:
    """A month with about so many messages; the engine's record is of its first RECORDED events."""
    recorded = int(RECORDED / 3 / MESSAGES_EACH)
    return Month(max(1, round(messages / MESSAGES_EACH)), now(), further=MESSAGES_EACH - 0.5, recorded=recorded)


def _ask_for_appointments(settings: Settings, sessions: Sessions, told: Told) -> None:
    desk, people = open_appointments(settings, sessions), ("Tom Reid", "Ana Ruiz", "Priya Shah", "Jo Bell")
    asking = [one for one in told.messages if one["text"].startswith("id like to book")][:8]
    for place, one in enumerate(asking):
        name = people[place % len(people)]
        draft = Draft(name, f"{name.split()[0].lower()}@example.org", "07700 900123", "sore heel", "evenings")
        desk.take(
            draft, "Shall I send it?", settings.privacy.consent_version, Origin(one["conversation_id"], str(place))
        )
    for one in told.messages:
        if one["replies"][0]["kind"] == "not_covered":
            add_gap(sessions, Gap(one["text"], "", "not covered", one["at"]), one["conversation_id"])
