"""The calendar entry of an accepted request."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy

import icalendar

from clinic.appointments.model import Change, Origin
from clinic.appointments.service import open_appointments, open_mail_sender
from clinic.db import Sessions
from clinic.settings import Settings
from tests.appointments.conftest import SUKI

TIME = datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def test_the_calendar_entry_lasts_as_long_as_the_settings_say(settings: Settings, sessions: Sessions) -> None:
    long = replace(settings, service=replace(settings.service, minutes=45))
    desk = open_appointments(long, sessions)
    made = desk.take(SUKI, "?", "1", Origin("c", "m"))
    desk.change(made, Change("accepted", "staff", TIME))
    open_mail_sender(long, sessions).send_due(LATER)
    parts = [
        part
        for path in (settings.var / "outbox").glob("*.eml")
        for part in email.message_from_bytes(path.read_bytes(), policy=policy.default).walk()
        if part.get_content_type() == "text/calendar"
    ]
    (entry,) = icalendar.Calendar.from_ical(parts[0].get_content()).walk("VEVENT")
    assert isinstance(entry, icalendar.Event)
    assert entry.duration == timedelta(minutes=45)
