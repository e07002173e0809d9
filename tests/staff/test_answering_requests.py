"""Answering requests in the console: a mail waits a minute, and what was done can be taken back for as long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from clinic.accounts.model import Role
from clinic.appointments.mail.queue_store import MailQueue
from clinic.appointments.model import AppointmentError, Change, Draft, Origin, Request
from clinic.appointments.service import AppointmentService, open_appointments
from clinic.db import Sessions
from clinic.settings import Settings
from tests.staff.conftest import csrf_of

SignIn = Callable[[Role], TestClient]
TOM = Draft("Tom Reid", "tom@example.org", "07700 900123", "sore heel", "evenings")


@pytest.fixture
def desk(settings: Settings, sessions: Sessions) -> AppointmentService:
    return open_appointments(settings, sessions)


def ask(desk: AppointmentService, draft: Draft = TOM, message: str = "message") -> Request:
    return desk.take(draft, "Shall I send it?", "2026-11", Origin("conversation", message))


def answer(client: TestClient, one: Request, **fields: str) -> int:
    body = {"csrf": csrf_of(client), "sure": "yes", **fields}
    return client.post(f"/staff/appointments/{one.reference}", data=body).status_code


def to_visitor(sessions: Sessions) -> list[str]:
    with sessions() as session:
        found = session.scalars(text("SELECT subject FROM outgoing_mail WHERE recipient = 'tom@example.org'"))
        return [one for one in found if "2030" in one]


def test_a_mail_waits_a_minute_before_it_is_sent(sign_in: SignIn, desk: AppointmentService, sessions: Sessions) -> None:
    one, now = ask(desk), datetime.now(UTC)
    while MailQueue(sessions).claim(now + timedelta(seconds=1)):
        pass
    assert answer(sign_in("staff"), one, do="accept", at="2030-03-01T17:30") == 303
    assert MailQueue(sessions).claim(datetime.now(UTC)) is None
    assert MailQueue(sessions).claim(datetime.now(UTC) + timedelta(seconds=61)) is not None


def test_an_answer_taken_back_within_a_minute_sends_nothing(
    sign_in: SignIn, desk: AppointmentService, sessions: Sessions
) -> None:
    client, one = sign_in("staff"), ask(desk)
    answer(client, one, do="accept", at="2030-03-01T17:30")
    assert to_visitor(sessions)
    assert "It can be taken back" in client.get(f"/staff/appointments/{one.reference}").text
    assert answer(client, one, do="undo") == 303
    assert (desk.requests.find(one.reference).status, to_visitor(sessions)) == ("requested", [])
    assert answer(client, one, do="undo") == 409
    answer(client, one, do="accept", at="2030-03-02T09:00")
    assert len(to_visitor(sessions)) == 1


def test_a_minute_later_it_is_too_late(desk: AppointmentService) -> None:
    one = ask(desk)
    after = desk.change(one, Change("declined", "staff"), timedelta(minutes=1))
    later = replace(desk, clock=lambda: datetime.now(UTC) + timedelta(seconds=61))
    with pytest.raises(AppointmentError, match="too late"):
        later.take_back(after)


def test_what_a_visitor_did_is_not_taken_back_by_staff(desk: AppointmentService) -> None:
    one = ask(desk)
    (after,) = desk.withdraw("conversation")
    with pytest.raises(AppointmentError):
        desk.take_back(after)
    assert desk.requests.find(one.reference).status == "cancelled"


def test_a_call_returned_is_done_and_sends_no_mail(
    sign_in: SignIn, desk: AppointmentService, sessions: Sessions
) -> None:
    client, one = sign_in("staff"), ask(desk, replace(TOM, service="callback"))
    assert "To ring back (1)" in client.get("/staff/appointments").text
    with sessions() as session:
        before = session.scalar(text("SELECT count(*) FROM outgoing_mail"))
    assert answer(client, one, do="done", sure="") == 303
    with sessions() as session:
        assert session.scalar(text("SELECT count(*) FROM outgoing_mail")) == before
    assert "To ring back (0)" in client.get("/staff/appointments").text
    assert answer(client, one, do="accept", at="2030-03-01T17:30") == 409


def test_the_week_shows_what_is_agreed_by_the_clinics_clock(sign_in: SignIn, desk: AppointmentService) -> None:
    client, one = sign_in("staff"), ask(desk)
    answer(client, one, do="accept", at="2030-07-03T08:15")
    page = client.get("/staff/calendar?week=2030-07-01").text
    assert "08:15 Tom Reid" in page
    assert "Tom Reid" not in client.get("/staff/calendar?week=2030-07-08").text
    assert client.get("/staff/calendar?week=soon").status_code == 400
    assert client.get("/staff/calendar?week=9999-12-31").status_code == 400
