"""How long a request is kept after it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner

from clinic.appointments.model import AppointmentError, Change, Origin, Request
from clinic.appointments.service import AppointmentService, open_mail_sender
from clinic.commands.app import app
from clinic.commands.privacy import retire_requests
from clinic.db import Sessions, checkpoint_wal
from clinic.settings import Settings
from tests.appointments.conftest import NOW, ROOT, SUKI


def later(desk: AppointmentService, days: float) -> AppointmentService:
    return replace(desk, clock=lambda: NOW + timedelta(days=days))


def traces(settings: Settings, *words: str) -> list[str]:
    content = b"".join(one.read_bytes() for one in settings.var.rglob("*") if one.is_file()).lower()
    return [one for one in words if one.lower().encode() in content]


def test_a_request_nobody_touched_goes_after_its_days(desk: AppointmentService, request_of_suki: Request) -> None:
    assert later(desk, 364).retire(365) == 0
    assert later(desk, 366).retire(365) == 1
    with pytest.raises(AppointmentError, match="There is no request"):
        desk.requests.find(request_of_suki.reference)


def test_a_request_counts_from_the_last_thing_that_happened_to_it(
    desk: AppointmentService, request_of_suki: Request
) -> None:
    later(desk, 100).change(request_of_suki, Change("declined", "staff"))
    assert later(desk, 400).retire(365) == 0
    assert later(desk, 466).retire(365) == 1


def test_an_appointment_counts_from_its_day(desk: AppointmentService, request_of_suki: Request) -> None:
    day: datetime = NOW + timedelta(days=300)
    desk.change(request_of_suki, Change("accepted", "staff", day))
    assert later(desk, 600).retire(365) == 0
    assert later(desk, 666).retire(365) == 1


def test_others_stay(desk: AppointmentService, request_of_suki: Request) -> None:
    young = later(desk, 200).take(SUKI, "?", "1", Origin("another", "m"))
    assert later(desk, 400).retire(365) == 1
    assert [one.reference for one in desk.requests.all(pending=False)] == [young.reference]


def test_no_byte_of_it_is_left_but_its_reference_nowhere(
    desk: AppointmentService, settings: Settings, sessions: Sessions, request_of_suki: Request
) -> None:
    open_mail_sender(settings, sessions).send_due(NOW + timedelta(days=3650))
    words = ("Suki", "suki.lam@example.net", "cricket", request_of_suki.reference)
    assert traces(settings, *words) == list(words)
    later(desk, 366).retire(365)
    checkpoint_wal(sessions)
    assert traces(settings, *words) == []


def test_the_worker_takes_the_days_from_the_settings(
    desk: AppointmentService, settings: Settings, sessions: Sessions, request_of_suki: Request
) -> None:
    assert retire_requests(settings) == 0
    old = replace(desk, clock=lambda: NOW - timedelta(days=800))
    old.take(SUKI, "?", "1", Origin("old", "m"))
    assert retire_requests(settings) == 1


def test_by_hand_it_says_how_many_went(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, sessions: Sessions, desk: AppointmentService
) -> None:
    replace(desk, clock=lambda: NOW - timedelta(days=800)).take(SUKI, "?", "1", Origin("old", "m"))
    monkeypatch.setenv("POINTE_ROOT", str(ROOT))
    monkeypatch.setenv("POINTE_VAR", str(settings.var))
    said = CliRunner().invoke(app, ["retention", "run"])
    assert said.exit_code == 0, said.output
    assert "0 conversations and 1 appointment requests erased" in said.output
