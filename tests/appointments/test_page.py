"""The visitor's page of a request, behind the link in the mail."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from clinic.appointments.mail.queue_store import MailQueue
from clinic.appointments.model import Change, Request
from clinic.appointments.service import AppointmentService
from clinic.db import Sessions
from clinic.engine.client import RasaEngine
from clinic.settings import Settings
from clinic.web.app import Parts, create_app

TIME = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)


def texts(sessions: Sessions) -> str:
    queue, found = MailQueue(sessions), ""
    while queued := queue.claim(datetime(2100, 1, 1, tzinfo=UTC)):
        found += queued.letter.text
        queue.done(queued.id, TIME)
    return found


@pytest.fixture
def site(settings: Settings, sessions: Sessions) -> TestClient:
    app = create_app(settings, Parts(RasaEngine(settings), sessions))
    return TestClient(app, base_url="http://127.0.0.1:8000")


@pytest.fixture
def path(sessions: Sessions, request_of_suki: Request) -> str:
    return re.findall(r"(?<!/staff)/appointments/[\w-]+", texts(sessions))[-1]


def test_the_link_shows_where_the_request_stands_and_nothing_of_what_it_is_about(
    site: TestClient, path: str, request_of_suki: Request
) -> None:
    page = site.get(path)
    assert page.status_code == 200
    assert request_of_suki.reference in page.text
    assert "cricket" not in page.text
    assert "<script" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_a_link_nobody_was_given_leads_nowhere(site: TestClient, path: str) -> None:
    assert site.get(path[:-1]).status_code == 404
    assert site.post("/appointments/" + "x" * 32, data={"do": "cancel"}).status_code == 404


def test_the_visitor_cancels_without_a_login(
    site: TestClient, path: str, desk: AppointmentService, sessions: Sessions, request_of_suki: Request
) -> None:
    page = site.post(path, data={"do": "cancel"})
    assert "has been cancelled" in page.text
    assert desk.requests.find(request_of_suki.reference).status == "cancelled"
    assert site.post(path, data={"do": "cancel"}).status_code == 409


def test_the_visitor_agrees_to_a_suggested_time_and_takes_it_to_the_calendar(
    site: TestClient, path: str, desk: AppointmentService, request_of_suki: Request
) -> None:
    desk.change(request_of_suki, Change("suggested", "staff", TIME))
    assert "Tuesday 1 December 2026 at 17:30" in site.get(path).text
    assert site.get(f"{path}.ics").status_code == 404
    site.post(path, data={"do": "agree"})
    assert desk.requests.find(request_of_suki.reference).status == "accepted"
    entry = site.get(f"{path}.ics")
    assert entry.headers["content-type"].startswith("text/calendar")
    assert "METHOD:REQUEST" in entry.text


def test_the_visitor_asks_for_another_time_and_the_clinic_is_told(
    site: TestClient, path: str, desk: AppointmentService, sessions: Sessions, request_of_suki: Request
) -> None:
    desk.change(request_of_suki, Change("accepted", "staff", TIME))
    texts(sessions)
    assert site.post(path, data={"do": "again", "wish": " "}).status_code == 400
    site.post(path, data={"do": "again", "wish": "any Friday <b>morning</b>"})
    assert desk.requests.find(request_of_suki.reference).status == "requested"
    assert "any Friday <b>morning</b>" in texts(sessions)
    assert "&lt;b&gt;" in site.get(path).text


def test_a_time_nobody_suggested_cannot_be_agreed_to(site: TestClient, path: str, request_of_suki: Request) -> None:
    assert site.post(path, data={"do": "agree"}).status_code == 409
    assert site.post(path, data={"do": "anything"}).status_code == 400
